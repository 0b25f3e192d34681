/** The list's cursors: each is signed, so that only what a server of this installation gave out ever reaches Temporal. */
import fc from 'fast-check';
import { startTestTemporal, type TestTemporal } from '../support/temporalServer';
import { eventually, runServer, type TestServer } from './running';

let temporal: TestTemporal;
let server: TestServer;
let twin: TestServer;
let stranger: TestServer;

interface Page {
  readonly tickets: readonly { readonly ticketId: string }[];
  readonly nextCursor: string | null;
}
interface Refusal {
  readonly code: string;
  readonly errors: readonly { readonly path: string; readonly message: string; readonly found: string }[];
}

const ticketIds = ['11', '12', '13', '14', '15', '16', '17'];
const anothersToken = 'the-token-of-another-shop';

beforeAll(async () => {
  temporal = await startTestTemporal();
  [server, twin, stranger] = await Promise.all([
    runServer(temporal),
    runServer(temporal),
    runServer(temporal, { apiToken: anothersToken }),
  ]);
  for (const ticketId of ticketIds) await server.api.post('/api/tickets', { desk: 'zendesk', ticketId });
  await eventually(async () => ((await page(server)).tickets.length === ticketIds.length ? true : null));
});
afterAll(async () => {
  await Promise.all([server, twin, stranger].map((one) => one.server.stop()));
  await temporal.stop();
});

async function page(from: TestServer, params: Record<string, string | number> = {}): Promise<Page> {
  const { data, status } = await from.api.get<Page>('/api/tickets', { params });
  expect(status).toBe(200);
  return data;
}

async function firstCursor(from: TestServer, params: Record<string, string | number> = {}): Promise<string> {
  const { nextCursor } = await page(from, { limit: 3, ...params });
  if (nextCursor === null) throw new Error('there is one page only');
  return nextCursor;
}

async function expectRefused(cursor: string, params: Record<string, string> = {}): Promise<void> {
  const { status, data, headers } = await server.api.get<Refusal>('/api/tickets', {
    params: { ...params, cursor },
  });
  expect({ cursor, status }).toEqual({ cursor, status: 422 });
  expect(headers['content-type']).toContain('application/problem+json');
  expect(data.errors).toMatchObject([{ path: 'querystring.cursor' }]);
  expect(data.errors[0]?.message).toMatch(/nextCursor/);
}

/** The cursor with its bytes changed. */
function altered(cursor: string, change: (bytes: Buffer) => Buffer): string {
  return change(Buffer.from(cursor, 'base64url')).toString('base64url');
}

describe('a cursor that was given out', () => {
  test('leads through all pages, each ticket once', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const next: Page = await page(server, { limit: 3, ...(cursor === null ? {} : { cursor }) });
      seen.push(...next.tickets.map(({ ticketId }) => ticketId));
      cursor = next.nextCursor;
    } while (cursor !== null);
    expect(seen.sort()).toEqual(ticketIds);
  });

  test('is good at any server with the same token: the next page may come from another', async () => {
    const first = await page(server, { limit: 3 });
    const rest = await page(twin, { limit: 100, cursor: first.nextCursor ?? '' });
    expect([...first.tickets, ...rest.tickets].map(({ ticketId }) => ticketId).sort()).toEqual(ticketIds);
  });

  test('is good again and again, and after a restart', async () => {
    const cursor = await firstCursor(twin);
    const before = await page(server, { cursor });
    const restarted = await runServer(temporal);
    try {
      expect(await page(restarted, { cursor })).toMatchObject({ tickets: before.tickets });
    } finally {
      await restarted.server.stop();
    }
  });

  test('shows neither the token of the API nor the filters it belongs to', async () => {
    const cursor = await firstCursor(server, { stage: 'answering' });
    const bytes = Buffer.from(cursor, 'base64url').toString('latin1');
    expect(bytes).not.toMatch(/a-token-only|WorkflowType|DeskhandStage/);
  });
});

describe('a cursor that was not given out here is answered 422, and Temporal never sees it', () => {
  test('with its mark kept and the place changed', async () => {
    const cursor = await firstCursor(server);
    const { length } = Buffer.from(cursor, 'base64url');
    for (const kept of [8, 16, 32, 40].filter((bytes) => bytes < length)) {
      await expectRefused(
        altered(cursor, (bytes) => Buffer.concat([bytes.subarray(0, kept), Buffer.from('elsewhere')])),
      );
    }
  });

  test('with any one bit changed', async () => {
    const cursor = await firstCursor(server);
    const { length } = Buffer.from(cursor, 'base64url');
    await fc.assert(
      fc.asyncProperty(fc.nat(length - 1), fc.nat(7), async (at, bit) => {
        await expectRefused(
          altered(cursor, (bytes) => {
            bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at);
            return bytes;
          }),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('cut off anywhere, or with something more', async () => {
    const cursor = await firstCursor(server);
    const { length } = Buffer.from(cursor, 'base64url');
    for (const kept of [1, 8, 31, 32, 33, length - 1]) {
      await expectRefused(altered(cursor, (bytes) => bytes.subarray(0, kept)));
    }
    await expectRefused(altered(cursor, (bytes) => Buffer.concat([bytes, Buffer.from([0])])));
  });

  test('of a server with another token', async () => {
    const { data } = await stranger.anyone.get<Page>('/api/tickets', {
      params: { limit: 3 },
      headers: { authorization: `Bearer ${anothersToken}` },
    });
    expect(data.nextCursor).toMatch(/^[\w-]+$/);
    await expectRefused(data.nextCursor ?? '');
  });

  test('of another list: one filter more, one less, another', async () => {
    await expectRefused(await firstCursor(server), { stage: 'answering' });
    await expectRefused(await firstCursor(server, { stage: 'answering' }));
    await expectRefused(await firstCursor(server, { state: 'open' }), { desk: 'zendesk' });
  });

  test('of another namespace of the same Temporal', async () => {
    const elsewhere = await startTestTemporal();
    const other = await runServer(elsewhere);
    try {
      for (const ticketId of ['1', '2']) await other.api.post('/api/tickets', { desk: 'zendesk', ticketId });
      const cursor = await eventually(async () => (await page(other, { limit: 1 })).nextCursor);
      await expectRefused(cursor);
    } finally {
      await other.server.stop();
      await elsewhere.stop();
    }
  });

  test.each(['A', 'AAAA', 'A'.repeat(4_000), '-_-_', Buffer.alloc(64).toString('base64url')])(
    'of a caller’s own making: %#',
    (cursor) => expectRefused(cursor),
  );
});
