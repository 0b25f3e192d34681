/**
 * What a message means in the light of the conversation: which matters it is about, and what it tells about them.
 * Pure. A model has described the words; what is made of them is decided here, the same way every time.
 */
import { openQuestion, type Dialogue, type OpenQuestion } from '../../core/conversation/dialogue';
import type { MessageSignal, ScoredIntent } from '../../core/conversation/understanding';
import { describedOrder, type Described } from './describedOrder';
import { newMatter, type Heard, type HearInput, type Matter } from './heard';
import { correctionHeard, heardAs } from './heardCorrection';
import type { LoadedPolicy } from '../policy';
import { codesIn } from './readMailedCode';
import { readPieces } from './readPieces';
import { plainCode, valuesNamed, valuesSaid, withoutNumbers, type SaidValues } from './readSlot';
import { askSlots } from '../schema';
import { shopClock } from '../facts/shopClock';
import { slotsAfter } from './slots';
import { asksFor, mayAskFor } from './slotsAsked';
import { namesOnly, tellsWhatIsFine } from './thingsNamed';
import { valuesTold } from './toldAtOnce';

/** More in one message is a list for a person. */
const mattersAtMost = 3;

export function understand(
  input: HearInput,
  policy: Pick<LoadedPolicy, 'intents' | 'thresholds' | 'proofs' | 'rules' | 'timeZone'>,
): Heard {
  const { classification, dialogue } = input;
  const isKnown = (name: string | null) => policy.intents.some(({ intent }) => intent === name);
  const asked = openQuestion(dialogue);
  const question = asked !== null && isKnown(asked.intent) ? asked : null;
  const correction = question === null ? null : correctionHeard(input, question, policy);
  if (question !== null && correction !== null) return heardAs(correction, question, input, policy);
  const intent = isKnown(classification.intent) ? classification.intent : null;
  const best: ScoredIntent | null =
    intent === null ? null : { intent, confidence: classification.confidence };
  const described = question === null ? null : orderDescribed(input, question, policy.timeZone);
  const isOnlyChoice =
    described?.isAll === true ||
    (question?.slot === 'item' &&
      (namesOnly(input.words.text, question.choices) ||
        tellsWhatIsFine(input.words.text, question.choices))) ||
    (question !== null && tellsOnlyPieces(input, question));
  const isNewTopic =
    question !== null &&
    !isOnlyChoice &&
    best !== null &&
    best.intent !== question.intent &&
    best.confidence >= policy.thresholds.newTopicFrom;
  const said = question === null ? {} : valuesSaid(input, question, isNewTopic);
  const { 'mailed-code': code = '', ...values } = said;
  // Two codes are none, and no order numbers either.
  const codes = question?.slot === 'mailed-code' ? codesIn(input.words.text) : [];
  const about = question === null || isNewTopic ? intent : question.kind === 'ask' ? question.intent : null;
  const told = {
    ...(policy.proofs.includes('postal-code') ? valuesNamed(input.words.text) : {}),
    ...(about === null ? {} : valuesToldFor(about, input, policy)),
  };
  const answer = question === null ? '' : answerHeard(question, classification.signals, isNewTopic);

  const further = (classification.further ?? []).filter((other) => isKnown(other.intent));
  const numbers = classification.entities.orderNumbers.filter(
    (number) =>
      !isPartOf(number, { ...told, ...said }) && (number === question?.order || !codes.includes(number)),
  );
  const named = numbers.length === 0 && described !== null ? [described.number] : numbers;
  const own = named.filter((number) => !further.some(({ orderNumbers }) => orderNumbers.includes(number)));
  const reply = question === null ? null : replyTo({ question, isNewTopic, answer, said, own }, input);
  const matters =
    question === null || reply === null
      ? [firstMatter(best, classification.confidence, asked, own)]
      : [
          ...continuedMatters(dialogue, question, reply.numbers, said),
          ...(reply.beside === null || best === null ? [] : [newMatter(best, reply.beside)]),
        ];
  const others = further
    .filter((other) => matters.every((matter) => matter.intent !== other.intent))
    .map((other) =>
      newMatter(other, other.orderNumbers.length > 0 ? other.orderNumbers : sharedNumbers(input, own)),
    );
  const [first = firstMatter(best, classification.confidence, asked, own), ...rest] = matters;
  return {
    matters: [first, ...[...rest, ...others].slice(0, mattersAtMost - 1)],
    slots: slotsAfter(input, {
      question: reply === null ? null : question,
      said: reply === null ? told : { ...told, ...values },
      number: own[0],
      wantsEmail: asksFor('email', policy),
    }),
    answer: reply === null ? '' : answer,
    code: reply === null ? '' : code,
    codeFor: reply === null || code === '' ? null : (question?.order ?? null),
    correction: null,
    signals: classification.signals,
  };
}

/** What the rules for the intent would ask for, and the message tells already. */
function valuesToldFor(
  intent: string,
  { words, classification }: HearInput,
  policy: Pick<LoadedPolicy, 'rules'>,
): SaidValues {
  if (classification.signals.includes('never-mind')) return {};
  const wanted = askSlots.filter((slot) => mayAskFor(slot, intent, policy));
  return valuesTold(words.text, new Set(wanted));
}

/** "The one with the blue mug", where we asked which order is meant and the customer named no number. */
function orderDescribed(
  { words, classification, now }: HearInput,
  { kind, slot, offered = [] }: OpenQuestion,
  timeZone: string,
): Described | null {
  if (kind !== 'ask' || slot !== 'order-number' || classification.chosen !== undefined) return null;
  return describedOrder(words.text, offered, shopClock(new Date(now), timeZone).today);
}

/** "order 48213, 1 mug", where we asked how many pieces: a wish has a verb. */
function tellsOnlyPieces({ words: { text }, classification }: HearInput, question: OpenQuestion): boolean {
  if (question.kind !== 'ask' || question.slot !== 'pieces' || /[?¿]/u.test(text)) return false;
  const rest = withoutNumbers(text, classification.entities.orderNumbers);
  const isShort = (rest.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) <= 6;
  const asksMore =
    /(?<!\p{L})(?:add|chang|cancel|order (?:more|an)|more|extra|another|instead|send|hinzu|änder|stornier|mehr|noch|statt|schick|ajout|chang|annul|plus|encore|envoy|añad|cambi|más|otr[oa]|env[ií]|tilføj|ændr|annuller|mere|flere|send)/iu;
  return isShort && !asksMore.test(rest) && readPieces(rest, true) !== null;
}

/** "my other order": whichever was spoken of before is not the one. */
export function namesAnother(text: string): boolean {
  return /(?<!\p{L})(?:an?other|others?|andere[nrsm]?|autres?|otr[oa]s?|altr[oaie]|anden|andre)(?!\p{L})/iu.test(
    text,
  );
}

interface Said {
  readonly question: OpenQuestion;
  readonly isNewTopic: boolean;
  readonly answer: Heard['answer'];
  readonly said: SaidValues;
  readonly own: readonly string[];
}

/** The order numbers that belong to the answer, and those of what is asked beside it; `beside` null: nothing is. */
interface Reply {
  readonly numbers: readonly string[];
  readonly beside: readonly string[] | null;
}

/** @returns null when the message does not go on with the question. */
function replyTo({ question, isNewTopic, answer, said, own }: Said, input: HearInput): Reply | null {
  if (!isNewTopic || isBareNumber(input)) return { numbers: own, beside: null };
  const lead = question.slot === 'order-number' ? leadingNumber(input) : undefined;
  if (lead !== undefined) return { numbers: [lead], beside: own.filter((number) => number !== lead) };
  if (answer !== '') return { numbers: [], beside: own };
  if (Object.keys(said).length === 0) return null;
  return { numbers: [], beside: input.words.text.includes('?') ? own : null };
}

function answerHeard(
  { kind }: OpenQuestion,
  signals: readonly MessageSignal[],
  isNewTopic: boolean,
): Heard['answer'] {
  if (kind === 'ask') return signals.includes('never-mind') && !isNewTopic ? 'no' : '';
  if (signals.includes('declines') || signals.includes('never-mind')) return 'no';
  return signals.includes('affirms') ? 'yes' : '';
}

function firstMatter(
  best: ScoredIntent | null,
  confidence: number,
  asked: OpenQuestion | null,
  numbers: readonly string[],
): Matter {
  // "What would you like to know about order 51877?": the answer is a topic, about that order.
  const topic = asked?.slot === 'topic' ? asked : null;
  return {
    intent: best?.intent ?? null,
    confidence,
    continued: false,
    question: topic,
    orderNumbers: withDefault(numbers, topic),
  };
}

/**
 * Who answers our question leaves no doubt about the topic, however little a bare "51877" says by itself. What was
 * asked for two matters at once is answered for both.
 */
function continuedMatters(
  { questions }: Dialogue,
  question: OpenQuestion,
  numbers: readonly string[],
  said: SaidValues,
): readonly Matter[] {
  const isGiven = numbers.length > 0 || Object.keys(said).length > 0;
  const together = questions.filter(
    (other) =>
      isGiven &&
      other !== question &&
      other.kind === 'ask' &&
      question.kind === 'ask' &&
      other.slot === question.slot &&
      other.text === question.text &&
      other.intent !== question.intent,
  );
  return [question, ...together].map((asked) => ({
    intent: asked.intent,
    confidence: 1,
    continued: true,
    question: asked,
    orderNumbers: withDefault(numbers, asked),
  }));
}

/** Who names no number means the order that the question was about. */
function withDefault(numbers: readonly string[], question: OpenQuestion | null): readonly string[] {
  return numbers.length > 0 || question === null || question.order === null ? numbers : [question.order];
}

/** "Where is 48213, and can I still cancel it?" */
function sharedNumbers({ words }: HearInput, own: readonly string[]): readonly string[] {
  return own.length === 1 && !namesAnother(words.text) ? own : [];
}

/** "51877", "#51877!": whatever a classifier makes of it, it is an answer and not a topic. */
function isBareNumber({ words, classification }: HearInput): boolean {
  const rest = classification.entities.orderNumbers.reduce(
    (text, number) => text.replaceAll(number, ''),
    words.text,
  );
  return classification.entities.orderNumbers.length > 0 && !/\p{L}/u.test(rest);
}

/** "51877. And how do I reset my password?" */
function leadingNumber({ words, classification }: HearInput): string | undefined {
  const lead = /^[^\p{L}\p{N}]*([\p{L}\p{N}][\p{L}\p{N}-]*)\s*(?:[.!;,]\s|\n)/u
    .exec(words.text)?.[1]
    ?.toUpperCase();
  return classification.entities.orderNumbers.find((number) => number.toUpperCase() === lead);
}

/** "1050" is the postal code that was asked for, and no order number; so is the number of a street. */
function isPartOf(number: string, said: SaidValues): boolean {
  const digits = plainCode(number.replace(/^\p{L}+-/u, ''));
  return Object.entries(said).some(([slot, value]) => slot !== 'reason' && plainCode(value).includes(digits));
}
