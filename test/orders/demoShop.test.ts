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
    ['no JSON', () => '{', /orders\.json:1:2 is not JSON/],
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

describe('a file edited by hand', () => {
  let folder: string;
  let file: string;
  const open = () => openDemoShop({ file, clock: () => now });
  const edit = async (change: (orders: Record<string, unknown>[]) => unknown) => {
    await open().findByNumber('48213', signal);
    const { orders } = JSON.parse(await readFile(file, 'utf8')) as { orders: Record<string, unknown>[] };
    await writeFile(file, JSON.stringify({ orders: change(orders) ?? orders }));
  };

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-shop-'));
    file = path.join(folder, 'orders.json');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test.each<[string, (first: Record<string, unknown>) => void, RegExp]>([
    ['a missing number', (first) => delete first['number'], /orders\.0\.number: /],
    ['a number that is a number', (first) => (first['number'] = 48213), /orders\.0\.number: .*string/],
    ['a missing status', (first) => delete first['status'], /orders\.0\.status: /],
    ['a missing e-mail address', (first) => delete first['customerEmail'], /orders\.0\.customerEmail: /],
    [
      'an e-mail address that is none',
      (first) => (first['customerEmail'] = 'ana'),
      /customerEmail: .*email/i,
    ],
    ['no items', (first) => (first['items'] = []), /orders\.0\.items: /],
    [
      'an item without a quantity',
      (first) => (first['items'] = [{ name: 'Mug' }]),
      /orders\.0\.items\.0\.quantity: /,
    ],
    [
      'an amount with a fraction',
      (first) => (first['total'] = { minor: 1.5, currency: 'EUR' }),
      /orders\.0\.total\.minor: /,
    ],
    [
      'a negative amount',
      (first) => (first['total'] = { minor: -1, currency: 'EUR' }),
      /orders\.0\.total\.minor: /,
    ],
    [
      'a currency in words',
      (first) => (first['total'] = { minor: 1, currency: 'euro' }),
      /orders\.0\.total\.currency: /,
    ],
    ['a date with a time', (first) => (first['placedOn'] = '2026-11-21T10:00:00Z'), /orders\.0\.placedOn: /],
    ['a missing refund', (first) => delete first['refund'], /orders\.0\.refund: /],
  ])('%s is named with file, place and mend', async (_what, change, words) => {
    await edit((orders) => {
      const [first] = orders;
      if (first !== undefined) change(first);
    });
    const reading = open().findByCustomer(demoCustomer.email, signal);
    await expect(reading).rejects.toThrow(OrderFileError);
    await expect(reading).rejects.toThrow(words);
    await expect(reading).rejects.toThrow(file);
    await expect(reading).rejects.toThrow(/Mend it, or delete the file/);
  });

  test('every mistake is named at once', async () => {
    await edit((orders) => orders.map((order) => ({ ...order, status: 'flying' })));
    await expect(open().findByNumber('48213', signal)).rejects.toThrow(
      /orders\.0\.status[\s\S]*orders\.7\.status/,
    );
  });

  test.each(['[]', 'null', '"orders"', '{}', '{"orders": {}}', ''])(
    '%j is no file of orders',
    async (content) => {
      await writeFile(file, content);
      await expect(open().findByNumber('48213', signal)).rejects.toThrow(OrderFileError);
      expect(await readFile(file, 'utf8')).toBe(content);
    },
  );

  test.each(['48213', '#48213', ' 48213 '])(
    'two orders of one number (%j) are a mistake, not a guess',
    async (second) => {
      await edit((orders) => [...orders, { ...orders[2], number: second }]);
      await expect(open().findByNumber('48213', signal)).rejects.toThrow(/orders\.8\.number: .*orders\.0/);
    },
  );

  test('says in which line and column it stops being JSON', async () => {
    await writeFile(file, '{\n  "orders": [\n    {} {}\n  ]\n}');
    await expect(open().findByNumber('1', signal)).rejects.toThrow(/orders\.json:3:8 is not JSON/);
  });

  test('a mended file is read again without a restart', async () => {
    const shop = open();
    await writeFile(file, '{');
    await expect(shop.findByNumber('48213', signal)).rejects.toThrow(OrderFileError);
    await rm(file);
    expect(await shop.findByNumber('48213', signal)).not.toBeNull();
  });

  test('an edited file is never seeded over', async () => {
    await edit(() => []);
    await Promise.all(Array.from({ length: 10 }, () => open().findByNumber('48213', signal)));
    expect(await open().findByCustomer(demoCustomer.email, signal)).toEqual([]);
  });

  test('a folder where the file should be is an error, not an empty shop', async () => {
    const shop = openDemoShop({ file: folder, clock: () => now });
    await expect(shop.findByNumber('48213', signal)).rejects.toThrow(/EISDIR|directory/);
  });
});
