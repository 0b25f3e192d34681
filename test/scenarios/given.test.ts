/** What a few words in a scenario become: orders, days, amounts, and a shop that keeps its promises. */
import type { OrderAction } from '../../src/core/orders/orderAction';
import { orderStatuses } from '../../src/orders/port';
import { orderFacts } from '../../src/policy/facts/orderFacts';
import { changedOrder, givenOrder } from '../../src/scenarios/world/givenOrders';
import { MemoryShop } from '../../src/scenarios/world/memoryShop';
import { dayOf, durationOf, momentOf, readMoney } from '../../src/scenarios/load/moments';
import { describeExpectedAction, isExpectedAction } from '../../src/scenarios/expect/expectedAction';

const now = Date.parse('2026-11-25T10:00:00Z');
const today = '2026-11-25';
const giving = { now, email: 'Ana@Mail.example' };

test.each([
  ['3 days', 259_200_000],
  ['1 hour', 3_600_000],
  ['30m', 1_800_000],
  ['2 weeks', 1_209_600_000],
  ['500 ms', 500],
  ['367 days', null],
  ['3', null],
  ['three days', null],
  ['3 fortnights', null],
  ['', null],
])('the duration %p', (text, ms) => {
  expect(durationOf(text)).toBe(ms);
});

test.each([
  ['today', today],
  ['yesterday', '2026-11-24'],
  ['tomorrow', '2026-11-26'],
  ['25 days ago', '2026-10-31'],
  ['1 day ago', '2026-11-24'],
  ['in 6 days', '2026-12-01'],
  ['2028-02-29', '2028-02-29'],
  ['2026-02-29', null],
  ['25.11.2026', null],
  ['constructor', null],
])('the day %p', (text, day) => {
  expect(dayOf(text, now)).toBe(day);
});

test.each([
  ['2026-11-25 10:00', now],
  ['2026-11-25T10:00:00Z', now],
  ['2026-11-25 11:00+01:00', now],
  ['2026-02-31 10:00', null],
  ['2026-11-25', null],
  ['2026-11-25 25:00', null],
])('the moment %p', (text, at) => {
  expect(momentOf(text)).toBe(at);
});

test.each([
  ['EUR 12.90', 1_290],
  ['EUR 12', 1_200],
  ['JPY 1200', 1_200],
  ['KWD 1.234', 1_234],
  ['EUR 12.9', null],
  ['JPY 12.00', null],
  ['XYZ 1.00', null],
  ['12.90', null],
  ['EUR -1.00', null],
])('the amount %p', (text, minor) => {
  expect(readMoney(text)?.minor ?? null).toBe(minor);
});

describe('an order in a few words', () => {
  test.each(orderStatuses)('%s: a policy sees the status that was written', (status) => {
    const order = givenOrder({ number: 48213, status, items: ['2 × Mug', 'Kettle'] }, giving);
    const facts = orderFacts(order, today);
    expect(facts).toMatchObject({
      number: '48213',
      status,
      late: status === 'late',
      items: ['2 × Mug', 'Kettle'],
    });
    expect(order.customerEmail).toBe('ana@mail.example');
    expect(facts.refundable).toBe(status === 'cancelled' || status === 'refunded' ? 0 : 3_000);
  });

  it('takes what is written, and prices make the total', () => {
    const order = givenOrder(
      {
        number: 'A-7',
        email: 'Ben@Mail.example',
        items: [{ name: 'Lamp', quantity: 2, price: 'USD 19.99' }],
        parcels: [{ status: 'delivered', delivered: 'yesterday', items: ['2 × Lamp'] }],
        'postal-code': 1050,
        refund: { amount: 'USD 1.00', on: 'today' },
      },
      giving,
    );
    expect(order).toMatchObject({
      customerEmail: 'ben@mail.example',
      total: { minor: 3_998, currency: 'USD' },
      shipments: [{ deliveredOn: '2026-11-24', items: [{ name: 'Lamp', quantity: 2 }], tracking: null }],
      postalCode: '1050',
      refund: { amount: { minor: 100 }, on: today },
    });
  });

  it('changes in what is named alone', () => {
    const before = givenOrder(
      { number: 1, status: 'in-transit', items: ['Kettle'], placed: '2026-11-01' },
      giving,
    );
    const after = changedOrder({ number: 1, status: 'delivered' }, before, giving);
    expect(after).toMatchObject({ status: 'delivered', placedOn: '2026-11-01', items: before.items });
    expect(after.shipments[0]).toMatchObject({ status: 'delivered', items: [{ name: 'Kettle' }] });
    expect(changedOrder({ number: 1, placed: '2026-11-02' }, before, giving)).toEqual({
      ...before,
      placedOn: '2026-11-02',
    });
  });
});

describe('the shop in memory', () => {
  const refund: OrderAction = {
    type: 'refund',
    order: '48213',
    amount: { minor: 1_000, currency: 'EUR' },
    lines: [{ line: '1', quantity: 1 }],
  };
  const shop = () =>
    new MemoryShop(
      [givenOrder({ number: 48213, status: 'delivered', items: ['Mug', 'Kettle'] }, giving)],
      () => today,
    );

  it('does what a key names once, and the order tells', async () => {
    const its = shop();
    const first = await its.act(refund, 'k-1');
    expect(first).toMatchObject({ type: 'done' });
    expect(await its.act(refund, 'k-1')).toEqual(first);
    expect(its.find('#48213')?.refund).toEqual({ amount: { minor: 1_000, currency: 'EUR' }, on: today });
    expect(await its.act(refund, 'k-2')).toMatchObject({ type: 'refused' });
  });

  it('refuses what does not fit, what it does not have, and what it is told to refuse, once', async () => {
    const its = shop();
    expect(await its.act({ type: 'cancel', order: '48213' }, 'k-1')).toMatchObject({ type: 'refused' });
    expect(await its.act({ type: 'cancel', order: '7' }, 'k-2')).toMatchObject({ type: 'refused' });
    its.refuseNext('No.');
    expect(await its.act(refund, 'k-3')).toEqual({ type: 'refused', why: 'No.' });
    expect(await its.act(refund, 'k-3')).toMatchObject({ type: 'done' });
  });

  it('names are compared by what was expected of them', () => {
    const names = () => new Map([['1', 'Mug']]);
    const is = (expected: Parameters<typeof isExpectedAction>[0], action: OrderAction = refund) =>
      isExpectedAction(expected, action, names);
    expect(is({ refund: { order: 48213 } })).toBe(true);
    expect(is({ refund: { order: 48213, amount: 'EUR 10.00', items: ['Mug'] } })).toBe(true);
    expect(is({ refund: { order: 48213, amount: 'EUR 10.01' } })).toBe(false);
    expect(is({ refund: { order: 48213, items: [] } })).toBe(false);
    expect(is({ refund: { order: 7 } })).toBe(false);
    expect(is({ cancel: 48213 })).toBe(false);
    const address: OrderAction = { type: 'change-address', order: '7', address: 'Hill 1\n1050 Town' };
    expect(is({ 'change-address': { order: 7, address: 'Hill 1, 1050 Town' } }, address)).toBe(true);
    expect(is({ 'change-address': { order: 7, address: 'Hill 2, 1050 Town' } }, address)).toBe(false);
    const credit: OrderAction = { type: 'store-credit', order: '7', amount: { minor: 500, currency: 'EUR' } };
    expect(is({ 'store-credit': { order: 7, amount: 'EUR 5.00' } }, credit)).toBe(true);
    expect(is({ 'resend-invoice': 7 }, { type: 'resend-invoice', order: '7' })).toBe(true);
    expect(describeExpectedAction({ refund: { order: 7, amount: 'EUR 5', items: ['Mug'] } })).toBe(
      'refund EUR 5.00 on order 7 (Mug)',
    );
  });
});
