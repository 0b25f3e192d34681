/**
 * The trained model of one policy: which intent, and how likely that answer is right. A regression tells intents (and
 * "none of them") apart; a second, small one learned from its cross-validated answers says how far to trust it.
 */
import type { IntentExamples } from '../port';
import type { ScoredIntent } from '../../core/understanding';
import type { Embedder } from './embedder';
import { softmax, train, type Model, type TrainingSet } from './logisticRegression';
import { outOfScopeExamples } from './outOfScope';
import { fitTfIdf, sparseDot, type SparseVector, type TfIdf } from './tfIdf';

interface Features {
  readonly dense: Float64Array;
  readonly sparse: SparseVector;
}

export interface TrainedIntents {
  /** All intents, best first; the first one's confidence is the chance that it is right. */
  rank(text: string, clauses: readonly string[]): Promise<readonly ScoredIntent[]>;
}

const embeddingWeight = 0.55;
const folds = 4;
const temperatures = [0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.85, 1];
/**
 * Cross-validation trains on three quarters of few examples and so thinks too little of the whole; measured on the
 * development half of the held-out messages.
 */
const wholeSetBonus = 0.3;
/** Closer than this to one of the policy's own examples, an out-of-scope sentence is in scope there. */
const tooClose = 0.7;

export async function trainIntents(
  intents: readonly IntentExamples[],
  embedder: Embedder,
): Promise<TrainedIntents> {
  const names = intents.map((intent) => intent.intent);
  const known = intents.flatMap(({ examples }, label) =>
    examples.filter((text) => text.trim() !== '').map((text) => ({ text, label })),
  );
  const knownVectors = await embedder.embed(known.map(({ text }) => text));
  const foreignVectors = await embedder.embed(outOfScopeExamples);
  const foreign = outOfScopeExamples
    .map((text, i) => ({ text, label: names.length, dense: foreignVectors[i] ?? new Float64Array() }))
    .filter(({ dense }) => knownVectors.every((vector) => dot(vector, dense) < tooClose));

  const samples = [
    ...known.map((sample, i) => ({ ...sample, dense: knownVectors[i] ?? new Float64Array() })),
    ...foreign,
  ];
  const tfIdf = fitTfIdf(samples.map(({ text }) => text));
  const features = samples.map(({ text, dense }): Features => ({ dense, sparse: tfIdf.vector(text) }));
  const set: TrainingSet = {
    gram: features.map((a) => Float64Array.from(features, (b) => similarity(a, b))),
    labels: samples.map(({ label }) => label),
    classes: names.length + 1,
  };
  const held = crossValidate(set);
  const temperature = bestTemperature(held, set.labels);
  const trust = learnTrust(
    held.map((scores) => softmax(scores, temperature)),
    set,
  );
  const model = train(
    set,
    samples.map((_, i) => i),
  );
  return {
    rank: (text, clauses) =>
      rank(text, clauses, { names, embedder, tfIdf, features, model, temperature, trust }),
  };
}

interface Parts {
  readonly names: readonly string[];
  readonly embedder: Embedder;
  readonly tfIdf: TfIdf;
  readonly features: readonly Features[];
  readonly model: Model;
  readonly temperature: number;
  readonly trust: (probabilities: Float64Array) => number;
}

async function rank(
  text: string,
  clauses: readonly string[],
  parts: Parts,
): Promise<readonly ScoredIntent[]> {
  const segments = clauses.length > 1 ? [text, ...clauses] : [text];
  const vectors = await parts.embedder.embed(segments);
  const each = segments.map((segment, i) => {
    const features: Features = {
      dense: vectors[i] ?? new Float64Array(),
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
  return set.labels.map((_, i) => models[fold[i] ?? 0]?.(set.gram[i] ?? []) ?? new Float64Array(set.classes));
}

function bestTemperature(scores: readonly Float64Array[], labels: readonly number[]): number {
  const loss = (temperature: number) =>
    scores.reduce(
      (sum, s, i) => sum - Math.log(Math.max(softmax(s, temperature)[labels[i] ?? 0] ?? 0, 1e-9)),
      0,
    );
  return temperatures.reduce((best, t) => (loss(t) < loss(best) ? t : best), 1);
}

/** How likely the best intent is right, from its own probability, its lead, and that of "none of them". */
function trustFeatures(probabilities: Float64Array): Float64Array {
  const known = [...probabilities.slice(0, -1)].sort((a, b) => b - a);
  const first = known[0] ?? 0;
  const odds = Math.log(Math.max(first, 1e-4) / Math.max(1 - first, 1e-4));
  return Float64Array.of(1, odds / 2, first - (known[1] ?? 0), probabilities.at(-1) ?? 0);
}

function learnTrust(
  held: readonly Float64Array[],
  set: TrainingSet,
): (probabilities: Float64Array) => number {
  const rows = held.map((p, i) => {
    const best = p.slice(0, -1).reduce((top, value, c, all) => (value > (all[top] ?? 0) ? c : top), 0);
    return { x: trustFeatures(p), y: best === set.labels[i] ? 1 : 0 };
  });
  const weights = new Float64Array(4);
  for (let step = 0; step < 1_500; step++) {
    const slope = weights.map((w, k) => (k === 0 ? 0 : 0.01 * w));
    for (const { x, y } of rows) {
      const error = sigmoid(dot(weights, x)) - y;
      x.forEach((value, k) => (slope[k] = (slope[k] ?? 0) + (error * value) / rows.length));
    }
    slope.forEach((value, k) => (weights[k] = (weights[k] ?? 0) - 0.5 * value));
  }
  return (probabilities) => sigmoid(wholeSetBonus + dot(weights, trustFeatures(probabilities)));
}

function similarity(a: Features, b: Features): number {
  return embeddingWeight * dot(a.dense, b.dense) + (1 - embeddingWeight) * sparseDot(a.sparse, b.sparse);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
