/** How far the model's numbers can be believed, learned from its answers to examples it had not seen. */
import { dot, sigmoid, softmax } from './vectors';

const temperatures = [0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.85, 1];
const trustSteps = 1_500;
const trustRate = 0.5;
const trustPenalty = 0.01;
/**
 * Cross-validation trains on three quarters of few examples and so thinks too little of the whole; measured on the
 * development half of the held-out messages.
 */
const wholeSetBonus = 0.15;

/** The temperature under which the right classes are likeliest. `scores`: log-odds of each class, one row a text. */
export function fitTemperature(scores: readonly Float64Array[], labels: readonly number[]): number {
  let best = { temperature: 1, loss: Infinity };
  for (const temperature of temperatures) {
    let loss = 0;
    scores.forEach((row, i) => {
      loss -= Math.log(Math.max(softmax(row, temperature)[labels[i] ?? 0] ?? 0, 1e-9));
    });
    if (loss < best.loss) best = { temperature, loss };
  }
  return best.temperature;
}

/** The chance that the likeliest intent is the right one. The last of the probabilities is that of "none of them". */
export type Trust = (probabilities: Float64Array) => number;

/** @param weights - as `fitTrust` found them. */
export function trustOf(weights: Float64Array): Trust {
  return (probabilities) => sigmoid(wholeSetBonus + dot(weights, trustFeatures(probabilities)));
}

export function fitTrust(answers: readonly Float64Array[], labels: readonly number[]): Float64Array {
  const rows = answers.map(trustFeatures);
  const right = answers.map((probabilities, i) => (likeliestIntent(probabilities) === labels[i] ? 1 : 0));
  const weights = new Float64Array(4);
  const slope = new Float64Array(4);
  for (let step = 0; step < trustSteps; step++) {
    slope.fill(0);
    rows.forEach((row, i) => {
      const error = (sigmoid(dot(weights, row)) - (right[i] ?? 0)) / rows.length;
      for (let k = 0; k < 4; k++) slope[k] = (slope[k] ?? 0) + error * (row[k] ?? 0);
    });
    for (let k = 0; k < 4; k++) {
      const weight = weights[k] ?? 0;
      weights[k] = weight - trustRate * ((slope[k] ?? 0) + (k === 0 ? 0 : trustPenalty * weight));
    }
  }
  return weights;
}

function likeliestIntent(probabilities: Float64Array): number {
  const known = probabilities.subarray(0, -1);
  return known.indexOf(Math.max(...known));
}

/** The best intent's own probability, its lead, and that of "none of them". */
function trustFeatures(probabilities: Float64Array): Float64Array {
  const known = [...probabilities.slice(0, -1)].sort((a, b) => b - a);
  const first = known[0] ?? 0;
  const odds = Math.log(Math.max(first, 1e-4) / Math.max(1 - first, 1e-4));
  return Float64Array.of(1, odds / 2, first - (known[1] ?? 0), probabilities.at(-1) ?? 0);
}
