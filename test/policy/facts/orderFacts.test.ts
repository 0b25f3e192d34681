import type { OrderStatus } from '../../../src/orders/port';
import { orderFacts } from '../../../src/policy/facts/orderFacts';
import { line, order, parcel } from '../support';

const today = '2026-11-25';

describe('an order as a policy sees it', () => {
  test('carries what a reply can need, and no address', () => {
    const facts = orderFacts(order({ customerEmail: 'ana@mail.example' }), today);
    expect(facts).toMatchObject({
      found: true,
      number: '48213',
      status: 'in-transit',
      placedOn: '2026-11-21',
      expectedOn: '2026-11-27',
      deliveredOn: '',
      trackingUrl: 'https://carrier.example/AA100200300',
      total: 4_900,
      currency: 'EUR',
      refund: 0,
      refundOn: '',
    });
    expect(JSON.stringify(facts)).not.toContain('mail.example');
  });

  test('items are told with their number, one without', () => {
    const items = [line('Kettle'), line('Mug', 4, 1_200, '2')];
    expect(orderFacts(order({ items }), today).items).toEqual(['Kettle', '4 × Mug']);
  });
});

test.each<[string | null, boolean]>([
  ['2026-11-25', true],
  ['2026-11-24', true],
  // The shop's clock may be ahead of the policy's.
  ['2026-11-26', true],
  ['2026-11-23', false],
  ['2025-11-25', false],
  [null, false],
])('refunded on %s is lately on 25 November: %s', (on, lately) => {
  const refund = on === null ? null : { amount: { minor: 1_200, currency: 'EUR' }, on };
  expect(orderFacts(order({ refund }), today).refundedLately).toBe(lately);
});

test('the day before the first of March is in February', () => {
  const refund = { amount: { minor: 1_200, currency: 'EUR' }, on: '2028-02-29' };
  expect(orderFacts(order({ refund }), '2028-03-01').refundedLately).toBe(true);
});

test('money and store credit together leave what may go back, in either', () => {
  const refund = { amount: { minor: 1_000, currency: 'EUR' }, on: '2026-11-20' };
  const facts = orderFacts(order({ refund, storeCredit: { minor: 3_000, currency: 'EUR' } }), today);
  expect(facts).toMatchObject({ refundable: 900, creditable: 900, storeCredit: 3_000 });
  const none = orderFacts(order({ refund, storeCredit: { minor: 3_900, currency: 'EUR' } }), today);
  expect(none.can).toEqual(['resend-invoice']);
  expect(none.lines).toMatchObject([{ left: 0, refundable: 0 }]);
});

describe('late', () => {
  const statusOf = (
    status: OrderStatus,
    expectedOn: string | null,
    parcelStatus: 'in-transit' | 'delivered' = 'in-transit',
  ) => orderFacts(order({ status, shipments: [parcel({ status: parcelStatus, expectedOn })] }), today).status;

  test.each<[OrderStatus, string | null, string]>([
    ['in-transit', '2026-11-24', 'late'],
    ['shipped', '2026-11-24', 'late'],
    ['in-transit', '2026-11-25', 'in-transit'],
    ['in-transit', '2026-11-26', 'in-transit'],
    ['in-transit', null, 'in-transit'],
    ['late', '2026-12-24', 'late'],
    ['delivered', '2026-11-01', 'delivered'],
    ['cancelled', '2026-11-01', 'cancelled'],
    ['refunded', '2026-11-01', 'refunded'],
    ['processing', '2026-11-01', 'processing'],
  ])('%s, expected %s, is %s on 25 November', (status, expectedOn, told) => {
    expect(statusOf(status, expectedOn)).toBe(told);
  });

  test.each<[OrderStatus, boolean]>([
    ['processing', true],
    ['partly-shipped', true],
    ['in-transit', true],
    ['late', true],
    ['delivered', false],
    ['cancelled', false],
    ['refunded', false],
  ])('%s with a parcel that should be there: late is %s', (status, late) => {
    const shipments = [parcel({ expectedOn: '2026-11-24' })];
    expect(orderFacts(order({ status, shipments }), today).late).toBe(late);
    expect(orderFacts(order({ status, shipments: [] }), today).late).toBe(status === 'late');
  });

  test.each<[OrderStatus, string, string]>([
    ['processing', '2026-11-24', ''],
    ['partly-shipped', '2026-11-24', ''],
    ['partly-shipped', '2026-11-25', '2026-11-25'],
    ['in-transit', '2026-11-24', '2026-11-24'],
    ['cancelled', '2026-11-27', ''],
    ['delivered', '2026-11-27', ''],
  ])('%s, planned for %s: the day that may be told is "%s"', (status, planned, told) => {
    const shipments = [parcel({ expectedOn: planned })];
    expect(orderFacts(order({ status, shipments }), today).expectedOn).toBe(told);
  });

  test('a parcel that arrived after its day is not late any more', () => {
    expect(statusOf('in-transit', '2026-11-24', 'delivered')).toBe('in-transit');
  });
});

describe('dates', () => {
  test('the last parcel under way decides when all is there', () => {
    const shipments = [
      parcel({ expectedOn: '2026-11-27' }),
      parcel({ expectedOn: '2026-12-02' }),
      parcel({ status: 'delivered', expectedOn: '2026-12-24', deliveredOn: '2026-11-24' }),
    ];
    expect(orderFacts(order({ shipments }), today)).toMatchObject({
      expectedOn: '2026-12-02',
      deliveredOn: '2026-11-24',
    });
  });

  test('what has not left the shop in time has no date to promise', () => {
    const shipments = [parcel({ status: 'preparing', expectedOn: '2026-11-20' })];
    const facts = orderFacts(order({ status: 'processing', shipments }), today);
    expect(facts.expectedOn).toBe('');
    expect(facts.parcels[0]?.late).toBe(true);
  });

  test('no parcels, no dates', () => {
    expect(orderFacts(order({ shipments: [] }), today)).toMatchObject({
      expectedOn: '',
      deliveredOn: '',
      trackingUrl: '',
      parcels: [],
    });
  });
});

describe('tracking', () => {
  test.each([
    'javascript:alert(1)',
    'ftp://carrier.example/1',
    'https://carrier.example/"><b>',
    'carrier.example',
    '',
  ])('%j is no link to send to anybody', (url) => {
    const shipments = [parcel({ tracking: { number: 'AA1', url } })];
    const facts = orderFacts(order({ shipments }), today);
    expect(facts.trackingUrl).toBe('');
    expect(facts.parcels[0]).toMatchObject({ trackingUrl: '', trackingNumber: 'AA1' });
  });

  test('several parcels have no common link', () => {
    expect(orderFacts(order({ shipments: [parcel(), parcel()] }), today).trackingUrl).toBe('');
  });
});
