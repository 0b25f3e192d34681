/** The classifier that needs nothing but this process: no network, no account, the same answer every time. */
import type {
  Classification,
  FurtherIntent,
  MessageSignal,
  ScoredIntent,
  ThingSought,
} from '../../core/conversation/understanding';
import type { Classifier, ClassifyInput, IntentExamples } from '../port';
import { embeddedClassifierName } from './classifierName';
import { loadEmbedder, type Embedder } from './embedder';
import { loadLanguageDetector, type LanguageOf } from './language';
import { asksForOrder, numberOf, readAnswer } from './openQuestion';
import { findOrderNumbers } from '../reading/orderNumbers';
import { isNeverMind, onlySaysWhy, onlyTakesBack, readPlainAnswer } from './plainAnswers';
import { onlyRefuses } from './refusals';
import { acceptedFrom, readIntents, refuses, type Learned } from './readIntents';
import { thingSought } from './thingSought';
import { findSignals, isMostlyThanks, isOnlyCourtesy } from './signals';
import { trainIntents } from './trainedIntents';
import { withoutValues } from './withoutValues';

/** A bare answer to the engine's own question goes on with what the question was about. */
const answerConfidence = 0.95;
/** A yes with something behind it is one only where that is clearly about something else. */
const clearlyOther = 0.7;

/** The beginning tells the language; patterns need time for each character. */
const languageRead = 1_500;

interface Parts {
  readonly learned: Learned;
  readonly languageOf: LanguageOf;
}

export interface EmbeddedClassifierOptions {
  /** Where the examples' embeddings are kept between starts; without it they are computed each time. */
  readonly cacheFile?: string;
  /** What stands between the encoder and who asks it, such as a memory; absent: nothing. */
  readonly through?: (encoder: Embedder) => Promise<Embedder>;
}

/**
 * Trains on a policy's example utterances. Throws RangeError when there is nothing to learn: fewer than two intents
 * with examples.
 */
export async function createEmbeddedClassifier(
  intents: readonly IntentExamples[],
  options: EmbeddedClassifierOptions = {},
): Promise<Classifier> {
  const usable = intents.filter(({ examples }) => examples.some((text) => text.trim() !== ''));
  if (usable.length < 2) {
    throw new RangeError(
      `The classifier needs at least two intents with example utterances, but found ${usable.length}: add examples to the policy's intents.`,
    );
  }
  const [encoder, languageOf] = await Promise.all([loadEmbedder(), loadLanguageDetector()]);
  const embedder = (await options.through?.(encoder)) ?? encoder;
  const trained = await trainIntents(usable, embedder, options.cacheFile ?? null);
  const learned: Learned = {
    intents: usable.map(({ intent }) => intent),
    trained,
    taught: languagesTaught(usable, languageOf),
  };
  const parts: Parts = { learned, languageOf };
  return { name: embeddedClassifierName, classify: (input) => classify(input, parts) };
}

/** With examples for half of the intents: fewer would draw every text in that language to the few. */
function languagesTaught(intents: readonly IntentExamples[], languageOf: LanguageOf): ReadonlySet<string> {
  const intentsIn = new Map<string, number>();
  for (const { examples } of intents) {
    for (const language of new Set(examples.map((text) => languageOf(text, null)))) {
      intentsIn.set(language, (intentsIn.get(language) ?? 0) + 1);
    }
  }
  const taught = [...intentsIn].filter(([, count]) => count * 2 >= intents.length);
  return new Set(taught.map(([language]) => language).filter((name) => name !== 'en' && name !== 'und'));
}

/** What is made of one message; what is left out is as the words alone say. */
interface Reading {
  readonly ranking: readonly ScoredIntent[];
  readonly further?: readonly FurtherIntent[];
  readonly orderNumbers?: readonly string[];
  readonly chosen?: readonly string[];
  readonly signals?: readonly MessageSignal[];
}

async function classify(input: ClassifyInput, { learned, languageOf }: Parts): Promise<Classification> {
  const { text } = input.words;
  const language = languageOf(withoutValues(text.slice(0, languageRead)) || text, input.locale);
  const reading = await read(input, language, learned);
  const best = reading.ranking[0];
  const accepted = best !== undefined && best.confidence >= acceptedFrom;
  const further = reading.further ?? [];
  const sought = accepted || input.question !== null ? null : await soughtIn(text, learned);
  return {
    intent: accepted ? best.intent : null,
    confidence: best?.confidence ?? 0,
    ranking: reading.ranking.slice(0, 5),
    language,
    entities: { orderNumbers: reading.orderNumbers ?? findOrderNumbers(text, input.question !== null) },
    signals: signalsOf(input, reading),
    ...(reading.chosen === undefined ? {} : { chosen: reading.chosen }),
    ...(further.length === 0 ? {} : { further }),
    ...(sought === null ? {} : { sought }),
    classifier: embeddedClassifierName,
  };
}

/** As if they had called it their order. */
async function soughtIn(text: string, learned: Learned): Promise<ThingSought | null> {
  const thing = thingSought(text);
  if (thing === null) return null;
  const [best] = (await readIntents('Where is my order?', 'en', learned)).ranking;
  return best === undefined || best.confidence < acceptedFrom ? null : { thing, ...best };
}

function signalsOf(
  { words: { text }, question }: ClassifyInput,
  { signals = [], ranking }: Reading,
): readonly MessageSignal[] {
  const found = findSignals(text);
  const taken = isNeverMind(text) ? (['never-mind'] as const) : [];
  const all = [...new Set([...found, ...signals, ...taken])];
  // "Ok, great" is courtesy, unless it is the yes that we asked for.
  if (question?.kind === 'confirm' && signals.length > 0) {
    return all.filter((signal) => signal !== 'courtesy-only');
  }
  // "The blue one, thanks" answers what we asked.
  const isThanks = question === null && acceptedIntent(ranking) === null && isMostlyThanks(text, all);
  return isThanks ? [...all, 'courtesy-only'] : all;
}

async function read(
  { words, name, question }: ClassifyInput,
  language: string,
  learned: Learned,
): Promise<Reading> {
  const { text } = words;
  const left = question === null ? await leftAfterTakingBack(words.parts ?? [], language, learned) : null;
  if (left !== null) return left;
  const goesOn = question === null ? [] : [{ intent: question.intent, confidence: answerConfidence }];
  if (question?.kind === 'ask') {
    const answer = readAnswer(text, question);
    if (answer.kind === 'none-of-these') {
      return { ranking: [], orderNumbers: [], signals: ['declines', 'none-of-these'] };
    }
    if (answer.kind === 'chosen') {
      const orderNumbers = asksForOrder(question) ? answer.choices.map(numberOf) : [];
      return { ranking: goesOn, orderNumbers, chosen: answer.choices };
    }
  }
  const plain = readPlainAnswer({ comments: words.parts ?? [text], name: name ?? null }, question);
  const signals = plain === null ? [] : ([plain.says === 'yes' ? 'affirms' : 'declines'] as const);
  if (plain?.rest === '') return { ranking: goesOn, signals };
  if (isOnlyCourtesy(text)) return { ranking: [] };
  if (plain !== null && question?.kind === 'confirm') {
    // What follows is a matter of its own; or a part of the answer, which then is no plain one.
    const other = await readIntents(plain.rest, language, learned);
    const about = acceptedIntent(other.ranking);
    const isClear = plain.says === 'no' || (other.ranking[0]?.confidence ?? 0) >= clearlyOther;
    if (about !== null && about !== question.intent && isClear) return { ...other, signals };
    const isTheSame = onlySaysWhy(plain.rest, question) || onlyRefuses(plain.rest);
    if (plain.says === 'no' && isTheSame) return { ranking: goesOn, signals };
  }
  const found = await readIntents(text, language, learned);
  // Who turns down what we asked about has changed their mind, whatever else they want.
  const isTakenBack =
    question !== null &&
    acceptedIntent(found.ranking) !== question.intent &&
    (await refuses(text, question.intent, language, learned));
  if (!isTakenBack) return found;
  return { ...found, signals: [question.kind === 'confirm' ? 'declines' : 'never-mind'] };
}

/** Of what a thing is said to be: a reason to send it back, and to call it off, as well as to let it be. */
const notNeeded =
  /(?:no longer|not) (?:needed|necessary)|don't need it|nicht mehr nötig|n'est plus (?:la peine|nécessaire)|ya no (?:hace falta|es necesario)|non serve più|hoeft niet meer|niet meer nodig|ikke længere nødvendigt/iu;
const byGoods: readonly (string | null)[] = ['cancel_order', 'return_refund'];

/**
 * "Please refund the mug", and before we have answered: "Please do not, I found it". What was asked for is wanted no
 * more, and only what the last comment goes on to want is.
 * @returns null where nothing was taken back.
 */
async function leftAfterTakingBack(
  comments: readonly string[],
  language: string,
  learned: Learned,
): Promise<Reading | null> {
  const last = comments.at(-1);
  if (last === undefined || comments.length < 2) return null;
  const before = acceptedIntent(
    (await readIntents(comments.slice(0, -1).join('\n\n'), language, learned)).ranking,
  );
  if (before === null) return null;
  const answer = readPlainAnswer({ comments: [last] }, null);
  const turnsDown = answer?.says === 'no' && answer.rest === '';
  const isLetBe = isNeverMind(last) && !(byGoods.includes(before) && notNeeded.test(last));
  if (!turnsDown && !isLetBe && !(await refuses(last, before, language, learned))) return null;
  if (turnsDown || onlyTakesBack(last)) return { ranking: [], signals: ['never-mind'] };
  const after = await readIntents(last, language, learned);
  const wanted = acceptedIntent(after.ranking);
  return wanted === null || wanted === before ? { ranking: [], signals: ['never-mind'] } : after;
}

function acceptedIntent(ranking: readonly ScoredIntent[]): string | null {
  const [best] = ranking;
  return best !== undefined && best.confidence >= acceptedFrom ? best.intent : null;
}
