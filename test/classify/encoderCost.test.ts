/** What a message may cost the encoder: little more than it says, and never more than a long letter. */
import fc from 'fast-check';
import { readWishes, withinBudget } from '../../src/classify/embedded/clauses';
import { loadEmbedder, ofLikeLength, type Embedder } from '../../src/classify/embedded/embedder';
import { demoClassifier } from '../support/classifier';
import { classify } from './policyIntents';
import { anyCharacter } from '../support/anyCharacter';

let encoder: Embedder;
beforeAll(async () => {
  encoder = await loadEmbedder();
});

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const apart = (a: Float32Array | undefined, b: Float32Array | undefined): number =>
  Math.max(...Array.from(a ?? [], (value, i) => Math.abs(value - (b?.[i] ?? 0))));

describe('texts embedded together', () => {
  /** The encoder fills each text of a call up to the longest one. */
  const cost = (lengths: readonly number[]): number =>
    sum(ofLikeLength(lengths).map((group) => group.length * Math.max(...group.map((i) => lengths[i] ?? 0))));

  test('a long one does not make ten short ones long', () => {
    const lengths = [120, ...Array.from({ length: 10 }, (_, i) => 5 + i)];
    expect(cost(lengths)).toBeLessThan(1.3 * sum(lengths));
    expect(ofLikeLength(lengths).length).toBeLessThan(4);
  });

  test('those of like length go in one call: each call has its price', () => {
    expect(ofLikeLength([7, 6, 7, 6, 7])).toEqual([[1, 3, 0, 2, 4]]);
    expect(ofLikeLength([])).toEqual([]);
  });

  test('each text is in one group, whatever the lengths', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 128 }), { maxLength: 40 }), (lengths) => {
        const places = ofLikeLength(lengths).flat();
        expect([...places].sort((a, b) => a - b)).toEqual(lengths.map((_, i) => i));
      }),
    );
  });

  test('come back in their order, as they would alone', async () => {
    const texts = ['where is it', 'x'.repeat(400), '', 'I want my money back', 'please '.repeat(50), 'hello'];
    const together = await encoder.embed(texts);
    for (const [i, text] of texts.entries()) {
      const [alone] = await encoder.embed([text]);
      expect(apart(together[i], alone)).toBeLessThan(1e-5);
    }
  });
});

describe('pieces of a text', () => {
  test.each([
    ['a question', 'where is my order?', 5],
    ['one long word', 'x'.repeat(60_000), 128],
    ['many numbers', '12 '.repeat(20_000), 128],
  ])('%s', (_name, text, pieces) => {
    expect(encoder.pieces(text)).toBe(pieces);
  });

  test('the encoder looks at no more than it is said to', async () => {
    const [most, more, less] = await encoder.embed(['x'.repeat(128), 'x'.repeat(300), 'x'.repeat(100)]);
    expect(apart(most, more)).toBe(0);
    expect(apart(most, less)).toBeGreaterThan(0.001);
  });
});

describe('clauses within a budget', () => {
  const letter = [
    'I ordered a kettle two weeks ago',
    'it has not arrived',
    'my neighbour got hers in three days',
    'please tell me where it is',
  ];

  test('as people write them, they stay as they are', () => {
    expect(withinBudget(letter, encoder.pieces, 160)).toEqual(letter);
  });

  test('the longest pay, the short ones keep every word', () => {
    const long = 'x'.repeat(250);
    const [first, second, third] = withinBudget(['cancel it', long, long], encoder.pieces, 42);
    expect(first).toBe('cancel it');
    expect(long.startsWith(second ?? '-')).toBe(true);
    expect(second?.length).toBeGreaterThan(10);
    expect(third).toBe(second);
  });

  test.each([
    ['one word', 'x'.repeat(60_000)],
    ['words of 240 letters', `${'x'.repeat(240)}\n`.repeat(240)],
    ['lines of numbers', `${'12 '.repeat(70)}\n`.repeat(280)],
    ['commas', 'i, so, and '.repeat(5_000)],
    ['right to left', `${'أين طلبي؟ لقد انتظرت '.repeat(10)}\n`.repeat(200)],
    ['emoji', '😡🤬 no. '.repeat(6_000)],
    ['joined accents', 'e\u0301\u0301\u0301. '.repeat(9_000)],
  ])('a message made to be costly (%s) costs no more than a letter', (_name, text) => {
    const cut = withinBudget(readWishes(text.slice(0, 2_200)).clauses, encoder.pieces, 160);
    expect(sum(cut.map(encoder.pieces))).toBeLessThanOrEqual(160);
  });

  test('any clauses, any budget', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: anyCharacter, maxLength: 200 }), { maxLength: 10 }),
        fc.integer({ min: 0, max: 200 }),
        (clauses, budget) => {
          const cut = withinBudget(clauses, encoder.pieces, budget);
          expect(cut.every((text, i) => clauses[i]?.startsWith(text))).toBe(true);
          // An empty text still is one piece.
          expect(sum(cut.map((text) => (text === '' ? 0 : encoder.pieces(text))))).toBeLessThanOrEqual(
            budget,
          );
        },
      ),
    );
  });
});

test('what is wanted is still found at the end of a long letter of short sentences', async () => {
  await demoClassifier();
  const story = 'We moved house in spring. The garden is lovely. My sister visits often. ';
  const { ranking } = await classify(
    `${story.repeat(30)} Anyway. Please cancel my order. I want to cancel it.`,
  );
  expect(ranking[0]?.intent).toBe('cancel_order');
});
