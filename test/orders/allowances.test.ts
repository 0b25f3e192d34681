/** A gift is taken out of all its ledgers or out of none: with the ledgers that policy scenarios use. */
import type { GiftTerms, MoneyLimits } from '../../src/core/orders/moneyLimits';
import type { Allowances, Gift } from '../../src/orders/port';
import { createMemoryAllowances } from '../../src/scenarios/world/memoryAllowances';

const noon = Date.UTC(2026, 10, 26, 12);
const day = 86_400_000;
const limits: MoneyLimits = {
  perCustomer: { withinMs: 30 * day, amount: { EUR: 100 }, count: 3 },
  perDay: { EUR: 150 },
};
const ana = 'ana@mail.example';
const ben = 'ben@mail.example';

let ledgers: Allowances;
beforeEach(() => {
  ledgers = createMemoryAllowances();
});

function gift(key: string, minor: number, change: Partial<GiftTerms> = {}, customer = ana): Gift {
  const terms = { limits, at: noon, approved: false, ...change };
  return { key, amount: { minor, currency: 'EUR' }, customer, terms, by: key };
}

const left = (customer = ana, at = noon, within = limits) =>
  ledgers.left({ customer, currency: 'EUR', at }, within);

it('what one ledger refuses is taken out of none', async () => {
  expect(await ledgers.take(gift('ben', 100, {}, ben))).toBeNull();
  expect(await ledgers.take(gift('ana', 60))).toContain('to all customers on 2026-11-26');
  expect(await left(ana, noon + day)).toBe(100);
  expect(await ledgers.take(gift('ana-later', 100, { at: noon + day }))).toBeNull();
});

it('what is left is what the tightest ledger leaves', async () => {
  expect(await left()).toBe(100);
  await ledgers.take(gift('a', 30));
  expect(await left()).toBe(70);
  await ledgers.take(gift('b', 100, {}, ben));
  expect(await left()).toBe(20);
  expect(await left(ana, noon + day)).toBe(70);
  expect(await left(ben, noon + 31 * day)).toBe(100);
});

it.each<[string, MoneyLimits, number | null]>([
  ['no limits', { perCustomer: null, perDay: null }, null],
  ['a number only', { perCustomer: { withinMs: day, amount: null, count: 2 }, perDay: null }, null],
  ['a day only', { perCustomer: null, perDay: { EUR: 7 } }, 7],
  ['another currency', { perCustomer: null, perDay: { USD: 7 } }, 0],
])('%s leaves %#', async (_what, within, expected) => {
  expect(await left(ana, noon, within)).toBe(expected);
});

it('a retry takes nothing more, also after midnight, and goes back to the day it was taken from', async () => {
  const last = Date.UTC(2026, 10, 26, 23, 59, 59);
  const late = gift('a', 50, { at: last });
  await ledgers.take(late);
  await ledgers.take({ ...late, by: 'retry' });
  expect(await left(ben, last + 2_000)).toBe(100);
  expect(await left(ana, last)).toBe(50);
  await ledgers.giveBack({ ...late, by: 'retry' });
  expect(await left(ana, last)).toBe(100);
});

it('the give-back of an attempt that another one came after is too late', async () => {
  await ledgers.take(gift('a', 50));
  await ledgers.take({ ...gift('a', 50), by: 'retry' });
  await ledgers.giveBack(gift('a', 50));
  expect(await left()).toBe(50);
  await ledgers.giveBack({ ...gift('a', 50), by: 'retry' });
  await ledgers.giveBack({ ...gift('a', 50), by: 'retry' });
  expect(await left()).toBe(100);
});

it('what was taken under other limits goes back all the same', async () => {
  await ledgers.take(gift('a', 50));
  await ledgers.giveBack(gift('a', 50, { limits: { perCustomer: null, perDay: null } }));
  expect(await left()).toBe(100);
});

it('what a person approved is over every limit, and counts for what comes after', async () => {
  expect(await ledgers.take(gift('lamp', 12_000, { approved: true }))).toBeNull();
  expect(await left()).toBe(0);
  expect(await left(ben)).toBe(0);
  expect(await left(ben, noon + day)).toBe(100);
  expect(await ledgers.take(gift('mug', 1))).toContain('EUR 120.00 were given');
});
