/**
 * What happens when a step failed for good: a person's claim is honoured, a stale draft is dropped, and everything
 * else ends at people, with a note of what was tried. Nothing ends in a dead workflow.
 */
import { changed, changedTurn } from '../changed';
import { actInstead, codeNotSent } from './acting';
import { approverChecked } from '../approval/approverCheck';
import { draftKey, isPlain, keyBeside } from '../businessKeys';
import { assertNever, type StepFailure } from '../failure';
import type { Step } from '../effects';
import { isWaitingForPerson } from './guard';
import { handOffSilently, personHasIt } from '../people/handOff';
import { staysWithPeople } from '../people/stillTheirs';
import { inAnyMode, isHandsOff } from '../modes/mode';
import { modeForbade } from '../modes/modeForbade';
import { intentsOfTurn, modeOf, modeOfPlan } from '../modes/modeOf';
import { tellFailed } from '../notices/tellPeople';
import { describeOrderAction } from '../orders/orderAction';
import { enqueue, enqueueNote, tell } from '../stateChanges';
import type { TicketState, Turn } from '../state';
import { withoutFollowUps } from '../conversation/customerSilence';
import { allNoted, closed, deedLines, endTurn, goOnWaiting, openFollowUp } from './turnEnd';
import { beginTurn, restart } from './turnStart';
import { rememberUntold } from '../orders/untoldDeeds';
import { internalNote, plainUpdate } from '../ticket/update';
import { goOn, holdOn, notSaidYet } from '../outage/holdingReply';
import { leftUnread } from './leftUnread';
import { describe, sentence, timesTried } from './stepWords';
import { gather, wordsKey } from './planUpdates';
import { approvalTag, handedOffTag } from '../ticket/tags';
import { watch } from '../modes/watch';

/** A customer who types faster than the engine reads is answered by a person in the end. */
const restartsAtMost = 10;
const tryAgainMs = 15 * 60_000;

/**
 * @param turn - the turn the step belongs to; null for a step beside turns.
 * @param callsPeople - as in the event.
 */
export function stepFailed(
  state: TicketState,
  turn: Turn | null,
  step: Step,
  failure: StepFailure,
  now: number,
  callsPeople = false,
): TicketState {
  const told = failure.kind === 'cancelled' ? state : tell(state, now, 'failed', describe(step, failure));
  switch (step.type) {
    case 'fetch-ticket':
      if (failure.kind !== 'ticket-not-found') {
        const left = turn === null || callsPeople ? null : leftUnread(told, turn, now);
        return left ?? giveUp(told, turn, step, failure, now);
      }
      // Whoever announced something meanwhile has seen it.
      return turn !== null && state.pendingHints.length > 0 ? restart(told, turn, now) : gone(told, now);
    case 'classify-message':
    case 'consult-policy': {
      const held = turn === null ? null : holdOn(told, turn, step, failure, now);
      return held ?? giveUp(told, turn, step, failure, now);
    }
    case 'send-holding-reply':
      if (turn === null) return told;
      return (
        lostToTicket(told, turn, turn.commentIds.at(-1), failure, now) ??
        goOn(notSaidYet(told, turn, failure, now), turn, now)
      );
    case 'act-on-order':
      return orderActionFailed(told, turn, step, failure, now);
    case 'send-code':
      return codeFailed(told, turn, step, failure, now);
    case 'update-ticket':
      return updateFailed(told, turn, step, failure, now);
    case 'open-follow-up':
      return closed(
        tellFailed(told, 'follow-up', { now, about: step.key, failed: { step, failure } }),
        now,
        'it can no longer be answered on the desk',
      );
    case 'check-approver': {
      const again =
        step.word.rejects === undefined
          ? 'Approve it again when the desk answers.'
          : 'Reject it again when the desk answers, or take the ticket over.';
      const why = `${describe(step, failure)} ${again}`;
      return approverChecked(told, step.word, { why, name: null }, now);
    }
    case 'notify-people':
      return told;
    default:
      return assertNever(step);
  }
}

type UpdateStep = Extract<Step, { type: 'update-ticket' }>;
type OrderStep = Extract<Step, { type: 'act-on-order' }>;

/** What the customer was to be told has not happened, or nobody knows: people look, the customer hears that they do. */
function orderActionFailed(
  state: TicketState,
  turn: Turn | null,
  step: OrderStep,
  failure: StepFailure,
  now: number,
): TicketState {
  if (turn === null) return state;
  // An attempt before this one may have reached the shop.
  const doubted = failure.attempts > 1 ? noteDoubt(state, turn, step) : state;
  const settled = lostToTicket(doubted, turn, turn.commentIds.at(-1), failure, now);
  if (settled !== null) return settled;
  const why = `The shop did not do it${timesTried(failure)}: ${sentence(failure.message)}`;
  return failure.kind === 'rejected' && failure.attempts <= 1
    ? actInstead(state, turn, step.action, { outcome: 'Not done', why }, now)
    : actInstead(
        state,
        turn,
        step.action,
        { outcome: 'Not known whether done', why: `${why} ${lookAtOrder}` },
        now,
      );
}

function codeFailed(
  state: TicketState,
  turn: Turn | null,
  step: Extract<Step, { type: 'send-code' }>,
  failure: StepFailure,
  now: number,
): TicketState {
  if (turn === null) return state;
  const lost = lostToTicket(state, turn, turn.commentIds.at(-1), failure, now);
  return lost ?? codeNotSent(state, turn, step.order, describe(step, failure), now);
}

const lookAtOrder = 'Please look at the order: it may have been done all the same.';

/** A step was stopped half-way: whoever takes over must know that its outcome is not known. */
export function noteDoubt(state: TicketState, turn: Turn, step: OrderStep): TicketState {
  const text = `Deskhand was stopped while it was about to ${describeOrderAction(step.action)}. ${lookAtOrder}`;
  return enqueueNote(
    rememberUntold(state, turn, { action: step.action, isSure: false }),
    plainUpdate(keyBeside(step.key, 'doubt'), { comment: internalNote(text) }),
    inAnyMode,
  );
}

/**
 * A person was faster, the customer wrote again, the ticket is gone: nothing that was planned fits any more.
 * @param commentId - the newest message it was about: it goes on in a follow-up where the ticket is closed.
 */
function lostToTicket(
  state: TicketState,
  turn: Turn | null,
  commentId: string | undefined,
  failure: StepFailure,
  now: number,
): TicketState | null {
  switch (failure.kind) {
    case 'ticket-not-found':
      return lookWhetherGone(state, turn, now);
    case 'ticket-closed':
      return ticketClosed(state, commentId, now);
    case 'person-active':
      return turn === null
        ? null
        : endTurn(
            keepDraft(
              personHasIt(state, now, 'somebody was faster than the bot', { isWaitedFor: true }),
              turn,
              now,
            ),
            now,
          );
    case 'stale-draft':
      return turn === null || turn.restarts >= restartsAtMost ? null : restart(state, turn, now);
    case 'mode-forbids':
      if (turn === null) return state;
      return turn.restarts >= restartsAtMost
        ? null
        : restart(state, turn, now, 'A stricter mode was switched on');
    case 'cancelled':
    case 'rejected':
    case 'unauthorized':
    case 'throttled':
    case 'conflict':
    case 'unavailable':
    case 'malformed':
    case 'budget-used-up':
    case 'unknown':
      return null;
    default:
      return assertNever(failure.kind);
  }
}

function updateFailed(
  state: TicketState,
  turn: Turn | null,
  step: UpdateStep,
  failure: StepFailure,
  now: number,
): TicketState {
  if (failure.kind === 'ticket-closed' && step.purpose === 'close') return closed(state, now, 'by an agent');
  // Beside turns, only a ticket's own mode calls a step off.
  const isCalledOff = failure.kind === 'cancelled' && isHandsOff(modeOf(state));
  const isForbidden = failure.kind === 'mode-forbids' || isCalledOff;
  if (turn === null && isForbidden) return modeForbade(state, step, now);
  if (failure.kind === 'stale-draft' && step.purpose === 'close') {
    const told = tell(state, now, 'message', 'Not closed: a message came before it was');
    // What was announced meanwhile has begun the turn that looks.
    return told.turn === null ? beginTurn(told, 'message', now) : told;
  }
  // A hand-off beside turns is about the comments that were just handed over, a note about those of the draft.
  const about =
    turn?.commentIds ?? (step.purpose === 'hand-off' ? state.handedOver : (state.heldTurn?.commentIds ?? []));
  if (step.purpose === 'follow-up' && turn !== null && failure.kind === 'person-active') {
    return beginTurn(withoutFollowUps(state), 'message', now);
  }
  const settled = lostToTicket(state, turn, about.at(-1), failure, now);
  if (settled !== null) return settled;
  switch (step.purpose) {
    case 'reply':
    case 'note':
      return turn === null ? state : giveUp(state, turn, step, failure, now);
    case 'hand-off':
      // A turn's hand-off carries its own words to the customer; a bare one is tried in its simplest form.
      return turn === null
        ? handOffInSimplestForm(state, step, failure, now)
        : giveUp(state, turn, step, failure, now);
    case 'escalate':
      return state;
    case 'follow-up':
      // Nobody waits for it: it is not worth a person's time.
      return turn === null ? state : goOnWaiting(withoutFollowUps(state), turn, now);
    case 'close':
      return closed(
        tellFailed(state, 'close', { now, about: about.at(-1) ?? 'ticket', failed: { step, failure } }),
        now,
        'by an agent; the desk did not take the status',
      );
    default:
      return assertNever(step.purpose);
  }
}

/**
 * The turn's reply as an internal note. A step that failed or was stopped may have sent it all the same, or noted
 * it for approval before: the ticket itself tells, and only where it shows neither is the note written.
 */
export function keepDraft(
  state: TicketState,
  turn: Turn,
  now: number,
  why = 'not sent because a person has the ticket',
): TicketState {
  const answers = turn.commentIds.at(-1);
  const gathered = turn.plan === null ? null : gather(turn.plan);
  if (answers === undefined || gathered === null || gathered.reply === null) return state;
  if (turn.anew === true || isHandsOff(modeOfPlan(state, turn.plan))) return state;
  const text = `Draft by Deskhand, ${why}:\n\n${gathered.reply.text}`;
  const draft = plainUpdate(
    turn.draftId ?? draftKey(state.ref, answers, turn, state.life, `t${turn.number}`),
    {
      comment: internalNote(text),
      // This one waits for nobody: a run without memory would think so.
      removeTags: [approvalTag],
    },
  );
  return enqueueNote(tell(state, now, 'noted', 'The draft is kept as an internal note'), {
    ...draft,
    unless: wordsKey(state.ref, answers, gathered, turn),
  });
}

/** Ends the turn at people: they get what was tried, and the draft if there was one. */
function giveUp(
  state: TicketState,
  turn: Turn | null,
  step: Step,
  failure: StepFailure,
  now: number,
): TicketState {
  const tried = describe(step, failure);
  const mode = modeOfPlan(state, turn?.plan ?? null);
  if (isHandsOff(mode)) {
    // Whoever has the ticket, or was called, keeps it.
    return turn !== null && (state.stage === 'with-person' || isWaitingForPerson(state))
      ? goOnWaiting(state, turn, now)
      : watch(changed(state, { turn: null }), [], mode, now);
  }
  if (turn?.cause === 'team-silence') {
    return staysWithPeople(keepDraft(state, turn, now, 'not sent'), turn, 'the bot could not answer', now);
  }
  // A turn that has read nothing does not know what was told of.
  const isTold = turn !== null && turn.commentIds.length > 0 && state.holding?.isTold === true;
  const note = `Deskhand could not finish its answer. ${tried}${isTold ? ' The customer was told that it takes longer.' : ''}`;
  // People first: the desk may be what is down.
  const about = turn?.commentIds.at(-1) ?? `turn-${state.turns}`;
  const told = tellFailed(state, 'gave-up', { now, about, detail: tried, failed: { step, failure } });
  const handed = handOffSilently(
    changed(told, { handledCommentId: turn?.commentIds.at(-1) ?? state.handledCommentId }),
    now,
    {
      reason: 'failure',
      detail: tried,
      note,
      commentIds: turn?.commentIds ?? [],
      intents: intentsOfTurn(turn),
    },
  );
  return endTurn(turn === null ? handed : keepDraft(handed, turn, now, 'not sent'), now);
}

/** The desk refused the hand-off (a group that is gone, a required field): note and tag alone, then by other ways. */
function handOffInSimplestForm(
  state: TicketState,
  step: UpdateStep,
  failure: StepFailure,
  now: number,
): TicketState {
  const [update] = step.updates;
  if (isHandsOff(modeOf(state))) return state;
  const about = state.handedOver.at(-1) ?? 'ticket';
  const needsPeople = tellFailed(state, 'hand-over', { now, about, failed: { step, failure } });
  if (update === undefined || isPlain(update.key)) {
    // Somebody has come without it.
    if (!isWaitingForPerson(needsPeople)) return needsPeople;
    const again = { at: now + tryAgainMs, reason: 'try-again' } as const;
    // A turn under way has its own clock; the ticket waits again when it finds nothing to do.
    return needsPeople.turn === null
      ? changed(needsPeople, { deadline: again })
      : changed(needsPeople, { turn: changedTurn(needsPeople.turn, { resume: again }) });
  }
  return enqueue(needsPeople, {
    ...step,
    updates: [
      plainUpdate(keyBeside(update.key, 'plain'), { comment: update.comment, addTags: [handedOffTag] }),
    ],
  });
}

function ticketClosed(state: TicketState, commentId: string | undefined, now: number): TicketState {
  return commentId === undefined || isHandsOff(modeOf(state))
    ? closed(state, now, 'the desk closed it')
    : openFollowUp(changed(state, { handledCommentId: commentId }), commentId, now);
}

/** One answer "not found" is believed only of a look, which asks more than once. */
function lookWhetherGone(state: TicketState, turn: Turn | null, now: number): TicketState | null {
  if (turn === null) return state.turn === null ? beginTurn(state, 'message', now) : state;
  return turn.restarts >= restartsAtMost
    ? null
    : restart(state, turn, now, 'The desk did not find the ticket');
}

function gone(state: TicketState, now: number): TicketState {
  return closed(
    tellFailed(changed(state, { orderActions: allNoted(state.orderActions) }), 'gone', {
      now,
      about: 'ticket',
      detail: deedLines(state.orderActions) ?? '',
    }),
    now,
    'the desk does not know it',
  );
}
