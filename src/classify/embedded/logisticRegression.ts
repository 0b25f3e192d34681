/**
 * Multinomial logistic regression with an L2 penalty, in its dual form: the model is a weight for each training
 * example and class, and sees examples only through their similarities. With a few hundred examples and thousands of
 * features this is the same model as the usual form, with far fewer numbers to train, and without any randomness.
 * Own code: the package `ml-logistic-regression` trains one class against the rest, by plain descent without a
 * penalty, and answers with a class only; here the probabilities are what is wanted.
 */
import { softmax } from './vectors';

export interface TrainingSet {
  /** Similarity of every pair of examples, row by row. */
  readonly gram: Float64Array;
  /** Class of each example, from 0. */
  readonly labels: readonly number[];
  readonly classes: number;
}

/** Log-odds of each class, before the softmax, from the similarities of a text to each training example. */
export type Model = (similarities: ArrayLike<number>) => Float64Array;

export interface Problem extends TrainingSet {
  /** What each example counts: classes with few examples weigh as much as those with many. */
  readonly shares: Float64Array;
}

export const penalty = 0.0005;
const steps = 120;

/** `members`: which examples to learn from, by index. */
export function train(set: TrainingSet, members: readonly number[]): Model {
  return modelOf(learnWeights(set, members), members);
}

/** @param weights - as `learnWeights` found them for these members. */
export function modelOf(weights: Float64Array, members: readonly number[]): Model {
  const classes = weights.length / members.length;
  return (similarities) => {
    const own = Float64Array.from(members, (member) => similarities[member] ?? 0);
    return scoresOf(own, 0, weights, new Float64Array(classes));
  };
}

/** One row of numbers a class, with one for each of the members. */
export function learnWeights(set: TrainingSet, members: readonly number[]): Float64Array {
  const problem = problemOf(set, members);
  const { classes } = problem;
  const rate = stepSize(problem);
  // Nesterov's momentum: `ahead` is where the slope is taken.
  const weights = new Float64Array(members.length * classes);
  const ahead = new Float64Array(weights.length);
  const slope = new Float64Array(weights.length);
  for (let step = 0; step < steps; step++) {
    evaluate(problem, ahead, slope);
    const momentum = step / (step + 3);
    for (let k = 0; k < weights.length; k++) {
      const next = (ahead[k] ?? 0) - rate * (slope[k] ?? 0);
      ahead[k] = next + momentum * (next - (weights[k] ?? 0));
      weights[k] = next;
    }
  }
  return weights;
}

/** The part of a training set that these examples make up. */
export function problemOf(set: TrainingSet, members: readonly number[]): Problem {
  const whole = set.labels.length;
  const size = members.length;
  const gram = new Float64Array(size * size);
  members.forEach((row, r) => {
    members.forEach((column, c) => (gram[r * size + c] = set.gram[row * whole + column] ?? 0));
  });
  const labels = members.map((member) => set.labels[member] ?? 0);
  const counts = new Float64Array(set.classes);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  const shares = Float64Array.from(labels, (label) => 1 / (set.classes * (counts[label] ?? 1)));
  return { gram, labels, classes: set.classes, shares };
}

/**
 * The loss at `weights`, and into `slope` its gradient in terms of the examples: moving the weights by `d` changes
 * the loss by the sum of `d * (gram x slope)`.
 */
export function evaluate(problem: Problem, weights: Float64Array, slope: Float64Array): number {
  const { gram, labels, classes, shares } = problem;
  const size = labels.length;
  const scores = new Float64Array(classes);
  let loss = 0;
  for (let r = 0; r < size; r++) {
    scoresOf(gram, r * size, weights, scores);
    const chances = softmax(scores);
    const label = labels[r] ?? 0;
    const share = shares[r] ?? 0;
    loss -= share * Math.log(chances[label] ?? 0);
    for (let c = 0; c < classes; c++) {
      const at = c * size + r;
      const weight = weights[at] ?? 0;
      loss += (penalty / 2) * weight * (scores[c] ?? 0);
      slope[at] = share * ((chances[c] ?? 0) - (c === label ? 1 : 0)) + penalty * weight;
    }
  }
  return loss;
}

/** One over a bound of the curvature, so that no step can overshoot. */
function stepSize({ gram, labels, shares }: Problem): number {
  const size = labels.length;
  let largest = 1e-9;
  let share = 0;
  for (let r = 0; r < size; r++) {
    largest = Math.max(largest, gram[r * size + r] ?? 0);
    share = Math.max(share, shares[r] ?? 0);
  }
  return 1 / (0.5 * largest * size * share + penalty);
}

/**
 * Into `scores`, for each class: the similarities from `start` on, times the class's weights. Nearly all the time of
 * training goes by here; four sums at once do not wait for each other.
 */
function scoresOf(
  similarities: Float64Array,
  start: number,
  weights: Float64Array,
  scores: Float64Array,
): Float64Array {
  const size = weights.length / scores.length;
  const whole = size - (size % 4);
  for (let c = 0; c < scores.length; c++) {
    const row = c * size;
    let [one, two, three, four] = [0, 0, 0, 0];
    for (let j = 0; j < whole; j += 4) {
      one += (similarities[start + j] ?? 0) * (weights[row + j] ?? 0);
      two += (similarities[start + j + 1] ?? 0) * (weights[row + j + 1] ?? 0);
      three += (similarities[start + j + 2] ?? 0) * (weights[row + j + 2] ?? 0);
      four += (similarities[start + j + 3] ?? 0) * (weights[row + j + 3] ?? 0);
    }
    for (let j = whole; j < size; j++) one += (similarities[start + j] ?? 0) * (weights[row + j] ?? 0);
    scores[c] = one + two + three + four;
  }
  return scores;
}
