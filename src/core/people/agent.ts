/** Agents steer a running ticket: what each action is allowed to do, and what it does. */
import { changed, changedTurn } from '../changed';
import { closeKey } from '../businessKeys';
import { agentActions, type AgentAction, type AgentActionName } from '../events';
import { assertNever } from '../failure';
import { isWaitingForPerson, newestCustomerCommentId } from '../turn/guard';
import { callOf, givenBack } from './handBack';
import { climb, handOffSilently, personHasIt } from './handOff';
import { isHandsOff, isStricter, modes } from '../modes/mode';
import { stopBeside } from '../modes/modeForbade';
import { modeOf } from '../modes/modeOf';
import { enqueue, rememberAction, tell } from '../stateChanges';
import type { Deadline, QueuedStep, TicketState } from '../state';
import { keepDraft } from '../turn/stepFailures';
import { isRemembered, memoryOf } from './actionMemory';
import { approvalRefusal } from '../approval/approval';
import { wordGiven } from '../approval/approverCheck';
import { notNow } from './notNow';
import { stirredNow } from './teamSilence';
import { approvalTag } from '../ticket/tags';
import { beginTurn } from '../turn/turnStart';
import { plainUpdate, type UpdateGuard } from '../ticket/update';

/** The same action was done before: a repeated request, answered as the first one was. */
export function wasDone(state: TicketState, action: AgentAction): boolean {
  return isRemembered(state, action.action, action.id);
}

/** More than anybody needs: the line is carried from run to run, whole, while a desk is down. */
const stepsInLineAtMost = 50;
/** What keeps the bot from doing more. */
const alwaysTaken: readonly AgentActionName[] = ['take-over', 'set-mode'];

/** Why the action is refused as things stand, in a sentence for the agent; null: it is allowed. */
export function refusal(state: TicketState, action: AgentAction): string | null {
  const usedFor = agentActions.find(
    (other) => other !== action.action && isRemembered(state, other, action.id),
  );
  if (usedFor !== undefined) {
    return `Its id (over HTTP its Idempotency-Key) was used for ${usedFor} before: give every action one of its own.`;
  }
  const standing = notNow(state, action.action);
  if (standing !== null) return standing;
  if (state.steps.length >= stepsInLineAtMost && !alwaysTaken.includes(action.action)) {
    return `${state.steps.length} steps on the ticket wait for the desk to answer: wait until they are done, or take over.`;
  }
  switch (action.action) {
    case 'take-over':
      return state.stage === 'with-person' && state.turn === null ? 'A person has the ticket already.' : null;
    case 'hand-back':
      return ['with-person', 'watching'].includes(state.stage) || isWaitingForPerson(state)
        ? null
        : 'The bot has the ticket: there is nothing to hand back.';
    case 'approve':
    case 'reject':
      return approvalRefusal(state, action);
    case 'escalate':
      return null;
    case 'reply-again':
      if (state.turn !== null || state.running)
        return 'The engine is at work on the ticket: wait until it is done.';
      if (state.stage === 'with-person' || isWaitingForPerson(state))
        return 'The ticket is with people: hand it back first.';
      return state.stage === 'waiting-for-approval'
        ? 'A draft waits for approval: approve or reject it first.'
        : null;
    case 'close':
      return null;
    case 'set-mode':
      return action.mode === undefined ? `Say which mode: ${modes.join(', ')}.` : null;
    default:
      return assertNever(action.action);
  }
}

/**
 * As `refusal`, for whoever waits for an answer and can ask again: the rung of a moment ago is not told of yet. A signal
 * is not held to it, which older histories have taken.
 */
export function refusalForNow(state: TicketState, action: AgentAction): string | null {
  return action.action === 'escalate' && isBeingEscalated(state)
    ? 'The ticket is being escalated already: ask again when that is on it.'
    : refusal(state, action);
}

function isBeingEscalated({ steps }: TicketState): boolean {
  return steps.some(({ step }) => step.type === 'update-ticket' && step.purpose === 'escalate');
}

/**
 * Does what the agent asked. A refused action, or one seen before, changes nothing but the timeline.
 * @param letBe - as in the event.
 */
export function agentActed(state: TicketState, action: AgentAction, now: number, letBe = false): TicketState {
  if (wasDone(state, action)) return state;
  const refused = refusal(state, action);
  const known = rememberAction(state, memoryOf(action.action, action.id));
  if (refused !== null)
    return tell(known, now, 'ignored', `${action.action} by ${action.by} refused: ${refused}`);
  const told = tell(known, now, 'agent', `${action.action} by ${action.by}`);
  switch (action.action) {
    case 'take-over': {
      const stopped = stopWork(stirredNow(told, now));
      const taken = personHasIt(changed(stopped, { takenOver: true }), now, `taken over by ${action.by}`, {
        turn: stopped.turn,
        isWaitedFor: stopped.lastKnown.assigneeId === null,
      });
      // A draft that waited for more words is nobody's step: it is kept here or lost.
      return told.turn?.phase === 'settling' ? keepDraft(taken, told.turn, now) : taken;
    }
    case 'hand-back':
      return handBack(told, now);
    case 'approve':
    case 'reject':
      return wordGiven(told, action, now);
    case 'escalate':
      return escalate(told, action, now);
    case 'reply-again':
      return beginTurn(told, 'reply-again', now, `-again-${action.id}`);
    case 'close':
      return close(told, action, now);
    case 'set-mode':
      return setMode(known, action, now, letBe);
    default:
      return assertNever(action.action);
  }
}

function handBack(state: TicketState, now: number): TicketState {
  const begun = beginTurn(givenBack(stopWork(state)), 'hand-back', now);
  return begun.turn === null
    ? begun
    : changed(begun, { turn: changedTurn(begun.turn, callOf(state, dueThen(state))) });
}

/**
 * Nothing more is started for the turn. What is under way is asked to stop; its outcome still arrives and is
 * recorded, since the desk may have applied it already. Steps beside the turn (notes for people) go on.
 */
function stopWork(state: TicketState): TicketState {
  const { turn } = state;
  const steps = state.steps.filter((queued, index) => queued.turn === null || (state.running && index === 0));
  const stopped = changed(state, { turn: null, steps, deadline: null, pendingHints: [] });
  return turn !== null && state.running && steps[0]?.turn === turn.number
    ? changed(stopped, { turn: changedTurn(turn, { abandoned: true }), cancelling: true })
    : stopped;
}

/** What was to happen and when, however far the turn that is stopped had come. */
function dueThen({ deadline, turn }: TicketState): Deadline | null {
  return deadline === null || deadline.reason === 'settle' ? (turn?.resume ?? null) : deadline;
}

function escalate(state: TicketState, action: AgentAction, now: number): TicketState {
  const stopped = stopWork(state);
  const handedOff = isWaitingForPerson(stopped)
    ? changed(stopped, { deadline: dueThen(state) })
    : handOffSilently(stopped, now, {
        reason: 'agent-escalated',
        detail: `by ${action.by}`,
        note: `${action.by} escalated this ticket${action.reason === null ? '' : `: ${action.reason}`}.`,
        commentIds: [],
      });
  return climb(handedOff, now, action.by, stopped.turn);
}

/** Closing counts for all that had been read when it was asked for; a later message is answered instead. */
function closeGuard({ turn, lastKnown }: TicketState): UpdateGuard {
  const { snapshot = null } = turn ?? {};
  const newest =
    snapshot === null ? (lastKnown.customerCommentId ?? null) : newestCustomerCommentId(snapshot);
  return { kind: 'no-newer-message', newestCustomerCommentId: newest };
}

function close(state: TicketState, action: AgentAction, now: number): TicketState {
  // Who was to be called, and when, stands until it is closed: a message may come first.
  const solving = tell(changed(stopWork(state), { deadline: dueThen(state) }), now, 'waiting', 'Closing');
  return enqueue(solving, {
    type: 'update-ticket',
    purpose: 'close',
    ref: state.ref,
    guard: closeGuard(state),
    updates: [
      plainUpdate(closeKey(state.ref, action.id), {
        comment: {
          public: false,
          text: `Closed by ${action.by}${action.reason === null ? '' : `: ${action.reason}`}.`,
          html: null,
        },
        removeTags: [approvalTag],
        status: 'solved',
      }),
    ],
  });
}

/**
 * What is under way and a stricter mode does not allow is stopped; the ticket is then looked at anew. Who switches a
 * ticket on that was left to people wants it answered.
 */
function setMode(
  state: TicketState,
  { by, mode: wanted = 'auto' }: AgentAction,
  now: number,
  letBe: boolean,
): TicketState {
  const moded = tell(changed(state, { mode: wanted }), now, 'agent', `Mode ${wanted} by ${by}`);
  const before = modeOf(state);
  const after = modeOf(moded);
  const stopped = letBe ? withoutQueuedWrites(moded) : stopBeside(moded, now);
  const set = isHandsOff(after) ? stopped : moded;
  const { turn } = set;
  if (turn === null) {
    // Whatever else holds it back may be gone: the look tells.
    if (set.stage === 'watching' && !isHandsOff(wanted)) return beginTurn(set, 'hand-back', now);
    return set.stage === 'waiting-for-approval' && isHandsOff(after) ? beginTurn(set, 'message', now) : set;
  }
  if (turn.phase !== 'acting' || !isStricter(after, before)) return set;
  const idle = stopWork(set);
  if (idle.turn === null) return beginTurn(idle, 'message', now);
  return changed(idle, { turn: changedTurn(idle.turn, { anew: true }), pendingHints: [null] });
}

/** As in histories of before 0.2.0. */
function withoutQueuedWrites(state: TicketState): TicketState {
  const isLeft = ({ step }: QueuedStep, index: number) =>
    step.type !== 'update-ticket' || (state.running && index === 0) || step.within?.strictest === 'off';
  return changed(state, { steps: state.steps.filter(isLeft) });
}
