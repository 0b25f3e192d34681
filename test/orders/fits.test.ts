/** What an order allows, before the shop is asked and again in the shop. */
import fc from 'fast-check';
import type { OrderAction, RefundLine } from '../../src/core/orders/orderAction';
import { left, whyNot } from '../../src/orders/fits';
import { afterAction } from '../../src/orders/afterAction';
import { orderStatuses, type Order } from '../../src/orders/port';

const euros = (minor: number) => ({ minor, currency: 'EUR' });
function orderOf(change: Partial<Order> = {}): Order {
  return {
    number: '48213',
    status: 'delivered',
    customerEmail: 'ana@mail.example',
    postalCode: '1050',
    placedOn: '2026-11-21',
    items: [
      { line: '1', name: 'Kettle', quantity: 1, price: euros(4_900) },
      { line: '2', name: 'Mug', quantity: 4, price: euros(1_200) },
    ],
    shipments: [],
    total: euros(9_700),
    refund: null,
    ...change,
  };
}

function refundOf(minor: number, lines: readonly RefundLine[] = [], currency = 'EUR'): OrderAction {
  return { type: 'refund', order: '48213', amount: { minor, currency }, lines };
}
const creditOf = (minor: number): OrderAction => ({
  type: 'store-credit',
  order: '48213',
  amount: euros(minor),
});

describe('cancelling and a new address', () => {
  test.each(orderStatuses)('of an order that is %s', (status) => {
    const cancelled = whyNot(orderOf({ status }), { type: 'cancel', order: '48213' });
    const moved = whyNot(orderOf({ status }), { type: 'change-address', order: '48213', address: '1 Quay' });
    const isInShop = status === 'processing';
    expect(cancelled).toBe(isInShop ? null : `The order is ${status}: it cannot be cancelled.`);
    expect(moved).toBe(isInShop ? null : `The order is ${status}: its delivery address cannot be changed.`);
  });

  test.each(orderStatuses)('an invoice of an order that is %s can be sent again', (status) => {
    expect(whyNot(orderOf({ status }), { type: 'resend-invoice', order: '48213' })).toBeNull();
  });
});

describe('a refund', () => {
  const back = (minor: number, currency = 'EUR') => ({ amount: { minor, currency }, on: '2026-11-22' });

  test.each<[string, Partial<Order>, OrderAction, string | null]>([
    ['of everything', {}, refundOf(9_700), null],
    ['of one cent', {}, refundOf(1), null],
    [
      'of more than was paid',
      {},
      refundOf(9_701),
      'EUR 97.01 is more than the EUR 97.00 that is left of the order.',
    ],
    ['of the rest', { refund: back(9_000) }, refundOf(700), null],
    ['of more than the rest', { refund: back(9_000) }, refundOf(701), 'more than the EUR 7.00 that is left'],
    ['of what went back already', { refund: back(9_700) }, refundOf(1), 'Nothing is left of the order.'],
    ['of nothing', {}, refundOf(0), 'nothing that can be paid'],
    ['of less than nothing', {}, refundOf(-5), 'nothing that can be paid'],
    ['of half a cent', {}, refundOf(0.5), 'nothing that can be paid'],
    ['of no number', {}, refundOf(Number.NaN), 'nothing that can be paid'],
    ['in another currency', {}, refundOf(100, [], 'USD'), 'The order was paid in EUR, not USD.'],
    [
      'after one in another currency, which nobody can count',
      { refund: back(1, 'USD') },
      refundOf(1),
      'Nothing is left',
    ],
  ])('%s', (_what, change, action, why) => {
    const found = whyNot(orderOf(change), action);
    if (why === null) expect(found).toBeNull();
    else expect(found).toContain(why);
  });

  test.each<[string, readonly RefundLine[], number, string | null]>([
    ['a whole line', [{ line: '2', quantity: 4 }], 4_800, null],
    ['one piece', [{ line: '2', quantity: 1 }], 1_200, null],
    ['a piece, for less than it cost', [{ line: '2', quantity: 1 }], 1_000, null],
    [
      'a piece, for more than it cost',
      [{ line: '2', quantity: 1 }],
      1_201,
      'more than these lines cost, EUR 12.00',
    ],
    [
      'two lines',
      [
        { line: '1', quantity: 1 },
        { line: '2', quantity: 4 },
      ],
      9_700,
      null,
    ],
    ['a line that is not there', [{ line: '3', quantity: 1 }], 100, 'The order has no line 3.'],
    ['more pieces than were ordered', [{ line: '2', quantity: 5 }], 100, 'only 4 pieces were ordered'],
    ['more of a single piece', [{ line: '1', quantity: 2 }], 100, 'only 1 piece was ordered'],
    [
      'a line named twice, too often in sum',
      [
        { line: '2', quantity: 3 },
        { line: '2', quantity: 2 },
      ],
      100,
      'only 4 pieces',
    ],
    ['no piece', [{ line: '2', quantity: 0 }], 100, 'no whole piece'],
    [
      'half a piece',
      [
        { line: '2', quantity: 0.5 },
        { line: '2', quantity: 0.5 },
      ],
      100,
      'no whole piece',
    ],
    [
      'a negative piece beside others',
      [
        { line: '2', quantity: 6 },
        { line: '2', quantity: -2 },
      ],
      100,
      'no whole piece',
    ],
  ])('for %s', (_what, lines, minor, why) => {
    const found = whyNot(orderOf(), refundOf(minor, lines));
    if (why === null) expect(found).toBeNull();
    else expect(found).toContain(why);
  });

  test('pieces that went back already cannot go back again', () => {
    const [kettle, mugs] = orderOf().items;
    if (kettle === undefined || mugs === undefined) throw new Error('two lines expected');
    const order = orderOf({ items: [kettle, { ...mugs, refunded: 3 }] });
    expect(whyNot(order, refundOf(1_200, [{ line: '2', quantity: 1 }]))).toBeNull();
    expect(whyNot(order, refundOf(2_400, [{ line: '2', quantity: 2 }]))).toContain(
      'only 1 piece can go back',
    );
  });

  test('of a line without a known price is bounded by the order alone', () => {
    const [kettle] = orderOf().items;
    if (kettle === undefined) throw new Error('a line expected');
    const order = orderOf({ items: [{ ...kettle, price: null }] });
    expect(whyNot(order, refundOf(9_700, [{ line: '1', quantity: 1 }]))).toBeNull();
    expect(whyNot(order, refundOf(9_701, [{ line: '1', quantity: 1 }]))).toContain('EUR 97.00');
  });
});

describe('store credit', () => {
  test.each([
    [undefined, 9_700, null],
    [undefined, 9_701, 'EUR 97.00 that may be given for the order'],
    [euros(9_000), 700, null],
    [euros(9_000), 701, 'EUR 7.00 that may be given'],
    [euros(9_700), 1, 'Nothing may be given for the order.'],
    [{ minor: 1, currency: 'USD' }, 1, 'Nothing may be given'],
  ])('after %j, %i more', (storeCredit, minor, why) => {
    const found = whyNot(orderOf(storeCredit === undefined ? {} : { storeCredit }), creditOf(minor));
    if (why === null) expect(found).toBeNull();
    else expect(found).toContain(why);
  });
});

describe('a refund and store credit together', () => {
  const given = (refund: number, storeCredit: number) =>
    orderOf({
      refund: refund === 0 ? null : { amount: euros(refund), on: '2026-11-22' },
      storeCredit: euros(storeCredit),
    });

  test.each([
    [0, 3_000, 6_700],
    [3_000, 0, 6_700],
    [3_000, 3_000, 3_700],
    [9_700, 0, 0],
    [0, 9_700, 0],
    [9_000, 9_000, 0],
  ])('after %i and %i there are %i left for either', (refund, storeCredit, rest) => {
    const order = given(refund, storeCredit);
    expect(left(order)).toEqual(euros(rest));
    for (const ask of [refundOf, creditOf]) {
      if (rest > 0) expect(whyNot(order, ask(rest))).toBeNull();
      expect(whyNot(order, ask(rest + 1))).toMatch(rest === 0 ? /^Nothing / : /is more than the EUR /);
    }
  });

  test('of an order that was not paid nothing goes back, and it can be cancelled', () => {
    const order = orderOf({ status: 'processing', unpaid: true });
    expect(left(order)).toEqual(euros(0));
    for (const ask of [refundOf, creditOf]) {
      expect(whyNot(order, ask(1))).toBe(
        'The order was not paid yet, or not in full: nothing of it can go back.',
      );
    }
    expect(whyNot(order, { type: 'cancel', order: '48213' })).toBeNull();
    const paid = orderOf({ status: 'processing', unpaid: false });
    expect(left(paid)).toEqual(paid.total);
  });

  test('an order with store credit is not cancelled: all that was paid would go back with it', () => {
    const order = orderOf({ status: 'processing', storeCredit: euros(500) });
    expect(whyNot(order, { type: 'cancel', order: '48213' })).toBe(
      'EUR 5.00 of store credit were given for the order: it cannot be cancelled without a person.',
    );
    expect(whyNot({ ...order, storeCredit: euros(0) }, { type: 'cancel', order: '48213' })).toBeNull();
  });

  test('in a shop of ours, never more than was paid, whatever is done in whatever order', () => {
    const deeds = fc.oneof(
      fc.integer({ min: 1, max: 9_800 }).map((minor) => refundOf(minor)),
      fc.integer({ min: 1, max: 9_800 }).map(creditOf),
      fc.constant<OrderAction>({ type: 'cancel', order: '48213' }),
    );
    fc.assert(
      fc.property(fc.array(deeds, { maxLength: 8 }), fc.constantFrom(...orderStatuses), (actions, status) => {
        let order = orderOf({ status });
        for (const action of actions) {
          if (whyNot(order, action) === null) order = afterAction(order, action, '2026-11-22');
        }
        const back = (order.refund?.amount.minor ?? 0) + (order.storeCredit?.minor ?? 0);
        expect(back).toBeLessThanOrEqual(order.total.minor);
      }),
    );
  });
});

describe('whatever is asked, in whatever order', () => {
  const minor = fc.oneof(fc.integer({ min: -10, max: 12_000 }), fc.constantFrom(0.5, Number.NaN, Infinity));
  const currency = fc.constantFrom('EUR', 'USD');
  const lines = fc.array(
    fc.record({ line: fc.constantFrom('1', '2', '3'), quantity: fc.integer({ min: -2, max: 6 }) }),
    { maxLength: 3 },
  );
  const refunds = fc.record({ minor, currency, lines });

  test('never more goes back than was paid, and never a piece more than was ordered', () => {
    fc.assert(
      fc.property(fc.array(refunds, { maxLength: 12 }), (asked) => {
        let order = orderOf();
        for (const { minor: amount, currency: of, lines: named } of asked) {
          if (whyNot(order, refundOf(amount, named, of)) !== null) continue;
          order = {
            ...order,
            refund: { amount: euros((order.refund?.amount.minor ?? 0) + amount), on: '2026-11-22' },
            items: order.items.map((item) => ({
              ...item,
              refunded: named
                .filter(({ line }) => line === item.line)
                .reduce((all, { quantity }) => all + quantity, item.refunded ?? 0),
            })),
          };
        }
        expect(order.refund?.amount.minor ?? 0).toBeLessThanOrEqual(order.total.minor);
        expect(left(order).minor).toBe(order.total.minor - (order.refund?.amount.minor ?? 0));
        for (const item of order.items) {
          expect(item.refunded ?? 0).toBeGreaterThanOrEqual(0);
          expect(item.refunded ?? 0).toBeLessThanOrEqual(item.quantity);
        }
      }),
    );
  });

  test('what fits is a whole amount above nothing, in the currency of the order', () => {
    fc.assert(
      fc.property(refunds, ({ minor: amount, currency: of, lines: named }) => {
        if (whyNot(orderOf(), refundOf(amount, named, of)) !== null) return;
        expect(Number.isInteger(amount) && amount > 0 && of === 'EUR').toBe(true);
      }),
    );
  });

  test('a reason is a sentence for people, without "undefined" or "NaN"', () => {
    fc.assert(
      fc.property(
        refunds,
        fc.constantFrom(...orderStatuses),
        ({ minor: amount, currency: of, lines: named }, status) => {
          expect(whyNot(orderOf({ status }), refundOf(amount, named, of)) ?? 'Fits.').toMatch(
            /^(?!.*(undefined|NaN|null|Infinity)).*\.$/,
          );
        },
      ),
    );
  });
});
