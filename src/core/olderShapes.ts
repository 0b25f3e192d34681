/** Brings what code of earlier versions has written, into histories and carried states, to today's shape. */
import { changedTurn } from './changed';
import { newDialogue, type Dialogue, type OpenQuestion } from './conversation/dialogue';
import type { Plan } from './policy/plan';
import type { QueuedStep, Turn } from './state';

/** Until 0.1.0 one question was open at most, and nothing else of the conversation was kept. */
type QuestionOf010 = Pick<OpenQuestion, 'slot' | 'intent' | 'tries' | 'choices'>;
interface WithQuestionOf010 {
  readonly question?: QuestionOf010 | null;
  readonly dialogue?: Dialogue;
}

export function dialogueOf({ dialogue, question = null }: WithQuestionOf010): Dialogue {
  if (dialogue !== undefined) return dialogue;
  if (question === null) return newDialogue;
  const today = { kind: 'ask', rule: '', text: '', reminded: true, order: null, actions: [] } as const;
  return { ...newDialogue, questions: [{ ...today, ...question }] };
}

type AddedToPlans = 'ifRefused' | 'questionsBefore' | 'facts';
type WrittenPlan = Omit<Plan, AddedToPlans> & Partial<Pick<Plan, AddedToPlans>>;

export function wholePlan(plan: WrittenPlan): Plan {
  if (isWhole(plan)) return plan;
  const { ifRefused = [], questionsBefore = [], facts = [] } = plan;
  return { ...plan, ifRefused, questionsBefore, facts, dialogue: dialogueOf(plan) };
}

function isWhole(plan: WrittenPlan): plan is Plan {
  return 'ifRefused' in plan && 'questionsBefore' in plan && 'facts' in plan && 'dialogue' in plan;
}

export function wholeTurn(turn: Turn | null): Turn | null {
  return turn === null || turn.plan === null ? turn : changedTurn(turn, { plan: wholePlan(turn.plan) });
}

export function wholeStep(queued: QueuedStep): QueuedStep {
  if (queued.step.type === 'fetch-ticket') {
    return { ...queued, step: { ...{ policyVersion: null }, ...queued.step } };
  }
  if (queued.step.type !== 'consult-policy') return queued;
  const added = { commentId: '', policyVersion: null };
  const input = { ...added, ...queued.step.input, dialogue: dialogueOf(queued.step.input) };
  return { ...queued, step: { ...queued.step, input } };
}
