/** The model's mathematics, on examples small enough to check by hand or by finite differences. */
import fc from 'fast-check';
import {
  evaluate,
  penalty,
  problemOf,
  train,
  type TrainingSet,
} from '../../src/classify/embedded/logisticRegression';
import { softmax } from '../../src/classify/embedded/vectors';

/** Points in the plane, similar by their scalar product. */
function setOf(points: readonly (readonly [number, number, number])[], classes: number): TrainingSet {
  return {
    gram: Float64Array.from(points.flatMap(([x, y]) => points.map(([u, v]) => x * u + y * v))),
    labels: points.map(([, , label]) => label),
    classes,
  };
}

const triangle = setOf(
  [
    [1, 0, 0],
    [0.9, 0.2, 0],
    [-0.5, 0.85, 1],
    [-0.6, 0.7, 1],
    [-0.4, -0.9, 2],
  ],
  3,
);
const everyone = (set: TrainingSet) => set.labels.map((_, i) => i);
const rowOf = (set: TrainingSet, i: number) => {
  const size = set.labels.length;
  return set.gram.subarray(i * size, (i + 1) * size);
};
const winner = (scores: Float64Array) => scores.indexOf(Math.max(...scores));

describe('the loss', () => {
  test('of a model that knows nothing is that of guessing: every class weighs the same', () => {
    const problem = problemOf(triangle, everyone(triangle));
    const weights = new Float64Array(15);
    expect(evaluate(problem, weights, new Float64Array(15))).toBeCloseTo(Math.log(3), 10);
  });

  test('a class with one example weighs as much as one with two', () => {
    const { shares } = problemOf(triangle, everyone(triangle));
    expect([...shares].map((share) => share * 6)).toEqual(
      [1, 1, 1, 1, 2].map((n) => expect.closeTo(n, 10) as number),
    );
  });

  test('changes as its slope says: checked against finite differences, in every direction', () => {
    const problem = problemOf(triangle, everyone(triangle));
    const size = triangle.labels.length;
    const weights = Float64Array.from({ length: 15 }, (_, k) => Math.sin(k * 1.7));
    const slope = new Float64Array(15);
    evaluate(problem, weights, slope);
    const unused = new Float64Array(15);
    const step = 1e-5;
    for (let k = 0; k < weights.length; k++) {
      const moved = (by: number) => {
        const other = weights.slice();
        other[k] = (other[k] ?? 0) + by;
        return evaluate(problem, other, unused);
      };
      const measured = (moved(step) - moved(-step)) / (2 * step);
      const c = Math.floor(k / size);
      const similar = rowOf(triangle, k % size);
      const told = similar.reduce((sum, value, j) => sum + value * (slope[c * size + j] ?? 0), 0);
      expect(measured).toBeCloseTo(told, 7);
    }
  });

  test('grows with large weights: the penalty holds them down', () => {
    const problem = problemOf(setOf([[1, 0, 0]], 1), [0]);
    // One class: nothing to tell apart, so all of the loss is the penalty, weight squared times similarity.
    expect(evaluate(problem, Float64Array.of(3), new Float64Array(1))).toBeCloseTo((penalty / 2) * 9, 12);
  });
});

describe('training', () => {
  test('makes what it has seen likely', () => {
    const model = train(triangle, everyone(triangle));
    const scores = everyone(triangle).map((i) => model(rowOf(triangle, i)));
    const losses = (scale: number) =>
      scores.reduce(
        (sum, row, i) => sum - Math.log(softmax(row.map((s) => s * scale))[triangle.labels[i] ?? 0] ?? 0),
        0,
      );
    expect(losses(1)).toBeLessThan(losses(0.5));
    expect(losses(1)).toBeLessThan(losses(0));
  });

  test('tells classes apart that a line separates, new points included', () => {
    const model = train(triangle, everyone(triangle));
    const points = [
      [0.8, -0.1, 0],
      [-0.3, 0.9, 1],
      [-0.2, -1, 2],
    ] as const;
    const known = [
      [1, 0],
      [0.9, 0.2],
      [-0.5, 0.85],
      [-0.6, 0.7],
      [-0.4, -0.9],
    ] as const;
    for (const [x, y, label] of points) {
      expect(winner(model(known.map(([u, v]) => x * u + y * v)))).toBe(label);
    }
  });

  test('nothing similar says nothing: all classes alike', () => {
    const model = train(triangle, everyone(triangle));
    expect([...softmax(model(new Float64Array(5)))]).toEqual([1, 1, 1].map((n) => n / 3));
  });

  test('learns from the members only', () => {
    const without = train(triangle, [0, 1, 2, 3]);
    const changed = Float64Array.from(rowOf(triangle, 0));
    changed[4] = 99;
    expect(without(changed)).toEqual(without(rowOf(triangle, 0)));
  });

  test('the order of the examples does not matter', () => {
    const forward = train(triangle, [0, 1, 2, 3, 4]);
    const backward = train(triangle, [4, 3, 2, 1, 0]);
    const [one, two] = [forward(rowOf(triangle, 2)), backward(rowOf(triangle, 2))];
    one.forEach((score, c) => {
      expect(score).toBeCloseTo(two[c] ?? NaN, 9);
    });
  });

  test('the same examples give the same numbers, to the last bit', () => {
    const scores = () => train(triangle, everyone(triangle))(rowOf(triangle, 3));
    expect(scores()).toEqual(scores());
  });

  test.each([1, 2, 3, 4, 5, 7, 8])('any number of examples: %d', (size) => {
    const set = setOf(
      Array.from({ length: size }, (_, i) => [Math.cos(i), Math.sin(i), Math.cos(i) > 0 ? 1 : 0]),
      2,
    );
    const model = train(set, everyone(set));
    expect(everyone(set).map((i) => winner(model(rowOf(set, i))))).toEqual(set.labels);
  });
});

describe('softmax', () => {
  const scores = fc.array(fc.double({ min: -700, max: 700, noNaN: true }), { minLength: 1, maxLength: 15 });

  test('is a distribution, whatever the scores and the temperature', () => {
    fc.assert(
      fc.property(scores, fc.double({ min: 0.1, max: 5, noNaN: true }), (values, temperature) => {
        const chances = softmax(Float64Array.from(values), temperature);
        expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 9);
        expect(chances.every((chance) => chance >= 0 && chance <= 1)).toBe(true);
      }),
    );
  });

  test('does not mind a constant added to all scores', () => {
    const [one, two] = [softmax(Float64Array.of(1, 2, 3)), softmax(Float64Array.of(1001, 1002, 1003))];
    one.forEach((chance, i) => {
      expect(chance).toBeCloseTo(two[i] ?? NaN, 12);
    });
  });

  test('is more decided at a low temperature, and even at a high one', () => {
    const values = Float64Array.of(1, 0);
    expect(softmax(values, 0.2)[0]).toBeGreaterThan(0.99);
    expect(softmax(values, 100)[0]).toBeCloseTo(0.5, 2);
    expect(softmax(values)[0]).toBeCloseTo(1 / (1 + Math.exp(-1)), 12);
  });
});
