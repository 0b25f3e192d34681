/** Money goes out of the accounts before the shop is asked, and back when the shop is known not to have given it. */
import { actWithinLimits } from '../../src/orders/actWithinLimits';
import type { GiftTerms } from '../../src/core/orders/moneyLimits';
import type { OrderAction, OrderActionOutcome } from '../../src/core/orders/orderAction';
import type { Allowances, Gift, Order } from '../../src/orders/port';

const terms: GiftTerms = { limits: { perCustomer: null, perDay: { EUR: 5_000 } }, at: 0, approved: false };
const amount = { minor: 4_800, currency: 'EUR' };
const refund: OrderAction = { type: 'refund', order: '62001', amount, lines: [] };
const done: OrderActionOutcome = { type: 'done', reference: 're-1' };
const refused: OrderActionOutcome = { type: 'refused', why: 'No.' };

const mugs: Order = {
  number: '62001',
  status: 'delivered',
  customerEmail: 'ana@example.com',
  postalCode: null,
  placedOn: '2026-10-01',
  items: [{ line: '1', name: 'Stoneware mug', quantity: 4, price: null }],
  shipments: [],
  total: amount,
  refund: null,
};

/** What was asked of shop and accounts, in order. */
function scene(parts: {
  readonly act?: () => Promise<OrderActionOutcome>;
  readonly why?: string;
  readonly order?: Order | null;
}) {
  const calls: string[] = [];
  const gifts: Gift[] = [];
  const { act = () => Promise.resolve(done), why = null, order = mugs } = parts;
  const shop = {
    findByNumber: () => Promise.resolve(order),
    act: (action: OrderAction, key: string) => {
      calls.push(`act ${action.type} ${key}`);
      return act();
    },
  };
  const allowances: Allowances = {
    take: (gift) => {
      gifts.push(gift);
      calls.push(`take of ${gift.customer}`);
      return Promise.resolve(why);
    },
    giveBack: (gift) => {
      expect(gift).toEqual(gifts.at(-1));
      calls.push('give back');
      return Promise.resolve();
    },
    left: () => Promise.reject(new Error('nobody asks what is left in the moment of giving')),
  };
  const run = (action: OrderAction, within: GiftTerms | null = terms) =>
    actWithinLimits(
      { shop, allowances },
      { action, key: 'k' },
      within ?? undefined,
      new AbortController().signal,
    );
  return { calls, gifts, run };
}

it('money is taken out of the accounts of whose order it is, before the shop is asked', async () => {
  const { calls, gifts, run } = scene({});
  expect(await run(refund)).toEqual(done);
  expect(calls).toEqual(['take of ana@example.com', 'act refund k']);
  expect(gifts).toMatchObject([{ amount, customer: 'ana@example.com', terms }]);
});

it('what is over a limit never reaches the shop', async () => {
  const { calls, run } = scene({ why: 'Too much.' });
  expect(await run(refund)).toEqual({ type: 'refused', why: 'Too much.' });
  expect(calls).toEqual(['take of ana@example.com']);
});

it('an outcome that nobody knows keeps what was taken; once it is known to be refused, it goes back', async () => {
  const outcomes = [
    () => Promise.reject(new Error('reset')),
    () => Promise.reject(new Error('timeout')),
    () => Promise.resolve(refused),
  ];
  const { calls, gifts, run } = scene({ act: () => (outcomes.shift() ?? (() => Promise.resolve(done)))() });
  await expect(run(refund)).rejects.toThrow('reset');
  await expect(run(refund)).rejects.toThrow('timeout');
  expect(calls).not.toContain('give back');
  expect(await run(refund)).toEqual(refused);
  expect(calls.at(-1)).toBe('give back');
  expect(new Set(gifts.map(({ key }) => key)).size).toBe(1);
  expect(new Set(gifts.map(({ by }) => by)).size).toBe(3);
});

it('once it is known to be done, it stays taken', async () => {
  const outcomes = [() => Promise.reject(new Error('reset')), () => Promise.resolve(done)];
  const { calls, run } = scene({ act: () => (outcomes.shift() ?? (() => Promise.resolve(refused)))() });
  await expect(run(refund)).rejects.toThrow('reset');
  expect(await run(refund)).toEqual(done);
  expect(calls).not.toContain('give back');
});

it('another action under the same key is another gift: what the first one took stays when this one is refused', async () => {
  const { gifts, run } = scene({ act: () => Promise.resolve(refused) });
  const other = { minor: 1_200, currency: 'EUR' };
  await run(refund);
  await run({ ...refund, amount: other });
  await run({ ...refund, lines: [{ line: '1', quantity: 1 }] });
  expect(new Set(gifts.map(({ key }) => key)).size).toBe(3);
  expect(gifts.every(({ key }) => key.startsWith('k/'))).toBe(true);
});

it.each<[string, OrderAction, GiftTerms | null]>([
  ['a policy without limits', refund, null],
  ['an action that costs nothing', { type: 'resend-invoice', order: '62001' }, terms],
])('%s asks no account', async (_what, action, within) => {
  const { calls, run } = scene({});
  expect(await run(action, within)).toEqual(done);
  expect(calls).toEqual([`act ${action.type} k`]);
});

it('an order that is gone takes nothing out', async () => {
  const { calls, run } = scene({ order: null });
  expect(await run(refund)).toEqual({ type: 'refused', why: 'The shop has no order 62001.' });
  expect(calls).toEqual([]);
});
