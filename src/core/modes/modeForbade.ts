/**
 * A stricter mode was switched on after the last look, and what was to be written beside a turn is not: what the ticket
 * was taken to be by then is undone, and it is looked at anew. Else it would wait for people whom nobody has told.
 */
import { changed, changedTurn } from '../changed';
import { parseKey } from '../businessKeys';
import type { Step } from '../effects';
import { assertNever } from '../failure';
import { isWaitingForPerson } from '../turn/guard';
import { rungAt } from '../people/ladder';
import { deadlineAfter, tell } from '../stateChanges';
import type { QueuedStep, TicketState } from '../state';
import { beginTurn } from '../turn/turnStart';

type UpdateStep = Extract<Step, { type: 'update-ticket' }>;

export function modeForbade(state: TicketState, step: UpdateStep, now: number): TicketState {
  const { purpose } = step;
  switch (purpose) {
    case 'close': {
      const told = notDone(state, 'Not closed', now);
      return told.turn === null ? beginTurn(told, 'message', now) : told;
    }
    case 'hand-off': {
      if (!isWaitingForPerson(state)) return state;
      const told = notDone(withoutCalls(state), 'Not handed off', now);
      return lookAgain(changed(told, { stage: 'watching', handOff: null }), now);
    }
    case 'escalate':
      return withoutRung(state, step, now);
    case 'note': {
      // Nobody can decide on a draft that nobody sees.
      if (state.stage !== 'waiting-for-approval') return state;
      const told = notDone(withoutCalls(state), 'The draft is not noted', now);
      return lookAgain(changed(told, { stage: 'answering', approval: null, heldTurn: null }), now);
    }
    case 'reply':
    case 'follow-up':
      // A turn's own.
      return state;
    default:
      return assertNever(purpose);
  }
}

/** Nobody was called: that rung is climbed when another mode holds. What tells of a promise is no rung. */
function withoutRung(state: TicketState, { updates: [update] }: UpdateStep, now: number): TicketState {
  const { handOff, settings } = state;
  const key = update === undefined ? null : parseKey(update.key);
  if (handOff === null || key?.type !== 'rung' || key.level !== handOff.level) return state;
  const level = handOff.level - 1;
  const told = notDone(state, `Not escalated to rung ${handOff.level}`, now);
  const next = deadlineAfter(state, now, rungAt(settings, level), 'pick-up');
  const { turn } = told;
  return changed(told, {
    stage: level === 0 ? 'handed-off' : 'escalated',
    handOff: { ...handOff, level, asked: Math.min(handOff.asked ?? 0, level) },
    ...(turn === null ? { deadline: next } : { turn: changedTurn(turn, { resume: next }) }),
  });
}

function notDone(state: TicketState, what: string, now: number): TicketState {
  return tell(state, now, 'ignored', `${what}: a stricter mode was switched on`);
}

/** What was to come after what was not done does not come any more. */
function lookAgain(state: TicketState, now: number): TicketState {
  const { turn } = state;
  if (turn === null) return beginTurn(changed(state, { deadline: null }), 'message', now);
  return turn.abandoned
    ? changed(state, { deadline: null, pendingHints: [...state.pendingHints, null] })
    : changed(state, { turn: changedTurn(turn, { resume: null }) });
}

/** The ticket's own mode was set: what stands beside turns and is not written yet is stopped, and undone likewise. */
export function stopBeside(state: TicketState, now: number): TicketState {
  const isUnderWay = (index: number): boolean => state.running && index === 0;
  const isStopped = (queued: QueuedStep, index: number): boolean =>
    !isUnderWay(index) && (isForbidden(queued) || isCall(queued));
  const [head] = state.steps;
  const isHeadStopped = isUnderWay(0) && head !== undefined && head.turn === null && isForbidden(head);
  const left = changed(state, {
    steps: state.steps.filter((queued, index) => !isStopped(queued, index)),
    cancelling: state.cancelling || isHeadStopped,
  });
  return state.steps
    .filter((queued, index) => isStopped(queued, index) && queued.turn === null)
    .reduce(
      (after, { step }) => (step.type === 'update-ticket' ? modeForbade(after, step, now) : after),
      left,
    );
}

function isForbidden({ step }: QueuedStep): boolean {
  return step.type === 'update-ticket' && step.within?.strictest !== 'off';
}

/** A failure is told in any mode. */
function isCall({ step }: QueuedStep): boolean {
  return step.type === 'notify-people' && step.about?.kind !== 'failure';
}

/** What would tell people of it, on the desk or elsewhere, and is not under way. */
function withoutCalls(state: TicketState): TicketState {
  const isLeft = (queued: QueuedStep, index: number): boolean => {
    if (state.running && index === 0) return true;
    const { step } = queued;
    return !isCall(queued) && (step.type !== 'update-ticket' || !callPurposes.includes(step.purpose));
  };
  return changed(state, { steps: state.steps.filter(isLeft) });
}

const callPurposes: readonly UpdateStep['purpose'][] = ['hand-off', 'escalate'];
