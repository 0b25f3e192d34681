/** How a turn ends: who owes the next step now, and by when. */
import { changed } from '../changed';
import { followUpTicketKey, keyBeside, silenceKey } from '../businessKeys';
import { awaitCustomer, letGo, silenceOf } from '../conversation/customerSilence';
import { agreedBy, earlierNoted, withAgreed, withEarlier } from '../conversation/earlier';
import { assertNever } from '../failure';
import { awaitPickUp } from '../people/handOff';
import { rungAt } from '../people/ladder';
import { asIfHandedBack } from '../people/teamSilence';
import { inAnyMode } from '../modes/mode';
import { intentsOf } from '../modes/modeOf';
import { tellHandedOff } from '../notices/tellPeople';
import { countReply, deadlineAfter, enqueue, enqueueNote, tell } from '../stateChanges';
import type { CustomerSilence, Deadline, OrderActionDone, Stage, TicketState, Turn } from '../state';
import { followUpTicketTag, handedOffTag } from '../ticket/tags';
import { beginTurn } from './turnStart';
import { describeOrderAction } from '../orders/orderAction';
import { gather, type Gathered } from './planUpdates';
import { botAnswered } from '../modes/propose';
import { toldBy } from '../orders/untoldDeeds';
import { internalNote, plainUpdate, type AppliedUpdate } from '../ticket/update';

/** What was done to orders stands in the note of the update that follows it. */
export function withDeeds(gathered: Gathered, deeds: readonly OrderActionDone[]): Gathered {
  const lines = deedLines(deeds);
  if (lines === null) return gathered;
  return { ...gathered, note: gathered.note === null ? lines : `${gathered.note}\n\n${lines}` };
}

export function deedLines(deeds: readonly OrderActionDone[]): string | null {
  if (deeds.length === 0) return null;
  const lines = deeds
    .filter(({ noted }) => !noted)
    .map(
      ({ action, reference }) =>
        `Done: ${describeOrderAction(action)}${reference === null ? '' : ` (${reference})`}.`,
    );
  return lines.length === 0 ? null : lines.join('\n');
}

/** The turn ended another way than planned: people must know all the same. */
function noteDeeds(state: TicketState): TicketState {
  const lines = deedLines(state.orderActions);
  const newest = state.orderActions.at(-1);
  if (lines === null || newest === undefined) return state;
  return enqueueNote(
    changed(state, { orderActions: allNoted(state.orderActions) }),
    withAgreed(plainUpdate(keyBeside(newest.key, 'done'), { comment: internalNote(lines) }), state),
    inAnyMode,
  );
}

export function allNoted(deeds: readonly OrderActionDone[]): readonly OrderActionDone[] {
  return deeds.map((deed) => ({ ...deed, noted: true }));
}

/**
 * The plan was carried out whole: whose turn is it now?
 * @param applied - the updates that it took, the public reply first.
 */
export function actionsDone(
  state: TicketState,
  turn: Turn,
  applied: readonly AppliedUpdate[],
  now: number,
): TicketState {
  const { plan } = turn;
  if (plan === null) return goOnWaiting(state, turn, now);
  const gathered = gather(plan);
  const ours =
    turn.cause === 'team-silence' && turn.snapshot !== null ? asIfHandedBack(state, turn.snapshot) : state;
  const base = changed(botAnswered(ours, turn, gathered.reply?.text ?? null, now), {
    handledCommentId: turn.commentIds.at(-1) ?? state.handledCommentId,
    handedOver: [],
    orderActions: allNoted(state.orderActions),
    ...toldBy(state, turn),
    dialogue: plan.dialogue,
    priority: gathered.rest.priority ?? state.priority,
  });
  const replied =
    gathered.reply === null
      ? base
      : tell(countReply(base, now), now, 'replied', `Replied (rule ${plan.rule})`);
  const isNoted = gathered.note !== null || gathered.handOff !== null;
  const known = isNoted ? earlierNoted(replied) : replied;
  const noted = gathered.note === null ? known : tell(known, now, 'noted', 'Left a note for agents');
  if (gathered.handOff !== null) {
    const waiting = awaitPickUp(noted, now, {
      reason: gathered.handOff.reason,
      group: gathered.handOff.group ?? state.settings.handOffGroup,
      detail: `rule ${plan.rule}`,
      commentIds: turn.commentIds,
    });
    return endTurn(tellHandedOff(waiting), now);
  }
  if (gathered.rest.status === 'solved') return endTurn(solved(noted, now), now);
  return endTurn(awaitCustomer(noted, silenceAfter(state, turn, gathered, applied), now), now);
}

function silenceAfter(
  { ref }: TicketState,
  { commentIds, keySuffix, snapshot, plan, approved }: Turn,
  { followUps, wait, rest, reply }: Gathered,
  applied: readonly AppliedUpdate[],
): CustomerSilence | null {
  if (snapshot === null || (followUps.length === 0 && wait === null)) return null;
  return {
    // Follow-ups come after words to the customer.
    followUps: reply === null ? [] : followUps,
    waitMs: wait?.afterMs ?? null,
    ...(wait?.countedIn === undefined ? {} : { waitCountedIn: wait.countedIn }),
    key: silenceKey(ref, commentIds.at(-1) ?? '', { keySuffix }),
    written: 0,
    lastWordsId: applied[0]?.commentId ?? null,
    requesterId: snapshot.requester.id,
    knownStatus: rest.status ?? 'pending',
    ...(approved === true ? { approved } : {}),
    intents: plan === null ? [] : intentsOf(plan),
    ...(rest.group === null ? { knownGroupId: snapshot.groupId } : {}),
  };
}

export function goOnWaiting(state: TicketState, turn: Turn, now: number): TicketState {
  const { resume } = turn;
  if (state.stage !== 'answering') {
    const due = resume === null || resume.reason === 'settle' ? overdue(state, state.stage, now) : resume;
    return endTurn(changed(state, { deadline: due }), now);
  }
  const isForCustomer = resume?.reason === 'customer-silence' || resume?.reason === 'follow-up';
  const deadline = isForCustomer ? resume : letGo(state, now);
  return endTurn(changed(state, { stage: 'waiting-for-customer', deadline }), now);
}

/** What the ticket waited for was due, and the look that was to see to it was stopped. */
function overdue(state: TicketState, stage: Exclude<Stage, 'answering'>, now: number): Deadline {
  // Not at once where such a look may find nothing to do.
  const soon = now + rungAt(state.settings, 0).afterMs;
  switch (stage) {
    case 'handed-off':
    case 'escalated':
      return { at: now, reason: 'pick-up' };
    case 'with-person':
    case 'watching':
      return { at: soon, reason: 'person-check' };
    case 'waiting-for-approval':
      return { at: soon, reason: 'approval' };
    case 'solved':
      return deadlineAfter(state, now, silenceOf(state.settings), 'linger-after-solved');
    case 'waiting-for-customer':
    case 'closed':
      return letGo(state, now);
    default:
      return assertNever(stage);
  }
}

export function solved(state: TicketState, now: number): TicketState {
  const told =
    state.stage === 'solved' ? state : tell(state, now, 'waiting', 'Solved; listening for a reopening');
  const settled = changed(told, {
    stage: 'solved',
    approval: null,
    heldTurn: null,
    handOff: null,
    handedOver: [],
    silence: null,
  });
  return changed(settled, {
    deadline: deadlineAfter(settled, now, silenceOf(state.settings), 'linger-after-solved'),
  });
}

/** Ends the ticket's workflow, unless something happened meanwhile that nobody has looked at. */
export function closed(state: TicketState, now: number, why: string): TicketState {
  if (state.pendingHints.length > 0) {
    return beginTurn(changed(state, { pendingHints: [] }), 'message', now);
  }
  return changed(tell(state, now, 'closed', `Closed: ${why}`), {
    stage: 'closed',
    turn: null,
    heldTurn: null,
    approval: null,
    handOff: null,
    handedOver: [],
    silence: null,
    deadline: null,
  });
}

/**
 * A closed ticket cannot be written to; people find the customer's message on a ticket that follows it.
 * @param mergedInto - where it goes on already: they find it there.
 */
export function openFollowUp(
  state: TicketState,
  commentId: string,
  now: number,
  mergedInto?: string,
): TicketState {
  const { ticketId } = state.ref;
  const told = tell(
    state,
    now,
    'handed-off',
    mergedInto === undefined
      ? 'The ticket is closed for good: opening a follow-up ticket for people'
      : `The ticket was merged into ticket ${mergedInto} with an open question: telling people there`,
  );
  const deeds = deedLines(state.orderActions);
  const why =
    mergedInto === undefined
      ? `The customer wrote on ticket ${ticketId} after it was closed. Deskhand could not answer there.`
      : `Ticket ${ticketId} was merged into this one before anybody had answered it: the customer waits for an answer to what stands there.`;
  return enqueue(changed(told, { turn: null, deadline: null, orderActions: allNoted(state.orderActions) }), {
    type: 'open-follow-up',
    ref: state.ref,
    key: followUpTicketKey(state.ref, commentId),
    note: withEarlier(deeds === null ? why : `${why}\n\n${deeds}`, state),
    ...agreedBy(state),
    group: state.settings.handOffGroup,
    ...(mergedInto === undefined ? { tags: [followUpTicketTag] } : { tags: [handedOffTag], mergedInto }),
  });
}

/** Ends the turn; a hint that came meanwhile and is not yet accounted for begins the next one. */
export function endTurn(state: TicketState, now: number): TicketState {
  const ended = changed(noteDeeds(state), { turn: null });
  if (ended.pendingHints.length === 0 || ended.stage === 'closed') return ended;
  return beginTurn(changed(ended, { pendingHints: [] }), 'message', now);
}
