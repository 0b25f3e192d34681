/**
 * Multinomial logistic regression with an L2 penalty, in its dual form: the model is a weight for each training
 * example and class, and sees examples only through their similarities. With a few hundred examples and thousands of
 * features this is the same model as the usual form, trained a hundred times faster, and without any randomness.
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

const penalty = 0.004;
const steps = 220;

/** `members`: which examples to learn from, by index. */
export function train(set: TrainingSet, members: readonly number[]): Model {
  const { classes } = set;
  const counts = new Float64Array(classes);
  for (const i of members) counts[set.labels[i] ?? 0] = (counts[set.labels[i] ?? 0] ?? 0) + 1;
  // Intents with few examples weigh as much as those with many.
  const share = members.map((i) => 1 / (classes * (counts[set.labels[i] ?? 0] ?? 1)));
  const largest = Math.max(...members.map((i) => set.gram[i]?.[i] ?? 0), 1e-9);
  const rate = 1 / (0.5 * largest * members.length * Math.max(...share) + penalty);

  const weights = members.map(() => new Float64Array(classes));
  const ahead = members.map(() => new Float64Array(classes));
  for (let step = 0; step < steps; step++) {
    const slopes = members.map((i, row) => {
      const p = softmax(score(ahead, members, set.gram[i] ?? new Float64Array(), classes));
      return p.map((value, c) => (share[row] ?? 0) * (value - (set.labels[i] === c ? 1 : 0)));
    });
    // Nesterov's momentum.
    const momentum = step / (step + 3);
    weights.forEach((row, r) => {
      for (let c = 0; c < classes; c++) {
        const look = ahead[r]?.[c] ?? 0;
        const next = look - rate * ((slopes[r]?.[c] ?? 0) + penalty * look);
        const before = row[c] ?? 0;
        row[c] = next;
        const target = ahead[r];
        if (target !== undefined) target[c] = next + momentum * (next - before);
      }
    });
  }
  return (similarities) => score(weights, members, similarities, classes);
}

function score(
  weights: readonly Float64Array[],
  members: readonly number[],
  similarities: ArrayLike<number>,
  classes: number,
): Float64Array {
  const scores = new Float64Array(classes);
  for (let r = 0; r < members.length; r++) {
    const similarity = similarities[members[r] ?? 0] ?? 0;
    const row = weights[r];
    if (row === undefined || similarity === 0) continue;
    for (let c = 0; c < classes; c++) scores[c] = (scores[c] ?? 0) + similarity * (row[c] ?? 0);
  }
  return scores;
}

export function softmax(scores: Float64Array, temperature = 1): Float64Array {
  const top = Math.max(...scores);
  const powers = scores.map((value) => Math.exp((value - top) / temperature));
  const sum = powers.reduce((total, value) => total + value, 0);
  return powers.map((value) => value / sum);
}
