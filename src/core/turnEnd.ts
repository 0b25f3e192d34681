/** How a turn ends: who owes the next step now, and by when. */
import { followUpTicketKey, keyBeside, silenceKey } from './businessKeys';
import { awaitCustomer, letGoAt } from './customerSilence';
import { awaitPickUp } from './handOff';
import { countReply, enqueue, tell, waitUntil } from './stateChanges';
import type { CustomerSilence, OrderActionDone, TicketState, Turn } from './state';
import { followUpTicketTag } from './tags';
import { beginTurn } from './turnStart';
import { describeOrderAction } from './orderAction';
import { gather, type Gathered } from './planUpdates';
import { toldBy } from './untoldDeeds';
import { plainUpdate, type AppliedUpdate } from './update';

/** What was done to orders stands in the note of the update that follows it. */
export function withDeeds(gathered: Gathered, deeds: readonly OrderActionDone[]): Gathered {
  const lines = deedLines(deeds);
  if (lines === null) return gathered;
  return { ...gathered, note: gathered.note === null ? lines : `${gathered.note}\n\n${lines}` };
}

export function deedLines(deeds: readonly OrderActionDone[]): string | null {
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
  return enqueue(
    { ...state, orderActions: allNoted(state.orderActions) },
    {
      type: 'update-ticket',
      purpose: 'note',
      ref: state.ref,
      guard: { kind: 'any' },
      updates: [
        plainUpdate(keyBeside(newest.key, 'done'), { comment: { public: false, text: lines, html: null } }),
      ],
    },
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
  const base: TicketState = {
    ...state,
    handledCommentId: turn.commentIds.at(-1) ?? state.handledCommentId,
    handedOver: [],
    orderActions: allNoted(state.orderActions),
    ...toldBy(state, turn),
    dialogue: plan.dialogue,
    priority: gathered.rest.priority ?? state.priority,
  };
  const replied =
    gathered.reply === null
      ? base
      : tell(countReply(base, now), now, 'replied', `Replied (rule ${plan.rule})`);
  const noted = gathered.note === null ? replied : tell(replied, now, 'noted', 'Left a note for agents');
  if (gathered.handOff !== null) {
    return endTurn(
      awaitPickUp(noted, now, {
        reason: gathered.handOff.reason,
        group: gathered.handOff.group ?? state.settings.handOffGroup,
        detail: `rule ${plan.rule}`,
        commentIds: turn.commentIds,
      }),
      now,
    );
  }
  if (gathered.rest.status === 'solved') return endTurn(solved(noted, now), now);
  return endTurn(awaitCustomer(noted, silenceAfter(state, turn, gathered, applied), now), now);
}

function silenceAfter(
  { ref }: TicketState,
  { commentIds, startedAt, snapshot }: Turn,
  { followUps, waitMs, rest, reply }: Gathered,
  applied: readonly AppliedUpdate[],
): CustomerSilence | null {
  if (snapshot === null || (followUps.length === 0 && waitMs === null)) return null;
  return {
    // Follow-ups come after words to the customer.
    followUps: reply === null ? [] : followUps,
    waitMs,
    key: silenceKey(ref, commentIds.at(-1) ?? '', { startedAt }),
    written: 0,
    lastWordsId: applied[0]?.commentId ?? null,
    requesterId: snapshot.requester.id,
    knownStatus: rest.status ?? 'pending',
    ...(rest.group === null ? { knownGroupId: snapshot.groupId } : {}),
  };
}

export function goOnWaiting(state: TicketState, turn: Turn, now: number): TicketState {
  const fallback = { at: letGoAt(state, now), reason: 'customer-silence' } as const;
  const stage = state.stage === 'answering' ? 'waiting-for-customer' : state.stage;
  const resumed = turn.resume !== null && turn.resume.reason !== 'settle' ? turn.resume : fallback;
  return endTurn({ ...state, stage, deadline: resumed }, now);
}

export function solved(state: TicketState, now: number): TicketState {
  const told =
    state.stage === 'solved' ? state : tell(state, now, 'waiting', 'Solved; listening for a reopening');
  const settled: TicketState = {
    ...told,
    stage: 'solved',
    approval: null,
    heldTurn: null,
    handOff: null,
    handedOver: [],
    silence: null,
  };
  return waitUntil(settled, now + state.settings.customerSilenceMs, 'linger-after-solved');
}

/** Ends the ticket's workflow, unless something happened meanwhile that nobody has looked at. */
export function closed(state: TicketState, now: number, why: string): TicketState {
  if (state.pendingHints.length > 0) {
    return beginTurn({ ...state, stage: 'answering', deadline: null, pendingHints: [] }, 'message', now);
  }
  return {
    ...tell(state, now, 'closed', `Closed: ${why}`),
    stage: 'closed',
    turn: null,
    heldTurn: null,
    approval: null,
    handOff: null,
    handedOver: [],
    silence: null,
    deadline: null,
  };
}

/** A closed ticket cannot be written to; people find the customer's message on a ticket that follows it. */
export function openFollowUp(state: TicketState, commentId: string, now: number): TicketState {
  const told = tell(
    state,
    now,
    'handed-off',
    'The ticket is closed for good: opening a follow-up ticket for people',
  );
  const deeds = deedLines(state.orderActions);
  return enqueue(
    { ...told, turn: null, deadline: null, orderActions: allNoted(state.orderActions) },
    {
      type: 'open-follow-up',
      ref: state.ref,
      key: followUpTicketKey(state.ref, commentId),
      note:
        `The customer wrote on ticket ${state.ref.ticketId} after it was closed. Deskhand could not answer there.` +
        (deeds === null ? '' : `\n\n${deeds}`),
      group: state.settings.handOffGroup,
      tags: [followUpTicketTag],
    },
  );
}

/** Ends the turn; a hint that came meanwhile and is not yet accounted for begins the next one. */
export function endTurn(state: TicketState, now: number): TicketState {
  const ended: TicketState = { ...noteDeeds(state), turn: null };
  if (ended.pendingHints.length === 0 || ended.stage === 'closed') return ended;
  return beginTurn({ ...ended, pendingHints: [] }, 'message', now);
}
