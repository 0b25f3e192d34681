/** Arithmetic on the arrays that the model is made of. */

// Taken once: where tests run, looking up a global costs more than the power itself, and training takes millions.
const { exp } = Math;

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

export function sigmoid(value: number): number {
  return 1 / (1 + exp(-value));
}

/** Probabilities from log-odds. Below 1, `temperature` makes them more decided. */
export function softmax(scores: Float64Array, temperature = 1): Float64Array {
  let top = -Infinity;
  for (const score of scores) if (score > top) top = score;
  const powers = new Float64Array(scores.length);
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    const power = exp(((scores[i] ?? 0) - top) / temperature);
    powers[i] = power;
    sum += power;
  }
  for (let i = 0; i < powers.length; i++) powers[i] = (powers[i] ?? 0) / sum;
  return powers;
}
