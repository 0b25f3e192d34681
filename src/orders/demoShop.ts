/** The embedded demo shop: orders in a JSON file of the state folder, which people may edit to try things. */
import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { lock } from 'proper-lockfile';
import { z } from 'zod';
import { hasCode } from '../contracts/errorCode';
import { demoOrders } from './demoOrders';
import type { OrderAction } from '../core/orderAction';
import { refundable, whyNot } from './fits';
import type { Order, Shop } from './port';

export { demoCustomer, demoCustomers } from './demoOrders';

const text = z.string().min(1);
const date = z.iso.date();
const money = z.strictObject({ minor: z.int().min(0), currency: z.string().regex(/^[A-Z]{3}$/) });
const item = z.strictObject({ name: text, quantity: z.int().min(1) });
// Files of earlier versions tell neither lines nor prices nor postal codes.
const line = z.strictObject({
  name: text,
  quantity: z.int().min(1),
  line: text.optional(),
  price: money.nullable().default(null),
});
const shipment = z.strictObject({
  items: z.array(item),
  status: z.enum(['preparing', 'shipped', 'in-transit', 'delivered']),
  carrier: text.nullable(),
  tracking: z.strictObject({ number: text, url: z.url({ protocol: /^https?$/ }).nullable() }).nullable(),
  shippedOn: date.nullable(),
  expectedOn: date.nullable(),
  deliveredOn: date.nullable(),
});
const order = z.strictObject({
  number: text,
  status: z.enum([
    'processing',
    'partly-shipped',
    'shipped',
    'in-transit',
    'late',
    'delivered',
    'cancelled',
    'refunded',
  ]),
  postalCode: text.nullable().default(null),
  customerEmail: z.email().transform((email) => email.toLowerCase()),
  placedOn: date,
  items: z
    .array(line)
    .min(1)
    .transform((lines) => lines.map((entry, index) => ({ ...entry, line: entry.line ?? String(index + 1) }))),
  shipments: z.array(shipment),
  total: money,
  refund: z.strictObject({ amount: money, on: date }).nullable(),
}) satisfies z.ZodType<Order>;
const deed = z.strictObject({ key: text, reference: text });
const orderFile = z.strictObject({
  /** What was done, by its key: a second request for the same is answered, not done. */
  done: z.array(deed).default([]),
  orders: z.array(order).check(({ value, issues }) => {
    const places = new Map<string, number>();
    value.forEach(({ number }, index) => {
      const first = places.get(plain(number));
      if (first === undefined) places.set(plain(number), index);
      else {
        const message = `${number} is the number of orders.${first} already`;
        issues.push({ code: 'custom', input: value, path: [index, 'number'], message });
      }
    });
  }),
});

const ordersNamed = 20;

/** What is wrong with the file of orders, where, and how to mend it. */
export class OrderFileError extends Error {
  override readonly name = 'OrderFileError';
}

/**
 * @param options.file - made with invented orders when it is missing. Read anew for each look-up, so that an edit
 * counts at once.
 * @param options.clock - epoch milliseconds: the day the invented orders are made for.
 */
export function openDemoShop(options: { readonly file: string; readonly clock: () => number }): Shop {
  const read = async (signal: AbortSignal): Promise<OrderFile> => {
    signal.throwIfAborted();
    return parseOrders(options.file, await readOrSeed(options.file, options.clock));
  };
  return {
    findByNumber: async (number, signal) => find((await read(signal)).orders, number),
    findByCustomer: async (email, signal) => {
      const wanted = email.trim().toLowerCase();
      return (await read(signal)).orders
        .filter(({ customerEmail }) => customerEmail === wanted)
        .toSorted((a, b) => b.placedOn.localeCompare(a.placedOn))
        .slice(0, ordersNamed);
    },
    act: (action, key, signal) =>
      alone(options.file, async () => {
        const file = await read(signal);
        const earlier = file.done.find((done) => done.key === key);
        if (earlier !== undefined) return { type: 'done', reference: earlier.reference };
        const order = find(file.orders, action.order);
        if (order === null) return { type: 'refused', why: `The shop has no order ${action.order}.` };
        const why = whyNot(order, action);
        if (why !== null) return { type: 'refused', why };
        const today = new Date(options.clock()).toISOString().slice(0, 10);
        const changed = afterAction(order, action, today);
        const reference = `demo-${file.done.length + 1}`;
        await replace(options.file, {
          orders: file.orders.map((other) => (other === order ? changed : other)),
          done: [...file.done, { key, reference }],
        });
        return { type: 'done', reference };
      }),
  };
}

function find(orders: readonly Order[], number: string): Order | null {
  const wanted = plain(number);
  return orders.find((candidate) => plain(candidate.number) === wanted) ?? null;
}

/** The order as it stands when the action was done. Addresses and invoices are not part of the demo's file. */
function afterAction(order: Order, action: OrderAction, today: string): Order {
  switch (action.type) {
    case 'cancel':
      return { ...order, status: 'cancelled', shipments: [], refund: { amount: order.total, on: today } };
    case 'refund': {
      const back = order.total.minor - refundable(order).minor + action.amount.minor;
      const amount = { ...action.amount, minor: back };
      const status = back >= order.total.minor ? 'refunded' : order.status;
      return { ...order, status, refund: { amount, on: today } };
    }
    case 'change-address':
    case 'resend-invoice':
    case 'store-credit':
      return order;
  }
}

/** One change at a time, whichever process makes it: two of them would undo one another. */
async function alone<T>(file: string, change: () => Promise<T>): Promise<T> {
  await mkdir(path.dirname(file), { recursive: true });
  const release = await lock(file, {
    realpath: false,
    stale: 10_000,
    retries: { retries: 50, maxTimeout: 200 },
  });
  try {
    return await change();
  } finally {
    await release();
  }
}

/** The file is whole at every moment, the old one or the new one. */
async function replace(file: string, content: OrderFile): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(content, null, 2), { flag: 'wx' });
  await rename(draft, file);
}

function plain(number: string): string {
  return number.trim().replace(/^#\s*/, '').toLowerCase();
}

async function readOrSeed(file: string, clock: () => number): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
  await seed(file, JSON.stringify({ orders: demoOrders(clock()) }, null, 2));
  return readFile(file, 'utf8');
}

/** A link appears whole or not at all, and never over a file that another process made meanwhile. */
async function seed(file: string, content: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, content, { flag: 'wx' });
    await link(draft, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

interface OrderFile {
  readonly orders: readonly Order[];
  readonly done: readonly z.infer<typeof deed>[];
}

function parseOrders(file: string, content: string): OrderFile {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (error) {
    throw new OrderFileError(`${file}${placeOf(error, content)} is not JSON. ${mend}`);
  }
  const parsed = orderFile.safeParse(json);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(
    (issue) => `${file}: ${issue.path.join('.') || 'the file'}: ${issue.message}`,
  );
  throw new OrderFileError(`${lines.join('\n')}\n${mend}`);
}

/** `:3:5` where the parser says at which character it stopped, as it does for most mistakes; else "". */
function placeOf(error: unknown, content: string): string {
  const position = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  if (position === undefined) return '';
  const before = content.slice(0, Number(position)).split('\n');
  return `:${before.length}:${(before.at(-1) ?? '').length + 1}`;
}

const mend = 'Mend it, or delete the file: it is made anew with demo orders.';
