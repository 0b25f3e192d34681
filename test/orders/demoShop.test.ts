import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { demoCustomer, openDemoShop, OrderFileError } from '../../src/orders/demoShop';

const now = Date.parse('2026-11-25T10:00:00Z');
const { signal } = new AbortController();

describe('the demo shop', () => {
  let folder: string;
  let file: string;
  const open = () => openDemoShop({ file, clock: () => now });

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-shop-'));
    file = path.join(folder, 'state', 'orders.json');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('is seeded on first use, with days relative to today', async () => {
    const order = await open().findByNumber('48213', signal);
    expect(order).toMatchObject({
      status: 'in-transit',
      customerEmail: demoCustomer.email,
      placedOn: '2026-11-21',
    });
    expect(order?.shipments[0]?.expectedOn).toBe('2026-11-27');
  });

  test('has one open order of the demo customer, several of another, and every kind of order', async () => {
    const openOnes = async (email: string) =>
      (await open().findByCustomer(email, signal)).filter(
        ({ status }) => !['delivered', 'cancelled', 'refunded'].includes(status),
      );
    expect(await openOnes(demoCustomer.email)).toHaveLength(1);
    expect(await openOnes('ben@example.com')).toHaveLength(2);
    const { orders } = JSON.parse(await readFile(file, 'utf8')) as { orders: { status: string }[] };
    expect(new Set(orders.map(({ status }) => status)).size).toBe(8);
  });

  test.each(['48213', '#48213', ' # 48213 '])('finds an order by %j', async (spelling) => {
    expect((await open().findByNumber(spelling, signal))?.number).toBe('48213');
  });

  test.each(['4821', '482130', '', '#'])('finds nothing by %j', async (spelling) => {
    expect(await open().findByNumber(spelling, signal)).toBeNull();
  });

  test("finds a customer's orders in any case of the address, newest first", async () => {
    const orders = await open().findByCustomer(' ANA@Example.com ', signal);
    expect(orders.map(({ number }) => number)).toEqual(['48213', '47001']);
  });

  test('many readers at once see one seeding, and no draft is left behind', async () => {
    const found = await Promise.all(Array.from({ length: 20 }, () => open().findByNumber('48213', signal)));
    expect(found.every((order) => order?.number === '48213')).toBe(true);
    expect(await readdir(path.dirname(file))).toEqual(['orders.json']);
  });

  test('goes on with an edited file after a restart', async () => {
    await open().findByNumber('48213', signal);
    await writeFile(file, (await readFile(file, 'utf8')).replace('"48213"', '"48999"'));
    expect(await open().findByNumber('48999', signal)).not.toBeNull();
    expect(await open().findByNumber('48213', signal)).toBeNull();
  });

  test.each([
    ['no JSON', () => '{', /orders\.json is not JSON/],
    [
      'a wrong status',
      (text: string) => text.replace('"in-transit"', '"flying"'),
      /orders\.0\.shipments\.0\.status: /,
    ],
    [
      'a link that is none',
      (text: string) => text.replace('https://carrier.example/track/SP48213001', 'javascript:x'),
      /tracking\.url/,
    ],
    ['a date that does not exist', (text: string) => text.replace('2026-11-21', '2026-11-31'), /placedOn/],
    ['an unknown key', (text: string) => text.replace('"placedOn"', '"phone": "1", "placedOn"'), /phone/],
  ])('%s is said with the place and the mend', async (_what, edit, words) => {
    await open().findByNumber('48213', signal);
    await writeFile(file, edit(await readFile(file, 'utf8')));
    const reading = open().findByNumber('48213', signal);
    await expect(reading).rejects.toThrow(OrderFileError);
    await expect(reading).rejects.toThrow(words);
    await expect(reading).rejects.toThrow(/Mend it, or delete the file/);
  });

  test('a cancelled look-up stops', async () => {
    await expect(open().findByNumber('48213', AbortSignal.abort())).rejects.toThrow();
  });
});
