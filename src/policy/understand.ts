/**
 * What a message means in the light of the conversation: which matters it is about, and what it tells about them.
 * Pure. A model has described the words; what is made of them is decided here, the same way every time.
 */
import { openQuestion, type Dialogue, type OpenQuestion, type Slot } from '../core/dialogue';
import type { ConsultInput } from '../core/effects';
import type { MessageSignal } from '../core/understanding';
import type { LoadedPolicy } from './policy';
import { isAskSlot, plainPostalCode, readSlot } from './readSlot';

/** One thing that a message is about. Most messages have one. */
export interface Matter {
  /** An intent of the policy, or null. */
  readonly intent: string | null;
  readonly confidence: number;
  /** The message goes on with `question`. */
  readonly continued: boolean;
  /** The open question, where it is about this matter. */
  readonly question: OpenQuestion | null;
  /** Order numbers named for it now; else the order that the open question is about. */
  readonly orderNumbers: readonly string[];
}

export interface Heard {
  /** Never empty, in the order they were said. */
  readonly matters: readonly [Matter, ...Matter[]];
  readonly slots: Dialogue['slots'];
  /** To an open `confirm`. */
  readonly answer: 'yes' | 'no' | '';
}

/** More in one message is a list for a person. */
const mattersAtMost = 3;

export type HearInput = Pick<ConsultInput, 'classification' | 'dialogue' | 'words' | 'commentId'>;

export function understand(input: HearInput, policy: Pick<LoadedPolicy, 'intents' | 'thresholds'>): Heard {
  const { classification, dialogue } = input;
  const isKnown = (name: string | null) => policy.intents.some(({ intent }) => intent === name);
  const asked = openQuestion(dialogue);
  const question = asked !== null && isKnown(asked.intent) ? asked : null;
  // "What would you like to know about order 51877?": the answer is a topic, about that order.
  const topic = asked?.slot === 'topic' ? asked : null;
  const further = (classification.further ?? []).filter(({ intent }) => isKnown(intent));
  const intent = isKnown(classification.intent) ? classification.intent : null;
  const goesOn =
    question !== null &&
    !(
      intent !== null &&
      intent !== question.intent &&
      classification.confidence >= policy.thresholds.newTopicFrom &&
      !isBareNumber(input) &&
      !isPlainAnswer(classification.signals, question)
    );
  const slots = newSlots(input, goesOn ? question : null);
  const answered = goesOn ? slots[question.slot]?.value : undefined;
  // "1050" is the postal code that was asked for, and no order number.
  const given = classification.entities.orderNumbers.filter(
    (number) => question?.slot !== 'postal-code' || plainPostalCode(number) !== answered,
  );
  const first: Matter = goesOn
    ? continuedMatter(question, given)
    : {
        intent,
        confidence: classification.confidence,
        continued: false,
        question: topic ?? (question?.intent === intent ? question : null),
        orderNumbers: withDefault(given, topic),
      };
  const others = further
    .filter((other) => other.intent !== first.intent)
    .map((other): Matter => ({
      ...other,
      continued: false,
      question: null,
    }));
  return {
    matters: [first, ...others.slice(0, mattersAtMost - 1)],
    slots: withOrderNumber(slots, given[0], question, input.commentId),
    answer: goesOn && question.kind === 'confirm' ? yesOrNo(classification.signals) : '',
  };
}

/** Who answers our question leaves no doubt about the topic, however little a bare "51877" says by itself. */
function continuedMatter(question: OpenQuestion, given: readonly string[]): Matter {
  return {
    intent: question.intent,
    confidence: 1,
    continued: true,
    question,
    orderNumbers: withDefault(given, question),
  };
}

/** Who names no number means the order that the question was about. */
function withDefault(given: readonly string[], question: OpenQuestion | null): readonly string[] {
  return given.length > 0 || question === null || question.order === null ? given : [question.order];
}

/** "51877", "#51877!": whatever a classifier makes of it, it is an answer and not a topic. */
function isBareNumber({ words, classification }: HearInput): boolean {
  const rest = classification.entities.orderNumbers.reduce(
    (text, number) => text.replaceAll(number, ''),
    words.text,
  );
  return classification.entities.orderNumbers.length > 0 && !/\p{L}/u.test(rest);
}

function isPlainAnswer(signals: readonly MessageSignal[], question: OpenQuestion): boolean {
  return question.kind === 'confirm' && yesOrNo(signals) !== '';
}

function yesOrNo(signals: readonly MessageSignal[]): 'yes' | 'no' | '' {
  if (signals.includes('declines') || signals.includes('never-mind')) return 'no';
  return signals.includes('affirms') ? 'yes' : '';
}

/** What the message adds to what is known: the value that was asked for, or a correction of one given before. */
function newSlots(
  { dialogue, words, classification, commentId }: HearInput,
  question: OpenQuestion | null,
): Dialogue['slots'] {
  const slots: Record<string, Slot> = { ...dialogue.slots };
  if (question === null || yesOrNo(classification.signals) !== '') return slots;
  // While a proposal waits for a yes, "no, the blue one" names another value for what it was made of.
  const wanted = question.kind === 'ask' ? [question.slot] : Object.keys(slots);
  for (const name of wanted) {
    if (!isAskSlot(name) || name === 'order-number') continue;
    const value = readSlot(name, words.text, question);
    if (value !== null && value !== slots[name]?.value) {
      slots[name] = slotOf(value, slots[name], question, commentId);
    }
  }
  return slots;
}

function withOrderNumber(
  slots: Dialogue['slots'],
  number: string | undefined,
  question: OpenQuestion | null,
  commentId: string,
): Dialogue['slots'] {
  return number === undefined
    ? slots
    : { ...slots, 'order-number': slotOf(number, slots['order-number'], question, commentId) };
}

function slotOf(
  value: string,
  before: Slot | undefined,
  question: OpenQuestion | null,
  commentId: string,
): Slot {
  if (before !== undefined && before.value !== value) return { value, from: 'corrected', commentId };
  return { value, from: question?.choices.includes(value) === true ? 'chosen' : 'said', commentId };
}
