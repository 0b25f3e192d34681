/** Several worker processes on one file of orders, some of them killed in the middle of a write. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { openDemoShop } from '../../src/orders/demoShop';

const { signal } = new AbortController();
const written = z.object({
  done: z.array(z.object({ key: z.string() })),
  orders: z.array(
    z.object({
      number: z.string(),
      refund: z.object({ amount: z.object({ minor: z.number() }) }).nullable(),
    }),
  ),
});

let folder: string;
let file: string;
const running: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-shop-'));
  file = path.join(folder, 'orders.json');
});
afterEach(async () => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

interface Actor {
  readonly child: ChildProcess;
  /** Keys the shop has confirmed to it. */
  readonly confirmed: string[];
  readonly gone: Promise<unknown>;
}

function start(name: string, count: number): Actor {
  const script = path.join(__dirname, 'shopProcess.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, file, name, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(child);
  const confirmed: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => {
    confirmed.push(...[...chunk.toString().matchAll(/^done (\S+)$/gm)].map(([, key = '']) => key));
  });
  return { child, confirmed, gone: once(child, 'exit') };
}

async function readFileOfOrders() {
  const { done, orders } = written.parse(JSON.parse(await readFile(file, 'utf8')));
  const order = orders.find(({ number }) => number === '47001');
  return { keys: done.map(({ key }) => key), refunded: order?.refund?.amount.minor ?? 0 };
}

test('four processes at once: every cent goes back once', async () => {
  const actors = ['a', 'b', 'c', 'd'].map((name) => start(name, 15));
  await Promise.all(actors.map(({ gone }) => gone));
  const { keys, refunded } = await readFileOfOrders();
  expect(new Set(keys).size).toBe(60);
  expect(keys).toHaveLength(60);
  expect(refunded).toBe(60);
});

test('killed with -9 again and again: nothing that was confirmed is lost, nothing is done twice', async () => {
  const steady = start('steady', 40);
  const confirmed: string[] = [];
  for (let round = 0; round < 4; round += 1) {
    const victim = start(`victim${round}`, 10_000);
    await once(victim.child.stdout as NodeJS.ReadableStream, 'data');
    // Another moment of the write each time.
    await new Promise((resolve) => setTimeout(resolve, 7 + 11 * round));
    victim.child.kill('SIGKILL');
    await victim.gone;
    confirmed.push(...victim.confirmed);
  }
  await steady.gone;
  const before = await readFileOfOrders();
  expect(before.keys).toEqual(expect.arrayContaining([...confirmed, ...steady.confirmed]));
  expect(steady.confirmed).toHaveLength(40);
  expect(new Set(before.keys).size).toBe(before.keys.length);
  expect(before.refunded).toBe(before.keys.length);
  // Whoever does not know whether it was done asks again, under the same keys.
  const shop = openDemoShop({ file, clock: Date.now });
  for (const key of before.keys.slice(-20)) {
    const amount = { minor: 1, currency: 'EUR' };
    const again = await shop.act({ type: 'refund', order: '47001', amount, lines: [] }, key, signal);
    expect(again).toEqual({ type: 'done', reference: `demo-${before.keys.indexOf(key) + 1}` });
  }
  expect(await readFileOfOrders()).toEqual(before);
});

test('a process that was killed holds nobody up, and leaves nothing half-written', async () => {
  const victim = start('victim', 10_000);
  await once(victim.child.stdout as NodeJS.ReadableStream, 'data');
  victim.child.kill('SIGKILL');
  await victim.gone;
  const outcome = await openDemoShop({ file, clock: Date.now }).act(
    { type: 'resend-invoice', order: '48213' },
    'next',
    signal,
  );
  expect(outcome.type).toBe('done');
  expect((await readdir(folder)).sort()).toEqual(['orders.json', 'orders.json.lock']);
});

test('a lock that is no lock is said with the mend, and nothing is done without it', async () => {
  const shop = openDemoShop({ file, clock: Date.now });
  await shop.findByNumber('48213', signal);
  await writeFile(`${file}.lock`, 'not a folder');
  const acting = shop.act({ type: 'resend-invoice', order: '48213' }, 'key', signal);
  await expect(acting).rejects.toMatchObject({ kind: 'malformed', retryable: true });
  await expect(acting).rejects.toThrow(/orders\.json\.lock cannot be opened: .*Delete that folder/);
  await rm(`${file}.lock`);
  expect((await shop.act({ type: 'resend-invoice', order: '48213' }, 'key', signal)).type).toBe('done');
});

test('a lock with damaged content is said with the mend', async () => {
  const shop = openDemoShop({ file, clock: Date.now });
  await mkdir(`${file}.lock`);
  await writeFile(path.join(`${file}.lock`, 'CURRENT'), 'MANIFEST-000009\n');
  const acting = shop.act({ type: 'resend-invoice', order: '48213' }, 'key', signal);
  await expect(acting).rejects.toThrow(/orders\.json\.lock cannot be opened/);
});
