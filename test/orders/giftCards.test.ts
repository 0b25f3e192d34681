/** A gift card is money, and may have been spent: what it cost goes back by people only, and what else was bought as ever. */
import type { OrderAction, RefundLine } from '../../src/core/orders/orderAction';
import { left, piecesLeft, whyNot } from '../../src/orders/fits';
import type { Order, OrderLine } from '../../src/orders/port';
import { order as orderSchema } from '../../src/orders/schemas';
import { proposeDeed } from '../../src/policy/decide/proposeDeed';
import { readFacts } from '../../src/policy/compare/recordedPlan';
import { orderFacts } from '../../src/policy/facts/orderFacts';
import type { OrderDeed } from '../../src/policy/policy';

const euros = (minor: number) => ({ minor, currency: 'EUR' });
const mug: OrderLine = { line: '1', name: 'Mug', quantity: 1, price: euros(1_200) };
const card: OrderLine = { line: '2', name: 'Gift card', quantity: 2, price: euros(5_000), giftCard: true };

function orderOf(change: Partial<Order> = {}): Order {
  return {
    number: '48213',
    status: 'delivered',
    customerEmail: 'ana@mail.example',
    postalCode: '1050',
    placedOn: '2026-11-21',
    items: [mug, card],
    shipments: [],
    total: euros(11_200),
    refund: null,
    ...change,
  };
}

const refund = (minor: number, lines: readonly RefundLine[] = []): OrderAction => ({
  type: 'refund',
  order: '48213',
  amount: euros(minor),
  lines,
});
const credit = (minor: number): OrderAction => ({
  type: 'store-credit',
  order: '48213',
  amount: euros(minor),
});

describe('what the order allows', () => {
  test('the goods go back, and the card does not', () => {
    expect(whyNot(orderOf(), refund(1_200, [{ line: '1', quantity: 1 }]))).toBeNull();
    expect(whyNot(orderOf(), refund(1_200, [{ line: '2', quantity: 1 }]))).toBe(
      'Line 2 is a gift card, and its money may have been spent: it cannot go back without a person.',
    );
    const both = [
      { line: '1', quantity: 1 },
      { line: '2', quantity: 1 },
    ];
    expect(whyNot(orderOf(), refund(1_200, both))).toContain('Line 2 is a gift card');
  });

  test('no amount reaches into what the card cost, as money or as store credit', () => {
    expect(left(orderOf())).toEqual(euros(1_200));
    for (const action of [refund, credit]) {
      expect(whyNot(orderOf(), action(1_200))).toBeNull();
      expect(whyNot(orderOf(), action(1_201))).toMatch(/^EUR 12\.01 is more than the EUR 12\.00 that /);
    }
  });

  test('it is not cancelled, and an order of goods alone is', () => {
    const cancel: OrderAction = { type: 'cancel', order: '48213' };
    expect(whyNot(orderOf({ status: 'processing' }), cancel)).toBe(
      'A gift card is in the order, and its money may have been spent: it cannot be cancelled without a person.',
    );
    const goods = [mug, { ...card, giftCard: false }];
    expect(whyNot(orderOf({ status: 'processing', items: goods }), cancel)).toBeNull();
  });

  test.each<[string, Partial<OrderLine>, number]>([
    ['one of two cards went back by a person', { refunded: 1 }, 6_200],
    ['both went back', { refunded: 2 }, 11_200],
    ['its price is not known', { price: null }, 0],
    ['its price is not known, and it went back', { price: null, refunded: 2 }, 11_200],
    ['it was paid in another currency', { price: { minor: 1, currency: 'USD' } }, 0],
    ['it cost nothing', { price: euros(0) }, 11_200],
    ['it cost more than the order', { price: euros(9_000) }, 0],
  ])('%s', (_what, change, rest) => {
    expect(left(orderOf({ items: [mug, { ...card, ...change }] }))).toEqual(euros(rest));
  });

  test('its address can change and its invoice be sent', () => {
    const order = orderOf({ status: 'processing' });
    expect(whyNot(order, { type: 'change-address', order: '48213', address: '1 Quay' })).toBeNull();
    expect(whyNot(order, { type: 'resend-invoice', order: '48213' })).toBeNull();
  });
});

describe('what a policy may propose', () => {
  const proposed = (deed: OrderDeed, item = '', change: Partial<Order> = {}) => {
    const told = orderFacts(orderOf(change), '2026-11-25');
    const facts = readFacts({ order: told });
    if (facts === null) throw new Error('facts expected');
    return proposeDeed(deed, { ...facts, said: { ...facts.said, item, pieces: 1 } });
  };
  const most = { EUR: 20_000 };

  test('its facts have no piece of a card left', () => {
    const { lines, refundable, can } = orderFacts(orderOf(), '2026-11-25');
    expect(lines.map(({ left: pieces, refundable: minor }) => [pieces, minor])).toEqual([
      [1, 1_200],
      [0, 0],
    ]);
    expect(refundable).toBe(1_200);
    expect(can).not.toContain('cancel');
    expect(piecesLeft(orderOf(), card)).toBe(0);
  });

  test('the mug, and not the card', () => {
    expect(proposed({ type: 'refund', what: 'item', atMost: most }, 'Mug')).toMatchObject({
      action: { amount: euros(1_200), lines: [{ line: '1', quantity: 1 }] },
    });
    expect(proposed({ type: 'refund', what: 'item', atMost: most }, 'Gift card')).toEqual({
      why: 'it refunds an item, and nothing that can go back is called so',
    });
  });

  test('not the whole order: a part of it would go back, and the customer be told that all did', () => {
    expect(proposed({ type: 'refund', what: 'whole', atMost: most })).toEqual({
      why: 'it refunds the whole order, and a gift card is in it, whose money may have been spent',
    });
    const goods = { items: [mug], total: euros(1_200) };
    expect(proposed({ type: 'refund', what: 'whole', atMost: most }, '', goods)).toMatchObject({
      action: { amount: euros(1_200) },
    });
  });

  test('an amount for the goods of it', () => {
    const given = (minor: number): OrderDeed => ({ type: 'refund', what: 'amount', amount: { EUR: minor } });
    expect(proposed(given(500))).toMatchObject({ action: { amount: euros(500) } });
    expect(proposed(given(1_300))).toMatchObject({
      why: expect.stringContaining('only EUR 12.00') as unknown,
    });
  });
});

test('a shop of your own says it in its orders', () => {
  expect(orderSchema.parse(orderOf()).items[1]?.giftCard).toBe(true);
  const wrong = orderSchema.safeParse({ ...orderOf(), items: [{ ...mug, giftCard: 'yes' }] });
  expect(wrong.error?.issues[0]?.path).toEqual(['items', 0, 'giftCard']);
});
