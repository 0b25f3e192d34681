/**
 * The engine's one decision function: what happened in, what to do out. It reads no clock, no file, no environment,
 * so the same code runs in a Temporal workflow, in a policy's scenario and in a what-if replay.
 */
import { changed, changedTurn } from './changed';
import { codeSent, orderActed, rememberDone } from './turn/acting';
import { agentActed } from './people/agent';
import { draftNoted } from './approval/approval';
import { approverChecked, withoutMootWords } from './approval/approverCheck';
import type { Effect, Step } from './effects';
import { assertNever } from './failure';
import type { StepOutcome, TicketEvent } from './events';
import { noteFieldsNotSet } from './turn/fieldsNotSet';
import { holdingReplySent, rememberHeld } from './outage/holdingReply';
import { followUpWritten } from './conversation/followUp';
import { hoursMayHaveChanged } from './hours/hoursChanged';
import { owedWith } from './people/handOff';
import { heedBrand } from './policy/brandMoved';
import { policyChosen } from './policy/policyChoice';
import { tell } from './stateChanges';
import type { Deadline, TicketState, Turn, TurnCause } from './state';
import { wholePlan } from './olderShapes';
import { keepDraft, noteDoubt, stepFailed } from './turn/stepFailures';
import { messageClassified, policyConsulted, settled, ticketFetched } from './turn/turn';
import { actionsDone, allNoted, closed, endTurn } from './turn/turnEnd';
import { beginTurn, takeHint } from './turn/turnStart';
import { withoutLeftTag } from './approval/leftTag';
import { withSameDraft } from './approval/heedSendTag';
import { withVoidDraft } from './approval/settledDrafts';
import { tagsTakenAway } from './people/steered';
import { teamSilenceDue, watchTeam } from './people/teamSilence';
import { keepClocks } from './sla/keepClocks';
import { toldBy } from './orders/untoldDeeds';
import type { AppliedUpdate, UpdateGuard } from './ticket/update';

export interface Decision {
  readonly state: TicketState;
  /** To be carried out in this order. At most one step is under way at any time. */
  readonly effects: readonly Effect[];
}

/** How histories of before 0.2.0 went on; absent: as it is now. */
interface OlderRules {
  /** The tag of a draft stays where people take the ticket. */
  readonly leavesTag?: true;
}

/** @param now - epoch milliseconds; never earlier than at the call before. */
export function decide(
  state: TicketState,
  event: TicketEvent,
  now: number,
  { leavesTag }: OlderRules = {},
): Decision {
  const reduced = withoutMootWords(state, withVoidDraft(state, reduce(state, event, now), now), now);
  const untagged = leavesTag === true ? reduced : withoutLeftTag(state, reduced);
  return launch(state, watchTeam(state, keepClocks(state, untagged, event, now), now));
}

/** What to do after the state was carried over to a new run: the step that was next is started there. */
export function resume(state: TicketState): Decision {
  const still = changed(state, { running: false, cancelling: false });
  return launch(still, still);
}

/** The workflow may end: nothing is owed to anybody. */
export function isFinished(state: TicketState): boolean {
  return state.stage === 'closed' && state.steps.length === 0;
}

function launch(before: TicketState, after: TicketState): Decision {
  const [next] = after.steps;
  if (after.running) {
    const stop = after.cancelling && !before.cancelling && next !== undefined;
    return { state: after, effects: stop ? [{ type: 'cancel-step', stepId: next.id }] : [] };
  }
  if (next === undefined) return { state: after, effects: [] };
  return {
    state: changed(after, { running: true, cancelling: false }),
    effects: [{ type: 'start-step', stepId: next.id, step: next.step }],
  };
}

function reduce(state: TicketState, event: TicketEvent, now: number): TicketState {
  switch (event.type) {
    case 'hint':
      return takeHint(state, event.hint, now);
    case 'agent-acted':
      return agentActed(state, event.action, now, event.letBe);
    case 'policy-chosen':
      return policyMoved(state, event, now);
    case 'deadline-reached':
      return deadlineReached(state, event.reason, now);
    case 'message-refused':
      return tell(state, now, 'ignored', `${event.name} was not understood: ${event.why}`);
    case 'notice-failed':
      return tell(state, now, 'failed', `People were not notified: ${event.failure.message}`);
    case 'cancel-requested':
      return tell(
        state,
        now,
        'ignored',
        'A cancel request is not followed, since it would leave the customer to nobody: take over, or close, instead',
      );
    case 'step-done':
      return stepDone(state, event, now);
    default:
      return assertNever(event);
  }
}

/** What waits for approval was decided by the version before: the one that is chosen may not allow it. */
function policyMoved(
  state: TicketState,
  { choice, voidsDraft }: Extract<TicketEvent, { type: 'policy-chosen' }>,
  now: number,
): TicketState {
  const moved = policyChosen(state, choice, now);
  const isMoved = moved.policyVersion !== state.policyVersion;
  return isMoved && voidsDraft === true && moved.approval !== null
    ? beginTurn(changed(moved, { stage: 'answering', approval: null, heldTurn: null }), 'message', now)
    : hoursMayHaveChanged(state, moved, now);
}

function deadlineReached(state: TicketState, reason: Deadline['reason'], now: number): TicketState {
  if (reason === 'sla') return clockDue(state, now);
  if (reason === 'team-silence') return teamSilenceDue(state, now);
  // A timer of an earlier deadline that fires late must not act on a later one.
  const { deadline } = state;
  if (deadline?.reason !== reason || now < deadline.at) return state;
  const reached = changed(state, { deadline: null });
  switch (reason) {
    case 'settle':
      return reached.turn === null ? reached : settled(reached, reached.turn, now);
    case 'customer-silence':
      return closed(reached, now, 'the customer did not write again');
    case 'linger-after-solved':
      return closed(reached, now, 'solved');
    case 'approval':
      return beginCheck(reached, 'approval-check', deadline, now);
    case 'approval-reminder':
      return beginCheck(reached, 'approval-reminder', deadline, now);
    case 'pick-up':
    case 'try-again':
      return beginCheck(reached, 'pick-up-check', deadline, now);
    case 'person-check':
      return beginCheck(reached, 'person-check', deadline, now);
    case 'follow-up':
      return beginCheck(reached, 'follow-up', deadline, now);
    default:
      return assertNever(reason);
  }
}

/** As for the ladder, the ticket is read first: somebody may have answered a minute ago. */
function clockDue(state: TicketState, now: number): TicketState {
  const { sla, turn } = state;
  if (sla?.deadline === undefined || now < sla.deadline.at || turn !== null) return state;
  return beginTurn(changed(state, { sla: { ...sla, lookedAt: now } }), 'message', now);
}

/** The ticket is read first, and by the hours that come with it a deadline in business time may not be due yet. */
function beginCheck(state: TicketState, cause: TurnCause, reached: Deadline, now: number): TicketState {
  const begun = beginTurn(state, cause, now);
  return begun.turn === null || reached.counted === undefined
    ? begun
    : changed(begun, { turn: changedTurn(begun.turn, { reached }) });
}

function stepDone(
  state: TicketState,
  { stepId, outcome, letBe, callsPeople, asksAgain }: Extract<TicketEvent, { type: 'step-done' }>,
  now: number,
): TicketState {
  const [head, ...rest] = state.steps;
  if (!state.running || head?.id !== stepId) return state;
  const isSeen = outcome.type === 'ticket-fetched' && asksAgain !== true;
  const same = isSeen ? withSameDraft(state) : state;
  const idle = changed(same, { steps: rest, running: false, cancelling: false });
  const done =
    outcome.type === 'updates-applied'
      ? tagsTakenAway(draftNoted(noteApplied(idle, outcome.applied, now), outcome.applied), outcome.applied)
      : idle;
  if (head.turn === null && letBe === true) return done;
  if (head.turn === null) return outcomeOf(done, null, head.step, outcome, now);
  // The turn it was for is over: somebody took over and handed back, or approved an earlier draft.
  if (done.turn?.number !== head.turn) return done;
  // What was written before a stricter mode could stop it is as it was planned.
  const isAsPlanned = done.turn.anew === true && outcome.type === 'updates-applied';
  return done.turn.abandoned && !isAsPlanned
    ? abandonedStepDone(done, done.turn, head.step, outcome, now)
    : outcomeOf(done, done.turn, head.step, outcome, now, callsPeople);
}

/** What the desk tells of the ticket beside what was asked of it. */
function noteApplied(state: TicketState, applied: readonly AppliedUpdate[], now: number): TicketState {
  const told = applied.findLast(({ priority }) => priority !== undefined)?.priority;
  return noteFieldsNotSet(told === undefined ? state : changed(state, { priority: told }), applied, now);
}

function outcomeOf(
  state: TicketState,
  turn: Turn | null,
  step: Step,
  outcome: StepOutcome,
  now: number,
  callsPeople = false,
): TicketState {
  switch (outcome.type) {
    case 'ticket-fetched': {
      if (turn === null) return state;
      const known = heedBrand(state, outcome.movesTo, now);
      return ticketFetched(known, turn, outcome.snapshot, outcome.settings, outcome, now);
    }
    case 'message-classified':
      return turn === null ? state : messageClassified(state, turn, outcome.classification, now);
    case 'policy-consulted':
      return turn === null ? state : policyConsulted(state, turn, wholePlan(outcome.plan), now);
    case 'holding-reply-sent':
      return turn === null || step.type !== 'send-holding-reply'
        ? state
        : holdingReplySent(state, turn, step, outcome.commentId, now);
    case 'order-acted':
      return turn === null || step.type !== 'act-on-order'
        ? state
        : orderActed(state, turn, step, outcome.outcome, now);
    case 'code-sent':
      return turn === null || step.type !== 'send-code'
        ? state
        : codeSent(state, turn, step, outcome.trouble, now);
    case 'updates-applied':
      if (turn !== null) {
        return step.type === 'update-ticket' && step.purpose === 'follow-up'
          ? followUpWritten(state, turn, outcome.applied, now)
          : actionsDone(state, turn, outcome.applied, now);
      }
      return step.type === 'update-ticket' && step.purpose === 'close'
        ? closedByAgent(state, step.guard, outcome.applied, now)
        : state;
    case 'follow-up-opened':
      return closed(state, now, `continued in ticket ${outcome.ticketId}`);
    case 'approver-checked':
      return step.type === 'check-approver' ? approverChecked(state, step.word, outcome, now) : state;
    case 'people-notified':
      return state;
    case 'step-failed':
      return stepFailed(state, turn, step, outcome.failure, now, callsPeople);
    default:
      return assertNever(outcome);
  }
}

/** A message that came while the ticket was being closed is looked at first; the workflow goes on for it. */
function closedByAgent(
  before: TicketState,
  guard: UpdateGuard,
  applied: readonly AppliedUpdate[],
  now: number,
): TicketState {
  // Done before, perhaps long before in an earlier run: whether it still is closed, the ticket tells.
  if (applied.some(({ outcome }) => outcome === 'already-applied')) {
    return before.turn === null ? beginTurn(before, 'message', now) : before;
  }
  const overWhat = guard.kind === 'no-newer-message' ? guard.newestCustomerCommentId : null;
  const handledCommentId = overWhat ?? before.handledCommentId;
  const state = changed(before, { handledCommentId, handedOver: [] });
  return state.turn === null ? closed(state, now, 'by an agent') : state;
}

/** The person who took over finds what was done, and the draft of what was not. */
function abandonedStepDone(
  state: TicketState,
  turn: Turn,
  step: Step,
  outcome: StepOutcome,
  now: number,
): TicketState {
  const left = changed(state, { turn: null });
  switch (outcome.type) {
    case 'updates-applied': {
      const isHandOff = step.type === 'update-ticket' && step.purpose === 'hand-off';
      const written = changed(left, {
        handledCommentId: turn.commentIds.at(-1) ?? left.handledCommentId,
        handedOver: isHandOff ? owedWith(left, turn.commentIds) : [],
        orderActions: allNoted(left.orderActions),
        ...toldBy(left, turn),
      });
      const what = 'The step under way could not be stopped any more: it is on the ticket';
      return endTurn(tell(written, now, 'replied', what), now);
    }
    case 'order-acted':
      return outcome.outcome.type === 'done' && step.type === 'act-on-order'
        ? endTurn(rememberDone(left, turn, step, outcome.outcome.reference, now), now)
        : endTurn(left, now);
    case 'policy-consulted':
      return endTurn(keepDraft(left, changedTurn(turn, { plan: wholePlan(outcome.plan) }), now), now);
    case 'step-failed': {
      const known = step.type === 'act-on-order' ? noteDoubt(left, turn, step) : left;
      return endTurn(keepDraft(known, turn, now), now);
    }
    case 'holding-reply-sent':
      return step.type === 'send-holding-reply'
        ? endTurn(rememberHeld(left, step, outcome.commentId, now), now)
        : endTurn(left, now);
    case 'ticket-fetched':
    case 'message-classified':
    case 'code-sent':
    case 'follow-up-opened':
    case 'approver-checked':
    case 'people-notified':
      return endTurn(keepDraft(left, turn, now), now);
    default:
      return assertNever(outcome);
  }
}
