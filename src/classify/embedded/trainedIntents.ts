/**
 * The trained model of one policy: which intent, and how likely that answer is right. A regression tells intents (and
 * "none of them") apart; a second, small one learned from its cross-validated answers says how far to trust it.
 */
import type { IntentExamples } from '../port';
import type { ScoredIntent } from '../../core/conversation/understanding';
import { fitTemperature, fitTrust, trustOf, type Trust } from './calibration';
import { withinBudget } from './clauses';
import { embedWithCache } from './embeddingCache';
import type { Embedder } from './embedder';
import { learnedWithCache, type Learned, type LearnedFrom } from './learnedCache';
import { learnWeights, modelOf, train, type Model, type TrainingSet } from './logisticRegression';
import { outOfScopeExamples } from './outOfScope';
import { fitTfIdf, sparseDot, type SparseVector, type TfIdf } from './tfIdf';
import { dot, softmax } from './vectors';
import { withoutValues } from './withoutValues';

interface Features {
  readonly dense: Float32Array;
  readonly sparse: SparseVector;
}

export interface TrainedIntents {
  /** All intents, best first; the first one's confidence is the chance that it is right. */
  rank(text: string, clauses: readonly string[]): Promise<readonly ScoredIntent[]>;
}

const embeddingWeight = 0.65;
const folds = 4;
/** Ten clauses of a wordy letter have about this many; the encoder needs half a millisecond for each. */
const piecesOfClauses = 160;
/** Closer than this to one of the policy's own examples, an out-of-scope sentence is in scope there. */
const tooClose = 0.7;

/** `cacheFile`: where embeddings, and beside it what was learned, are kept between starts, or null. */
export async function trainIntents(
  intents: readonly IntentExamples[],
  embedder: Embedder,
  cacheFile: string | null,
): Promise<TrainedIntents> {
  const names = intents.map((intent) => intent.intent);
  const samples = await collectSamples(intents, embedder, cacheFile);
  const tfIdf = fitTfIdf(samples.map(({ text }) => text));
  const features = samples.map(({ text, dense }): Features => ({ dense, sparse: tfIdf.vector(text) }));
  const from: LearnedFrom = { samples, classes: names.length + 1 };
  const learned =
    cacheFile === null
      ? learn(from, features)
      : await learnedWithCache(from, cacheFile, () => learn(from, features));
  const parts: Parts = {
    names,
    embedder,
    tfIdf,
    features,
    model: modelOf(learned.weights, [...samples.keys()]),
    temperature: learned.temperature,
    trust: trustOf(learned.trust),
  };
  return { rank: (text, clauses) => rank(text, clauses, parts) };
}

function learn({ samples, classes }: LearnedFrom, features: readonly Features[]): Learned {
  const set: TrainingSet = { gram: gramOf(features), labels: samples.map(({ label }) => label), classes };
  const held = crossValidate(set);
  const temperature = fitTemperature(held, set.labels);
  const trust = fitTrust(
    held.map((scores) => softmax(scores, temperature)),
    set.labels,
  );
  return { weights: learnWeights(set, [...samples.keys()]), temperature, trust };
}

async function collectSamples(
  intents: readonly IntentExamples[],
  embedder: Embedder,
  cacheFile: string | null,
): Promise<LearnedFrom['samples']> {
  const known = intents.flatMap(({ examples }, label) =>
    examples
      .map((example) => withoutValues(example) || example)
      .filter((text) => text.trim() !== '')
      .map((text) => ({ text, label })),
  );
  const all = [...known, ...outOfScopeExamples.map((text) => ({ text, label: intents.length }))];
  const texts = all.map(({ text }) => text);
  const vectors =
    cacheFile === null ? await embedder.embed(texts) : await embedWithCache(embedder, texts, cacheFile);
  const samples = all.map((sample, i) => ({ ...sample, dense: vectors[i] ?? new Float32Array() }));
  const ofPolicy = samples.slice(0, known.length);
  return [
    ...ofPolicy,
    ...samples
      .slice(known.length)
      .filter(({ dense }) => ofPolicy.every((example) => dot(example.dense, dense) < tooClose)),
  ];
}

interface Parts {
  readonly names: readonly string[];
  readonly embedder: Embedder;
  readonly tfIdf: TfIdf;
  readonly features: readonly Features[];
  readonly model: Model;
  readonly temperature: number;
  readonly trust: Trust;
}

async function rank(
  text: string,
  clauses: readonly string[],
  parts: Parts,
): Promise<readonly ScoredIntent[]> {
  const { embedder } = parts;
  const segments =
    clauses.length > 1 ? [text, ...withinBudget(clauses, embedder.pieces, piecesOfClauses)] : [text];
  const vectors = await embedder.embed(segments);
  const each = segments.map((segment, i) => {
    const features: Features = {
      dense: vectors[i] ?? new Float32Array(),
      sparse: parts.tfIdf.vector(segment),
    };
    const scores = parts.model(parts.features.map((example) => similarity(features, example)));
    return softmax(scores, parts.temperature);
  });
  const probabilities = combine(each);
  const ranked = parts.names
    .map((intent, i) => ({ intent, confidence: probabilities[i] ?? 0 }))
    .sort((a, b) => b.confidence - a.confidence);
  const best = ranked[0];
  if (best === undefined) return [];
  const trusted = parts.trust(probabilities);
  return ranked.map((scored, i) => ({
    intent: scored.intent,
    confidence:
      i === 0
        ? trusted
        : Math.min((trusted * scored.confidence) / Math.max(best.confidence, 1e-9), 1 - trusted),
  }));
}

/**
 * The message as a whole and each clause have a say. Clauses weigh by how clearly they are about something: greetings
 * and stories around the matter say little.
 */
function combine(each: readonly Float64Array[]): Float64Array {
  const whole = each[0] ?? new Float64Array();
  if (each.length < 2) return whole;
  const clauses = each.slice(1);
  const weights = clauses.map((p) => Math.max(...p.slice(0, -1)) ** 2);
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  return whole.map((value, c) => {
    const said = clauses.reduce((sum, p, i) => sum + ((weights[i] ?? 0) / total) * (p[c] ?? 0), 0);
    return 0.4 * value + 0.6 * said;
  });
}

/** The model's answer to each example, from a model that has not seen it. */
function crossValidate(set: TrainingSet): Float64Array[] {
  const seen = new Map<number, number>();
  // Every intent is spread evenly over the folds, the same way each time.
  const fold = set.labels.map((label) => {
    const count = seen.get(label) ?? 0;
    seen.set(label, count + 1);
    return count % folds;
  });
  const models = Array.from({ length: folds }, (_, f) =>
    train(
      set,
      fold.flatMap((of, i) => (of === f ? [] : [i])),
    ),
  );
  const size = set.labels.length;
  return fold.map(
    (f, i) => models[f]?.(set.gram.subarray(i * size, (i + 1) * size)) ?? new Float64Array(set.classes),
  );
}

function gramOf(features: readonly Features[]): Float64Array {
  const size = features.length;
  const gram = new Float64Array(size * size);
  features.forEach((a, i) => {
    features.slice(0, i + 1).forEach((b, j) => {
      const value = similarity(a, b);
      gram[i * size + j] = value;
      gram[j * size + i] = value;
    });
  });
  return gram;
}

function similarity(a: Features, b: Features): number {
  return embeddingWeight * dot(a.dense, b.dense) + (1 - embeddingWeight) * sparseDot(a.sparse, b.sparse);
}
