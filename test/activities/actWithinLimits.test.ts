import { actWithinLimits } from '../../activities/actWithinLimits';
import type { MoneyLimits } from '../../src/core/moneyLimits';
import type { OrderAction, OrderActionOutcome } from '../../src/core/orderAction';
import type { Allowances, Order, Shop } from '../../src/orders/port';

const limits: MoneyLimits = { perCustomer: null, perDay: { EUR: 5_000 } };
const amount = { minor: 4_800, currency: 'EUR' };
const refund: OrderAction = { type: 'refund', order: '62001', amount, lines: [] };
const done: OrderActionOutcome = { type: 'done', reference: 're-1' };

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
  const { act = () => Promise.resolve(done), why = null, order = mugs } = parts;
  const shop: Shop = {
    findByNumber: () => Promise.resolve(order),
    findByCustomer: () => Promise.resolve([]),
    act: (action, key) => {
      calls.push(`act ${action.type} ${key}`);
      return act();
    },
  };
  const allowances: Allowances = {
    take: ({ key, customer }) => {
      calls.push(`take ${key} of ${customer}`);
      return Promise.resolve(why);
    },
    giveBack: ({ key }) => {
      calls.push(`give back ${key}`);
      return Promise.resolve();
    },
  };
  const run = (action: OrderAction, within: MoneyLimits | null = limits) =>
    actWithinLimits(
      { shop, allowances },
      { action, key: 'k' },
      within ?? undefined,
      new AbortController().signal,
    );
  return { calls, run };
}

it('money is taken out of the accounts of whose order it is, before the shop is asked', async () => {
  const { calls, run } = scene({});
  expect(await run(refund)).toEqual(done);
  expect(calls).toEqual(['take k of ana@example.com', 'act refund k']);
});

it('what is over a limit never reaches the shop', async () => {
  const { calls, run } = scene({ why: 'Too much.' });
  expect(await run(refund)).toEqual({ type: 'refused', why: 'Too much.' });
  expect(calls).toEqual(['take k of ana@example.com']);
});

it('what the shop refuses is given back; an outcome that nobody knows is not', async () => {
  const refused = scene({ act: () => Promise.resolve({ type: 'refused', why: 'No.' }) });
  await refused.run(refund);
  expect(refused.calls.at(-1)).toBe('give back k');
  const lost = scene({ act: () => Promise.reject(new Error('reset')) });
  await expect(lost.run(refund)).rejects.toThrow('reset');
  expect(lost.calls.at(-1)).toBe('act refund k');
});

it.each<[string, OrderAction, MoneyLimits | null]>([
  ['a policy without limits', refund, null],
  ['an action that costs nothing', { type: 'resend-invoice', order: '62001' }, limits],
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
