/** The classifier that needs nothing but this process: no network, no account, the same answer every time. */
import type { Classification, MessageSignal, ScoredIntent } from '../../core/understanding';
import type { Classifier, ClassifyInput, IntentExamples } from '../port';
import { readWishes } from './clauses';
import { loadEmbedder } from './embedder';
import { loadLanguageDetector, type LanguageOf } from './language';
import { readLexicon } from './lexicon';
import { readAnswer } from './openQuestion';
import { findOrderNumbers } from './orderNumbers';
import { findSignals, isOnlyCourtesy } from './signals';
import { trainIntents, type TrainedIntents } from './trainedIntents';

const classifierName = 'embedded@1';
/** Below an even chance of being right, the message counts as outside what the policy knows. */
const acceptedFrom = 0.5;
/** A bare answer to the engine's own question goes on with what the question was about. */
const answerConfidence = 0.95;
/** Of the model's English reading of a text in another language. */
const foreignCap = 0.4;
/** The beginning and the end of a long message hold the matter; signals and numbers are looked for in all of it. */
const headLength = 1_500;
const tailLength = 700;

interface Parts {
  readonly intents: readonly string[];
  readonly trained: TrainedIntents;
  readonly languageOf: LanguageOf;
  /** Languages beside English that the policy's examples are written in. */
  readonly taught: ReadonlySet<string>;
}

export interface EmbeddedClassifierOptions {
  /** Where the examples' embeddings are kept between starts; without it they are computed each time. */
  readonly cacheFile?: string;
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
  const [embedder, languageOf] = await Promise.all([loadEmbedder(), loadLanguageDetector()]);
  const trained = await trainIntents(usable, embedder, options.cacheFile ?? null);
  const parts: Parts = {
    intents: usable.map(({ intent }) => intent),
    trained,
    languageOf,
    taught: languagesTaught(usable, languageOf),
  };
  return { name: classifierName, classify: (input) => classify(input, parts) };
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

async function classify(input: ClassifyInput, parts: Parts): Promise<Classification> {
  const { text } = input.words;
  const described = {
    language: parts.languageOf(text, input.locale),
    signals: findSignals(text),
    classifier: classifierName,
  };
  const outcome = (ranking: readonly ScoredIntent[], orderNumbers: readonly string[]): Classification => {
    const best = ranking[0];
    const accepted = best !== undefined && best.confidence >= acceptedFrom;
    return {
      intent: accepted ? best.intent : null,
      confidence: best?.confidence ?? 0,
      ranking: ranking.slice(0, 5),
      entities: { orderNumbers },
      ...described,
    };
  };

  if (input.question !== null) {
    const answer = readAnswer(text, input.question);
    if (answer.kind === 'none-of-these') {
      return { ...outcome([], []), signals: [...described.signals, 'none-of-these'] };
    }
    if (answer.kind === 'chosen') {
      return outcome([{ intent: input.question.intent, confidence: answerConfidence }], answer.orderNumbers);
    }
  }
  const orderNumbers = findOrderNumbers(text, input.question !== null);
  if (isOnlyCourtesy(text)) return outcome([], orderNumbers);
  return outcome(await rankIntents(text, described.language, described.signals, parts), orderNumbers);
}

async function rankIntents(
  text: string,
  language: string,
  signals: readonly MessageSignal[],
  parts: Parts,
): Promise<readonly ScoredIntent[]> {
  const shortened =
    text.length <= headLength + tailLength
      ? text
      : `${text.slice(0, headLength)}\n${text.slice(-tailLength)}`;
  const wishes = readWishes(shortened);
  if (wishes.clauses.length === 0) return [];
  const wanted = wishes.refusedAny ? wishes.clauses.join('. ') : shortened;
  const byWords = language === 'en' || wishes.onlyRefusals ? [] : readLexicon(wanted, parts.intents);
  const understood = language === 'en' || language === 'und' || parts.taught.has(language);
  if (byWords.length > 0 && !parts.taught.has(language)) return byWords;

  const ranked = await parts.trained.rank(wanted, wishes.clauses);
  if (!understood || wishes.onlyRefusals) {
    return ranked.map((scored) => ({ ...scored, confidence: Math.min(scored.confidence, foreignCap) }));
  }
  if (byWords.length > 0 && (ranked[0]?.confidence ?? 0) < acceptedFrom) return byWords;
  return signals.includes('asks-for-human') ? withHumanFirst(ranked) : ranked;
}

/** Whoever asks for a person in passing wants a person, whatever the rest is about. */
function withHumanFirst(ranked: readonly ScoredIntent[]): readonly ScoredIntent[] {
  const human = ranked.find(({ intent }) => intent === 'human_agent');
  if (human === undefined) return ranked;
  const confidence = Math.max(human.confidence, 0.9);
  const others = ranked.filter((scored) => scored !== human);
  return [
    { ...human, confidence },
    ...others.map((o) => ({ ...o, confidence: Math.min(o.confidence, 1 - confidence) })),
  ];
}
