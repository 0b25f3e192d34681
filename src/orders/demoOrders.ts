/** The demo shop's orders, made relative to the day they are first asked for. All invented. */
import type { Order, OrderItem, OrderLine, Shipment } from './port';

/** Who asks in the demo conversation: one open order, so that the question needs no number. */
export const demoCustomer = {
  name: 'Ana Costa',
  email: 'ana@example.com',
  question: 'Where is my order?',
} as const;

/** Everybody who has orders there, and what a person who tries the shop out should know of these. */
export const demoCustomers = [
  {
    name: demoCustomer.name,
    email: demoCustomer.email,
    orders: 'a lamp on its way; mugs delivered weeks ago',
  },
  {
    name: 'Ben Okafor',
    email: 'ben@example.com',
    orders: 'two open orders, so he is asked which one he means',
  },
  {
    name: 'Carla Rossi',
    email: 'carla@example.com',
    orders: 'a kettle on its way; the mugs of the same order still to be sent',
  },
  { name: 'Dmitri Ivanov', email: 'dmitri@example.com', orders: 'a blanket that is days late' },
  {
    name: 'Emma Larsen',
    email: 'emma@example.com',
    orders: 'a lamp cancelled before it was sent; a kettle refunded',
  },
] as const;

const dayMs = 86_400_000;

/** @param now - epoch milliseconds. */
export function demoOrders(now: number): readonly Order[] {
  const day = (offset: number) => new Date(now + offset * dayMs).toISOString().slice(0, 10);
  const item = (name: string, quantity = 1): OrderItem => ({ name, quantity });
  const euros = (minor: number) => ({ minor, currency: 'EUR' });
  const tracking = (number: string) => ({ number, url: `https://carrier.example/track/${number}` });
  const parcel = (items: readonly OrderItem[], rest: Partial<Shipment>): Shipment => ({
    items,
    status: 'preparing',
    carrier: null,
    tracking: null,
    shippedOn: null,
    expectedOn: null,
    deliveredOn: null,
    ...rest,
  });
  const order = (
    number: string,
    customerEmail: string,
    {
      items,
      ...rest
    }: Pick<Order, 'status' | 'placedOn' | 'total'> &
      Partial<Omit<Order, 'items'>> & { readonly items: readonly OrderItem[] },
  ): Order => ({
    number,
    customerEmail,
    postalCode: '1050',
    shipments: [],
    refund: null,
    items: items.map((entry, index): OrderLine => ({
      ...entry,
      line: String(index + 1),
      price: priceOf(entry),
    })),
    ...rest,
  });

  const prices: Readonly<Record<string, number>> = {
    'Desk lamp': 5_900,
    'Stoneware mug': 1_200,
    Kettle: 4_900,
    'Wool blanket': 7_900,
    Notebook: 900,
  };
  const priceOf = ({ name }: OrderItem) => euros(prices[name] ?? 0);
  const lamp = [item('Desk lamp')];
  const mugs = [item('Stoneware mug', 4)];
  const kettle = [item('Kettle')];
  const blanket = [item('Wool blanket')];
  return [
    order('48213', demoCustomer.email, {
      status: 'in-transit',
      placedOn: day(-4),
      items: lamp,
      total: euros(5_900),
      shipments: [
        parcel(lamp, {
          status: 'in-transit',
          carrier: 'Swift Parcel',
          tracking: tracking('SP48213001'),
          shippedOn: day(-2),
          expectedOn: day(2),
        }),
      ],
    }),
    order('47001', demoCustomer.email, {
      status: 'delivered',
      placedOn: day(-40),
      items: mugs,
      total: euros(4_800),
      shipments: [
        parcel(mugs, {
          status: 'delivered',
          carrier: 'Swift Parcel',
          tracking: tracking('SP47001001'),
          shippedOn: day(-38),
          expectedOn: day(-35),
          deliveredOn: day(-36),
        }),
      ],
    }),
    order('51877', 'ben@example.com', {
      status: 'processing',
      placedOn: day(-1),
      items: blanket,
      total: euros(7_900),
      shipments: [parcel(blanket, { expectedOn: day(5) })],
    }),
    order('51340', 'ben@example.com', {
      status: 'shipped',
      placedOn: day(-3),
      items: [item('Notebook', 3)],
      total: euros(2_700),
      shipments: [
        parcel([item('Notebook', 3)], { status: 'shipped', shippedOn: day(-1), expectedOn: day(3) }),
      ],
    }),
    order('50926', 'carla@example.com', {
      status: 'partly-shipped',
      placedOn: day(-5),
      items: [...kettle, ...mugs],
      total: euros(9_700),
      shipments: [
        parcel(kettle, {
          status: 'in-transit',
          carrier: 'Swift Parcel',
          tracking: tracking('SP50926001'),
          shippedOn: day(-2),
          expectedOn: day(1),
        }),
        parcel(mugs, { expectedOn: day(6) }),
      ],
    }),
    order('49555', 'dmitri@example.com', {
      status: 'late',
      placedOn: day(-14),
      items: blanket,
      total: euros(7_900),
      shipments: [
        parcel(blanket, {
          status: 'in-transit',
          carrier: 'Northern Post',
          tracking: tracking('NP49555001'),
          shippedOn: day(-11),
          expectedOn: day(-4),
        }),
      ],
    }),
    order('46210', 'emma@example.com', {
      status: 'cancelled',
      placedOn: day(-20),
      items: lamp,
      total: euros(5_900),
      refund: { amount: euros(5_900), on: day(-18) },
    }),
    order('45118', 'emma@example.com', {
      status: 'refunded',
      placedOn: day(-30),
      items: kettle,
      total: euros(4_900),
      refund: { amount: euros(4_900), on: day(-3) },
      shipments: [
        parcel(kettle, {
          status: 'delivered',
          shippedOn: day(-28),
          expectedOn: day(-25),
          deliveredOn: day(-25),
        }),
      ],
    }),
  ];
}
