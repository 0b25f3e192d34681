import { addOrder, addParcel } from './double/storedShop';
import { startShopifyDouble, type ShopifyDouble } from './double/startShopifyDouble';
import { openedShop } from './openedShop';

let double: ShopifyDouble;

beforeEach(async () => {
  double = await startShopifyDouble();
});

afterEach(async () => {
  await double.stop();
});

describe('an order by its number', () => {
  it('is told as the port has it: lines, total, postal code, and what is still to be sent', async () => {
    const stored = addOrder(double.shop, {
      name: '#1001',
      email: 'Ana@Example.com',
      lines: [
        { name: 'Desk lamp - Blue', quantity: 1, price: 5_900 },
        { name: 'Stoneware mug', quantity: 4, price: 1_200 },
      ],
      shippingMinor: 490,
      address: { zip: '1050' },
    });

    expect(await openedShop(double).byNumber('1001')).toEqual({
      number: '1001',
      status: 'processing',
      storeCredit: { minor: 0, currency: 'EUR' },
      customerEmail: 'ana@example.com',
      postalCode: '1050',
      placedOn: '2026-11-22',
      items: [
        {
          line: stored.lines[0]?.id,
          name: 'Desk lamp - Blue',
          quantity: 1,
          price: { minor: 5_900, currency: 'EUR' },
          refunded: 0,
        },
        {
          line: stored.lines[1]?.id,
          name: 'Stoneware mug',
          quantity: 4,
          price: { minor: 1_200, currency: 'EUR' },
          refunded: 0,
        },
      ],
      shipments: [
        {
          items: [
            { name: 'Desk lamp - Blue', quantity: 1 },
            { name: 'Stoneware mug', quantity: 4 },
          ],
          status: 'preparing',
          carrier: null,
          tracking: null,
          shippedOn: null,
          expectedOn: null,
          deliveredOn: null,
        },
      ],
      total: { minor: 11_190, currency: 'EUR' },
      refund: null,
    });
  });

  it.each(['#1001', '1001', ' # 1001 ', '#1001\n'])('is found however it is written: %j', async (written) => {
    addOrder(double.shop, { name: '#1001' });
    expect((await openedShop(double).byNumber(written))?.number).toBe('1001');
  });

  it('is found by a name with letters and a suffix, in any case', async () => {
    addOrder(double.shop, { name: 'EN1001-B' });
    expect((await openedShop(double).byNumber('en1001-b'))?.number).toBe('EN1001-B');
  });

  it('is exactly that one, though the search of Shopify finds others that begin like it', async () => {
    for (const name of ['#1001-A', '#10012', '#10013', '#10014', '#10015', '#10016', '#1001']) {
      addOrder(double.shop, { name });
    }
    expect((await openedShop(double).byNumber('1001'))?.number).toBe('1001');
    expect(await openedShop(double).byNumber('100')).toBeNull();
  });

  it.each([
    '',
    '   ',
    '#',
    '1001" OR email:"ben@example.com',
    'name:1001',
    '*',
    '1'.repeat(60),
    '-status:open',
  ])('is not even asked for when it cannot be one: %j', async (written) => {
    addOrder(double.shop, { name: '#1001' });
    expect(await openedShop(double).byNumber(written)).toBeNull();
    expect(double.operations).toEqual([]);
  });

  it('has no address that fits anybody when the shop knows none', async () => {
    addOrder(double.shop, { name: '#1001', email: null, address: null });
    expect(await openedShop(double).byNumber('1001')).toMatchObject({ customerEmail: '', postalCode: null });
  });
});

describe('the orders of a customer', () => {
  it('are told newest first, at most 20, over as many pages as it takes', async () => {
    for (let index = 0; index < 23; index += 1) {
      const day = String(index + 1).padStart(2, '0');
      addOrder(double.shop, { name: `#${2_000 + index}`, processedAt: `2026-10-${day}T08:00:00Z` });
    }
    const orders = await openedShop(double).byCustomer('ana@example.com');
    expect(orders.map(({ number }) => number)).toEqual(
      Array.from({ length: 20 }, (_, index) => String(2_022 - index)),
    );
    expect(double.operations).toEqual(Array.from({ length: 4 }, () => 'DeskhandFindOrders'));
    expect(Math.max(...double.requestedCosts)).toBeLessThanOrEqual(1_000);
  });

  it('are hers alone, though the search of Shopify finds addresses that hold hers', async () => {
    addOrder(double.shop, { name: '#1', email: 'banana@example.com' });
    addOrder(double.shop, { name: '#2', email: 'ANA@example.com' });
    const orders = await openedShop(double).byCustomer(' Ana@Example.com ');
    expect(orders.map(({ number }) => number)).toEqual(['2']);
  });

  it.each(['', 'ana', 'a"b@example.com', 'ana@example.com OR status:open', 'ana@example.com"', '*@*:x'])(
    'are not asked for by what is no address: %j',
    async (address) => {
      expect(await openedShop(double).byCustomer(address)).toEqual([]);
      expect(double.operations).toEqual([]);
    },
  );

  it('are found by an address with an apostrophe', async () => {
    addOrder(double.shop, { name: '#3', email: "o'brien@example.com" });
    expect(await openedShop(double).byCustomer("O'Brien@example.com")).toHaveLength(1);
  });
});

describe('a large order', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ name: `Item ${index + 1}`, quantity: 1, price: 100 }));

  it('is read to its last line', async () => {
    addOrder(double.shop, { name: '#1001', lines: many(333) });
    const order = await openedShop(double).byNumber('1001');
    expect(order?.items.map(({ name }) => name)).toEqual(many(333).map(({ name }) => name));
    expect(double.operations).toEqual([
      'DeskhandFindOrders',
      'DeskhandReadOrder',
      'DeskhandMoreLines',
      'DeskhandMoreLines',
      'DeskhandMoreLines',
    ]);
    expect(Math.max(...double.requestedCosts)).toBeLessThanOrEqual(1_000);
  });

  it('is read to the last piece of its last parcel', async () => {
    const stored = addOrder(double.shop, { name: '#1001', lines: many(120), fulfillmentStatus: 'FULFILLED' });
    for (let index = 0; index < 7; index += 1) {
      addParcel(stored, { items: stored.lines.map(({ id }) => ({ line: id, quantity: 1 })) });
    }
    const order = await openedShop(double).byNumber('1001');
    const parcels = order?.shipments.filter(({ status }) => status === 'shipped') ?? [];
    expect(parcels.map(({ items }) => items.length)).toEqual([120, 120, 120, 120, 120, 120, 120]);
    expect(Math.max(...double.requestedCosts)).toBeLessThanOrEqual(1_000);
  });

  it('tells the day of its last refund, though there were many', async () => {
    const stored = addOrder(double.shop, { name: '#1001', processedAt: '2026-11-01T08:00:00Z' });
    stored.refunds = Array.from({ length: 12 }, (_, index) => ({
      id: `gid://shopify/Refund/${index}`,
      note: null,
      processedAt: `2026-11-${String(index + 10)}T10:00:00Z`,
      minor: 100,
      statuses: ['SUCCESS'],
    }));
    expect((await openedShop(double).byNumber('1001'))?.refund).toEqual({
      amount: { minor: 1_200, currency: 'EUR' },
      on: '2026-11-21',
    });
  });
});

describe('what Shopify tells beyond what was asked for', () => {
  it('is passed over', async () => {
    addParcel(addOrder(double.shop, { name: '#1001', fulfillmentStatus: 'FULFILLED' }));
    double.faults.push({ on: 'DeskhandFindOrders', type: 'unknown-fields' });
    expect((await openedShop(double).byNumber('1001'))?.status).toBe('shipped');
  });
});
