/** What may be done to an order of the demo shop, what it leaves in the file, and that it is done once a key. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { OrderAction, RefundLine } from '../../src/core/orders/orderAction';
import { openDemoShop } from '../../src/orders/demoShop';

const now = Date.parse('2026-11-25T10:00:00Z');
const { signal } = new AbortController();
const euros = (minor: number) => ({ minor, currency: 'EUR' });
const refund = (order: string, minor: number, lines: readonly RefundLine[] = []) =>
  ({ type: 'refund', order, amount: euros(minor), lines }) as const;

let folder: string;
let file: string;
const open = () => openDemoShop({ file, clock: () => now });
const act = (action: OrderAction, key = 'key') => open().act(action, key, signal);
const order = (number: string) => open().findByNumber(number, signal);
const done = async () =>
  z
    .object({ done: z.array(z.record(z.string(), z.unknown())) })
    .parse(JSON.parse(await readFile(file, 'utf8'))).done;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-shop-'));
  file = path.join(folder, 'orders.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('each action is done, and told in the file', () => {
  test.each<OrderAction>([
    { type: 'cancel', order: '51877' },
    refund('47001', 1_200),
    { type: 'change-address', order: '51877', address: '1 Quay\n1050 Port' },
    { type: 'resend-invoice', order: '48213' },
    { type: 'store-credit', order: '48213', amount: euros(500) },
  ])('$type', async (action) => {
    expect(await act(action)).toEqual({ type: 'done', reference: 'demo-1' });
    expect(await done()).toEqual([{ key: 'key', reference: 'demo-1', on: '2026-11-25', action }]);
    // And read back by whoever opens the file next.
    expect(await act(action)).toEqual({ type: 'done', reference: 'demo-1' });
    expect(await done()).toHaveLength(1);
  });
});

test('a key of a file of 0.1.0, which told no action, is done', async () => {
  await order('47001');
  const content = z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(file, 'utf8')));
  await writeFile(file, JSON.stringify({ ...content, done: [{ key: 'key', reference: 'demo-1' }] }));
  expect(await act(refund('47001', 1_200))).toEqual({ type: 'done', reference: 'demo-1' });
  expect((await act(refund('47001', 1_200), 'other')).type).toBe('done');
});

describe('nothing is done', () => {
  test.each<[OrderAction, string]>([
    [{ type: 'cancel', order: '48213' }, 'The order is in-transit: it cannot be cancelled.'],
    [refund('45118', 100), 'Nothing is left of the order.'],
    [{ type: 'resend-invoice', order: '99999' }, 'The shop has no order 99999.'],
  ])('%j: %s', async (action, why) => {
    await order('48213');
    const before = await readFile(file, 'utf8');
    const outcome = await act(action);
    expect(outcome.type).toBe('refused');
    expect(outcome.type === 'refused' ? outcome.why : '').toContain(why);
    expect(await readFile(file, 'utf8')).toBe(before);
  });

  test('and a refusal does not use the key up: what is mended can be done', async () => {
    expect((await act({ type: 'cancel', order: '49555' })).type).toBe('refused');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"late"', '"processing"'));
    expect((await act({ type: 'cancel', order: '49555' })).type).toBe('done');
  });

  test('when the call was cancelled before', async () => {
    const acting = open().act({ type: 'cancel', order: '51877' }, 'key', AbortSignal.abort());
    await expect(acting).rejects.toMatchObject({ name: 'RemoteFailure', kind: 'cancelled' });
    expect((await order('51877'))?.status).toBe('processing');
  });

  test('in a file with mistakes; once mended it is', async () => {
    await writeFile(file, '{');
    const acting = act({ type: 'cancel', order: '51877' });
    await expect(acting).rejects.toMatchObject({
      name: 'OrderFileError',
      kind: 'malformed',
      retryable: true,
    });
    await rm(file);
    expect((await act({ type: 'cancel', order: '51877' })).type).toBe('done');
  });
});
