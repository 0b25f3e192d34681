import fc from 'fast-check';
import {
  ledgersOf,
  anyAmount,
  giveBack,
  leftOf,
  moneyOf,
  take,
  type AllowanceLimit,
  type Given,
} from '../../../src/core/orders/moneyLimits';

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
  by: 'first',
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
  expect(take(giveBack(given, 'a', 'first'), gift('b', 10_000), limit).why).toBeNull();
});

describe('giving back', () => {
  const again = { ...gift('a', 10_000), by: 'second' };
  const { given } = take(take([], gift('a', 10_000), limit).given, again, limit);

  test.each([
    ['an attempt that another one came after', 'a', 'first', 1],
    ['the attempt that took it last', 'a', 'second', 0],
    ['somebody who names no attempt', 'a', null, 0],
    ['what was never taken', 'b', 'second', 1],
  ])('%s', (_what, key, by, left) => {
    const back = giveBack(given, key, by);
    expect(back).toHaveLength(left);
    expect(giveBack(back, key, by)).toEqual(back);
  });
});

test('a retry is known for days, however short the time of the limit is', () => {
  const short = { ...limit, withinMs: 60_000 };
  const first = take([], gift('a', 10_000), short).given;
  const later = take(first, gift('b', 10_000, 100 * day + 60_000), short);
  expect(later.why).toBeNull();
  expect(take(later.given, gift('a', 10_000), short)).toMatchObject({ why: null, given: [{}, {}] });
  expect(take(later.given, gift('c', 1, 100 * day + 60_000), short).why).toContain('EUR 100.00 were given');
  expect(take(later.given, gift('c', 1, 200 * day), short).given.map(({ key }) => key)).toEqual(['c']);
});

test('what a person decided is written down whatever was given before, and counts from then on', () => {
  const { given, why } = take([gift('a', 10_000)], gift('b', 50_000), anyAmount(limit));
  expect(why).toBeNull();
  expect(take(given, gift('c', 1), limit).why).toContain('EUR 600.00 were given');
});

test('a ledger that is full takes no more, whatever the limit is', () => {
  const full = Array.from({ length: 5_000 }, (_, index) => gift(`key-${index}`, 1));
  expect(take(full, gift('more', 1), anyAmount(limit)).why).toContain('holds 5000 gifts');
  expect(take(full, gift('key-7', 1), anyAmount(limit)).why).toBeNull();
  expect(leftOf(full, { currency: 'EUR', at: 100 * day }, anyAmount(limit))).toBe(0);
});

test.each<[string, readonly Given[], Partial<AllowanceLimit>, number | null]>([
  ['all of it', [], {}, 10_000],
  ['the rest', [gift('a', 9_000)], {}, 1_000],
  ['nothing more', [gift('a', 10_000)], {}, 0],
  ['nothing, when the limit was lowered meanwhile', [gift('a', 10_000)], { amount: { EUR: 500 } }, 0],
  ['nothing, after as many as may be', [gift('a', 1)], { count: 1 }, 0],
  ['nothing in a currency that is not named', [], { amount: { USD: 500 } }, 0],
  ['all again, after the time', [gift('a', 10_000, 70 * day)], {}, 10_000],
  ['any amount, where only the number is limited', [gift('a', 1)], { amount: null }, null],
])('left: %s', (_what, given, change, left) => {
  expect(leftOf(given, { currency: 'EUR', at: 100 * day }, { ...limit, ...change })).toBe(left);
});

const changes = fc.array(
  fc.record({
    key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    minor: fc.integer({ min: 1, max: 6_000 }),
    back: fc.boolean(),
  }),
  { maxLength: 30 },
);

test('whatever is asked for in whatever order, never more than the limit, and each once', () => {
  fc.assert(
    fc.property(changes, (asked) => {
      let given: readonly Given[] = [];
      for (const { key, minor, back } of asked) {
        given = back ? giveBack(given, key, null) : take(given, gift(key, minor), limit).given;
        expect(given.reduce((sum, { amount }) => sum + amount.minor, 0)).toBeLessThanOrEqual(10_000);
        expect(given.length).toBeLessThanOrEqual(3);
        expect(new Set(given.map((entry) => entry.key)).size).toBe(given.length);
      }
    }),
  );
});

test('what is said to be left can be taken, and not one cent more', () => {
  fc.assert(
    fc.property(changes, (asked) => {
      const given = asked.reduce<readonly Given[]>(
        (before, { key, minor }) => take(before, gift(key, minor), limit).given,
        [],
      );
      const left = leftOf(given, { currency: 'EUR', at: 100 * day }, limit) ?? 0;
      if (left > 0) expect(take(given, gift('new', left), limit).why).toBeNull();
      expect(take(given, gift('new', left + 1), limit).why).not.toBeNull();
    }),
  );
});

describe('the ledgers of a gift', () => {
  const perCustomer = { withinMs: 12 * 3_600_000, amount: null, count: 2 };
  const lastMoment = Date.UTC(2026, 10, 26, 23, 59, 59, 999);

  test.each([
    [lastMoment, '2026-11-26'],
    [lastMoment + 1, '2026-11-27'],
  ])('its own moment tells the day, and no clock: %d', (at, expected) => {
    const ledgers = ledgersOf({ customer: 'ana', at }, { perCustomer, perDay: { EUR: 1 } });
    expect(ledgers).toMatchObject([
      { type: 'customer', customer: 'ana', limit: { count: 2, whose: 'to one customer within 12 hours' } },
      { type: 'day', day: expected, limit: { amount: { EUR: 1 }, whose: `to all customers on ${expected}` } },
    ]);
  });

  test('are the same under other limits: what was taken is found', () => {
    const ledgers = ledgersOf({ customer: 'ana', at: 0 }, { perCustomer: null, perDay: null });
    expect(ledgers.map(({ type, limit: none }) => [type, none])).toEqual([
      ['customer', null],
      ['day', null],
    ]);
  });

  test('of one day count from its first to its last moment', () => {
    const [, today] = ledgersOf({ customer: 'ana', at: lastMoment }, { perCustomer, perDay: { EUR: 100 } });
    const morning = gift('a', 100, lastMoment - day + 1);
    expect(today?.limit && take([morning], gift('b', 1, lastMoment), today.limit).why).toContain(
      'EUR 1.00 were',
    );
  });
});

test('money is what a refund and store credit cost; the rest is free', () => {
  const amount = { minor: 1, currency: 'EUR' };
  expect(moneyOf({ type: 'refund', order: '1', amount, lines: [] })).toEqual(amount);
  expect(moneyOf({ type: 'store-credit', order: '1', amount })).toEqual(amount);
  expect(moneyOf({ type: 'cancel', order: '1' })).toBeNull();
  expect(moneyOf({ type: 'change-address', order: '1', address: 'x' })).toBeNull();
  expect(moneyOf({ type: 'resend-invoice', order: '1' })).toBeNull();
});
