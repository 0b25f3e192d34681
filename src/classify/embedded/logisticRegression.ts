/**
 * Multinomial logistic regression with an L2 penalty, in its dual form: the model is a weight for each training
 * example and class, and sees examples only through their similarities. With a few hundred examples and thousands of
 * features this is the same model as the usual form, trained far faster, and without any randomness.
 * Own code: `ml-logistic-regression` is one-against-the-rest without a penalty, so its probabilities do not add up.
 */

export interface TrainingSet {
  /** Similarity of every pair of examples. */
  readonly gram: readonly Float64Array[];
  /** Class of each example, from 0. */
  readonly labels: readonly number[];
  readonly classes: number;
}

/** Log-odds of each class, before the softmax, from the similarities of a text to each training example. */
export type Model = (similarities: ArrayLike<number>) => Float64Array;

const penalty = 0.002;
const steps = 120;

/** `members`: which examples to learn from, by index. */
export function train(set: TrainingSet, members: readonly number[]): Model {
  const { classes } = set;
  const size = members.length;
  const labels = members.map((i) => set.labels[i] ?? 0);
  const counts = labels.reduce(
    (all, label) => all.fill((all[label] ?? 0) + 1, label, label + 1),
    new Float64Array(classes),
  );
  // Intents with few examples weigh as much as those with many.
  const share = Float64Array.from(labels, (label) => 1 / (classes * (counts[label] ?? 1)));
  const gram = members.map((i) => Float64Array.from(members, (j) => set.gram[i]?.[j] ?? 0));
  const largest = Math.max(1e-9, ...gram.map((row, r) => row[r] ?? 0));
  const rate = 1 / (0.5 * largest * size * Math.max(...share) + penalty);

  // One row of `classes` numbers an example. Nesterov's momentum: `ahead` is where the slope is taken.
  const weights = new Float64Array(size * classes);
  const ahead = new Float64Array(size * classes);
  const slopes = new Float64Array(size * classes);
  for (let step = 0; step < steps; step++) {
    gram.forEach((row, r) => {
      const p = softmax(score(ahead, row, classes));
      for (let c = 0; c < classes; c++) {
        slopes[r * classes + c] = (share[r] ?? 0) * ((p[c] ?? 0) - (labels[r] === c ? 1 : 0));
      }
    });
    const momentum = step / (step + 3);
    for (let k = 0; k < weights.length; k++) {
      const look = ahead[k] ?? 0;
      const next = look - rate * ((slopes[k] ?? 0) + penalty * look);
      ahead[k] = next + momentum * (next - (weights[k] ?? 0));
      weights[k] = next;
    }
  }
  return (similarities) =>
    score(
      weights,
      Float64Array.from(members, (i) => similarities[i] ?? 0),
      classes,
    );
}

function score(weights: Float64Array, similarities: Float64Array, classes: number): Float64Array {
  const scores = new Float64Array(classes);
  for (let r = 0; r < similarities.length; r++) {
    const similarity = similarities[r] ?? 0;
    const row = r * classes;
    for (let c = 0; c < classes; c++) scores[c] = (scores[c] ?? 0) + similarity * (weights[row + c] ?? 0);
  }
  return scores;
}

export function softmax(scores: Float64Array, temperature = 1): Float64Array {
  const top = Math.max(...scores);
  const powers = scores.map((value) => Math.exp((value - top) / temperature));
  const sum = powers.reduce((total, value) => total + value, 0);
  return powers.map((value) => value / sum);
}
