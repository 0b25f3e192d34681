/** What is known in, plan out: each matter of the message is answered by its rule, and all of it is one reply. Pure. */
import {
  dropQuestions,
  openQuestion,
  type Dialogue,
  type OpenQuestion,
} from '../../core/conversation/dialogue';
import { isSameOrder } from '../../core/orders/orderNumber';
import type { Plan, PlannedAction } from '../../core/policy/plan';
import { answerMatter, defaultHandOff, isNoted, withoutRoom, type Answer } from './answerMatter';
import { isKnown } from './chooseRule';
import type { Facts } from '../facts/facts';
import type { KnownMatters } from '../lookUp/lookUp';
import { writeNote } from './notes';
import type { LoadedPolicy } from '../policy';
import { askSlots } from '../schema';
import { withoutDeedSlots } from '../hear/slots';
import { inFewWords } from '../sections/channels';
import { firstThatFits, replies, type ReplyOf, type SpokenPart } from '../templates/speak';
import { templateView } from '../templates/templates';
import { timesAskedAfter } from './timesAsked';
import { waitingOf } from './waiting';

/** Questions put aside for others: a conversation with more of them is one for a person to sort. */
const questionsKept = 3;

/** In words that the channel has room for: the policy's own, the short ones of its templates, else a person's. */
export function evaluate(policy: LoadedPolicy, known: KnownMatters): Plan {
  const { channel } = known.matters[0].ticket;
  const decide = (words: LoadedPolicy) => planOf(words, known, answersOf(words, known.matters));
  if (policy.channels[channel].longestReply === null) return decide(policy);
  const short = inFewWords(policy, channel);
  const handedOver = (): Answer => withoutRoom(short, answersOf(short, known.matters)[0]);
  return (
    firstThatFits([() => decide(policy), () => decide(short), () => planOf(short, known, [handedOver()])]) ??
    planOf(short, known, [{ ...handedOver(), said: null }])
  );
}

function planOf(policy: LoadedPolicy, known: KnownMatters, answers: readonly [Answer, ...Answer[]]): Plan {
  const [first] = answers;
  const { dialogue, reminder } = advance(policy, known.dialogue, answers);
  const parts = [...wordsOf(answers), reminder].filter((part) => part !== null);
  const [head, ...tail] = parts;
  const { facts } = first;
  const view = templateView(facts, policy.shop, null);
  const replyOf = replies(policy, view, facts.ticket.channel);
  const spoken = head === undefined ? [] : [replyOf([head, ...tail])];
  const done = gatherActions(answers);
  const asks = dialogue.questions.length > 0;
  const waiting = head === undefined ? [] : waitingOf(policy, replyOf, answers, done, asks);
  const actions = [...spoken, ...done, ...waiting];
  const speaks = actions.some(({ type }) => type === 'reply' || type === 'hand-off');
  const note = (done: readonly PlannedAction[], isInstead: boolean): PlannedAction => ({
    type: 'note',
    text: answers
      .map((answer) => writeNote({ policy, answer, actions: done, isInstead, dialogue }))
      .join('\n\n'),
  });
  const instead = insteadOf(policy, facts, replyOf, actions);
  return {
    policyVersion: policy.version,
    rule: answers.map(({ rule }) => rule.name).join(' + '),
    intent: facts.intent === '' ? null : facts.intent,
    confidence: facts.confidence,
    actions: speaks ? [...actions, note(actions, false)] : actions,
    ifRefused: instead.length === 0 ? [] : [...instead, note(instead, true)],
    needsApproval: answers.some(
      (answer) => answer.failure === null && (answer.rule.needsApproval || isDoneDespiteNote(answer)),
    ),
    awaitsMore: answers.every(({ rule, failure }) => failure === null && rule.waitForMore),
    dialogue,
    questionsBefore: known.dialogue.questions,
    facts: known.matters.map((matter) => ({ ...matter })),
    trace: answers.length === 1 ? first.trace : answers.flatMap(({ trace }) => trace),
    settings: policy.settings,
    ...standingsOf(actions, known),
  };
}

/** Of the orders that something is done to, each once. */
function standingsOf(
  actions: readonly PlannedAction[],
  { standingOf }: KnownMatters,
): Pick<Plan, 'standings'> {
  const deeds = actions.filter((action) => action.type === 'order-action');
  if (deeds.length === 0) return {};
  const orders = new Set(deeds.map(({ action }) => action.order));
  const found = [...orders].flatMap((number) => standingOf?.(number) ?? []);
  return found.length === 0 ? {} : { standings: found };
}

function isDoneDespiteNote({ facts, actions }: Answer): boolean {
  return isNoted(facts) && actions.some(({ type }) => type === 'order-action');
}

/** For when the shop does not do, or no mail server takes, what the customer was to be told of. */
function insteadOf(
  policy: LoadedPolicy,
  facts: Facts,
  replyOf: ReplyOf,
  planned: readonly PlannedAction[],
): readonly PlannedAction[] {
  const acts = planned.some(({ type }) => type === 'order-action');
  if (!acts && !planned.some(({ type }) => type === 'send-code')) return [];
  const { said, actions } = defaultHandOff(policy, facts, acts ? 'order-action-refused' : 'failure');
  return [...(said === null ? [] : [replyOf([said])]), ...actions];
}

/** A person who takes the first matter takes the ticket; what the same rule says of another is said once. */
function answersOf(policy: LoadedPolicy, matters: KnownMatters['matters']): readonly [Answer, ...Answer[]] {
  const [first, ...others] = matters;
  const answer = answerMatter(policy, first);
  if (answer.failure !== null || decidesAlone(policy, answer)) return [answer];
  const further = others.map((facts) => answerMatter(policy, afterCancelling(answer, facts)));
  const whole = further.find((other) => decidesAlone(policy, other) && handsOff(other.actions));
  if (whole !== undefined) return [whole];
  const told = [answer, ...further];
  // Two matters that ask for the same thing are asked once, and both wait for the answer.
  const adds = ({ silent, rule, question }: Answer, place: number) =>
    !silent && (question !== null || told.findIndex((other) => other.rule === rule) > place);
  return [answer, ...further.filter(adds)];
}

/** "Yes, cancel it, and change my address": of what is cancelled with this reply, nothing else can be changed. */
function afterCancelling({ actions }: Answer, facts: Facts): Facts {
  const isCancelled = actions.some(
    (action) =>
      action.type === 'order-action' &&
      action.action.type === 'cancel' &&
      isSameOrder(action.action.order, facts.order.number),
  );
  if (!isCancelled) return facts;
  const can = facts.order.can.filter((deed) => deed === 'resend-invoice');
  return { ...facts, order: { ...facts.order, status: 'cancelled', can, refundable: 0, creditable: 0 } };
}

/** "first" rules look at the whole message: what one of them hands over or passes over in silence is all of it. */
function decidesAlone({ rules }: LoadedPolicy, { rule, silent, actions, question }: Answer): boolean {
  return rules.first.includes(rule) && (silent || handsOff(actions) || question?.slot === 'topic');
}

/** Who is handed over is not asked anything any more: whoever takes the ticket asks. */
function wordsOf(answers: readonly Answer[]): readonly (SpokenPart | null)[] {
  const isHandedOver = answers.some(({ actions }) => handsOff(actions));
  return answers.map(({ said, question }) => (isHandedOver && question !== null ? null : said));
}

function handsOff(actions: readonly { readonly type: string }[]): boolean {
  return actions.some(({ type }) => type === 'hand-off');
}

/** In order; one hand-off, the first. */
function gatherActions(answers: readonly Answer[]): readonly Exclude<PlannedAction, { type: 'reply' }>[] {
  const [only, ...others] = answers;
  const all = others.length === 0 ? (only?.actions ?? []) : answers.flatMap(({ actions }) => actions);
  const first = all.findIndex(({ type }) => type === 'hand-off');
  return all.filter(({ type }, place) => {
    if (type === 'hand-off') return place === first;
    // Who is handed over is not asked for the code.
    return type !== 'send-code' || first === -1;
  });
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
  const isDone = answers.some(({ facts, actions, question }) => {
    const isOver = facts.question.continued && facts.question.answer === 'no' && question === null;
    return isOver || actions.some(({ type }) => type === 'order-action');
  });
  // "Yes, and 51877 too": what was told for the one order holds for the other.
  const isToo = answers.some(
    ({ facts, question }) =>
      question?.kind === 'confirm' &&
      !facts.question.continued &&
      question.intent === answers[0]?.facts.intent,
  );
  const known = isDone && !isToo ? { ...before, slots: withoutDeedSlots(before.slots) } : before;
  const left = before.questions.filter(
    (question) =>
      !answers.some((answer) => settles(answer, question)) && !isTakenBack(answers, before, question),
  );
  // Asked last is what the first matter waits for: its answer comes first.
  const asked = answers
    .map(({ question }) => question)
    .filter((question) => question !== null)
    .toReversed();
  const open = left.at(-1);
  if (asked.length > 0 || open === undefined) {
    return {
      dialogue: withQuestions(known, [...left, ...asked].slice(-questionsKept), answers),
      reminder: null,
    };
  }
  const language = answers[0]?.said?.language ?? policy.languages[0];
  const reminder = open.reminded ? null : { template: open.template ?? open.rule, language, text: open.text };
  return {
    dialogue: withQuestions(known, [...left.slice(0, -1), { ...open, reminded: true }], answers),
    reminder,
  };
}

function withQuestions(
  before: Dialogue,
  questions: readonly OpenQuestion[],
  answers: readonly Answer[],
): Dialogue {
  // Nothing was ever asked.
  if (questions.length === 0 && before.asked === undefined) return { ...before, questions };
  const told = answers.map(({ facts, question }) => ({
    facts,
    question,
    known: facts.intent === '' ? [] : ['topic', ...askSlots.filter((slot) => isKnown(slot, facts))],
  }));
  const asked = timesAskedAfter(told, questions);
  return { ...before, questions, ...(asked === null ? {} : { asked }) };
}

/** The message answered the question, asked for the same thing anew, or took up one of the orders it offered. */
function settles({ facts, silent }: Answer, question: OpenQuestion): boolean {
  if (silent) return false;
  const isSame = facts.question.asked !== null && isSameQuestion(facts.question.asked, question);
  if (isSame && (facts.question.continued || question.slot === 'topic')) return true;
  if (facts.intent === question.intent) return true;
  return question.slot === 'order-number' && question.choices.includes(facts.order.number);
}

/** "Never mind": the question that the message was an answer to is dropped, whatever else it is about. */
function isTakenBack(answers: readonly Answer[], before: Dialogue, question: OpenQuestion): boolean {
  return (
    question === openQuestion(before) && answers.some(({ facts }) => facts.signals.includes('never-mind'))
  );
}

function isSameQuestion(one: OpenQuestion, other: OpenQuestion): boolean {
  return one.kind === other.kind && one.slot === other.slot && one.intent === other.intent;
}
