/** What a rule may propose: exactly, and never what the shop would refuse. */
import fc from 'fast-check';
import type { OrderAction } from '../../../src/core/orders/orderAction';
import { whyNot } from '../../../src/orders/fits';
import { orderStatuses, type Order, type OrderLine } from '../../../src/orders/port';
import { lineMeant, piecesMeant } from '../../../src/policy/hear/itemMeant';
import { orderFacts } from '../../../src/policy/facts/orderFacts';
import type { OrderDeed } from '../../../src/policy/policy';
import { proposeDeed, type Proposal } from '../../../src/policy/decide/proposeDeed';
import { readFacts } from '../../../src/policy/compare/recordedPlan';
import { line, order } from '../support';

const euros = (minor: number) => ({ minor, currency: 'EUR' });
const mugs = (change: Partial<OrderLine> = {}): OrderLine => ({ ...line('Mug', 4, 1_200, '2'), ...change });
const kettle = line('Kettle', 1, 4_900, '1');
const shopOrder = (change: Partial<Order> = {}) =>
  order({ status: 'delivered', items: [kettle, mugs()], total: euros(9_700), ...change });

function factsOf(
  of: Order,
  said: { readonly item?: string; readonly pieces?: string; readonly address?: string },
) {
  const told = orderFacts(of, '2026-11-25');
  const facts = readFacts({ order: told });
  if (facts === null) throw new Error('facts expected');
  const { item = '', pieces = '', address = '' } = said;
  const meant = piecesMeant(lineMeant(told, item), pieces);
  return { ...facts, said: { ...facts.said, item, pieces: meant, address } };
}

const refund = (what: 'whole' | 'item', most = 20_000): OrderDeed => ({
  type: 'refund',
  what,
  atMost: { EUR: most },
});
const credit = (minor: number): OrderDeed => ({ type: 'store-credit', amount: { EUR: minor } });
const back = (minor: number) => ({ refund: { amount: euros(minor), on: '2026-11-22' } });
const whole = (proposal: Proposal) => ('why' in proposal ? proposal.why : proposal.action);

describe('a refund of an item', () => {
  test.each<
    [string, Partial<Order>, Parameters<typeof factsOf>[1], string | { minor: number; pieces: number }]
  >([
    ['the only piece needs no number', {}, { item: 'Kettle' }, { minor: 4_900, pieces: 1 }],
    ['one of four', {}, { item: 'Mug', pieces: '1' }, { minor: 1_200, pieces: 1 }],
    ['all four', {}, { item: 'Mug', pieces: 'all' }, { minor: 4_800, pieces: 4 }],
    ['nobody knows how many', {}, { item: 'Mug' }, 'how many of its 4 pieces is not known'],
    ['more than there are', {}, { item: 'Mug', pieces: '5' }, 'how many of its 4 pieces is not known'],
    [
      'all that is left',
      { items: [kettle, mugs({ refunded: 3 })], ...back(3_600) },
      { item: 'Mug' },
      { minor: 1_200, pieces: 1 },
    ],
    [
      'all went back',
      { items: [kettle, mugs({ refunded: 4 })], ...back(4_800) },
      { item: 'Mug', pieces: 'all' },
      'nothing that can go back is called so',
    ],
    ['no item', {}, {}, 'none of the order is named'],
    ['an item of another order', {}, { item: 'Lamp' }, 'nothing that can go back is called so'],
    [
      'two lines of that name',
      { items: [mugs(), mugs({ line: '3' })] },
      { item: 'Mug' },
      'several lines are called so',
    ],
    ['no price', { items: [mugs({ price: null })] }, { item: 'Mug', pieces: '1' }, 'its price is not known'],
    [
      'a price in another currency',
      { items: [mugs({ price: { minor: 1_200, currency: 'USD' } })] },
      { item: 'Mug', pieces: '1' },
      'its price is not known',
    ],
    [
      'a voucher was used: no more than was paid',
      { total: euros(2_000) },
      { item: 'Mug', pieces: '2' },
      { minor: 2_000, pieces: 2 },
    ],
    ['over the limit', {}, { item: 'Mug', pieces: 'all' }, 'at most EUR 40.00, and this is EUR 48.00'],
  ])('%s', (what, change, said, expected) => {
    const proposal = whole(
      proposeDeed(
        refund('item', what === 'over the limit' ? 4_000 : 20_000),
        factsOf(shopOrder(change), said),
      ),
    );
    if (typeof expected === 'string') {
      expect(proposal).toContain(expected);
      return;
    }
    const entry = said.item === 'Mug' ? '2' : '1';
    const lines = [{ line: entry, quantity: expected.pieces }];
    expect(proposal).toEqual({ type: 'refund', order: '48213', amount: euros(expected.minor), lines });
  });
});

describe('what is left', () => {
  test('is a fact of each line and of the order, in pieces and in money', () => {
    const facts = orderFacts(
      shopOrder({ items: [kettle, mugs({ refunded: 3 })], ...back(3_600), storeCredit: euros(1_000) }),
      '2026-11-25',
    );
    expect(facts).toMatchObject({ refundable: 5_100, storeCredit: 1_000, creditable: 5_100 });
    expect(facts.lines).toMatchObject([
      { quantity: 1, refunded: 0, left: 1, refundable: 4_900 },
      { quantity: 4, refunded: 3, left: 1, refundable: 1_200 },
    ]);
  });

  test('of an order of which all went back is nothing, whatever its lines say', () => {
    const facts = orderFacts(shopOrder({ status: 'refunded', ...back(9_700) }), '2026-11-25');
    expect(facts.lines).toMatchObject([
      { left: 0, refundable: 0 },
      { left: 0, refundable: 0 },
    ]);
    expect(facts.can).toEqual(['resend-invoice']);
  });

  test('of store credit that the shop does not tell is what was paid', () => {
    expect(orderFacts(shopOrder(), '2026-11-25')).toMatchObject({ storeCredit: 0, creditable: 9_700 });
  });

  test('of facts that an earlier version recorded is all that it told', () => {
    const old = { line: '2', name: 'Mug', quantity: 4, price: 1_200 };
    expect(readFacts({ order: { found: true, lines: [old] } })?.order.lines).toEqual([
      { ...old, refunded: 0, left: 4, refundable: 4_800 },
    ]);
  });
});

test('store credit is given while as much was paid for the order', () => {
  const given = { storeCredit: euros(9_000) };
  expect(whole(proposeDeed(credit(700), factsOf(shopOrder(given), {})))).toMatchObject({
    amount: euros(700),
  });
  expect(whole(proposeDeed(credit(701), factsOf(shopOrder(given), {})))).toBe(
    'it gives EUR 7.01, and only EUR 7.00 may be given still',
  );
});

describe('a fixed amount', () => {
  const fixed = (amount: Readonly<Record<string, number>>): OrderDeed => ({
    type: 'refund',
    what: 'amount',
    amount,
  });
  const proposed = (deed: OrderDeed, change: Partial<Order> = {}) =>
    whole(proposeDeed(deed, factsOf(shopOrder(change), {})));

  test('is given as it stands in the policy, for no line', () => {
    expect(proposed(fixed({ USD: 600, EUR: 500 }))).toEqual({
      type: 'refund',
      order: '48213',
      amount: euros(500),
      lines: [],
    });
  });

  test('of all that is left is given, and not of a cent less', () => {
    expect(proposed(fixed({ EUR: 500 }), back(9_200))).toMatchObject({ amount: euros(500) });
    expect(proposed(fixed({ EUR: 500 }), back(9_201))).toBe(
      'it gives EUR 5.00, and only EUR 4.99 may be given still',
    );
  });

  test('what was given as store credit is not given again', () => {
    expect(proposed(fixed({ EUR: 500 }), { storeCredit: euros(9_300) })).toBe(
      'it gives EUR 5.00, and only EUR 4.00 may be given still',
    );
  });

  test.each([
    fixed({ USD: 600, JPY: 800 }),
    { type: 'store-credit', amount: { USD: 600, JPY: 800 } } as const,
  ])('in another currency than the order’s is not given: %j', (deed) => {
    expect(proposed(deed)).toBe('it gives USD 6.00 or JPY 800, and the order was paid in EUR');
  });

  test('is given of no order that allows no refund', () => {
    expect(proposed(fixed({ EUR: 500 }), { status: 'refunded', ...back(9_700) })).toContain(
      'does not allow to refund it',
    );
  });
});

describe('whatever an order is and whatever is asked', () => {
  const money = fc.record({
    minor: fc.integer({ min: 0, max: 12_000 }),
    currency: fc.constantFrom('EUR', 'EUR', 'USD'),
  });
  const lines = fc.array(
    fc.record(
      {
        name: fc.constantFrom('Mug', 'Kettle'),
        quantity: fc.integer({ min: 1, max: 5 }),
        price: fc.option(money),
        refunded: fc.integer({ min: 0, max: 6 }),
      },
      { requiredKeys: ['name', 'quantity', 'price'] },
    ),
    { minLength: 1, maxLength: 4 },
  );
  const orders = fc.record({
    status: fc.constantFrom(...orderStatuses),
    items: lines.map((made) =>
      made.map((entry, index): OrderLine => ({ ...entry, line: String(index + 1) })),
    ),
    total: fc.record({ minor: fc.integer({ min: 0, max: 12_000 }), currency: fc.constant('EUR') }),
    refund: fc.option(fc.record({ amount: money, on: fc.constant('2026-11-22') })),
    storeCredit: fc.option(money),
  });
  type Ordered = typeof orders extends fc.Arbitrary<infer Made> ? Made : never;
  const deeds = fc.oneof(
    fc.constantFrom<OrderDeed>({ type: 'cancel' }, { type: 'change-address' }, { type: 'resend-invoice' }),
    fc
      .tuple(fc.constantFrom('whole', 'item'), fc.integer({ min: 1, max: 12_000 }))
      .map(([what, most]) => refund(what, most)),
    fc.integer({ min: 1, max: 12_000 }).map(credit),
    fc
      .integer({ min: 1, max: 12_000 })
      .map((minor): OrderDeed => ({ type: 'refund', what: 'amount', amount: { EUR: minor } })),
  );
  const said = fc.record({
    item: fc.constantFrom('Mug', 'Kettle', ''),
    pieces: fc.constantFrom('1', '2', 'all', '7', ''),
    address: fc.constantFrom('1 Quay', ''),
  });
  type Told = typeof said extends fc.Arbitrary<infer Made> ? Made : never;

  const on = (status: Order['status'], deed: OrderDeed): [Ordered, OrderDeed, Told] => {
    const total = { minor: 4_800, currency: 'EUR' } as const;
    const bought = { status, items: [mugs({ line: '1' })], total, refund: null, storeCredit: null };
    return [bought, deed, { item: 'Mug', pieces: '2', address: '1 Quay' }];
  };
  /** One of each, which nothing speaks against. */
  const surelyProposed = [
    on('processing', { type: 'cancel' }),
    on('processing', { type: 'change-address' }),
    on('delivered', { type: 'resend-invoice' }),
    on('delivered', refund('whole')),
    on('delivered', refund('item')),
    on('delivered', credit(500)),
    on('delivered', { type: 'refund', what: 'amount', amount: { EUR: 500 } }),
  ];
  const kindOf = (deed: OrderDeed): string => (deed.type === 'refund' ? `refund ${deed.what}` : deed.type);

  test('what is proposed is what the shop would do, and what may be done is told', () => {
    const proposed = new Set<string>();
    fc.assert(
      fc.property(orders, deeds, said, ({ storeCredit, ...change }, deed, told) => {
        const of = shopOrder({ ...change, ...(storeCredit === null ? {} : { storeCredit }) });
        const facts = factsOf(of, told);
        const proposal = proposeDeed(deed, facts);
        if ('why' in proposal) {
          expect(proposal.why).not.toMatch(/undefined|NaN|null/);
          return;
        }
        proposed.add(kindOf(deed));
        expect(whyNot(of, proposal.action)).toBeNull();
        expect(facts.order.can).toContain(proposal.action.type);
      }),
      { numRuns: 1_500, examples: surelyProposed },
    );
    expect(proposed).toEqual(new Set(surelyProposed.map(([, deed]) => kindOf(deed))));
  });

  test('each line has as much left as the shop would refund, to the piece and to the cent', () => {
    fc.assert(
      fc.property(orders, ({ status, items, total, refund: given }) => {
        const of = shopOrder({ status, items, total, refund: given });
        const back = (entry: string, minor: number, quantity: number): OrderAction => ({
          type: 'refund',
          order: of.number,
          amount: euros(minor),
          lines: [{ line: entry, quantity }],
        });
        for (const { line: entry, left, refundable, price } of orderFacts(of, '2026-11-25').lines) {
          expect(whyNot(of, back(entry, 1, left + 1))).not.toBeNull();
          if (left > 0 && price > 0) {
            expect(whyNot(of, back(entry, refundable, left))).toBeNull();
            expect(whyNot(of, back(entry, refundable + 1, left))).not.toBeNull();
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
