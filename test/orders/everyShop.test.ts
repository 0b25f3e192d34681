/** What the port promises, kept by every shop behind it: one suite, the same orders, the same sentences. */
import type { OrderAction, OrderActionOutcome } from '../../src/core/orders/orderAction';
import { afterAction } from '../../src/orders/afterAction';
import type { Order } from '../../src/orders/port';
import { euros, kinds, orderOf, remoteKinds, sent, today, type OpenedShop } from './everyShop';

const newAddress = 'Avenue Louise 250\n1050 Ixelles';
const signal = AbortSignal.timeout(60_000);

describe.each(Object.entries(kinds))('%s', (kind, open) => {
  let opened: OpenedShop;
  let keys = 0;
  /** No two tests share a key. */
  let key: string;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    keys += 1;
    key = `35436/9001/${keys}`;
    await opened.fill([
      orderOf('1001'),
      orderOf('1002', sent),
      orderOf('1003', { customerEmail: 'ben@example.com', placedOn: '2026-11-22' }),
      orderOf('1004', { placedOn: '2026-11-23' }),
      orderOf('1001-A', { customerEmail: 'ben@example.com' }),
    ]);
  });

  const act = (action: OrderAction, by = key) => opened.shop.act(action, by, signal);
  async function order(number: string): Promise<Order> {
    const found = await opened.shop.findByNumber(number, signal);
    if (found === null) throw new Error(`${number} is there`);
    return found;
  }
  const refund = (
    minor: number,
    more: Partial<Extract<OrderAction, { type: 'refund' }>> = {},
  ): OrderAction => ({
    type: 'refund',
    order: '1001',
    amount: euros(minor),
    lines: [],
    ...more,
  });
  const credit = (minor: number): OrderAction => ({
    type: 'store-credit',
    order: '1001',
    amount: euros(minor),
  });
  /** The shop gives its own ids to lines. */
  async function refundOfPieces(
    minor: number,
    quantity: number,
    name = 'Stoneware mug',
  ): Promise<OrderAction> {
    const line = (await order('1001')).items.find((item) => item.name === name)?.line ?? '';
    return refund(minor, { lines: [{ line, quantity }] });
  }
  const actions: readonly OrderAction[] = [
    { type: 'cancel', order: '1001' },
    refund(1_000),
    { type: 'change-address', order: '1001', address: newAddress },
    { type: 'resend-invoice', order: '1001' },
    credit(1_000),
  ];
  const whyOf = (outcome: OrderActionOutcome) => (outcome.type === 'refused' ? outcome.why : 'done');

  describe('tells', () => {
    test.each(['1001', '#1001', ' # 1001 '])('an order by %j', async (number) => {
      expect(await order(number)).toMatchObject({
        number: '1001',
        status: 'processing',
        customerEmail: 'ana@example.com',
        postalCode: '1000',
        placedOn: '2026-11-20',
        items: [
          { name: 'Kettle', quantity: 1, price: euros(4_900) },
          { name: 'Stoneware mug', quantity: 4, price: euros(1_200) },
        ],
        total: euros(9_700),
        refund: null,
      });
    });

    test('one order of several that begin alike, in any case of letters', async () => {
      expect((await order('1001-a')).customerEmail).toBe('ben@example.com');
    });

    test.each(['100', '10011', '9999', '', '#', ' ', '..', '/', '"', '?number=1001'])(
      'no order by %j',
      async (number) => {
        expect(await opened.shop.findByNumber(number, signal)).toBeNull();
      },
    );

    test('a parcel with its days and its link', async () => {
      expect((await order('1002')).shipments).toEqual(sent.shipments);
    });

    test("a customer's orders in any case of the address, newest first", async () => {
      const orders = await opened.shop.findByCustomer(' ANA@Example.com ', signal);
      expect(orders[0]?.number).toBe('1004');
      expect(orders.map(({ number }) => number).sort()).toEqual(['1001', '1002', '1004']);
    });

    test.each(['nobody@mail.example', 'ana', '', '@', 'na@example.com'])('no orders of %j', async (email) => {
      expect(await opened.shop.findByCustomer(email, signal)).toEqual([]);
    });

    test('at most twenty, the newest', async () => {
      const days = Array.from({ length: 22 }, (_, index) => String(index + 1).padStart(2, '0'));
      await opened.fill(days.map((day) => orderOf(`20${day}`, { placedOn: `2026-10-${day}` })));
      const orders = await opened.shop.findByCustomer('ana@example.com', signal);
      expect(orders.map(({ number }) => number)).toEqual(
        days
          .map((day) => `20${day}`)
          .toReversed()
          .slice(0, 20),
      );
    });
  });

  describe('does once', () => {
    test.each(actions)('$type, however often it is asked', async (action) => {
      const outcome = await act(action);
      expect(outcome.type).toBe('done');
      const after = await order('1001');
      expect(await act(action)).toEqual(outcome);
      expect(await order('1001')).toEqual(after);
    });

    test.each(actions)('$type, and the order is what it is after that in any shop', async (action) => {
      const before = await order('1001');
      await act(action);
      const after = await order('1001');
      const expected = afterAction(before, action, today);
      expect(standing(after)).toEqual(standing(expected));
    });

    test.each(actions.filter(({ type }) => type === 'refund' || type === 'store-credit'))(
      '$type, and again for another message',
      async (action) => {
        await act(action);
        expect((await act(action, `${key}/another`)).type).toBe('done');
        const { refund: back, storeCredit } = await order('1001');
        expect((action.type === 'refund' ? back?.amount : storeCredit)?.minor).toBe(2_000);
      },
    );

    test('what many ask for at once', async () => {
      const asked = await Promise.allSettled(Array.from({ length: 5 }, () => act(refund(1_000))));
      expect(asked.some((ended) => ended.status === 'fulfilled' && ended.value.type === 'done')).toBe(true);
      expect((await order('1001')).refund?.amount).toEqual(euros(1_000));
    });

    test('what was done even when the order would no longer allow it', async () => {
      const outcome = await act(refund(9_700));
      expect(await order('1001')).toMatchObject({ status: 'refunded', refund: { on: today } });
      expect(await act(refund(9_700))).toEqual(outcome);
      expect(whyOf(await act(refund(1), `${key}/another`))).toBe('Nothing is left of the order.');
    });
  });

  describe('refuses a key that stands for something else', () => {
    test.each<[string, OrderAction, OrderAction]>([
      ['another amount', refund(1_000), refund(2_000)],
      ['lines beside an amount', refund(1_000), refund(1_000, { lines: [{ line: '1', quantity: 1 }] })],
      ['another credit', credit(1_000), credit(1_001)],
      [
        'another address',
        { type: 'change-address', order: '1001', address: newAddress },
        { type: 'change-address', order: '1001', address: 'Rue Haute 3\n1000 Bruxelles' },
      ],
      ['a refund in place of credit', credit(1_000), refund(1_000)],
      ['credit in place of a refund', refund(1_000), credit(1_000)],
      ['a refund in place of a cancellation', { type: 'cancel', order: '1001' }, refund(1_000)],
      [
        'a cancellation in place of an invoice',
        { type: 'resend-invoice', order: '1001' },
        { type: 'cancel', order: '1001' },
      ],
    ])('%s', async (_what, first, second) => {
      const outcome = await act(first);
      const after = await order('1001');
      expect(whyOf(await act(second))).toMatch(
        /^Something else was (done|begun) for this message already.*\.$/,
      );
      expect(await order('1001')).toEqual(after);
      // The first is still what the key stands for.
      expect(await act(first)).toEqual(outcome);
    });

    test('but not one that was refused: what is asked rightly then is done', async () => {
      expect((await act(refund(9_701))).type).toBe('refused');
      expect((await act(refund(1_000))).type).toBe('done');
    });
  });

  describe('refuses what the order does not allow', () => {
    test.each<[OrderAction, string]>([
      [{ type: 'cancel', order: '1002' }, 'The order is shipped: it cannot be cancelled.'],
      [
        { type: 'change-address', order: '1002', address: newAddress },
        'The order is shipped: its delivery address cannot be changed.',
      ],
      [refund(9_701), 'EUR 97.01 is more than the EUR 97.00 that is left of the order.'],
      [refund(0), 'The amount is nothing that can be paid.'],
      [refund(100, { amount: { minor: 100, currency: 'USD' } }), 'The order was paid in EUR, not USD.'],
      [refund(100, { lines: [{ line: '99', quantity: 1 }] }), 'The order has no line 99.'],
      [credit(9_701), 'EUR 97.01 is more than the EUR 97.00 that may be given for the order.'],
      [refund(100, { order: '9999' }), 'The shop has no order 9999.'],
    ])('%j: %s', async (action, why) => {
      const before = await opened.shop.findByNumber(action.order, signal);
      expect(await act(action)).toEqual({ type: 'refused', why });
      expect(await opened.shop.findByNumber(action.order, signal)).toEqual(before);
    });

    test('pieces that went back, and more money than their price', async () => {
      expect((await act(await refundOfPieces(3_600, 3), `${key}/1`)).type).toBe('done');
      expect((await order('1001')).items).toMatchObject([{ name: 'Kettle' }, { refunded: 3 }]);
      expect(whyOf(await act(await refundOfPieces(1_200, 2), `${key}/2`))).toMatch(
        /^Of line .* only 1 piece can go back still\.$/,
      );
      expect(whyOf(await act(await refundOfPieces(1_201, 1), `${key}/3`))).toBe(
        'EUR 12.01 is more than these lines cost, EUR 12.00.',
      );
      expect((await act(await refundOfPieces(1_200, 1), `${key}/4`)).type).toBe('done');
      expect((await order('1001')).refund?.amount).toEqual(euros(4_800));
    });

    test('a second of two that together are more than was paid', async () => {
      await act(refund(9_000), `${key}/1`);
      expect(whyOf(await act(refund(701), `${key}/2`))).toBe(
        'EUR 7.01 is more than the EUR 7.00 that is left of the order.',
      );
      expect(whyOf(await act(credit(701), `${key}/3`))).toBe(
        'EUR 7.01 is more than the EUR 7.00 that may be given for the order.',
      );
      await act(credit(600), `${key}/4`);
      expect(whyOf(await act(refund(101), `${key}/5`))).toBe(
        'EUR 1.01 is more than the EUR 1.00 that is left of the order.',
      );
      expect(await order('1001')).toMatchObject({
        refund: { amount: euros(9_000) },
        storeCredit: euros(600),
      });
    });

    test('a cancelled order once more', async () => {
      await act({ type: 'cancel', order: '1001' }, `${key}/1`);
      expect(whyOf(await act({ type: 'cancel', order: '1001' }, `${key}/2`))).toBe(
        'The order is cancelled: it cannot be cancelled.',
      );
      expect(whyOf(await act(refund(1), `${key}/3`))).toBe('Nothing is left of the order.');
    });
  });

  if (remoteKinds.includes(kind)) {
    test.each(actions)(
      'whose answer was lost, tells of $type when asked again, and has done it once',
      async (action) => {
        const before = await order('1001');
        opened.loseNextAnswer(action);
        await expect(act(action)).rejects.toMatchObject({ name: 'RemoteFailure', retryable: true });
        opened.later();
        const outcome = await act(action);
        // Shopify tells nobody whether a mail went out: a person looks.
        const unknown = kind === 'Shopify' && action.type === 'resend-invoice';
        expect(outcome.type).toBe(unknown ? 'refused' : 'done');
        expect(standing(await order('1001'))).toEqual(standing(afterAction(before, action, today)));
      },
    );
  }
});

/** As much of an order as every shop tells of what was done to it. */
function standing({ status, refund, storeCredit, items, shipments }: Order) {
  return {
    status,
    refund,
    storeCredit: storeCredit?.minor ?? 0,
    refunded: items.map(({ refunded = 0 }) => refunded),
    parcels: shipments.length,
  };
}
