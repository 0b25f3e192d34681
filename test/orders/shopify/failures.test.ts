import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { slowRetryMs } from '../../../src/remote/failures';
import { startShopifyDouble, type ShopifyDouble } from './double/startShopifyDouble';
import { addOrder } from './double/storedShop';
import { failureOf, openedShop } from './openedShop';

let double: ShopifyDouble;

beforeAll(async () => {
  double = await startShopifyDouble();
  addOrder(double.shop, { name: '#1001' });
});

afterAll(async () => {
  await double.stop();
});

describe('a status', () => {
  it.each([
    [301, 'malformed', true, slowRetryMs, 'it points to another address'],
    [400, 'rejected', false, null, 'it does not understand the request'],
    [401, 'unauthorized', true, slowRetryMs, 'it does not accept the credentials'],
    [402, 'unauthorized', true, slowRetryMs, 'the shop is frozen: its owner has a bill to pay'],
    [403, 'unauthorized', true, slowRetryMs, "the app's access scopes are missing one"],
    [404, 'malformed', true, slowRetryMs, 'check the address of its API'],
    [406, 'rejected', false, null, 'it refuses the request'],
    [422, 'rejected', false, null, 'it refuses the content'],
    [423, 'unauthorized', true, slowRetryMs, 'the shop is locked'],
    [429, 'throttled', true, null, 'too many requests'],
    [430, 'rejected', false, null, 'Shopify takes the request for an attack'],
    [500, 'unavailable', true, null, 'it has trouble of its own'],
    [502, 'unavailable', true, null, 'it has trouble of its own'],
    [503, 'unavailable', true, null, 'it has trouble of its own'],
    [504, 'unavailable', true, null, 'it has trouble of its own'],
    [530, 'unavailable', true, null, 'it has trouble of its own'],
    [540, 'unavailable', true, null, 'it has trouble of its own'],
  ])('%i is %s', async (status, kind, retryable, retryAfterMs, words) => {
    double.faults.push({
      on: 'any',
      type: 'answer',
      status,
      body: '{"errors":"ana@example.com is not here"}',
    });
    const failure = await failureOf(openedShop(double).byNumber('1001'));
    expect(failure).toMatchObject({ kind, retryable, retryAfterMs, status });
    expect(failure.message).toContain(`Shopify answered ${status}: `);
    expect(failure.message).toContain(words);
    expect(failure.message).not.toContain('ana@example.com');
  });

  it('says how long to wait', async () => {
    double.faults.push({ on: 'any', type: 'answer', status: 429, headers: { 'retry-after': '2.0' } });
    expect((await failureOf(openedShop(double).byNumber('1001'))).retryAfterMs).toBe(2_000);
  });
});

describe('throttled by cost, in a 200', () => {
  it.each([
    ['until the bucket holds what the query costs', 300, 100, 100, 2_000],
    ['rounded up to a second', 101, 100, 100, 1_000],
    ['a second at least, should the bucket have filled meanwhile', 100, 500, 50, 1_000],
    ['never longer than a quarter of an hour', 1_000_000, 0, 1, 900_000],
  ])('%s', async (_what, requested, available, restoreRate, wait) => {
    double.faults.push({ on: 'any', type: 'throttled', requested, available, restoreRate });
    expect(await failureOf(openedShop(double).byNumber('1001'))).toMatchObject({
      kind: 'throttled',
      retryable: true,
      retryAfterMs: wait,
      message: expect.stringContaining('THROTTLED, inside a 200') as string,
    });
  });

  it('without the figures is a second', async () => {
    double.faults.push({ on: 'any', type: 'errors', errors: [{ extensions: { code: 'THROTTLED' } }] });
    expect((await failureOf(openedShop(double).byNumber('1001'))).retryAfterMs).toBe(1_000);
  });
});

describe("an error of GraphQL's, in a 200", () => {
  it.each([
    ['ACCESS_DENIED', 'unauthorized', true, slowRetryMs],
    ['SHOP_INACTIVE', 'unauthorized', true, slowRetryMs],
    ['INTERNAL_SERVER_ERROR', 'unavailable', true, null],
    ['TIMEOUT', 'unavailable', true, null],
    ['MAX_COST_EXCEEDED', 'rejected', false, null],
    ['undefinedField', 'rejected', false, null],
    ['IDEMPOTENCY_CONCURRENT_REQUEST', 'conflict', true, null],
    ['IDEMPOTENCY_KEY_PARAMETER_MISMATCH', 'conflict', true, null],
  ])('%s is %s', async (code, kind, retryable, retryAfterMs) => {
    const errors = [{ message: 'about ana@example.com', extensions: { code } }];
    double.faults.push({ on: 'any', type: 'errors', errors });
    const failure = await failureOf(openedShop(double).byNumber('1001'));
    expect(failure).toMatchObject({ kind, retryable, retryAfterMs });
    expect(failure.message).toContain(code);
    expect(failure.message).not.toContain('ana@example.com');
  });

  it('without a code is taken for ours', async () => {
    double.faults.push({ on: 'any', type: 'errors', errors: [{ message: 'Something' }] });
    expect(await failureOf(openedShop(double).byNumber('1001'))).toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('no code') as string,
    });
  });

  it.each([['a text'], [{ message: 'one' }], [[]], [['a list of texts']]])(
    'as %j is malformed',
    async (errors) => {
      double.faults.push({ on: 'any', type: 'errors', errors });
      expect((await failureOf(openedShop(double).byNumber('1001'))).kind).toBe('malformed');
    },
  );
});

describe('a body', () => {
  it.each([
    ['that is no JSON', '<html>Sorry</html>', 'the body is not JSON'],
    ['that is cut off', '{"data":{"orders":{"nod', 'the body is not JSON'],
    ['that is empty', '', 'the body is not JSON'],
    ['without data', '{}', 'at "data"'],
    ['with no orders in it', '{"data":{"orders":null}}', 'at "data.orders"'],
    [
      'with an order that lacks what was asked for',
      '{"data":{"orders":{"nodes":[{"id":"1"}],"pageInfo":{"hasNextPage":false,"endCursor":null}}}}',
      'at "data.orders.nodes.0',
    ],
  ])('%s is malformed, and says where', async (_what, body, words) => {
    double.faults.push({ on: 'any', type: 'answer', status: 200, body });
    const failure = await failureOf(openedShop(double).byNumber('1001'));
    expect(failure).toMatchObject({ kind: 'malformed', retryable: true });
    expect(failure.message).toContain(words);
  });
});

describe('the way there', () => {
  it('a wrong token is told, and never shown', async () => {
    const wrong = 'shpat_wrong-and-secret';
    const failure = await failureOf(openedShop(double, { accessToken: wrong }).byNumber('1001'));
    expect(failure).toMatchObject({ kind: 'unauthorized', retryAfterMs: slowRetryMs });
    expect(JSON.stringify([failure, failure.message, failure.stack])).not.toContain(wrong);
  });

  it('a version that the shop does not offer is a wrong address', async () => {
    const failure = await failureOf(openedShop(double, { apiVersion: '2031-01' }).byNumber('1001'));
    expect(failure).toMatchObject({ kind: 'malformed', retryAfterMs: slowRetryMs });
  });

  it('a connection that breaks', async () => {
    double.faults.push({ on: 'any', type: 'reset-before' });
    expect(await failureOf(openedShop(double).byNumber('1001'))).toMatchObject({
      kind: 'unavailable',
      retryable: true,
      status: null,
    });
  });

  it('nobody who listens', async () => {
    const failure = await failureOf(openedShop(double, { storeUrl: 'http://127.0.0.1:9' }).byNumber('1001'));
    expect(failure).toMatchObject({ kind: 'unavailable', retryable: true });
  });

  it('somebody who never answers', async () => {
    const silent = net.createServer(() => undefined).listen(0, '127.0.0.1');
    try {
      await new Promise((resolve) => silent.once('listening', resolve));
      const { port } = silent.address() as AddressInfo;
      const storeUrl = `http://127.0.0.1:${port}`;
      const { shop } = openedShop(double, { storeUrl, timeoutsMs: { connect: 200, total: 200 } });
      const failure = await failureOf(shop.findByNumber('1001', new AbortController().signal));
      expect(failure).toMatchObject({ kind: 'unavailable', retryable: true });
    } finally {
      silent.close();
    }
  });

  it('a caller who gave up', async () => {
    const { shop } = openedShop(double);
    expect((await failureOf(shop.findByNumber('1001', AbortSignal.abort()))).kind).toBe('cancelled');
  });
});
