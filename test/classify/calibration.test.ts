/** Whether confidence can be believed: on made-up answers whose reliability is known. */
import { fitTemperature, fitTrust, trustOf } from '../../src/classify/embedded/calibration';
import { softmax } from '../../src/classify/embedded/vectors';

/** The same numbers each time (a linear congruential generator, Numerical Recipes). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function drawn(chances: Float64Array, roll: number): number {
  let sum = 0;
  const at = chances.findIndex((chance) => (sum += chance) > roll);
  return at < 0 ? chances.length - 1 : at;
}

/** Scores, and labels that come up as often as `softmax(scores, temperature)` says. */
function sample(count: number, classes: number, temperature: number, spread: number) {
  const next = dice(7);
  const scores = Array.from({ length: count }, () =>
    Float64Array.from({ length: classes }, () => (next() - 0.5) * spread),
  );
  return { scores, labels: scores.map((row) => drawn(softmax(row, temperature), next())) };
}

describe('the temperature', () => {
  test.each([0.2, 0.4, 0.7, 1])('under which labels were drawn is found again: %d', (temperature) => {
    const { scores, labels } = sample(4_000, 5, temperature, 2);
    const found = fitTemperature(scores, labels);
    expect(found / temperature).toBeGreaterThan(0.8);
    expect(found / temperature).toBeLessThan(1.25);
  });

  test('a model that is timid although always right is made bolder', () => {
    const scores = Array.from({ length: 50 }, () => Float64Array.of(0.3, 0, 0));
    expect(
      fitTemperature(
        scores,
        scores.map(() => 0),
      ),
    ).toBeLessThanOrEqual(0.2);
  });

  test('one that is mostly wrong stays timid', () => {
    const scores = Array.from({ length: 50 }, () => Float64Array.of(0.5, 0, 0));
    expect(
      fitTemperature(
        scores,
        scores.map((_, i) => i % 3),
      ),
    ).toBe(1);
  });
});

describe('trust', () => {
  /** Three intents and "none": the best has `first`, the rest is shared. */
  const answer = (first: number) =>
    Float64Array.of(first, ((1 - first) * 2) / 3, (1 - first) / 6, (1 - first) / 6);

  function learned(reliability: (first: number) => number) {
    const next = dice(11);
    const answers = Array.from({ length: 3_000 }, () => answer(0.45 + next() * 0.53));
    const labels = answers.map((row) => (next() < reliability(row[0] ?? 0) ? 0 : 1));
    return trustOf(fitTrust(answers, labels));
  }

  test('follows how often such answers were right', () => {
    const trust = learned((first) => first);
    for (const first of [0.55, 0.7, 0.9]) {
      // A little above it: the whole set teaches more than the part that cross-validation saw.
      expect(trust(answer(first))).toBeGreaterThan(first - 0.08);
      expect(trust(answer(first))).toBeLessThan(first + 0.15);
    }
  });

  test('sees through a model that overrates itself', () => {
    const honest = learned((first) => first);
    const boaster = learned((first) => first / 2);
    for (const first of [0.55, 0.7, 0.9]) {
      expect(boaster(answer(first))).toBeLessThan(honest(answer(first)) - 0.15);
      expect(boaster(answer(first))).toBeLessThan(0.62);
    }
  });

  test('grows with the probability of the best', () => {
    const trust = learned((first) => first);
    const rising = [0.5, 0.6, 0.7, 0.8, 0.9].map((first) => trust(answer(first)));
    expect(rising).toEqual([...rising].sort((a, b) => a - b));
  });

  test('falls when "none of these" is likely', () => {
    const next = dice(3);
    const answers = Array.from({ length: 2_000 }, () => {
      const none = next() * 0.5;
      return Float64Array.of(0.5 * (1 - none), 0.3 * (1 - none), 0.2 * (1 - none), none);
    });
    const trust = trustOf(
      fitTrust(
        answers,
        answers.map((row) => (next() < 1 - 2 * (row[3] ?? 0) ? 0 : 3)),
      ),
    );
    expect(trust(Float64Array.of(0.48, 0.29, 0.19, 0.04))).toBeGreaterThan(
      trust(Float64Array.of(0.3, 0.18, 0.12, 0.4)) + 0.3,
    );
  });

  test('is a chance, even for the certain and the senseless', () => {
    const trust = learned((first) => first);
    for (const row of [
      Float64Array.of(1, 0, 0, 0),
      Float64Array.of(0, 0, 0, 1),
      Float64Array.of(0.25, 0.25, 0.25, 0.25),
    ]) {
      expect(trust(row)).toBeGreaterThanOrEqual(0);
      expect(trust(row)).toBeLessThanOrEqual(1);
    }
  });
});
