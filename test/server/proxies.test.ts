/** Who a caller is behind a reverse proxy: each has a rate limit of its own, and nobody gets another by claiming so. */
import type { TrustedProxies } from '../../src/config/trustedProxies';
import { startTestTemporal, type TestTemporal } from '../support/temporalServer';
import { apiToken, deliver, runServer, type TestServer } from './running';

let temporal: TestTemporal;
const running: TestServer[] = [];

beforeAll(async () => {
  temporal = await startTestTemporal();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map(({ server }) => server.stop()));
});
afterAll(() => temporal.stop());

/** Two requests for each caller, then no more for 10 s. The test itself is the proxy, at 127.0.0.1. */
async function serverBehind(trustedProxies: TrustedProxies | null): Promise<TestServer> {
  const server = await runServer(temporal, { rateLimits: { api: 2, webhooks: 2 } }, { trustedProxies });
  running.push(server);
  return server;
}

async function statusesOf(server: TestServer, forwarded: readonly string[]): Promise<number[]> {
  const statuses: number[] = [];
  for (const header of forwarded) {
    const { status } = await server.api.get('/api/tickets', { headers: { 'x-forwarded-for': header } });
    statuses.push(status);
  }
  return statuses;
}

const onThisMachine: TrustedProxies = { type: 'addresses', addresses: ['127.0.0.1', '::1'] };
const ana = '203.0.113.7';
const ben = '203.0.113.8';

describe('without a trusted proxy', () => {
  test('the header is not believed: all callers behind one address share its limit', async () => {
    const server = await serverBehind(null);
    expect(await statusesOf(server, [ana, ben, '203.0.113.9'])).toEqual([200, 200, 429]);
  });
});

describe('with the address of the proxy trusted', () => {
  test('each caller has a limit of their own', async () => {
    const server = await serverBehind(onThisMachine);
    expect(await statusesOf(server, [ana, ana, ana, ben, ben, ben])).toEqual([200, 200, 429, 200, 200, 429]);
  });

  test('a caller who invents earlier stations is still the one the proxy saw', async () => {
    const server = await serverBehind(onThisMachine);
    const invented = ['198.51.100.1', '198.51.100.2', '127.0.0.1'].map((first) => `${first}, ${ana}`);
    expect(await statusesOf(server, invented)).toEqual([200, 200, 429]);
  });

  test('a network may be trusted, and a chain of proxies in it is walked through', async () => {
    const server = await serverBehind({
      type: 'addresses',
      addresses: ['127.0.0.0/8', '10.1.0.0/16', 'fd00::/8'],
    });
    const chains = [`${ana}, 10.1.0.4`, `${ana}, fd00::4`, `${ana}, 10.1.9.9, 10.1.0.4`, `${ben}, 10.1.0.4`];
    expect(await statusesOf(server, chains)).toEqual([200, 200, 429, 200]);
  });

  test('one that comes past it, from an untrusted address, is taken at their own', async () => {
    const server = await serverBehind({ type: 'addresses', addresses: ['10.1.0.4'] });
    expect(await statusesOf(server, [ana, ben, '203.0.113.9'])).toEqual([200, 200, 429]);
  });

  test.each(['not an address', ',,,', '', '999.1.1.1', `${'1.1.1.1, '.repeat(800)}9.9.9.9`])(
    'a header that is nonsense is no fault of the server: %#',
    async (header) => {
      const server = await serverBehind(onThisMachine);
      expect(await statusesOf(server, [header])).toEqual([200]);
    },
  );

  test('the webhook, too, counts senders one by one', async () => {
    const server = await serverBehind(onThisMachine);
    const from = async (address: string): Promise<number> => {
      const { status } = await deliver(server, '{"ticket_id":"1"}', { forwardedFor: address });
      return status;
    };
    const answers = [];
    for (const address of [ana, ana, ana, ben]) answers.push(await from(address));
    expect(answers).toEqual([202, 202, 429, 202]);
  });

  test('the host the proxy names changes nothing that is answered', async () => {
    const server = await serverBehind(onThisMachine);
    const answer = await server.anyone.get<unknown>('/', {
      maxRedirects: 0,
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'gopher' },
    });
    expect(answer.headers).toMatchObject({ location: '/docs' });
  });
});

describe('with the number of proxies told', () => {
  test('one: the last station of the header is the caller', async () => {
    const server = await serverBehind({ type: 'hops', hops: 1 });
    const stations = [`198.51.100.1, ${ana}`, `198.51.100.2, ${ana}`, `198.51.100.3, ${ana}`, ben];
    expect(await statusesOf(server, stations)).toEqual([200, 200, 429, 200]);
  });

  test('two: the last but one is', async () => {
    const server = await serverBehind({ type: 'hops', hops: 2 });
    const stations = [
      `${ana}, 10.0.0.1`,
      `${ana}, 10.0.0.2`,
      `9.9.9.9, ${ana}, 10.0.0.1`,
      `${ben}, 10.0.0.1`,
    ];
    expect(await statusesOf(server, stations)).toEqual([200, 200, 429, 200]);
  });

  test('and a header shorter than that names as many stations as there are', async () => {
    const server = await serverBehind({ type: 'hops', hops: 3 });
    expect(await statusesOf(server, [ana, ana, ana, ben])).toEqual([200, 200, 429, 200]);
  });
});

test('no address takes the place of the token', async () => {
  const server = await serverBehind(onThisMachine);
  const { status, data } = await server.anyone.get<unknown>('/api/tickets', {
    headers: { 'x-forwarded-for': '127.0.0.1' },
  });
  expect(status).toBe(401);
  expect(JSON.stringify(data)).not.toContain(apiToken);
});
