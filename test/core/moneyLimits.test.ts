import fc from 'fast-check';
import { giveBack, moneyOf, take, type AllowanceLimit, type Given } from '../../src/core/moneyLimits';

const day = 86_400_000;
const limit: AllowanceLimit = {
  withinMs: 30 * day,
  amount: { EUR: 10_000 },
  count: 3,
  whose: 'to one customer within 30 days',
};
const gift = (key: string, minor: number, at = 100 * day, currency = 'EUR'): Given => ({
  key,
  at,
  amount: { minor, currency },
});

test.each<[string, readonly Given[], Given, string | null]>([
  ['the first', [], gift('a', 10_000), null],
  [
    'more than the limit',
    [],
    gift('a', 10_001),
    'The policy allows EUR 100.00 to one customer within 30 days: EUR 0.00 were given, and this is EUR 100.01.',
  ],
  ['the rest', [gift('a', 9_000)], gift('b', 1_000), null],
  [
    'more than the rest',
    [gift('a', 9_000)],
    gift('b', 1_001),
    'EUR 90.00 were given, and this is EUR 10.01.',
  ],
  ['after the time', [gift('a', 9_000, 70 * day)], gift('b', 10_000), null],
  ['just within the time', [gift('a', 9_000, 70 * day + 1)], gift('b', 10_000), 'EUR 90.00 were given'],
  [
    'one too many',
    [gift('a', 1), gift('b', 1), gift('c', 1)],
    gift('d', 1),
    'allows 3 refunds to one customer within 30 days, and 3 were given.',
  ],
  ['a currency that is not named', [], gift('a', 1, 100 * day, 'USD'), 'gives nothing in USD'],
  ['beside another currency', [gift('a', 9_000, 100 * day, 'USD')], gift('b', 10_000), null],
  ['the same again, although the limit is reached', [gift('a', 10_000)], gift('a', 10_000), null],
])('%s', (_what, given, wanted, why) => {
  const taken = take(given, wanted, limit);
  if (why === null) expect(taken.why).toBeNull();
  else expect(taken.why).toContain(why);
  expect(taken.given.some(({ key }) => key === wanted.key)).toBe(why === null);
});

test('what was not given after all can be given to another ticket', () => {
  const { given } = take([], gift('a', 10_000), limit);
  expect(take(given, gift('b', 1), limit).why).not.toBeNull();
  expect(take(giveBack(given, 'a'), gift('b', 10_000), limit).why).toBeNull();
});

test('whatever is asked for in whatever order, never more than the limit, and each once', () => {
  const wishes = fc.array(
    fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      minor: fc.integer({ min: 1, max: 6_000 }),
      back: fc.boolean(),
    }),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(wishes, (asked) => {
      let given: readonly Given[] = [];
      for (const { key, minor, back } of asked) {
        given = back ? giveBack(given, key) : take(given, gift(key, minor), limit).given;
        expect(given.reduce((sum, { amount }) => sum + amount.minor, 0)).toBeLessThanOrEqual(10_000);
        expect(given.length).toBeLessThanOrEqual(3);
        expect(new Set(given.map((entry) => entry.key)).size).toBe(given.length);
      }
    }),
  );
});

test('money is what a refund and store credit cost; the rest is free', () => {
  const amount = { minor: 1, currency: 'EUR' };
  expect(moneyOf({ type: 'refund', order: '1', amount, lines: [] })).toEqual(amount);
  expect(moneyOf({ type: 'store-credit', order: '1', amount })).toEqual(amount);
  expect(moneyOf({ type: 'cancel', order: '1' })).toBeNull();
  expect(moneyOf({ type: 'change-address', order: '1', address: 'x' })).toBeNull();
  expect(moneyOf({ type: 'resend-invoice', order: '1' })).toBeNull();
});
