/**
 * One truthful word to a customer whose answer waits for a shop or a classifier that is out. It costs a turn that goes
 * well nothing: the step is given less patience, and when that is used up, the customer is told, and the step goes on.
 */
import { holdingKey } from '../businessKeys';
import { changed } from '../changed';
import type { Classification } from '../conversation/understanding';
import type { Step } from '../effects';
import type { FailureKind, StepFailure } from '../failure';
import { isHandsOff } from '../modes/mode';
import { modeOf } from '../modes/modeOf';
import { enqueue, tell } from '../stateChanges';
import type { Holding, TicketState, Turn } from '../state';
import { compareIds, type TicketComment } from '../ticket/ticket';
import { classifyStep, consultStep } from '../turn/asking';
import { conversationGuard } from '../turn/planUpdates';
import { restart } from '../turn/turnStart';

type AskingStep = Extract<Step, { type: 'classify-message' | 'consult-policy' }>;
type HoldingStep = Extract<Step, { type: 'send-holding-reply' }>;

const commentsKept = 20;

const ofOutages: readonly FailureKind[] = [
  'unavailable',
  'unauthorized',
  'throttled',
  'malformed',
  'budget-used-up',
];

/** @returns null: its budget is used up, or it is no outage. */
export function holdOn(
  state: TicketState,
  turn: Turn,
  step: AskingStep,
  { kind }: StepFailure,
  now: number,
): TicketState | null {
  const isFirst = step.patienceMs !== undefined && state.holding?.isOpen !== true;
  if (!isFirst || !ofOutages.includes(kind)) return null;
  const held = withHolding(state, { isOpen: true, isTold: false });
  const reply = holdingStep(held, turn);
  return reply === null ? goOn(held, turn, now) : enqueue(held, reply, turn);
}

function holdingStep(state: TicketState, turn: Turn): HoldingStep | null {
  const { ref, policyVersion } = state;
  const { snapshot, classification } = turn;
  const [about] = turn.commentIds;
  const intents = intentsHeard(state, classification);
  const mode = modeOf(state, intents);
  if (snapshot === null || about === undefined || isHandsOff(mode)) return null;
  const { name, locale } = snapshot.requester;
  const isPublic = mode === 'auto';
  return {
    type: 'send-holding-reply',
    ref,
    guard: conversationGuard(snapshot),
    key: holdingKey(ref, about, isPublic),
    isPublic,
    policyVersion,
    customer: { name, locale, language: languageOf(state, classification), channel: snapshot.channel },
    within: { strictest: mode, intents },
  };
}

/** While nothing is understood, it may be about anything: the strictest mode of all holds. */
function intentsHeard({ settings }: TicketState, classification: Classification | null): readonly string[] {
  if (classification === null) return Object.keys(settings.modes?.intents ?? {});
  const { intent, further = [] } = classification;
  return [...(intent === null ? [] : [intent]), ...further.map((other) => other.intent)];
}

function languageOf({ dialogue }: TicketState, classification: Classification | null): string | null {
  const heard = classification?.language ?? 'und';
  return heard === 'und' ? (dialogue.slots['language']?.value ?? null) : heard;
}

/** What the customer was told while the answer waits; the turn goes on where it was. */
export function holdingReplySent(
  state: TicketState,
  turn: Turn,
  step: HoldingStep,
  commentId: string | null,
  now: number,
): TicketState {
  return goOn(rememberHeld(state, step, commentId, now), turn, now);
}

/** The desk is out as well: it is tried again after a while, until people get the ticket. */
export function notSaidYet(
  state: TicketState,
  { startedAt }: Turn,
  { kind }: StepFailure,
  now: number,
): TicketState {
  const { holdingReplyAfterMs: after = 0, stepBudgetMs } = state.settings;
  return kind === 'budget-used-up' && now < startedAt + stepBudgetMs - after ? withoutOutage(state) : state;
}

/** The step that waits is tried again, for the rest of its budget. */
export function goOn(state: TicketState, turn: Turn, now: number): TicketState {
  const { snapshot, classification } = turn;
  if (snapshot === null) return restart(state, turn, now, 'What was read of it is gone');
  const step =
    classification === null
      ? classifyStep(state, turn, snapshot, now)
      : consultStep(state, turn, snapshot, classification, now);
  return enqueue(state, step, turn);
}

/** @param commentId - null: nothing was written. */
export function rememberHeld(
  state: TicketState,
  { isPublic }: HoldingStep,
  commentId: string | null,
  now: number,
): TicketState {
  if (commentId === null) return state;
  if (!isPublic)
    return tell(state, now, 'noted', 'Left a note: the customer may be told that it takes longer');
  const commentIds = [...(state.holding?.commentIds ?? []), commentId].slice(-commentsKept);
  const told = withHolding(state, { isOpen: true, isTold: true }, commentIds);
  return tell(told, now, 'replied', 'Told the customer that the answer takes longer');
}

function withHolding(
  state: TicketState,
  news: Omit<Holding, 'commentIds'>,
  commentIds = state.holding?.commentIds ?? [],
): TicketState {
  return changed(state, { holding: { ...news, commentIds } });
}

/** People have answered what the customer was told about, or nobody has told them: an outage from here on is told. */
export function heldOnlyFor(state: TicketState, [oldest]: readonly TicketComment[]): TicketState {
  const { isTold = false, commentIds = [] } = state.holding ?? {};
  const told = commentIds.at(-1);
  const isSame = isTold && told !== undefined && oldest !== undefined && compareIds(told, oldest.id) > 0;
  return isSame ? state : withoutOutage(state);
}

/** The part answers again: the next time that one is out, the customer is told anew. */
export function withoutOutage(state: TicketState): TicketState {
  return state.holding?.isOpen === true ? withHolding(state, { isOpen: false, isTold: false }) : state;
}
