import type { OrderAction } from '../../../src/core/orders/orderAction';
import { startShopifyDouble, type ShopifyDouble } from './double/startShopifyDouble';
import { addOrder, type StoredOrder } from './double/storedShop';
import { failureOf, openedShop } from './openedShop';

let double: ShopifyDouble;

beforeEach(async () => {
  double = await startShopifyDouble();
});

afterEach(async () => {
  await double.stop();
});

type Refund = Extract<OrderAction, { type: 'refund' }>;

const refund = (minor: number, rest: Partial<Refund> = {}): Refund => ({
  type: 'refund',
  order: '1001',
  amount: { minor, currency: 'EUR' },
  lines: [],
  ...rest,
});

const paidBack = ({ payments }: StoredOrder) => payments.map(({ refunded }) => refunded);

describe('a refund', () => {
  it('of the whole order goes back to where the money came from, and Shopify mails nobody', async () => {
    const order = addOrder(double.shop, { name: '#1001' });
    const outcome = await openedShop(double).act(refund(5_900));
    expect(outcome).toEqual({ type: 'done', reference: order.refunds[0]?.id });
    expect(paidBack(order)).toEqual([5_900]);
    expect(await openedShop(double).byNumber('1001')).toMatchObject({
      status: 'refunded',
      refund: { amount: { minor: 5_900, currency: 'EUR' }, on: '2026-11-26' },
    });
  });

  it('of an amount leaves the rest', async () => {
    const order = addOrder(double.shop, { name: '#1001' });
    await openedShop(double).act(refund(1_000));
    expect(paidBack(order)).toEqual([1_000]);
    expect((await openedShop(double).byNumber('1001'))?.status).toBe('processing');
  });

  it('of lines says which pieces, so that Shopify does not refund them again', async () => {
    const order = addOrder(double.shop, {
      name: '#1001',
      lines: [
        { name: 'Kettle', quantity: 1, price: 4_900 },
        { name: 'Stoneware mug', quantity: 4, price: 1_200 },
      ],
    });
    const line = order.lines[1]?.id ?? '';
    await openedShop(double).act(refund(2_400, { lines: [{ line, quantity: 2 }] }));
    expect(order.lines.map(({ refunded }) => refunded)).toEqual([0, 2]);
    const told = await openedShop(double).byNumber('1001');
    expect(told?.items.map(({ refunded }) => refunded)).toEqual([0, 2]);

    const tooMany = await openedShop(double).act(
      refund(3_600, { lines: [{ line, quantity: 3 }] }),
      'another',
    );
    expect(tooMany).toEqual({ type: 'refused', why: expect.stringContaining('only 2 pieces') as string });
    expect(paidBack(order)).toEqual([2_400]);
  });

  it('takes of each payment no more than it has left', async () => {
    const order = addOrder(double.shop, {
      name: '#1001',
      payments: [
        { gateway: 'gift_card', minor: 2_000 },
        { gateway: 'shopify_payments', minor: 3_900 },
      ],
    });
    await openedShop(double).act(refund(3_000));
    expect(paidBack(order)).toEqual([2_000, 1_000]);
    await openedShop(double).act(refund(2_900), 'another');
    expect(paidBack(order)).toEqual([2_000, 3_900]);
  });

  it('is paid in the currency that the customer paid in', async () => {
    const order = addOrder(double.shop, {
      name: '#1001',
      currency: 'JPY',
      lines: [{ name: 'Lamp', quantity: 1, price: 9_000 }],
    });
    const outcome = await openedShop(double).act(
      refund(1_300, { amount: { minor: 1_300, currency: 'JPY' } }),
    );
    expect(outcome.type).toBe('done');
    expect(paidBack(order)).toEqual([1_300]);
  });
});

describe('a refund is refused', () => {
  it.each([
    ['for more than was paid', refund(5_901), /more than the EUR 59.00/],
    ['in another currency', refund(100, { amount: { minor: 100, currency: 'USD' } }), /paid in EUR, not USD/],
    ['for nothing', refund(0), /nothing that can be paid/],
    [
      'for a line that the order does not have',
      refund(100, { lines: [{ line: 'x', quantity: 1 }] }),
      /no line x/,
    ],
    ['for an order that there is not', refund(100, { order: '1002' }), /no order 1002/],
  ])('%s, before Shopify is asked to', async (_what, action, why) => {
    addOrder(double.shop, { name: '#1001' });
    expect(await openedShop(double).act(action)).toEqual({
      type: 'refused',
      why: expect.stringMatching(why) as string,
    });
    expect(double.operations).not.toContain('DeskhandRefund');
  });

  it.each(['AUTHORIZED', 'EXPIRED', 'PARTIALLY_PAID', 'PENDING', 'VOIDED', null])(
    'when the order is %s: its money is not in',
    async (financialStatus) => {
      addOrder(double.shop, { name: '#1001', payments: [], financialStatus });
      for (const type of ['refund', 'store-credit'] as const) {
        expect(await openedShop(double).act({ ...refund(100), type })).toEqual({
          type: 'refused',
          why: 'The order was not paid yet, or not in full: nothing of it can go back.',
        });
      }
      expect(double.operations).not.toContain('DeskhandRefund');
      expect(double.operations).not.toContain('DeskhandStoreCredit');
    },
  );

  it('when the payments cannot take it back', async () => {
    addOrder(double.shop, { name: '#1001', payments: [] });
    expect(await openedShop(double).act(refund(100))).toEqual({
      type: 'refused',
      why: 'Shopify can pay back less than that to where the money came from.',
    });
  });

  it('by Shopify itself, in its own words', async () => {
    addOrder(double.shop, { name: '#1001' });
    const message = 'Refund amount cannot be greater than the net payment received.';
    const payload = { refund: null, userErrors: [{ field: ['transactions'], message }] };
    double.faults.push({ on: 'DeskhandRefund', type: 'payload', payload: { refundCreate: payload } });
    expect(await openedShop(double).act(refund(100))).toEqual({
      type: 'refused',
      why: `Shopify refuses it: ${message}`,
    });
  });

  it('when the payment provider did not pay: it is on record, and a person must look', async () => {
    const order = addOrder(double.shop, { name: '#1001' });
    double.shop.paymentStatus = 'FAILURE';
    const refused = {
      type: 'refused',
      why: 'The refund is on record in Shopify, but the payment provider did not pay it.',
    };
    expect(await openedShop(double).act(refund(100))).toEqual(refused);
    expect(await openedShop(double).act(refund(100))).toEqual(refused);
    expect(order.refunds).toHaveLength(1);
  });
});

describe('a refund asked for twice', () => {
  it('is made once, and the second is told of the first', async () => {
    const order = addOrder(double.shop, { name: '#1001' });
    const { act } = openedShop(double);
    const first = await act(refund(1_000));
    expect(await act(refund(1_000))).toEqual(first);
    expect(paidBack(order)).toEqual([1_000]);
    expect(double.operations.filter((operation) => operation === 'DeskhandRefund')).toHaveLength(1);
  });

  it('is made once even days later, when Shopify has forgotten the key', async () => {
    const order = addOrder(double.shop, { name: '#1001' });
    const { act } = openedShop(double);
    double.faults.push({ on: 'DeskhandRefund', type: 'reset-after' });
    expect((await failureOf(act(refund(1_000)))).kind).toBe('unavailable');
    double.shop.refundsByKey.clear();
    double.shop.clock += 5 * 86_400_000;
    expect(await act(refund(1_000))).toEqual({ type: 'done', reference: order.refunds[0]?.id });
    expect(paidBack(order)).toEqual([1_000]);
  });

  it('is made once when both are under way at the same moment', async () => {
    const order = addOrder(double.shop, { name: '#1001' });
    const { act } = openedShop(double);
    const outcomes = await Promise.allSettled([act(refund(1_000)), act(refund(1_000)), act(refund(1_000))]);
    expect(outcomes.map(({ status }) => status)).toContain('fulfilled');
    expect(paidBack(order)).toEqual([1_000]);
  });

  it('waits while the first is being made, whichever way Shopify says so', async () => {
    addOrder(double.shop, { name: '#1001' });
    const { act } = openedShop(double);
    const message = 'This request is currently in progress, please try again.';
    const payload = { refund: null, userErrors: [{ field: null, message }] };
    double.faults.push({ on: 'DeskhandRefund', type: 'payload', payload: { refundCreate: payload } });
    expect(await failureOf(act(refund(1_000)))).toMatchObject({ kind: 'conflict', retryable: true });
    const errors = [{ message, extensions: { code: 'IDEMPOTENCY_CONCURRENT_REQUEST' } }];
    double.faults.push({ on: 'DeskhandRefund', type: 'errors', errors });
    expect(await failureOf(act(refund(1_000)))).toMatchObject({ kind: 'conflict', retryable: true });
  });

  it('shows Shopify a digest, not the ticket', async () => {
    const order = addOrder(double.shop, { name: '#1001' });
    await openedShop(double).act(refund(1_000), 'zendesk:acme:4711/refund');
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    expect([...double.shop.refundsByKey.keys()][0]).toMatch(uuid);
    expect(order.refunds[0]?.note).toMatch(/^Deskhand [0-9a-f-]{36}$/);
  });
});
