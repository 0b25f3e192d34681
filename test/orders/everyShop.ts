/** Every kind of shop that stands behind the port, opened with the same orders, for one suite of what they promise. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { OrderAction } from '../../src/core/orders/orderAction';
import { openDemoShop } from '../../src/orders/demoShop';
import { createHttpShop } from '../../src/orders/http/createHttpShop';
import { startShopServer } from '../../src/orders/http/shopServer';
import type { Order, OrderLine, Shop } from '../../src/orders/port';
import { MemoryShop } from '../../src/scenarios/world/memoryShop';
import { startShopifyDouble } from './shopify/double/startShopifyDouble';
import { addOrder, addParcel, emptyShop } from './shopify/double/storedShop';
import { openedShop } from './shopify/openedShop';

export const today = '2026-11-26';
const now = Date.parse(`${today}T10:00:00Z`);

export interface OpenedShop {
  readonly shop: Shop;
  /** Puts these and no others into it, with nothing done. */
  fill(orders: readonly Order[]): Promise<void>;
  /** The next deed is done and nobody is told; nothing happens where nothing lies between asking and doing. */
  loseNextAnswer(action: OrderAction): void;
  /** Long enough for a deed that began to be over. */
  later(): void;
  close(): Promise<void>;
}

export const kinds = {
  'the demo shop': demoShop,
  'a shop over HTTP': httpShop,
  Shopify: shopify,
  "the scenarios' shop": memoryShop,
} as const;

/** Between those and us there is a network. */
export const remoteKinds: readonly string[] = [
  'a shop over HTTP',
  'Shopify',
] satisfies readonly (keyof typeof kinds)[];

export const euros = (minor: number) => ({ minor, currency: 'EUR' });

/** Paid, not sent: a kettle and four mugs. */
export function orderOf(number: string, change: Partial<Order> = {}): Order {
  const line = (id: string, name: string, quantity: number, minor: number): OrderLine => {
    return { line: id, name, quantity, price: euros(minor) };
  };
  return {
    number,
    status: 'processing',
    customerEmail: 'ana@example.com',
    postalCode: '1000',
    placedOn: '2026-11-20',
    items: [line('1', 'Kettle', 1, 4_900), line('2', 'Stoneware mug', 4, 1_200)],
    shipments: [],
    total: euros(9_700),
    refund: null,
    ...change,
  };
}

export const sent: Partial<Order> = {
  status: 'shipped',
  shipments: [
    {
      items: [
        { name: 'Kettle', quantity: 1 },
        { name: 'Stoneware mug', quantity: 4 },
      ],
      status: 'shipped',
      carrier: 'Swift Parcel',
      tracking: { number: 'SP1', url: 'https://carrier.example/SP1' },
      shippedOn: '2026-11-24',
      expectedOn: '2026-11-29',
      deliveredOn: null,
    },
  ],
};

const nothingToClose = () => Promise.resolve();

async function demoShop(): Promise<OpenedShop> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-shop-'));
  const file = path.join(folder, 'orders.json');
  return {
    shop: openDemoShop({ file, clock: () => now }),
    fill: (orders) => writeFile(file, JSON.stringify({ orders })),
    loseNextAnswer: () => undefined,
    later: () => undefined,
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

async function httpShop(): Promise<OpenedShop> {
  const behind = await demoShop();
  const token = 'a-token';
  const server = await startShopServer({ host: '127.0.0.1', port: 0, token, shop: behind.shop });
  return {
    ...behind,
    shop: createHttpShop({ apiUrl: server.url, token }),
    loseNextAnswer: () =>
      server.faults.add({ route: 'POST /actions', times: 1, fault: { type: 'reset-after' } }),
    close: async () => {
      await server.close();
      await behind.close();
    },
  };
}

function memoryShop(): Promise<OpenedShop> {
  let filled = new MemoryShop([], () => today);
  return Promise.resolve({
    shop: {
      findByNumber: (number) => filled.findByNumber(number),
      findByCustomer: (email) => filled.findByCustomer(email),
      act: (action, key) => filled.act(action, key),
    },
    fill: (orders) => {
      filled = new MemoryShop(orders, () => today);
      return nothingToClose();
    },
    loseNextAnswer: () => undefined,
    later: () => undefined,
    close: nothingToClose,
  });
}

async function shopify(): Promise<OpenedShop> {
  const double = await startShopifyDouble();
  const mutations: Readonly<Record<OrderAction['type'], string>> = {
    cancel: 'DeskhandCancel',
    refund: 'DeskhandRefund',
    'change-address': 'DeskhandChangeAddress',
    'resend-invoice': 'DeskhandSendInvoice',
    'store-credit': 'DeskhandStoreCredit',
  };
  return {
    shop: openedShop(double).shop,
    fill: (orders) => {
      const { shop } = double;
      shop.orders.length = 0;
      shop.credits.length = 0;
      shop.refundsByKey.clear();
      shop.clock = emptyShop().clock;
      for (const order of orders) {
        const stored = addOrder(shop, {
          name: `#${order.number}`,
          email: order.customerEmail,
          processedAt: `${order.placedOn}T09:30:00Z`,
          address: { zip: order.postalCode },
          fulfillmentStatus: order.status === 'processing' ? 'UNFULFILLED' : 'FULFILLED',
          lines: order.items.map(({ name, quantity, price }) => ({
            name,
            quantity,
            price: price?.minor ?? 0,
          })),
        });
        for (const { expectedOn, tracking, carrier } of order.shipments) {
          const trackingInfo = [
            { company: carrier, number: tracking?.number ?? null, url: tracking?.url ?? null },
          ];
          addParcel(stored, { trackingInfo, estimatedDeliveryAt: `${expectedOn ?? today}T12:00:00Z` });
        }
      }
      return nothingToClose();
    },
    loseNextAnswer: ({ type }) => double.faults.push({ on: mutations[type], type: 'reset-after' }),
    later: () => {
      double.shop.clock += 100_000;
    },
    close: () => double.stop(),
  };
}
