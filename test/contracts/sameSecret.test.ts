import fc from 'fast-check';
import { sameSecret } from '../../src/contracts/sameSecret';

test.each([
  ['s3cret', 's3cret', true],
  ['s3cret', 's3cre', false],
  ['s3cret', 'S3cret', false],
  ['s3cret', '', false],
  ['', '', true],
  ['Grüße', 'Gru\u0308\u00dfe', false],
  ['\u0000', '', false],
])('%j and %j: %j', (a, b, same) => {
  expect(sameSecret(a, b)).toBe(same);
});

test('of any length and any letters, it is the same as itself and as no other', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 200 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(sameSecret(a, a)).toBe(true);
      expect(sameSecret(a, b)).toBe(a === b);
    }),
  );
});
