import fc from 'fast-check';
import { fitTfIdf, sparseDot, type SparseVector } from '../../src/classify/embedded/tfIdf';
import { anyCharacter } from '../support/anyCharacter';

const shop = fitTfIdf([
  'where is my order',
  'cancel my order',
  'I want a refund for my order',
  'the refund has not arrived',
]);
const near = (a: string, b: string) => sparseDot(shop.vector(a), shop.vector(b));
const length = (vector: SparseVector) => Math.sqrt(sparseDot(vector, vector));
const sparse = (...entries: readonly (readonly [number, number])[]): SparseVector => ({
  terms: Int32Array.from(entries, ([term]) => term),
  values: Float64Array.from(entries, ([, value]) => value),
});

describe('the product of two sparse vectors', () => {
  test.each([
    ['same terms', sparse([1, 2], [4, 3]), sparse([1, 5], [4, 7]), 31],
    ['some in common', sparse([1, 2], [3, 3], [9, 1]), sparse([0, 4], [3, 2], [8, 8]), 6],
    ['none in common', sparse([1, 2]), sparse([2, 2]), 0],
    ['the last in common', sparse([1, 1], [2, 1], [7, 2]), sparse([7, 3]), 6],
    ['an empty one', sparse(), sparse([2, 2]), 0],
  ])('%s', (_name, a, b, product) => {
    expect(sparseDot(a, b)).toBe(product);
    expect(sparseDot(b, a)).toBe(product);
  });
});

describe('likeness by words', () => {
  test('a text is most like itself, and has length one', () => {
    expect(near('cancel my order', 'cancel my order')).toBeCloseTo(1, 12);
    expect(near('cancel my order', 'where is my order')).toBeLessThan(1);
  });

  test('a rare word tells more than a common one', () => {
    expect(near('cancel', 'cancel my order')).toBeGreaterThan(near('order', 'cancel my order'));
  });

  test('a misspelling is still seen', () => {
    expect(near('cancle my order', 'cancel my order')).toBeGreaterThan(0.5);
    expect(near('refnud', 'I want a refund for my order')).toBeGreaterThan(0);
  });

  test('the order of words matters a little', () => {
    expect(near('order my cancel', 'cancel my order')).toBeLessThan(1 - 1e-6);
  });

  test('neither capitals nor kinds of apostrophes or numbers matter', () => {
    const fitted = fitTfIdf(["it's order 48213", 'something else']);
    const of = (text: string) => fitted.vector(text);
    expect(of('IT’S ORDER 51877')).toEqual(of("it's order 48213"));
    expect(of('it`s order 1')).toEqual(of("it's order 48213"));
  });

  test('words nobody taught are nothing', () => {
    expect(shop.vector('zzz qqq')).toEqual({ terms: new Int32Array(), values: new Float64Array() });
    expect(near('zzz qqq', 'cancel my order')).toBe(0);
  });

  test('repeating a word adds to it, ever less', () => {
    const cancel = (times: number) => near(`${'cancel '.repeat(times)}refund`, 'cancel');
    const [once, twice, often] = [cancel(1), cancel(2), cancel(8)];
    expect(twice).toBeGreaterThan(once);
    expect(often - twice).toBeLessThan(6 * (twice - once));
  });
});

test('any text has length one or none, with its terms in order', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter, maxLength: 200 }), (text) => {
      const vector = shop.vector(text);
      expect([...vector.terms]).toEqual([...new Set(vector.terms)].sort((a, b) => a - b));
      if (vector.terms.length > 0) expect(length(vector)).toBeCloseTo(1, 9);
      else expect(length(vector)).toBe(0);
    }),
  );
});
