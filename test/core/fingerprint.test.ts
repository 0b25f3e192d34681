import fc from 'fast-check';
import { fingerprint } from '../../src/core/fingerprint';

it('is the same for the same text, on every machine and for good: it stands on tickets', () => {
  expect(fingerprint('')).toBe('0bdcb81aee8d83');
  expect(fingerprint('refund EUR 48.00 on order 48213')).toBe(fingerprint('refund EUR 48.00 on order 48213'));
});

it('is short, and fit for an id', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      expect(fingerprint(text)).toMatch(/^[0-9a-f]{14}$/);
    }),
  );
});

it('tells texts apart that differ in one place', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.nat(), (text, at) => {
      const place = at % text.length;
      const other =
        text.slice(0, place) + String.fromCharCode(text.charCodeAt(place) ^ 1) + text.slice(place + 1);
      expect(fingerprint(other)).not.toBe(fingerprint(text));
    }),
    { numRuns: 2_000 },
  );
  const amounts = Array.from({ length: 50_000 }, (_none, minor) => fingerprint(`{"minor":${minor}}`));
  expect(new Set(amounts).size).toBe(50_000);
});
