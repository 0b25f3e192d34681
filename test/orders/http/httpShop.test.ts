/** The client of the contract against the example server, over real HTTP, with everything going wrong that can. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import axios from 'axios';
import type { OrderAction } from '../../../src/core/orders/orderAction';
import { openDemoShop } from '../../../src/orders/demoShop';
import { createHttpShop } from '../../../src/orders/http/createHttpShop';
import { startShopServer, type ShopServer } from '../../../src/orders/http/shopServer';
import type { Shop } from '../../../src/orders/port';
import type { Fault } from '../../../src/remote/faults';

const { signal } = new AbortController();
const refund: OrderAction = {
  type: 'refund',
  order: '47001',
  amount: { minor: 1_200, currency: 'EUR' },
  lines: [],
};
const token = 'a-token';

let folder: string;
let server: ShopServer;
let direct: Shop;
let shop: Shop;
/** Of a caller with little patience. */
let hasty: Shop;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-shop-'));
  direct = openDemoShop({
    file: path.join(folder, 'orders.json'),
    clock: () => Date.parse('2026-11-25T10:00:00Z'),
  });
  server = await startShopServer({ host: '127.0.0.1', port: 0, token, shop: direct });
  shop = createHttpShop({ apiUrl: server.url, token });
  hasty = createHttpShop({ apiUrl: server.url, token, timeoutsMs: { connect: 20_000, total: 200 } });
});
afterEach(async () => {
  server.faults.clear();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const refunded = async () => (await direct.findByNumber('47001', signal))?.refund?.amount.minor ?? 0;

describe('behind the port it is as the shop itself', () => {
  test.each(['99999', '', '#', '..', '/', '?number=48213', 'Ä&customer=ana@example.com'])(
    'no order by %j',
    async (number) => {
      expect(await shop.findByNumber(number, signal)).toBeNull();
    },
  );

  test('a key of any letters is one key', async () => {
    const outcome = await shop.act(refund, '35436/9001/Ä 1', signal);
    expect(outcome).toEqual({ type: 'done', reference: 'demo-1' });
    expect(await shop.act(refund, '35436/9001/Ä 1', signal)).toEqual(outcome);
    expect(await shop.act(refund, '35436/9001/Ä 2', signal)).toEqual({ type: 'done', reference: 'demo-2' });
  });
});

describe('whatever goes wrong on the way', () => {
  const rows: readonly [string, Fault, Record<string, unknown>][] = [
    ['reset before', { type: 'reset-before' }, { kind: 'unavailable', retryable: true }],
    ['reset after', { type: 'reset-after' }, { kind: 'unavailable', retryable: true }],
    ['too slow', { type: 'delay', ms: 600_000 }, { kind: 'unavailable', retryable: true }],
    ['cut off', { type: 'malformed' }, { kind: 'malformed', retryable: true }],
    ['400', { type: 'status', status: 400 }, { kind: 'rejected', retryable: false }],
    ['401', { type: 'status', status: 401 }, { kind: 'unauthorized', retryable: true, retryAfterMs: 60_000 }],
    ['403', { type: 'status', status: 403 }, { kind: 'unauthorized', retryable: true }],
    ['404', { type: 'status', status: 404 }, { kind: 'malformed', retryable: true, retryAfterMs: 60_000 }],
    ['409', { type: 'status', status: 409 }, { kind: 'conflict', retryable: true }],
    ['422', { type: 'status', status: 422 }, { kind: 'rejected', retryable: false }],
    [
      '429 with seconds',
      { type: 'status', status: 429, retryAfter: 7 },
      { kind: 'throttled', retryAfterMs: 7_000 },
    ],
    ['429 bare', { type: 'status', status: 429 }, { kind: 'throttled', retryAfterMs: null }],
    ['500', { type: 'status', status: 500 }, { kind: 'unavailable', retryable: true }],
    [
      '503 with seconds',
      { type: 'status', status: 503, retryAfter: 3 },
      { kind: 'unavailable', retryAfterMs: 3_000 },
    ],
    [
      '503 as a page',
      { type: 'status', status: 503, body: '<html>' },
      { kind: 'unavailable', retryable: true },
    ],
    ['302', { type: 'status', status: 302 }, { kind: 'malformed', retryable: true }],
  ];

  test.each(rows)(
    '%s: a refund asked again until it is answered goes out once',
    async (_what, fault, failure) => {
      server.faults.add({ route: 'POST /actions', times: 2, fault });
      const asking = fault.type === 'delay' ? hasty : shop;
      for (let attempt = 0; attempt < 2; attempt += 1) {
        await expect(asking.act(refund, 'key', signal)).rejects.toMatchObject({
          name: 'RemoteFailure',
          ...failure,
        });
      }
      expect(await shop.act(refund, 'key', signal)).toEqual({ type: 'done', reference: 'demo-1' });
      // What the caller gave up waiting for may still be on its way.
      server.faults.clear();
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(await refunded()).toBe(1_200);
    },
  );

  test.each(rows)(
    '%s: an order that was asked for is not taken for missing',
    async (_what, fault, failure) => {
      server.faults.add({ route: 'GET /orders', times: 2, fault });
      const asking = fault.type === 'delay' ? hasty : shop;
      await expect(asking.findByNumber('48213', signal)).rejects.toMatchObject(failure);
      await expect(asking.findByCustomer('ana@example.com', signal)).rejects.toMatchObject(failure);
      expect(await shop.findByNumber('48213', signal)).not.toBeNull();
    },
  );

  test('a wrong token, a wrong address and no shop at all are told apart', async () => {
    const wrong = (apiUrl: string, as = token) =>
      createHttpShop({ apiUrl, token: as }).findByNumber('1', signal);
    await expect(wrong(server.url, 'wrong')).rejects.toThrow(
      'The shop answered 401: it does not accept the credentials (unauthorized)',
    );
    await expect(wrong(`${server.url}/v2`)).rejects.toThrow('there is no API at this address');
    await expect(wrong('http://127.0.0.1:9')).rejects.toThrow('nothing listens at its address');
  });

  test('a call that ran out of the time its caller gave may be tried again', async () => {
    server.faults.add({ fault: { type: 'delay', ms: 600_000 } });
    for (const time of [AbortSignal.timeout(50), AbortSignal.timeout(0)]) {
      await expect(shop.findByNumber('48213', time)).rejects.toMatchObject({
        kind: 'unavailable',
        retryable: true,
      });
    }
  });

  test('a call that was cancelled ends as that', async () => {
    server.faults.add({ fault: { type: 'delay', ms: 600_000 } });
    const caller = new AbortController();
    setTimeout(() => caller.abort(), 50);
    await expect(shop.findByNumber('48213', caller.signal)).rejects.toMatchObject({ kind: 'cancelled' });
    await expect(shop.findByNumber('48213', AbortSignal.abort())).rejects.toMatchObject({
      kind: 'cancelled',
    });
  });
});

describe('a shop that does not keep to the contract', () => {
  let odd: Server;
  let body: unknown;
  beforeEach(async () => {
    odd = createServer((_request, response) =>
      response.end(typeof body === 'string' ? body : JSON.stringify(body)),
    );
    await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve));
    const { port } = odd.address() as AddressInfo;
    shop = createHttpShop({ apiUrl: `http://127.0.0.1:${port}`, token });
  });
  afterEach(() => new Promise((resolve) => odd.close(resolve)));

  const order = async () => {
    const found = await direct.findByNumber('48213', signal);
    if (found === null) throw new Error('the demo shop has it');
    return found;
  };

  test.each([
    ['no orders', {}, 'at "orders"'],
    ['a page', '<html>', 'the body is not JSON'],
    ['null', null, 'at ""'],
    ['a list', [], 'at ""'],
  ])('%s', async (_what, answer, words) => {
    body = answer;
    await expect(shop.findByNumber('48213', signal)).rejects.toMatchObject({
      kind: 'malformed',
      retryable: true,
    });
    await expect(shop.findByNumber('48213', signal)).rejects.toThrow(words);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['an unknown field', { phone: '1' }, 'at "orders.0" (unknown: phone)'],
    ['an amount with a fraction', { total: { minor: 1.5, currency: 'EUR' } }, 'at "orders.0.total.minor"'],
    ['a status of its own', { status: 'flying' }, 'at "orders.0.status"'],
    ['no items', { items: [] }, 'at "orders.0.items"'],
    ['a date with a time', { placedOn: '2026-11-21T10:00:00Z' }, 'at "orders.0.placedOn"'],
    ['another order', { number: '51877' }, 'it told another order'],
  ])('%s', async (_what, change, words) => {
    body = { orders: [{ ...(await order()), ...change }] };
    await expect(shop.findByNumber('48213', signal)).rejects.toThrow(words);
  });

  test('orders of somebody else, or two of one number, are told to nobody', async () => {
    body = { orders: [await order()] };
    await expect(shop.findByCustomer('ben@example.com', signal)).rejects.toThrow("not this customer's");
    body = { orders: [await order(), await order()] };
    await expect(shop.findByNumber('48213', signal)).rejects.toThrow('several orders of one number');
  });

  test.each([{}, { type: 'done' }, { type: 'maybe', reference: null }, { type: 'refused', why: '' }])(
    '%j is no outcome: nobody says that it was done',
    async (outcome) => {
      body = outcome;
      await expect(shop.act(refund, 'key', signal)).rejects.toMatchObject({
        kind: 'malformed',
        retryable: true,
      });
    },
  );
});

describe('the example server is strict with its callers', () => {
  const call = (method: string, url: string, data?: unknown, headers: Record<string, string> = {}) =>
    axios.request<{ code: string }>({
      method,
      url: `${server.url}${url}`,
      data,
      headers: { authorization: `Bearer ${token}`, ...headers },
      validateStatus: () => true,
    });

  test.each<[string, string, string, unknown, Record<string, string>, number, string]>([
    ['no token', 'GET', '/orders?number=1', undefined, { authorization: '' }, 401, 'unauthorized'],
    ['neither number nor customer', 'GET', '/orders', undefined, {}, 422, 'invalid'],
    ['both', 'GET', '/orders?number=1&customer=a@b.example', undefined, {}, 422, 'invalid'],
    ['a customer that is no address', 'GET', '/orders?customer=ana', undefined, {}, 422, 'invalid'],
    ['an unknown parameter', 'GET', '/orders?number=1&page=2', undefined, {}, 422, 'invalid'],
    ['no key', 'POST', '/actions', refund, {}, 422, 'invalid'],
    ['a key with spaces', 'POST', '/actions', refund, { 'idempotency-key': 'a b' }, 422, 'invalid'],
    [
      'an unknown action',
      'POST',
      '/actions',
      { type: 'gift', order: '1' },
      { 'idempotency-key': 'k' },
      422,
      'invalid',
    ],
    ['no body', 'POST', '/actions', undefined, { 'idempotency-key': 'k' }, 415, 'bad-request'],
    [
      'half a cent',
      'POST',
      '/actions',
      { ...refund, amount: { minor: 0.5, currency: 'EUR' } },
      { 'idempotency-key': 'k' },
      422,
      'invalid',
    ],
    [
      'no JSON',
      'POST',
      '/actions',
      Buffer.from('{'),
      { 'idempotency-key': 'k', 'content-type': 'application/json' },
      400,
      'bad-request',
    ],
    ['another address', 'GET', '/order', undefined, {}, 404, 'no-such-address'],
  ])('%s', async (_what, method, url, data, headers, status, code) => {
    const answer = await call(method, url, data, headers);
    expect([answer.status, answer.data.code]).toEqual([status, code]);
    expect(await refunded()).toBe(0);
  });
});
