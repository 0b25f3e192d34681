/** From an order in a few words to a whole one: what is left out follows from its status. */
import type { Money } from '../../core/orders/orderAction';
import type { Order, OrderItem, OrderLine, OrderStatus, Shipment } from '../../orders/port';
import { dayOf, readMoney } from '../load/moments';
import type { ItemContent, OrderContent, ParcelContent } from '../schema';

const defaultPrice = 'EUR 10.00';

interface Giving {
  /** Epoch milliseconds: what "3 days ago" counts from. */
  readonly now: number;
  /** Whose the order is when it does not say. */
  readonly email: string;
}

export function givenOrder(content: OrderContent, { now, email }: Giving): Order {
  const day = (text: string) => dayOf(text, now) ?? text;
  const status = content.status ?? 'processing';
  const items = (content.items ?? ['Desk lamp']).map((item, index) => lineOf(item, String(index + 1)));
  const total = readMoney(content.total ?? '') ?? sumOf(items);
  const refund = content.refund;
  const isBack = status === 'refunded' || status === 'cancelled';
  return {
    number: String(content.number),
    status,
    customerEmail: (content.email ?? email).toLowerCase(),
    postalCode: String(content['postal-code'] ?? '1050'),
    placedOn: day(content.placed ?? (status === 'processing' ? '1 day ago' : '10 days ago')),
    items,
    shipments: (content.parcels ?? usualParcels(status, items)).map((parcel) =>
      shipmentOf(parcel, items, day),
    ),
    total,
    refund:
      refund === undefined
        ? isBack
          ? { amount: total, on: day('2 days ago') }
          : null
        : { amount: readMoney(refund.amount) ?? total, on: day(refund.on) },
  };
}

/** As the shop tells it later: what is not named stays, unless it follows from a new status. */
export function changedOrder(content: OrderContent, before: Order, giving: Giving): Order {
  const after = givenOrder(content, { ...giving, email: before.customerEmail });
  const follows = content.status !== undefined;
  return {
    ...before,
    status: follows ? after.status : before.status,
    shipments:
      follows || content.parcels !== undefined
        ? shipmentsOf(content, before, after, giving)
        : before.shipments,
    refund: follows || content.refund !== undefined ? after.refund : before.refund,
    ...(content.email === undefined ? {} : { customerEmail: after.customerEmail }),
    ...(content['postal-code'] === undefined ? {} : { postalCode: after.postalCode }),
    ...(content.placed === undefined ? {} : { placedOn: after.placedOn }),
    ...(content.items === undefined ? {} : { items: after.items }),
    ...(content.total === undefined ? {} : { total: after.total }),
  };
}

function shipmentsOf(
  content: OrderContent,
  before: Order,
  after: Order,
  { now }: Giving,
): readonly Shipment[] {
  if (content.items !== undefined) return after.shipments;
  const parcels = content.parcels ?? usualParcels(after.status, before.items);
  return parcels.map((parcel) => shipmentOf(parcel, before.items, (text) => dayOf(text, now) ?? text));
}

function lineOf(item: ItemContent, line: string): OrderLine {
  const { name, quantity } = typeof item === 'string' ? countedItem(item) : { quantity: 1, ...item };
  const price = typeof item === 'string' ? undefined : item.price;
  return { name, quantity: quantity ?? 1, line, price: readMoney(price ?? defaultPrice) };
}

/** `4 × Mug`. */
function countedItem(text: string): OrderItem {
  const [, count, name] = /^(\d{1,4}) ?[×x] (.+)$/.exec(text) ?? [];
  return count === undefined || name === undefined
    ? { name: text, quantity: 1 }
    : { name, quantity: Math.max(1, Number(count)) };
}

function sumOf(items: readonly OrderLine[]): Money {
  const currency = items[0]?.price?.currency ?? 'EUR';
  const minor = items.reduce((sum, { price, quantity }) => sum + (price?.minor ?? 0) * quantity, 0);
  return { minor, currency };
}

function shipmentOf(
  parcel: ParcelContent,
  items: readonly OrderItem[],
  day: (text: string) => string,
): Shipment {
  const { tracking, 'tracking-url': url } = parcel;
  return {
    items: parcel.items?.map(countedItem) ?? items.map(({ name, quantity }) => ({ name, quantity })),
    status: parcel.status,
    carrier: parcel.carrier ?? null,
    tracking: tracking === undefined ? null : { number: tracking, url: url ?? null },
    shippedOn: parcel.shipped === undefined ? null : day(parcel.shipped),
    expectedOn: parcel.expected === undefined ? null : day(parcel.expected),
    deliveredOn: parcel.delivered === undefined ? null : day(parcel.delivered),
  };
}

/** What an order of that status looks like in most shops. */
function usualParcels(status: OrderStatus, items: readonly OrderItem[]): readonly ParcelContent[] {
  const underWay = {
    carrier: 'Swift Parcel',
    tracking: 'SP1002003',
    'tracking-url': 'https://carrier.example/track/SP1002003',
    shipped: '2 days ago',
  };
  switch (status) {
    case 'processing':
      return [{ status: 'preparing', expected: 'in 5 days' }];
    case 'shipped':
      return [{ ...underWay, status: 'shipped', expected: 'in 2 days' }];
    case 'in-transit':
      return [{ ...underWay, status: 'in-transit', expected: 'in 2 days' }];
    case 'late':
      return [{ ...underWay, status: 'in-transit', shipped: '8 days ago', expected: '3 days ago' }];
    case 'partly-shipped': {
      const [first, ...others] = items.map(({ name, quantity }) => `${quantity} × ${name}`);
      return [
        {
          ...underWay,
          status: 'in-transit',
          expected: 'in 2 days',
          ...(first === undefined ? {} : { items: [first] }),
        },
        { status: 'preparing', expected: 'in 5 days', items: others },
      ];
    }
    case 'delivered':
    case 'refunded':
      return [
        {
          ...underWay,
          status: 'delivered',
          shipped: '5 days ago',
          expected: '3 days ago',
          delivered: '3 days ago',
        },
      ];
    case 'cancelled':
      return [];
  }
}
