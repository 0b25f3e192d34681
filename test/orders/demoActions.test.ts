/** What may be done to an order of the demo shop, what it leaves in the file, and that it is done once a key. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { OrderAction, RefundLine } from '../../src/core/orderAction';
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

  test('a cancelled order has no parcels to come, and its money is back', async () => {
    await act({ type: 'cancel', order: '51877' });
    expect(await order('51877')).toMatchObject({
      status: 'cancelled',
      shipments: [],
      refund: { amount: euros(7_900), on: '2026-11-25' },
    });
  });

  test('refunds add up; the last cent makes the order refunded', async () => {
    await act(refund('47001', 1_200), 'first');
    expect(await order('47001')).toMatchObject({ status: 'delivered', refund: { amount: euros(1_200) } });
    await act(refund('47001', 3_600), 'second');
    expect(await order('47001')).toMatchObject({ status: 'refunded', refund: { amount: euros(4_800) } });
  });

  test('pieces of a line go back once', async () => {
    expect((await act(refund('47001', 3_600, [{ line: '1', quantity: 3 }]), 'three')).type).toBe('done');
    expect(await act(refund('47001', 1_200, [{ line: '1', quantity: 2 }]), 'two')).toEqual({
      type: 'refused',
      why: 'Of line 1 only 1 piece can go back still.',
    });
    expect((await order('47001'))?.items).toMatchObject([{ line: '1', refunded: 3 }]);
    expect((await act(refund('47001', 1_200, [{ line: '1', quantity: 1 }]), 'one')).type).toBe('done');
  });

  test('store credit adds up to what was paid, and no further', async () => {
    const credit = (minor: number): OrderAction => ({
      type: 'store-credit',
      order: '48213',
      amount: euros(minor),
    });
    await act(credit(5_000), 'first');
    expect((await order('48213'))?.storeCredit).toEqual(euros(5_000));
    expect(await act(credit(1_000), 'second')).toEqual({
      type: 'refused',
      why: 'EUR 10.00 is more than the EUR 9.00 that may be given for the order.',
    });
  });
});

describe('a key', () => {
  test('that is asked by many at once is done once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => act(refund('47001', 1_200))));
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
    expect((await order('47001'))?.refund?.amount).toEqual(euros(1_200));
  });

  test('answers what was done even when the order would no longer allow it', async () => {
    const whole = refund('47001', 4_800);
    await act(whole);
    expect(await act(whole)).toEqual({ type: 'done', reference: 'demo-1' });
    expect((await act(whole, 'another')).type).toBe('refused');
  });

  test('that stands for something else is refused: "done" would be a lie', async () => {
    await act(refund('47001', 1_200));
    expect(await act(refund('47001', 2_400))).toEqual({
      type: 'refused',
      why: 'Something else was done for this message already: demo-1.',
    });
    expect((await order('47001'))?.refund?.amount).toEqual(euros(1_200));
  });

  test('of a file of 0.1.0, which told no action, is done', async () => {
    await order('47001');
    const content = z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(file, 'utf8')));
    await writeFile(file, JSON.stringify({ ...content, done: [{ key: 'key', reference: 'demo-1' }] }));
    expect(await act(refund('47001', 1_200))).toEqual({ type: 'done', reference: 'demo-1' });
    expect((await act(refund('47001', 1_200), 'other')).type).toBe('done');
  });
});

describe('nothing is done', () => {
  test.each<[OrderAction, string]>([
    [{ type: 'cancel', order: '48213' }, 'The order is in-transit: it cannot be cancelled.'],
    [{ type: 'change-address', order: '48213', address: '1 Quay' }, 'delivery address cannot be changed'],
    [refund('45118', 100), 'Nothing is left of the order.'],
    [refund('47001', 4_801), 'more than the EUR 48.00 that is left'],
    [
      { type: 'store-credit', order: '47001', amount: { minor: 100, currency: 'USD' } },
      'paid in EUR, not USD',
    ],
    [refund('47001', 100, [{ line: '9', quantity: 1 }]), 'has no line 9'],
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
