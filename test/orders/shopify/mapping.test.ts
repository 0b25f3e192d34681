import { isEnumType } from 'graphql';
import type { OrderStatus, Shipment } from '../../../src/orders/port';
import { adminSchema, startShopifyDouble, type ShopifyDouble } from './double/startShopifyDouble';
import { addOrder, addParcel, type OrderMade, type StoredFulfillment } from './double/storedShop';
import { failureOf, openedShop } from './openedShop';

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

function valuesOf(name: string): readonly string[] {
  const type = adminSchema.getType(name);
  if (!isEnumType(type)) throw new Error(`${name} is no enum`);
  return type.getValues().map((value) => value.name);
}

/** The order as Deskhand tells it: made as told, with these parcels. */
async function told(made: Partial<OrderMade>, parcels: readonly Partial<StoredFulfillment>[] = []) {
  const stored = addOrder(double.shop, { name: '#1001', ...made });
  for (const parcel of parcels) addParcel(stored, parcel);
  const order = await openedShop(double).byNumber('1001');
  if (order === null) throw new Error('it was not found');
  return order;
}

describe('the state of an order without parcels', () => {
  const expected: Readonly<Record<string, OrderStatus>> = {
    FULFILLED: 'shipped',
    FULFILLMENT_NOT_REQUIRED: 'delivered',
    IN_PROGRESS: 'processing',
    ON_HOLD: 'processing',
    OPEN: 'processing',
    PARTIALLY_FULFILLED: 'partly-shipped',
    PENDING_FULFILLMENT: 'processing',
    REQUEST_DECLINED: 'processing',
    RESTOCKED: 'processing',
    SCHEDULED: 'processing',
    UNFULFILLED: 'processing',
  };

  it('is known for every state that the schema has', () => {
    expect(Object.keys(expected)).toEqual(valuesOf('OrderDisplayFulfillmentStatus'));
  });

  it.each(Object.entries(expected))('%s is %s', async (fulfillmentStatus, status) => {
    expect((await told({ fulfillmentStatus })).status).toBe(status);
  });

  it('is not guessed: a state that no version has yet is a malformed answer, and nothing is acted on', async () => {
    addOrder(double.shop, { name: '#1001' });
    const orders = JSON.stringify({ data: { orders: { nodes: [{ displayFulfillmentStatus: 'BEAMED' }] } } });
    double.faults.push({ on: 'any', type: 'answer', status: 200, body: orders });
    expect((await failureOf(openedShop(double).byNumber('1001'))).kind).toBe('malformed');
  });
});

describe('what was paid and given back', () => {
  it.each(valuesOf('OrderDisplayFinancialStatus'))('%s', async (financialStatus) => {
    const { status, unpaid } = await told({ financialStatus });
    expect(status).toBe(financialStatus === 'REFUNDED' ? 'refunded' : 'processing');
    expect(unpaid).toBe(
      ['PAID', 'PARTIALLY_REFUNDED', 'REFUNDED'].includes(financialStatus) ? undefined : true,
    );
  });

  it('none told is none paid back', async () => {
    expect(await told({ financialStatus: null })).toMatchObject({ status: 'processing', refund: null });
  });
});

describe('a cancelled order', () => {
  it('is cancelled whatever else it is, and has nothing left to send', async () => {
    const stored = addOrder(double.shop, { name: '#1001', financialStatus: 'REFUNDED' });
    stored.cancelledAt = '2026-11-23T10:00:00Z';
    expect(await openedShop(double).byNumber('1001')).toMatchObject({ status: 'cancelled', shipments: [] });
  });
});

describe('a parcel', () => {
  const expected: Readonly<Record<string, [Shipment['status'], OrderStatus] | 'no parcel'>> = {
    ATTEMPTED_DELIVERY: ['in-transit', 'in-transit'],
    CANCELED: 'no parcel',
    CARRIER_PICKED_UP: ['in-transit', 'in-transit'],
    CONFIRMED: ['preparing', 'shipped'],
    DELAYED: ['in-transit', 'late'],
    DELIVERED: ['delivered', 'delivered'],
    FAILURE: ['in-transit', 'late'],
    FULFILLED: ['shipped', 'shipped'],
    IN_TRANSIT: ['in-transit', 'in-transit'],
    LABEL_PRINTED: ['preparing', 'shipped'],
    LABEL_PURCHASED: ['preparing', 'shipped'],
    LABEL_VOIDED: ['preparing', 'shipped'],
    MARKED_AS_FULFILLED: ['shipped', 'shipped'],
    NOT_DELIVERED: ['in-transit', 'late'],
    OUT_FOR_DELIVERY: ['in-transit', 'in-transit'],
    PICKED_UP: ['delivered', 'delivered'],
    READY_FOR_PICKUP: ['in-transit', 'in-transit'],
    SUBMITTED: ['preparing', 'shipped'],
  };

  it('is known for every state that the schema has', () => {
    expect(Object.keys(expected)).toEqual(valuesOf('FulfillmentDisplayStatus'));
  });

  it.each(Object.entries(expected))(
    'that is %s is %j, and so is its order',
    async (displayStatus, states) => {
      const order = await told({ fulfillmentStatus: 'FULFILLED' }, [{ displayStatus }]);
      const parcels = order.shipments.map(({ status }) => status);
      if (states === 'no parcel') expect(parcels).toEqual([]);
      else expect([...parcels, order.status]).toEqual(states);
    },
  );

  it.each(valuesOf('FulfillmentStatus'))('whose fulfillment is %s', async (status) => {
    const { shipments } = await told({ fulfillmentStatus: 'FULFILLED' }, [{ status, displayStatus: null }]);
    expect(shipments).toHaveLength(['CANCELLED', 'ERROR', 'FAILURE'].includes(status) ? 0 : 1);
  });

  it('with a label keeps the order from being called processing: its address could not be changed any more', async () => {
    const order = await told({ fulfillmentStatus: 'UNFULFILLED' }, [{ displayStatus: 'LABEL_PRINTED' }]);
    expect(order.status).toBe('partly-shipped');
  });

  it('that was delivered says so by its date alone', async () => {
    const order = await told({ fulfillmentStatus: 'FULFILLED' }, [
      { displayStatus: 'FULFILLED', deliveredAt: '2026-11-25T16:00:00Z' },
    ]);
    expect(order.shipments[0]).toMatchObject({ status: 'delivered', deliveredOn: '2026-11-25' });
    expect(order.status).toBe('delivered');
  });

  it('tells carrier, number, link and days', async () => {
    const order = await told({ fulfillmentStatus: 'FULFILLED' }, [
      {
        displayStatus: 'IN_TRANSIT',
        inTransitAt: '2026-11-24T23:30:00-05:00',
        estimatedDeliveryAt: '2026-11-28T12:00:00Z',
        trackingInfo: [{ company: 'DHL', number: 'JD014600', url: 'https://dhl.example/JD014600' }],
      },
    ]);
    expect(order.shipments).toEqual([
      {
        items: [{ name: 'Desk lamp', quantity: 1 }],
        status: 'in-transit',
        carrier: 'DHL',
        tracking: { number: 'JD014600', url: 'https://dhl.example/JD014600' },
        shippedOn: '2026-11-25',
        expectedOn: '2026-11-28',
        deliveredOn: null,
      },
    ]);
  });

  it.each([
    ['no number', { company: 'DHL', number: null, url: 'https://dhl.example' }, null],
    ['an empty number', { company: '', number: ' ', url: null }, null],
    [
      'a link that is none',
      { company: null, number: 'JD1', url: 'not a link' },
      { number: 'JD1', url: null },
    ],
    [
      'a link of another kind',
      { company: null, number: 'JD1', url: 'javascript:alert(1)' },
      { number: 'JD1', url: null },
    ],
  ])('with %s has no empty link', async (_what, trackingInfo, tracking) => {
    const order = await told({ fulfillmentStatus: 'FULFILLED' }, [{ trackingInfo: [trackingInfo] }]);
    expect(order.shipments[0]?.tracking).toEqual(tracking);
  });
});

describe('an order of several parcels', () => {
  it('is late once one of them is past its day', async () => {
    const past = { displayStatus: 'IN_TRANSIT', estimatedDeliveryAt: '2026-11-25T12:00:00Z' };
    expect((await told({ fulfillmentStatus: 'PARTIALLY_FULFILLED' }, [past])).status).toBe('late');
  });

  it('is not late on the day itself, nor when it has arrived', async () => {
    const today = { displayStatus: 'IN_TRANSIT', estimatedDeliveryAt: '2026-11-26T06:00:00Z' };
    const there = { displayStatus: 'DELIVERED', estimatedDeliveryAt: '2026-11-20T06:00:00Z' };
    expect((await told({ fulfillmentStatus: 'FULFILLED' }, [today, there])).status).toBe('in-transit');
  });

  it('names what no parcel holds yet as being made ready', async () => {
    const stored = addOrder(double.shop, {
      name: '#1001',
      fulfillmentStatus: 'PARTIALLY_FULFILLED',
      lines: [
        { name: 'Kettle', quantity: 1, price: 4_900, fulfilled: 1 },
        { name: 'Stoneware mug', quantity: 4, price: 1_200, fulfilled: 1 },
      ],
    });
    const [kettle, mug] = stored.lines;
    addParcel(stored, {
      items: [
        { line: kettle?.id ?? '', quantity: 1 },
        { line: mug?.id ?? '', quantity: 1 },
      ],
    });
    const order = await openedShop(double).byNumber('1001');
    expect(order?.status).toBe('partly-shipped');
    expect(order?.shipments.map(({ status, items }) => [status, items])).toEqual([
      [
        'shipped',
        [
          { name: 'Kettle', quantity: 1 },
          { name: 'Stoneware mug', quantity: 1 },
        ],
      ],
      ['preparing', [{ name: 'Stoneware mug', quantity: 3 }]],
    ]);
  });
});

describe('money', () => {
  it.each([
    ['EUR', 5_999, 5_999],
    ['JPY', 1_300, 1_300],
    ['USD', 5, 5],
  ])('%s in its minor unit', async (currency, price, minor) => {
    const order = await told({ currency, lines: [{ name: 'Lamp', quantity: 1, price }] });
    expect(order.total).toEqual({ minor, currency });
    expect(order.items[0]?.price).toEqual({ minor, currency });
  });

  it('of one piece is never told as more than was paid for it', async () => {
    const order = await told({ lines: [{ name: 'Socks', quantity: 3, price: '3.33666' }], shippingMinor: 0 });
    expect(order.items[0]?.price).toEqual({ minor: 333, currency: 'EUR' });
    expect(order.total).toEqual({ minor: 1_001, currency: 'EUR' });
  });

  it('that went back is told with the day', async () => {
    const stored = addOrder(double.shop, { name: '#1001', financialStatus: 'PARTIALLY_REFUNDED' });
    const refund = { id: 'r', note: null, processedAt: '2026-11-25T10:00:00Z', statuses: ['SUCCESS'] };
    stored.refunds = [{ ...refund, minor: 1_000 }];
    expect(await openedShop(double).byNumber('1001')).toMatchObject({
      status: 'processing',
      refund: { amount: { minor: 1_000, currency: 'EUR' }, on: '2026-11-25' },
    });
  });
});
