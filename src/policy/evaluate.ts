/** What is known in, plan out: each matter of the message is answered by its rule, and all of it is one reply. Pure. */
import { dropQuestions, type Dialogue, type OpenQuestion } from '../core/dialogue';
import type { Plan, PlannedAction } from '../core/plan';
import { answerMatter, defaultHandOff, type Answer } from './answerMatter';
import type { Facts } from './facts';
import type { KnownMatters } from './lookUp';
import { writeNote } from './notes';
import type { LoadedPolicy } from './policy';
import { replyOf, type SpokenPart } from './speak';
import { templateView, type TemplateView } from './templates';

/** Questions put aside for others: a conversation with more of them is one for a person to sort. */
const questionsKept = 3;

export function evaluate(policy: LoadedPolicy, known: KnownMatters): Plan {
  const [first, ...others] = answersOf(policy, known.matters);
  const answers: readonly [Answer, ...Answer[]] = [first, ...others];
  const { dialogue, reminder } = advance(policy, known.dialogue, answers);
  const parts = [...answers.map(({ said }) => said), reminder].filter((part) => part !== null);
  const [head, ...tail] = parts;
  const { facts } = first;
  const view = templateView(facts, policy.shop, null);
  const spoken = head === undefined ? [] : [replyOf(policy, view, [head, ...tail])];
  const actions = [...spoken, ...gatherActions(answers)];
  const speaks = actions.some(({ type }) => type === 'reply' || type === 'hand-off');
  const note = (done: readonly PlannedAction[]): PlannedAction => ({
    type: 'note',
    text: answers.map((answer) => writeNote({ policy, answer, actions: done, dialogue })).join('\n\n'),
  });
  const instead = actions.some(({ type }) => type === 'order-action') ? insteadOf(policy, facts, view) : [];
  return {
    policyVersion: policy.version,
    rule: answers.map(({ rule }) => rule.name).join(' + '),
    intent: facts.intent === '' ? null : facts.intent,
    confidence: facts.confidence,
    actions: speaks ? [...actions, note(actions)] : actions,
    ifRefused: instead.length === 0 ? [] : [...instead, note(instead)],
    needsApproval: answers.some(({ rule, failure }) => failure === null && rule.needsApproval),
    awaitsMore: answers.every(({ rule, failure }) => failure === null && rule.waitForMore),
    dialogue,
    facts: known.matters.map((matter) => ({ ...matter })),
    trace: answers.flatMap(({ trace }) => trace),
    settings: policy.settings,
  };
}

/** For when the shop does not do what the customer was to be told. */
function insteadOf(policy: LoadedPolicy, facts: Facts, view: TemplateView): readonly PlannedAction[] {
  const { said, actions } = defaultHandOff(policy, facts, 'order-action-refused');
  return [...(said === null ? [] : [replyOf(policy, view, [said])]), ...actions];
}

/** A person who takes the first matter takes the ticket; what the same rule says of another is said once. */
function answersOf(policy: LoadedPolicy, matters: KnownMatters['matters']): readonly [Answer, ...Answer[]] {
  const [first, ...others] = matters;
  const answer = answerMatter(policy, first);
  if (policy.rules.first.includes(answer.rule) || answer.failure !== null) return [answer];
  const further = others.map((facts) => answerMatter(policy, facts));
  // "first" rules look at the whole message: one that matches only for a later matter still decides it alone.
  const whole = further.find(({ rule }) => policy.rules.first.includes(rule) && handsOff(rule.actions));
  if (whole !== undefined) return [whole];
  return [answer, ...further.filter(({ silent, rule }) => !silent && rule !== answer.rule)];
}

function handsOff(actions: readonly { readonly type: string }[]): boolean {
  return actions.some(({ type }) => type === 'hand-off');
}

/** In order; one hand-off, the first. */
function gatherActions(answers: readonly Answer[]): readonly Exclude<PlannedAction, { type: 'reply' }>[] {
  const all = answers.flatMap(({ actions }) => actions);
  const handOff = all.find(({ type }) => type === 'hand-off');
  return all.filter((action) => action.type !== 'hand-off' || action === handOff);
}

/** Which questions are open after this turn, and which one that was put aside is put again with the reply. */
function advance(
  policy: LoadedPolicy,
  before: Dialogue,
  answers: readonly Answer[],
): { readonly dialogue: Dialogue; readonly reminder: SpokenPart | null } {
  if (answers.some(({ actions }) => handsOff(actions))) {
    return { dialogue: dropQuestions(before), reminder: null };
  }
  if (answers.every(({ silent }) => silent)) return { dialogue: before, reminder: null };
  const left = before.questions.filter((question) => !answers.some((answer) => settles(answer, question)));
  const asked = answers.flatMap(({ question }) => (question === null ? [] : [question]));
  const open = left.at(-1);
  if (asked.length > 0 || open === undefined) {
    return { dialogue: { ...before, questions: [...left, ...asked].slice(-questionsKept) }, reminder: null };
  }
  const language = answers[0]?.said?.language ?? policy.languages[0];
  const reminder = open.reminded ? null : { template: open.rule, language, text: open.text };
  return {
    dialogue: { ...before, questions: [...left.slice(0, -1), { ...open, reminded: true }] },
    reminder,
  };
}

/** The message answered the question, asked for the same thing anew, or took up one of the orders it offered. */
function settles({ facts, silent }: Answer, question: OpenQuestion): boolean {
  if (silent) return false;
  const isSame = facts.question.asked === question;
  if (isSame && (facts.question.continued || question.slot === 'topic')) return true;
  if (facts.intent === question.intent) return true;
  return question.slot === 'order-number' && question.choices.includes(facts.order.number);
}
