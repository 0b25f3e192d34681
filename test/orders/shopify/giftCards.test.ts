/** A gift card that was bought at Shopify: read as one, mailed and not sent, and given back by people only. */
import { startShopifyDouble, type ShopifyDouble } from './double/startShopifyDouble';
import { addOrder, addParcel, type StoredOrder } from './double/storedShop';
import { openedShop } from './openedShop';

let double: ShopifyDouble;

beforeAll(async () => {
  double = await startShopifyDouble();
});

afterAll(async () => {
  await double.stop();
});

beforeEach(() => {
  double.shop.orders.length = 0;
});

const card = { name: 'Gift card', quantity: 1, price: 5_000, isGiftCard: true };
const lamp = { name: 'Desk lamp', quantity: 1, price: 5_900 };
const euros = (minor: number) => ({ minor, currency: 'EUR' });

/** The card is mailed as soon as it is paid, which Shopify calls a fulfillment. */
function mailed(order: StoredOrder): void {
  const cards = order.lines.filter(({ isGiftCard }) => isGiftCard);
  addParcel(order, { items: cards.map(({ id, quantity }) => ({ line: id, quantity })) });
  for (const line of cards) line.fulfilled = line.quantity;
}

it('is told as one, and nothing else is', async () => {
  addOrder(double.shop, { name: '#1001', lines: [lamp, card] });
  const told = await openedShop(double).byNumber('1001');
  expect(told?.items.map(({ name, giftCard }) => [name, giftCard])).toEqual([
    ['Desk lamp', undefined],
    ['Gift card', true],
  ]);
});

it('alone has arrived once it was mailed, though no carrier says so', async () => {
  const order = addOrder(double.shop, { name: '#1001', lines: [card], fulfillmentStatus: 'FULFILLED' });
  mailed(order);
  expect(await openedShop(double).byNumber('1001')).toMatchObject({
    status: 'delivered',
    shipments: [{ status: 'delivered', deliveredOn: '2026-11-24', items: [{ name: 'Gift card' }] }],
  });
});

it('beside a lamp has arrived, and the lamp is still to be sent', async () => {
  const order = addOrder(double.shop, {
    name: '#1001',
    lines: [lamp, card],
    fulfillmentStatus: 'PARTIALLY_FULFILLED',
  });
  mailed(order);
  const told = await openedShop(double).byNumber('1001');
  expect(told?.status).toBe('partly-shipped');
  expect(told?.shipments.map(({ status, items }) => [status, items[0]?.name])).toEqual([
    ['delivered', 'Gift card'],
    ['preparing', 'Desk lamp'],
  ]);
});

it('that is sent as a card of plastic travels like anything else', async () => {
  const plastic = { ...card, requiresShipping: true };
  const order = addOrder(double.shop, { name: '#1001', lines: [plastic], fulfillmentStatus: 'FULFILLED' });
  mailed(order);
  expect((await openedShop(double).byNumber('1001'))?.status).toBe('shipped');
});

it.each([
  [
    'the card',
    (of: StoredOrder) => ({ amount: euros(5_000), lines: [{ line: of.lines[1]?.id ?? '', quantity: 1 }] }),
  ],
  ['the whole order', () => ({ amount: euros(10_900), lines: [] })],
  ['an amount that reaches into it', () => ({ amount: euros(6_000), lines: [] })],
])('%s is not refunded: Shopify is not even asked', async (_what, part) => {
  const order = addOrder(double.shop, { name: '#1001', lines: [lamp, card] });
  const outcome = await openedShop(double).act({ type: 'refund', order: '1001', ...part(order) });
  expect(outcome.type).toBe('refused');
  expect(order.refunds).toEqual([]);
});

it('leaves the lamp beside it to be refunded', async () => {
  const order = addOrder(double.shop, { name: '#1001', lines: [lamp, card] });
  const lines = [{ line: order.lines[0]?.id ?? '', quantity: 1 }];
  const outcome = await openedShop(double).act({
    type: 'refund',
    order: '1001',
    amount: euros(5_900),
    lines,
  });
  expect(outcome.type).toBe('done');
  expect(order.refunds.map(({ minor }) => minor)).toEqual([5_900]);
});

it('keeps its order from being cancelled', async () => {
  const order = addOrder(double.shop, { name: '#1001', lines: [lamp, card] });
  expect(await openedShop(double).act({ type: 'cancel', order: '1001' })).toEqual({
    type: 'refused',
    why: 'A gift card is in the order, and its money may have been spent: it cannot be cancelled without a person.',
  });
  expect(order.cancelledAt).toBeNull();
});
