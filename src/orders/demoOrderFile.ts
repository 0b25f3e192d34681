/** The demo shop's file: its shape, and reading and replacing it so that it is whole at every moment. */
import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { hasCode } from '../contracts/errorCode';
import type { FailureKind } from '../core/failure';
import { slowRetryMs } from '../remote/failures';
import { demoOrders } from './demoOrders';
import type { KeptDeed, KeptShop } from './keptShop';
import { plainNumber } from '../core/orders/orderNumber';
import type { Order } from './port';
import { date, money, order, orderAction, orderLine, text } from './schemas';

// Files of earlier versions tell neither lines nor prices nor postal codes.
const line = orderLine.extend({ line: text.optional(), price: money.nullable().default(null) });
const orderInFile = order.extend({
  postalCode: text.nullable().default(null),
  customerEmail: z.email().transform((email) => email.toLowerCase()),
  items: z
    .array(line)
    .min(1)
    .transform((lines) => lines.map((entry, index) => ({ ...entry, line: entry.line ?? String(index + 1) }))),
}) satisfies z.ZodType<Order>;

const deed = z.strictObject({
  key: text,
  reference: text,
  // Files of 0.1.0 tell neither.
  on: date.nullable().default(null),
  action: orderAction.nullable().default(null),
}) satisfies z.ZodType<KeptDeed>;

const orderFile = z.strictObject({
  done: z.array(deed).default([]),
  orders: z.array(orderInFile).check(({ value, issues }) => {
    const places = new Map<string, number>();
    value.forEach(({ number }, index) => {
      const first = places.get(plainNumber(number));
      if (first === undefined) places.set(plainNumber(number), index);
      else {
        const message = `${number} is the number of orders.${first} already`;
        issues.push({ code: 'custom', input: value, path: [index, 'number'], message });
      }
    });
  }),
});

/** What is wrong with the file of orders, where, and how to mend it. It is tried again: a person may mend it. */
export class OrderFileError extends Error {
  override readonly name = 'OrderFileError';
  readonly kind: FailureKind;
  readonly retryable = true;
  readonly retryAfterMs = slowRetryMs;

  constructor(message: string, kind: 'malformed' | 'unavailable' = 'malformed') {
    super(message);
    this.kind = kind;
  }
}

/**
 * Made with invented orders when it is missing.
 * @throws OrderFileError
 */
export async function readOrderFile(file: string, clock: () => number): Promise<KeptShop> {
  return parseOrders(file, await orSayWhere(file, 'read', () => readOrSeed(file, clock)));
}

/**
 * Only under the file's lock: its draft has one name, so that none is left behind by those who died writing it.
 * @throws OrderFileError
 */
export async function replaceOrderFile(file: string, content: KeptShop): Promise<void> {
  const draft = `${file}.draft`;
  await orSayWhere(file, 'written', async () => {
    await writeFile(draft, jsonOf(content), { flush: true });
    await rename(draft, file);
  });
}

function jsonOf(content: Partial<KeptShop>): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}

async function orSayWhere<T>(file: string, deed: 'read' | 'written', run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new OrderFileError(
      `${file} cannot be ${deed}: ${why}. Set DESKHAND_STATE_DIR to a folder that can.`,
    );
  }
}

async function readOrSeed(file: string, clock: () => number): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
  await seed(file, jsonOf({ orders: demoOrders(clock()) }));
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

function parseOrders(file: string, content: string): KeptShop {
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

/**
 * `:3:5`. Node's parser tells the character of some mistakes, and of a token out of place only the words around it: of
 * those a parser of YAML, which JSON nearly is a part of, knows the place of most. Else "".
 */
function placeOf(error: unknown, content: string): string {
  const told = error instanceof Error ? error.message : '';
  const position = /at position (\d+)/.exec(told)?.[1];
  const at = told.includes('end of JSON input') ? content.length : position;
  if (at !== undefined) {
    const before = content.slice(0, Number(at)).split('\n');
    return `:${before.length}:${(before.at(-1) ?? '').length + 1}`;
  }
  const [start] = parseDocument(content).errors[0]?.linePos ?? [];
  return start === undefined ? '' : `:${start.line}:${start.col}`;
}

const mend = 'Mend it, or delete the file: it is made anew with demo orders.';
