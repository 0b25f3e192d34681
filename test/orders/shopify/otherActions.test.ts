import type { OrderAction } from '../../../src/core/orders/orderAction';
import { startShopifyDouble, type ShopifyDouble } from './double/startShopifyDouble';
import { addOrder, addParcel, newId } from './double/storedShop';
import { failureOf, openedShop } from './openedShop';

let double: ShopifyDouble;

beforeEach(async () => {
  double = await startShopifyDouble();
});

afterEach(async () => {
  await double.stop();
});

const count = (name: string) => double.operations.filter((operation) => operation === name).length;

describe('a cancellation', () => {
  const cancel: OrderAction = { type: 'cancel', order: '1001' };

  it('is done once Shopify has carried it out, not when it was accepted', async () => {
    const order = addOrder(double.shop, { name: '#1001' });
    double.shop.cancelLooks = 1;
    expect(await openedShop(double).act(cancel)).toEqual({ type: 'done', reference: null });
    expect(order.cancelledAt).not.toBeNull();
    expect(order.payments.map(({ refunded }) => refunded)).toEqual([5_900]);
    expect(count('DeskhandReadJob')).toBe(2);
  });

  it('is asked for once, and what was done is found again', async () => {
    addOrder(double.shop, { name: '#1001' });
    const { act } = openedShop(double);
    await act(cancel);
    expect(await act(cancel)).toEqual({ type: 'done', reference: null });
    expect(count('DeskhandCancel')).toBe(1);
  });

  it('that a person made first is refused: it was not ours', async () => {
    const order = addOrder(double.shop, { name: '#1001' });
    order.cancelledAt = '2026-11-25T10:00:00Z';
    expect(await openedShop(double).act(cancel)).toEqual({
      type: 'refused',
      why: 'The order is cancelled: it cannot be cancelled.',
    });
  });

  it('of an order that was sent is refused before Shopify is asked to', async () => {
    addParcel(addOrder(double.shop, { name: '#1001', fulfillmentStatus: 'FULFILLED' }));
    expect(await openedShop(double).act(cancel)).toMatchObject({ type: 'refused' });
    expect(count('DeskhandCancel')).toBe(0);
  });

  it('that Shopify takes longer for is waited for by coming back, not by asking again', async () => {
    const order = addOrder(double.shop, { name: '#1001' });
    const { act } = openedShop(double);
    double.shop.cancelLooks = 6;
    expect(await failureOf(act(cancel))).toMatchObject({
      kind: 'conflict',
      retryable: true,
      retryAfterMs: 15_000,
      message: 'Shopify: it has not carried out the cancellation yet',
    });
    expect(await act(cancel)).toEqual({ type: 'done', reference: null });
    expect(count('DeskhandCancel')).toBe(1);
    expect(order.refunds).toHaveLength(1);
  });

  it('that Shopify took up and could not carry out is for people', async () => {
    addOrder(double.shop, { name: '#1001' });
    double.faults.push({ on: 'DeskhandReadJob', type: 'payload', payload: { job: { id: 'j', done: true } } });
    expect(await openedShop(double).act(cancel)).toEqual({
      type: 'refused',
      why: 'Shopify took the cancellation up and could not carry it out.',
    });
  });

  it.each([
    ['INVALID', 'refused'],
    ['NOT_FOUND', 'refused'],
    ['NO_REFUND_PERMISSION', 'refused'],
  ])('that Shopify answers with %s is %s', async (code, type) => {
    addOrder(double.shop, { name: '#1001' });
    const payload = { job: null, orderCancelUserErrors: [{ field: ['orderId'], message: 'No.', code }] };
    double.faults.push({ on: 'DeskhandCancel', type: 'payload', payload: { orderCancel: payload } });
    expect(await openedShop(double).act(cancel)).toMatchObject({ type, why: 'Shopify refuses it: No.' });
  });

  it('that Shopify stumbles over is tried again', async () => {
    addOrder(double.shop, { name: '#1001' });
    const error = { field: null, message: 'Oops', code: 'INTERNAL_ERROR' };
    const payload = { job: null, orderCancelUserErrors: [error] };
    double.faults.push({ on: 'DeskhandCancel', type: 'payload', payload: { orderCancel: payload } });
    const { act } = openedShop(double);
    expect(await failureOf(act(cancel))).toMatchObject({ kind: 'unavailable', retryable: true });
    double.shop.clock += 91_000;
    expect(await act(cancel)).toEqual({ type: 'done', reference: null });
  });

  it('ends when the caller cancels; when its time is over it may be asked again', async () => {
    addOrder(double.shop, { name: '#1001' });
    double.shop.cancelLooks = Infinity;
    const { shop } = openedShop(double);
    const outOfTime = shop.act(cancel, 'key', AbortSignal.timeout(200));
    expect(await failureOf(outOfTime)).toMatchObject({ kind: 'unavailable', retryable: true });
    const caller = new AbortController();
    setTimeout(() => caller.abort(), 200);
    const cancelled = shop.act(cancel, 'key', caller.signal);
    expect(await failureOf(cancelled)).toMatchObject({ kind: 'cancelled', retryable: false });
  });
});

describe('another delivery address', () => {
  const change = (address: string): OrderAction => ({ type: 'change-address', order: '1001', address });

  it('takes the place of the old one, with the same receiver and country', async () => {
    const order = addOrder(double.shop, {
      name: '#1001',
      address: { company: 'Costa & Co', phone: '+3225550100' },
    });
    const outcome = await openedShop(double).act(change('Avenue Louise 250\nBoite 3\n1050 Ixelles\nBelgium'));
    expect(outcome).toEqual({ type: 'done', reference: null });
    expect(order.address).toEqual({
      firstName: 'Ana',
      lastName: 'Costa',
      company: 'Costa & Co',
      phone: '+3225550100',
      address1: 'Avenue Louise 250',
      address2: 'Boite 3',
      city: 'Ixelles',
      zip: '1050',
      provinceCode: null,
      countryCode: 'BE',
    });
    expect((await openedShop(double).byNumber('1001'))?.postalCode).toBe('1050');
  });

  it('does not undo what a person changed after it', async () => {
    const order = addOrder(double.shop, { name: '#1001' });
    const { act } = openedShop(double);
    double.faults.push({ on: 'DeskhandChangeAddress', type: 'reset-after' });
    await failureOf(act(change('Avenue Louise 250\n1050 Ixelles')));
    if (order.address !== null) order.address = { ...order.address, address1: 'As agreed by phone 1' };
    expect(await act(change('Avenue Louise 250\n1050 Ixelles'))).toEqual({ type: 'done', reference: null });
    expect(order.address?.address1).toBe('As agreed by phone 1');
  });

  it.each(['IN_PROGRESS', 'PENDING_FULFILLMENT'])(
    'is refused once a warehouse was told the old one: %s',
    async (fulfillmentStatus) => {
      addOrder(double.shop, { name: '#1001', fulfillmentStatus });
      expect(await openedShop(double).act(change('Avenue Louise 250\n1050 Ixelles'))).toEqual({
        type: 'refused',
        why: 'The warehouse has the order already, with its address.',
      });
    },
  );

  it('that cannot be read without a guess is for people', async () => {
    addOrder(double.shop, { name: '#1001' });
    expect(await openedShop(double).act(change('next door to the old one'))).toMatchObject({
      type: 'refused',
    });
    expect(count('DeskhandChangeAddress')).toBe(0);
  });

  it('that Shopify refuses is told by its field: its sentence may hold what the customer wrote', async () => {
    addOrder(double.shop, { name: '#1001' });
    expect(await openedShop(double).act(change('Avenue Louise 250\n0000 Ixelles'))).toEqual({
      type: 'refused',
      why: 'Shopify refuses it: shippingAddress.zip is not accepted.',
    });
  });

  it('of an order that has none, as a download, is refused', async () => {
    addOrder(double.shop, { name: '#1001', address: null });
    expect(await openedShop(double).act(change('Avenue Louise 250\n1050 Ixelles'))).toMatchObject({
      type: 'refused',
      why: 'The order has no delivery address to change.',
    });
  });
});

describe('an invoice sent again', () => {
  const resend: OrderAction = { type: 'resend-invoice', order: '1001' };

  it('goes out once for a key', async () => {
    addOrder(double.shop, { name: '#1001' });
    const { act } = openedShop(double);
    expect(await act(resend)).toEqual({ type: 'done', reference: null });
    expect(await act(resend)).toEqual({ type: 'done', reference: null });
    expect(double.shop.invoicesSent).toEqual(['#1001']);
    await act(resend, 'another message');
    expect(double.shop.invoicesSent).toEqual(['#1001', '#1001']);
  });

  it('without an answer is for a person to look after, rather than sent twice', async () => {
    addOrder(double.shop, { name: '#1001' });
    const { act } = openedShop(double);
    double.faults.push({ on: 'DeskhandSendInvoice', type: 'reset-after' });
    await failureOf(act(resend));
    expect(await act(resend)).toEqual({
      type: 'refused',
      why: "Shopify was asked to send it and gave no answer: the order's timeline shows whether it went out.",
    });
    expect(double.shop.invoicesSent).toEqual(['#1001']);
  });

  it('that Shopify cannot send is refused', async () => {
    addOrder(double.shop, { name: '#1001' });
    const error = { field: ['id'], message: 'No mail.', code: 'ORDER_INVOICE_SEND_UNSUCCESSFUL' };
    const payload = { order: null, userErrors: [error] };
    double.faults.push({
      on: 'DeskhandSendInvoice',
      type: 'payload',
      payload: { orderInvoiceSend: payload },
    });
    expect(await openedShop(double).act(resend)).toEqual({
      type: 'refused',
      why: 'Shopify refuses it: No mail.',
    });
  });
});

describe('store credit', () => {
  const credit = (minor: number): OrderAction => ({
    type: 'store-credit',
    order: '1001',
    amount: { minor, currency: 'EUR' },
  });
  const given = () => double.shop.credits.map(({ minor, customerId }) => [minor, customerId]);

  it('goes to the customer of the order, once for a key', async () => {
    addOrder(double.shop, { name: '#1001' });
    const { act } = openedShop(double);
    const first = await act(credit(1_000));
    expect(first).toEqual({ type: 'done', reference: double.shop.credits[0]?.id });
    expect(await act(credit(1_000))).toEqual(first);
    expect(given()).toEqual([[1_000, 'gid://shopify/Customer/7']]);
  });

  it('whose answer was lost is found again among what was credited', async () => {
    addOrder(double.shop, { name: '#1001' });
    const { act } = openedShop(double);
    double.faults.push({ on: 'DeskhandStoreCredit', type: 'reset-after' });
    await failureOf(act(credit(1_000)));
    expect(await act(credit(1_000))).toEqual({ type: 'done', reference: double.shop.credits[0]?.id });
    expect(given()).toHaveLength(1);
  });

  it('that never arrived is given after a while, not while it may still arrive', async () => {
    addOrder(double.shop, { name: '#1001' });
    const { act } = openedShop(double);
    double.faults.push({ on: 'DeskhandStoreCredit', type: 'reset-before' });
    await failureOf(act(credit(1_000)));
    double.shop.clock += 30_000;
    const early = await failureOf(act(credit(1_000)));
    expect(early).toMatchObject({ kind: 'conflict', retryable: true, retryAfterMs: 60_000 });
    expect(given()).toEqual([]);
    double.shop.clock += 60_000;
    expect((await act(credit(1_000))).type).toBe('done');
    expect(given()).toHaveLength(1);
  });

  it('given before, or of another amount, or to somebody else, is not taken for ours', async () => {
    addOrder(double.shop, { name: '#1001' });
    const other = { id: newId('Credit'), customerId: 'gid://shopify/Customer/7', currency: 'EUR' };
    double.shop.credits.push({ ...other, minor: 1_000, createdAt: '2026-11-26T09:59:00Z' });
    const { act } = openedShop(double);
    double.faults.push({ on: 'DeskhandStoreCredit', type: 'reset-before' });
    await failureOf(act(credit(1_000)));
    double.shop.credits.push({ ...other, minor: 1_500, createdAt: '2026-11-26T10:00:05Z' });
    double.shop.clock += 91_000;
    const outcome = await act(credit(1_000));
    expect(outcome).toEqual({ type: 'done', reference: double.shop.credits[2]?.id });
  });

  it('of the first attempt is known for ours by a third, though it came while the second began', async () => {
    addOrder(double.shop, { name: '#1001' });
    const { act } = openedShop(double);
    double.faults.push({ on: 'DeskhandStoreCredit', type: 'reset-before' });
    await failureOf(act(credit(1_000)));
    double.shop.clock += 91_000;
    double.faults.push({ on: 'DeskhandStoreCredit', type: 'reset-before' });
    await failureOf(act(credit(1_000)));
    const late = {
      id: newId('Credit'),
      customerId: 'gid://shopify/Customer/7',
      currency: 'EUR',
      minor: 1_000,
    };
    double.shop.credits.push({ ...late, createdAt: '2026-11-26T10:01:30Z' });
    double.shop.clock += 91_000;
    expect(await act(credit(1_000))).toEqual({ type: 'done', reference: late.id });
    expect(given()).toHaveLength(1);
  });

  it('asked for by two at once is given to one of them, and the other comes back', async () => {
    addOrder(double.shop, { name: '#1001' });
    const { act } = openedShop(double);
    const outcomes = await Promise.allSettled([act(credit(1_000)), act(credit(1_000)), act(credit(1_000))]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    expect(given()).toHaveLength(1);
  });

  it.each([
    ['for more than was paid', credit(6_000), {}, /more than the EUR 59.00/],
    ['without a customer account', credit(100), { customerId: null }, /no customer account/],
  ])('%s is refused', async (_what, action, order, why) => {
    addOrder(double.shop, { name: '#1001', ...order });
    expect(await openedShop(double).act(action)).toEqual({
      type: 'refused',
      why: expect.stringMatching(why) as string,
    });
    expect(given()).toEqual([]);
  });

  it.each(['CREDIT_LIMIT_EXCEEDED', 'UNSUPPORTED_CURRENCY', 'OWNER_NOT_FOUND'])(
    'that Shopify answers with %s is refused',
    async (code) => {
      addOrder(double.shop, { name: '#1001' });
      const error = { field: ['creditInput'], message: 'Not so.', code };
      const payload = { storeCreditAccountTransaction: null, userErrors: [error] };
      double.faults.push({
        on: 'DeskhandStoreCredit',
        type: 'payload',
        payload: { storeCreditAccountCredit: payload },
      });
      expect(await openedShop(double).act(credit(100))).toEqual({
        type: 'refused',
        why: 'Shopify refuses it: Not so.',
      });
    },
  );
});
