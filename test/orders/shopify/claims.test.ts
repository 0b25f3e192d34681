/** What a key stands for at Shopify: written on the order before the deed, kept for good, given back when nothing was done. */
import type { OrderAction } from '../../../src/core/orders/orderAction';
import { actionDigest, actionId } from '../../../src/orders/shopify/actionId';
import { startShopifyDouble, type ShopifyDouble } from './double/startShopifyDouble';
import { addOrder, type StoredOrder } from './double/storedShop';
import { failureOf, openedShop } from './openedShop';

let double: ShopifyDouble;
let order: StoredOrder;
beforeAll(async () => {
  double = await startShopifyDouble();
});
afterAll(() => double.stop());
beforeEach(() => {
  double.shop.orders.length = 0;
  double.shop.credits.length = 0;
  double.operations.length = 0;
  double.requestedCosts.length = 0;
  order = addOrder(double.shop, { name: '#1001' });
});

const euros = (minor: number) => ({ minor, currency: 'EUR' });
const credit = (minor: number): OrderAction => ({
  type: 'store-credit',
  order: '1001',
  amount: euros(minor),
});
const refund = (minor: number): OrderAction => ({
  type: 'refund',
  order: '1001',
  amount: euros(minor),
  lines: [],
});
const act = (action: OrderAction, key?: string) => openedShop(double).act(action, key);
const storeCredit = async () => (await openedShop(double).byNumber('1001'))?.storeCredit;

describe('what Shopify itself refuses', () => {
  const no = [{ field: ['id'], message: 'Not so.', code: 'INVALID' }];
  const rows: readonly [OrderAction, string, Record<string, unknown>][] = [
    [
      { type: 'cancel', order: '1001' },
      'DeskhandCancel',
      { orderCancel: { job: null, orderCancelUserErrors: no } },
    ],
    [
      refund(1_000),
      'DeskhandRefund',
      { refundCreate: { refund: null, userErrors: [{ field: ['id'], message: 'Not so.' }] } },
    ],
    [
      { type: 'resend-invoice', order: '1001' },
      'DeskhandSendInvoice',
      {
        orderInvoiceSend: {
          order: null,
          userErrors: [{ ...no[0], code: 'ORDER_INVOICE_SEND_UNSUCCESSFUL' }],
        },
      },
    ],
    [
      credit(1_000),
      'DeskhandStoreCredit',
      {
        storeCreditAccountCredit: {
          storeCreditAccountTransaction: null,
          userErrors: [{ ...no[0], code: 'CREDIT_LIMIT_EXCEEDED' }],
        },
      },
    ],
  ];

  test.each(rows)('%j uses no key up: the same is done when asked again', async (action, on, payload) => {
    double.faults.push({ on, type: 'payload', payload });
    expect(await act(action)).toEqual({ type: 'refused', why: 'Shopify refuses it: Not so.' });
    expect((await act(action)).type).toBe('done');
  });

  test.each(rows)('%j leaves the key to another action', async (action, on, payload) => {
    double.faults.push({ on, type: 'payload', payload });
    await act(action);
    expect(
      (await act({ type: 'change-address', order: '1001', address: 'Avenue Louise 250\n1050 Ixelles' })).type,
    ).toBe('done');
  });

  test('does not count as store credit', async () => {
    for (const [action, on, payload] of rows) {
      double.faults.push({ on, type: 'payload', payload });
      await act(action, on);
    }
    expect(await storeCredit()).toEqual(euros(0));
  });
});

describe('store credit of an order', () => {
  test('is told, whichever message it was for: Shopify itself keeps it with the customer', async () => {
    expect(await storeCredit()).toEqual(euros(0));
    await act(credit(1_000), 'first');
    await act(credit(500), 'second');
    await act(credit(500), 'second');
    expect(await storeCredit()).toEqual(euros(1_500));
    expect(await act(credit(4_401), 'third')).toEqual({
      type: 'refused',
      why: 'EUR 44.01 is more than the EUR 44.00 that may be given for the order.',
    });
  });

  test('that nobody knows to have been given counts as given, but not against itself', async () => {
    double.faults.push({ on: 'DeskhandStoreCredit', type: 'reset-before' });
    await failureOf(act(credit(5_000)));
    expect(await storeCredit()).toEqual(euros(5_000));
    expect((await act(credit(1_000), 'another')).type).toBe('refused');
    double.shop.clock += 91_000;
    expect((await act(credit(5_000))).type).toBe('done');
    expect(double.shop.credits.map(({ minor }) => minor)).toEqual([5_000]);
  });

  test('is told whole, however many times some was given, and no query costs too much', async () => {
    for (let time = 0; time < 12; time += 1) await act(credit(100), `message ${time}`);
    expect(await storeCredit()).toEqual(euros(1_200));
    expect(double.operations.at(-1)).toBe('DeskhandReadOrder');
    expect(Math.max(...double.requestedCosts)).toBeLessThanOrEqual(1_000);
  });

  test('is not read from what somebody else wrote beside it', async () => {
    for (const value of ['', 'gift', '{}', '{"state":"done"}', '[1]']) {
      order.metafields.set(`deskhand.note-${value.length}`, { value, updatedAt: '2026-11-26T10:00:00Z' });
    }
    expect(await storeCredit()).toEqual(euros(0));
    order.metafields.set(`deskhand.act-${actionId('key')}`, {
      value: '{}',
      updatedAt: '2026-11-26T10:00:00Z',
    });
    expect(await failureOf(act(credit(100), 'key'))).toMatchObject({ kind: 'malformed', retryable: true });
  });
});

describe('the digest of an action', () => {
  test('is the same in whatever order its fields come', () => {
    const turned: OrderAction = {
      lines: [],
      amount: { currency: 'EUR', minor: 1_000 },
      order: '1001',
      type: 'refund',
    };
    expect(actionDigest(turned)).toBe(actionDigest(refund(1_000)));
    expect(actionDigest(turned)).toMatch(/^[0-9a-f]{16}$/);
  });

  test('tells any two actions apart', () => {
    const actions: readonly OrderAction[] = [
      refund(1_000),
      refund(1_001),
      { ...refund(1_000), order: '1002' },
      credit(1_000),
      { type: 'refund', order: '1001', amount: { minor: 1_000, currency: 'USD' }, lines: [] },
      { type: 'refund', order: '1001', amount: euros(1_000), lines: [{ line: '1', quantity: 1 }] },
      { type: 'refund', order: '1001', amount: euros(1_000), lines: [{ line: '1', quantity: 2 }] },
      { type: 'change-address', order: '1001', address: 'a,b' },
      { type: 'change-address', order: '1001', address: 'a","b' },
      { type: 'cancel', order: '1001' },
    ];
    expect(new Set(actions.map(actionDigest)).size).toBe(actions.length);
  });

  test('stands in the claim, and no word of the action does', async () => {
    const address = 'Avenue Louise 250\n1050 Ixelles';
    await act({ type: 'change-address', order: '1001', address }, 'key');
    const written = [...order.metafields.values()].map(({ value }) => value).join();
    expect(written).toContain(actionDigest({ type: 'change-address', order: '1001', address }));
    expect(written).not.toContain('Louise');
  });
});
