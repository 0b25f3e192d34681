/** What somebody approved is done to the order as they saw it, or not at all; and never twice for that reason. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { OrderAction } from '../../src/core/orders/orderAction';
import { actAsApproved } from '../../src/orders/actAsApproved';
import { openDemoShop } from '../../src/orders/demoShop';
import type { Allowances, Order, Shop } from '../../src/orders/port';
import { standingOf, whatChanged } from '../../src/orders/standing';

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const mugs: Order = {
  number: '62001',
  status: 'delivered',
  customerEmail: 'ana@example.com',
  postalCode: '1050',
  placedOn: '2026-10-01',
  items: [{ line: '1', name: 'Stoneware mug', quantity: 4, price: eur(1_200) }],
  shipments: [],
  total: eur(4_800),
  refund: null,
};
const whole: OrderAction = { type: 'refund', order: '62001', amount: eur(4_800), lines: [] };
const part: OrderAction = { ...whole, amount: eur(1_200) };
const move: OrderAction = { type: 'change-address', order: '62001', address: 'Hoofdstraat 1' };
const cancel: OrderAction = { type: 'cancel', order: '62001' };
const invoice: OrderAction = { type: 'resend-invoice', order: '62001' };
const credit: OrderAction = { type: 'store-credit', order: '62001', amount: eur(500) };
const processing: Order = { ...mugs, status: 'processing' };

describe('what an action rests on', () => {
  const cases: readonly [string, OrderAction, Partial<Order>, readonly string[]][] = [
    ['nothing', whole, {}, []],
    ['a refund: its status', whole, { status: 'refunded' }, ['it was delivered and is refunded']],
    [
      'a refund: what went back',
      whole,
      { refund: { amount: eur(1_200), on: '2026-11-01' } },
      ['nothing had gone back and EUR 12.00 has by now'],
    ],
    ['a refund: its price', whole, { total: eur(4_000) }, ['it cost EUR 48.00 and costs EUR 40.00']],
    [
      'a refund: a piece that went back',
      whole,
      { items: [{ line: '1', name: 'Stoneware mug', quantity: 4, price: eur(1_200), refunded: 1 }] },
      ['its lines were (1: 4 pieces, 0 went back) and are (1: 4 pieces, 1 went back)'],
    ],
    [
      'store credit: what was given',
      credit,
      { storeCredit: eur(500) },
      ['nothing had been given as store credit and EUR 5.00 has by now'],
    ],
    [
      'a cancellation: that it was shipped',
      cancel,
      { status: 'shipped' },
      ['it was delivered and is shipped'],
    ],
    ['an address: another one since', move, { postalCode: '2000' }, ['it goes to another address']],
    ['an address: no money', move, { refund: { amount: eur(1), on: '2026-11-01' } }, []],
    ['an invoice: whose it is', invoice, { customerEmail: 'ben@example.com' }, ['it is another customer’s']],
    ['an invoice: nothing else', invoice, { status: 'refunded', postalCode: null }, []],
    ['a refund: no address', whole, { postalCode: '2000' }, []],
    ['a name of an item', whole, { items: mugs.items.map((item) => ({ ...item, name: 'Mug' })) }, []],
  ];

  it.each(cases)('%s', (_what, action, change, changes) => {
    expect(whatChanged(action, standingOf(mugs), { ...mugs, ...change })).toEqual(changes);
  });

  it.each([whole, credit, cancel, move, invoice])('the order itself ($type)', (action) => {
    expect(whatChanged(action, standingOf(mugs), null)).toEqual(['the shop does not have it any more']);
  });

  it('and tells no address, neither of a mail nor of a house', () => {
    expect(JSON.stringify(standingOf(mugs))).not.toMatch(/ana|example|1050/);
  });
});

describe('at the shop', () => {
  let folder: string;
  let shop: Shop;
  let asked: string[];
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-approved-'));
    asked = [];
    const demo = openDemoShop({
      file: path.join(folder, 'orders.json'),
      clock: () => Date.UTC(2026, 10, 26),
    });
    shop = {
      ...demo,
      act: (action, key, signal) => {
        asked.push(key);
        return demo.act(action, key, signal);
      },
    };
    await orderIs(mugs);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const signal = new AbortController().signal;
  const noLimits: Allowances = {
    take: () => Promise.reject(new Error('there are no limits')),
    giveBack: () => Promise.reject(new Error('there are no limits')),
    left: () => Promise.reject(new Error('there are no limits')),
  };
  async function orderIs(order: Order): Promise<void> {
    await writeFile(path.join(folder, 'orders.json'), JSON.stringify({ orders: [order] }));
  }
  const run = (action: OrderAction, attempt = 1, approved: Order | null = mugs) => {
    const standing = approved === null ? undefined : standingOf(approved);
    const ports = { shop, allowances: noLimits };
    return actAsApproved(ports, { action, key: 'k' }, undefined, { standing, attempt }, signal);
  };
  const refunded = async () => (await shop.findByNumber('62001', signal))?.refund?.amount.minor ?? 0;

  it('it is done to the order that was approved', async () => {
    expect(await run(part)).toMatchObject({ type: 'done' });
    expect(await refunded()).toBe(1_200);
  });

  it('it is not done to one that has changed, and the shop is not asked', async () => {
    await orderIs({ ...mugs, refund: { amount: eur(100), on: '2026-11-25' } });
    expect(await run(part)).toEqual({
      type: 'order-changed',
      changes: ['nothing had gone back and EUR 1.00 has by now'],
    });
    expect(asked).toEqual([]);
    expect(await refunded()).toBe(100);
  });

  it('nor to one that is gone', async () => {
    await orderIs({ ...mugs, number: '1' });
    expect(await run(part)).toMatchObject({ type: 'order-changed' });
  });

  it('what nobody had to approve asks for no look', async () => {
    await orderIs({ ...mugs, refund: { amount: eur(100), on: '2026-11-25' } });
    expect(await run(part, 1, null)).toMatchObject({ type: 'done' });
  });

  it.each([
    ['a refund of all', whole, mugs],
    ['a cancellation', cancel, processing],
    ['an address', move, processing],
    ['an invoice', invoice, mugs],
  ])('%s that an attempt did whose answer was lost is done, once', async (_what, action, order) => {
    await orderIs(order);
    const first = await run(action, 1, order);
    expect(first.type).toBe('done');
    expect(await run(action, 2, order)).toEqual(first);
  });

  it.each([
    ['a refund of all', whole, mugs],
    ['a cancellation', cancel, processing],
  ])(
    '%s that was done before the ticket was reset is told as done, not as an order that changed',
    async (_what, action, order) => {
      await orderIs(order);
      const first = await run(action, 1, order);
      expect(await run(action, 1, order)).toEqual(first);
    },
  );

  it.each([
    [
      'a refund of all',
      whole,
      mugs,
      { status: 'refunded', refund: { amount: eur(4_800), on: '2026-11-25' } },
    ],
    ['a cancellation', cancel, processing, { status: 'cancelled' }],
  ] as const)('%s that somebody has made by hand is none of ours', async (_what, action, order, change) => {
    await orderIs({ ...order, ...change });
    expect(await run(action, 1, order)).toMatchObject({ type: 'order-changed' });
  });

  it('a refund of a part, whose answer was lost, is a person’s to look at: it might be somebody else’s', async () => {
    await run(part);
    await expect(run(part, 2)).rejects.toMatchObject({
      kind: 'rejected',
      retryable: false,
      message: expect.stringContaining('perhaps by an earlier attempt') as string,
    });
    expect(await refunded()).toBe(1_200);
  });

  it('a refund of all that somebody else has made in between is refused by the shop', async () => {
    await orderIs({ ...mugs, status: 'refunded', refund: { amount: eur(4_800), on: '2026-11-25' } });
    expect(await run(whole, 2)).toMatchObject({ type: 'refused' });
    expect(await refunded()).toBe(4_800);
  });
});
