/** The embedded demo shop: orders in a JSON file of the state folder, which people may edit to try things. */
import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { hasCode } from '../contracts/errorCode';
import { demoOrders } from './demoOrders';
import type { Order, OrderBook } from './port';

export { demoCustomer, demoCustomers } from './demoOrders';

const text = z.string().min(1);
const date = z.iso.date();
const money = z.strictObject({ minor: z.int().min(0), currency: z.string().regex(/^[A-Z]{3}$/) });
const item = z.strictObject({ name: text, quantity: z.int().min(1) });
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
  customerEmail: z.email().transform((email) => email.toLowerCase()),
  placedOn: date,
  items: z.array(item).min(1),
  shipments: z.array(shipment),
  total: money,
  refund: z.strictObject({ amount: money, on: date }).nullable(),
}) satisfies z.ZodType<Order>;
const orderFile = z.strictObject({
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
export function openDemoShop(options: { readonly file: string; readonly clock: () => number }): OrderBook {
  const read = async (signal: AbortSignal): Promise<readonly Order[]> => {
    signal.throwIfAborted();
    return parseOrders(options.file, await readOrSeed(options.file, options.clock));
  };
  return {
    findByNumber: async (number, signal) => {
      const wanted = plain(number);
      return (await read(signal)).find((candidate) => plain(candidate.number) === wanted) ?? null;
    },
    findByCustomer: async (email, signal) => {
      const wanted = email.trim().toLowerCase();
      return (await read(signal))
        .filter(({ customerEmail }) => customerEmail === wanted)
        .toSorted((a, b) => b.placedOn.localeCompare(a.placedOn))
        .slice(0, ordersNamed);
    },
  };
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

function parseOrders(file: string, content: string): readonly Order[] {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (error) {
    throw new OrderFileError(`${file}${placeOf(error, content)} is not JSON. ${mend}`);
  }
  const parsed = orderFile.safeParse(json);
  if (parsed.success) return parsed.data.orders;
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
