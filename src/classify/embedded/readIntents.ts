/** What a text asks for: by the trained model, by the lexicon, and in parts where it asks for several things. */
import type { FurtherIntent, MessageSignal, ScoredIntent } from '../../core/conversation/understanding';
import { readWishes } from './clauses';
import { deniesCancelling } from './refusals';
import { asksForMoneyBack, readLexicon } from './lexicon';
import { findOrderNumbers } from '../reading/orderNumbers';
import { wishesApart } from './severalWishes';
import { findSignals } from './signals';
import type { TrainedIntents } from './trainedIntents';
import { withoutValues } from './withoutValues';

/** Below an even chance of being right, the message counts as outside what the policy knows. */
export const acceptedFrom = 0.5;
/** What is answered beside the matter must be surer: a wrong second answer is worse than none. */
const furtherFrom = 0.7;
/** Of the model's English reading of a text in another language. */
const foreignCap = 0.4;
/** In words. */
const tooShortForLanguage = 4;
/** The beginning and the end of a long message hold the matter; signals and numbers are looked for in all of it. */
const headLength = 1_500;
const tailLength = 700;

export interface Learned {
  readonly intents: readonly string[];
  readonly trained: TrainedIntents;
  /** Languages beside English that the policy's examples are written in. */
  readonly taught: ReadonlySet<string>;
}

export interface Intents {
  readonly ranking: readonly ScoredIntent[];
  /** In the order they were said. */
  readonly further: readonly FurtherIntent[];
}

export async function readIntents(text: string, language: string, learned: Learned): Promise<Intents> {
  const shortened = shorten(text);
  const ranking = await rank(shortened, language, findSignals(text), learned);
  const parts = wishesApart(shortened);
  const apart: FurtherIntent[] = [];
  for (const part of parts) {
    const [best] = await rank(part, language, findSignals(part), learned);
    if (best === undefined || best.confidence < furtherFrom) continue;
    if (apart.every(({ intent }) => intent !== best.intent)) {
      apart.push({ ...best, orderNumbers: findOrderNumbers(part) });
    }
  }
  return inParts(ranking, apart);
}

/** Several wishes make a message that is hardly about any of them: each is what its own part says. */
function inParts(ranking: readonly ScoredIntent[], apart: readonly FurtherIntent[]): Intents {
  const [whole] = ranking;
  const [first, ...further] = apart;
  const contradicted =
    whole !== undefined &&
    whole.confidence >= acceptedFrom &&
    apart.every(({ intent }) => intent !== whole.intent);
  if (first === undefined || further.length === 0 || contradicted) return { ranking, further: [] };
  const { intent, confidence } = first;
  const others = ranking.filter((scored) => scored.intent !== intent);
  return {
    ranking: [
      { intent, confidence },
      ...others.map((other) => ({ ...other, confidence: Math.min(other.confidence, confidence) })),
    ],
    further,
  };
}

/** Whether the text turns `intent` down: "I do not want to cancel". */
export async function refuses(
  text: string,
  intent: string,
  language: string,
  learned: Learned,
): Promise<boolean> {
  for (const clause of readWishes(shorten(text)).refused) {
    const [byWords] = language === 'en' ? [] : readLexicon(clause, learned.intents);
    const best = byWords ?? (await learned.trained.rank(clause, [clause]))[0];
    if (best?.intent === intent) return true;
  }
  return false;
}

function shorten(text: string): string {
  return text.length <= headLength + tailLength
    ? text
    : `${text.slice(0, headLength)}\n${text.slice(-tailLength)}`;
}

async function rank(
  said: string,
  language: string,
  signals: readonly MessageSignal[],
  { intents, trained, taught }: Learned,
): Promise<readonly ScoredIntent[]> {
  const text = withoutValues(said);
  const wishes = readWishes(text);
  if (wishes.clauses.length === 0) return [];
  const wanted = wishes.refused.length > 0 ? wishes.clauses.join('. ') : text;
  const byWords = language === 'en' || wishes.onlyRefusals ? [] : readLexicon(wanted, intents);
  const understood = language === 'en' || language === 'und' || taught.has(language);
  if (byWords.length > 0 && !taught.has(language)) {
    return byWords[0]?.intent === 'cancel_order' && deniesCancelling(text) ? [] : byWords;
  }

  const ranked = await trained.rank(wanted, wishes.clauses);
  // "Annulez 51877 svp": too little to tell the language by.
  const isShort = (text.match(/\p{L}+/gu)?.length ?? 0) <= tooShortForLanguage;
  if (language === 'en' && isShort && (ranked[0]?.confidence ?? 0) < acceptedFrom) {
    const foreign = wishes.onlyRefusals ? [] : readLexicon(wanted, intents);
    if (foreign.length > 0) return foreign;
  }
  const isDenied = ranked[0]?.intent === 'cancel_order' && deniesCancelling(text);
  if (!understood || wishes.onlyRefusals || isDenied) {
    return ranked.map((scored) => ({ ...scored, confidence: Math.min(scored.confidence, foreignCap) }));
  }
  if (byWords.length > 0 && (ranked[0]?.confidence ?? 0) < acceptedFrom) return byWords;
  if (signals.includes('asks-for-human')) return withFirst('human_agent', ranked, 0.9);
  const [best] = ranked;
  const isDoubtful = best?.intent === 'complaint' || (best?.confidence ?? 0) < acceptedFrom;
  const isOpinion = isDoubtful && asksForMoneyBack(wanted) && !wishes.onlyRefusals;
  return isOpinion ? withFirst('return_refund', ranked, 0.6) : ranked;
}

/** Whoever asks for a person in passing wants a person, whatever the rest is about; the like with money back. */
function withFirst(
  intent: string,
  ranked: readonly ScoredIntent[],
  atLeast: number,
): readonly ScoredIntent[] {
  const meant = ranked.find((scored) => scored.intent === intent);
  if (meant === undefined) return ranked;
  const confidence = Math.max(meant.confidence, atLeast);
  const others = ranked.filter((scored) => scored !== meant);
  return [
    { ...meant, confidence },
    ...others.map((other) => ({ ...other, confidence: Math.min(other.confidence, 1 - confidence) })),
  ];
}
