import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { z } from 'zod';
import { RemoteFailure, longestWaitMs } from '../../../src/remote/failures';
import { createZendeskHttp, type ZendeskConnection } from '../../../src/helpdesk/zendesk/http';
import { selfSigned } from './selfSigned';
import { anyCall, openWire, type Answer, type Wire } from './wire';

const answer = z.object({ ticket: z.object({ id: z.number() }) });
const showTicket = { method: 'GET', path: '/tickets/1', answer, about: 'ticket' } as const;
const good = { body: { ticket: { id: 1 }, new_field_of_next_year: true } };

const wires: Wire[] = [];
async function wireThat(gives: Answer): Promise<Wire> {
  const wire = await openWire(() => gives);
  wires.push(wire);
  return wire;
}

afterEach(async () => {
  await Promise.all(wires.splice(0).map((wire) => wire.close()));
});

async function failureOf(asking: Promise<unknown>): Promise<RemoteFailure> {
  const error: unknown = await asking.then(
    () => new Error('it succeeded'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof RemoteFailure)) throw error;
  return error;
}

async function failureWhen(gives: Answer, about: 'ticket' | 'account' = 'ticket'): Promise<RemoteFailure> {
  const wire = await wireThat(gives);
  return failureOf(createZendeskHttp(wire.connection)({ ...showTicket, about }, anyCall()));
}

async function failureOfHasty(gives: Answer): Promise<RemoteFailure> {
  const wire = await wireThat(gives);
  const request = createZendeskHttp({ ...wire.connection, timeoutsMs: { connect: 20_000, total: 500 } });
  return failureOf(request(showTicket, anyCall()));
}

describe('a request', () => {
  test('signs in with the API token, as the documents write it', async () => {
    const wire = await wireThat(good);
    await createZendeskHttp(wire.connection)(showTicket, anyCall());
    const expected = Buffer.from('bot@shop.example/token:secret-token').toString('base64');
    expect(wire.asked[0]?.headers.authorization).toBe(`Basic ${expected}`);
  });

  test('signs in with an OAuth token', async () => {
    const wire = await wireThat(good);
    const request = createZendeskHttp({ ...wire.connection, auth: { type: 'oauth', token: 'abc' } });
    await request(showTicket, anyCall());
    expect(wire.asked[0]?.headers.authorization).toBe('Bearer abc');
  });

  test('carries method, query, body and headers, and gives the checked body', async () => {
    const wire = await wireThat(good);
    const body = await createZendeskHttp(wire.connection)(
      {
        ...showTicket,
        method: 'PUT',
        query: { 'page[size]': 100, include: 'users' },
        body: { ticket: { tags: ['ä', '日本'] } },
        headers: { 'Idempotency-Key': 'k1' },
      },
      anyCall(),
    );
    expect(body).toEqual({ ticket: { id: 1 } });
    expect(wire.asked[0]).toMatchObject({
      method: 'PUT',
      path: '/tickets/1?page[size]=100&include=users',
      body: { ticket: { tags: ['ä', '日本'] } },
    });
    expect(wire.asked[0]?.headers['idempotency-key']).toBe('k1');
    expect(wire.asked[0]?.headers['content-type']).toContain('application/json');
  });

  test('reuses its connection', async () => {
    const ports: (number | undefined)[] = [];
    const wire = await wireThat((response) => {
      ports.push(response.socket?.remotePort);
      response.end(JSON.stringify(good.body));
    });
    const request = createZendeskHttp(wire.connection);
    await request(showTicket, anyCall());
    await request(showTicket, anyCall());
    expect(new Set(ports).size).toBe(1);
  });
});

describe('a refusal', () => {
  test('429 with one line of plain text waits as long as it says, though the body is no JSON', async () => {
    const failure = await failureWhen({
      status: 429,
      headers: { 'content-type': 'text/plain', 'retry-after': '23' },
      body: 'Number of allowed API requests per minute exceeded',
    });
    expect(failure).toMatchObject({ kind: 'throttled', retryable: true, retryAfterMs: 23_000 });
    expect(failure.message).toContain('Number of allowed API requests per minute exceeded');
  });

  test('429 although the remaining-header says 400 of 400: the status counts, with the usual back-off', async () => {
    const failure = await failureWhen({
      status: 429,
      headers: { 'x-rate-limit': '400', 'x-rate-limit-remaining': '400' },
      body: { error: 'TooManyRequests', description: 'Number of allowed requests per hour exceeded' },
    });
    expect(failure).toMatchObject({ kind: 'throttled', retryable: true, retryAfterMs: null });
    expect(failure.message).toContain('per hour');
  });

  test.each([
    ['a date, by the clock of the desk', 'Wed, 25 Nov 2026 12:00:30 GMT', 30_000],
    ['zero', '0', null],
    ['nonsense', 'soon', null],
    ['a day', '86400', longestWaitMs],
  ])('429 with Retry-After as %s', async (_what, retryAfter, wait) => {
    const headers = { 'retry-after': retryAfter, date: 'Wed, 25 Nov 2026 12:00:00 GMT' };
    expect(await failureWhen({ status: 429, headers })).toMatchObject({
      kind: 'throttled',
      retryAfterMs: wait,
    });
  });

  test('503 with a page of HTML', async () => {
    const failure = await failureWhen({
      status: 503,
      headers: { 'content-type': 'text/html', 'retry-after': '5' },
      body: '<html>Down for <b>maintenance</b></html>',
    });
    expect(failure).toMatchObject({ kind: 'unavailable', retryAfterMs: 5_000 });
    expect(failure.message).not.toContain('html');
  });

  test.each([
    [401, { error: "Couldn't authenticate you" }, 'unauthorized'],
    [404, { error: 'RecordNotFound', description: 'Not found' }, 'ticket-not-found'],
    [409, { error: 'DatabaseConflict', description: 'Database collision' }, 'conflict'],
    [413, '', 'rejected'],
    [
      422,
      {
        error: 'RecordInvalid',
        details: { status: [{ description: 'Status: closed prevents ticket update' }] },
      },
      'ticket-closed',
    ],
    [500, 'Internal Server Error', 'unavailable'],
  ])('%i with %j is %s', async (status, body, kind) => {
    expect((await failureWhen({ status, body })).kind).toBe(kind);
  });

  test('403 says which right is needed', async () => {
    const wire = await wireThat({ status: 403, body: { error: { title: 'Forbidden', message: 'No.' } } });
    const asking = createZendeskHttp(wire.connection)(
      { ...showTicket, needs: 'the export needs an admin' },
      anyCall(),
    );
    expect(await failureOf(asking)).toMatchObject({
      kind: 'unauthorized',
      retryable: true,
      status: 403,
      retryAfterMs: 60_000,
      message:
        'Zendesk answered 403: the credentials are not allowed to do this (Forbidden); the export needs an admin',
    });
  });

  test('a redirect is not followed: credentials go to the configured address only', async () => {
    const elsewhere = await wireThat(good);
    const failure = await failureWhen({
      status: 301,
      headers: { location: `${elsewhere.origin}/api/v2/tickets/1` },
    });
    expect(failure).toMatchObject({ kind: 'malformed', retryable: true });
    expect(elsewhere.asked).toHaveLength(0);
  });

  test('of anything but a ticket, 404 means a wrong address', async () => {
    expect(await failureWhen({ status: 404, body: '<h1>404</h1>' }, 'account')).toMatchObject({
      kind: 'malformed',
      message: expect.stringContaining('check the address of its API') as unknown,
    });
  });
});

describe('a success that is none', () => {
  test.each([
    [
      'an error inside',
      { errors: [{ code: 'Throttled', title: 'try later' }] },
      'with an error inside (Throttled)',
    ],
    ['no JSON', '<html>Please sign in to the Wi-Fi</html>', 'the body is not JSON'],
    ['half a body', '{"ticket": {"id": 1', 'the body is not JSON'],
    ['an empty body', '', 'the body is not JSON'],
    ['null', 'null', 'the body is not what the documents promise, at ""'],
    [
      'a field of another type',
      { ticket: { id: 'one' } },
      'the body is not what the documents promise, at "ticket.id"',
    ],
  ])('%s', async (_what, body, message) => {
    expect(await failureWhen({ body })).toMatchObject({
      kind: 'malformed',
      retryable: true,
      status: 200,
      message: `Zendesk answered 200, but ${message}`,
    });
  });

  test('an answer beyond all bounds is dropped instead of filling the memory', async () => {
    const megabyte = Buffer.alloc(1024 * 1024, ' ');
    const wire = await wireThat((response) => {
      const pour = (): void => {
        while (!response.destroyed && response.write(megabyte));
      };
      response.on('drain', pour);
      pour();
    });
    const request = createZendeskHttp(wire.connection);
    expect(await failureOf(request(showTicket, anyCall()))).toMatchObject({
      kind: 'malformed',
      retryable: true,
    });
  });
});

describe('no answer', () => {
  test('nothing listens there', async () => {
    const wire = await openWire(() => good);
    await wire.close();
    const failure = await failureOf(createZendeskHttp(wire.connection)(showTicket, anyCall()));
    expect(failure).toMatchObject({ kind: 'unavailable', retryable: true, status: null });
    expect(failure.message).toContain('ECONNREFUSED');
  });

  test('the connection is reset in the middle', async () => {
    const failure = await failureWhen((response) => response.socket?.destroy());
    expect(failure).toMatchObject({ kind: 'unavailable', retryable: true });
  });

  test('the body stops in the middle', async () => {
    const failure = await failureWhen((response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"ticket"');
      setTimeout(() => response.socket?.destroy(), 20);
    });
    expect(failure.retryable).toBe(true);
  });

  test('the name is not known', async () => {
    const connection: ZendeskConnection = {
      apiUrl: 'http://desk.invalid/api/v2',
      auth: { type: 'oauth', token: 'abc' },
    };
    expect(await failureOf(createZendeskHttp(connection)(showTicket, anyCall()))).toMatchObject({
      kind: 'unavailable',
      retryable: true,
    });
  });

  test('the desk never answers: the total time ends it', async () => {
    const begun = Date.now();
    const failure = await failureOfHasty(() => undefined);
    expect(failure).toMatchObject({ kind: 'unavailable', retryable: true });
    expect(failure.message).toContain('did not answer in time');
    expect(Date.now() - begun).toBeGreaterThan(450);
  });

  test('the desk trickles for ever: the total time ends that too', async () => {
    const failure = await failureOfHasty((response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(timer));
    });
    expect(failure.message).toContain('did not answer in time');
  });

  test('the port is open, but nobody shakes hands: the connect time ends it', async () => {
    const sockets: net.Socket[] = [];
    const silent = net.createServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const request = createZendeskHttp({
      apiUrl: `https://127.0.0.1:${port}/api/v2`,
      auth: { type: 'oauth', token: 'abc' },
      timeoutsMs: { connect: 200, total: 600_000 },
    });
    expect(await failureOf(request(showTicket, anyCall()))).toMatchObject({
      kind: 'unavailable',
      retryable: true,
    });
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => silent.close(resolve));
  });

  test('http where https is expected', async () => {
    const wire = await wireThat(good);
    const request = createZendeskHttp({
      ...wire.connection,
      apiUrl: wire.connection.apiUrl.replace('http:', 'https:'),
    });
    expect(await failureOf(request(showTicket, anyCall()))).toMatchObject({
      kind: 'unavailable',
      retryable: true,
    });
  });

  test('a certificate that nobody vouches for is said with the mend, and tried again slowly', async () => {
    const server = https.createServer(selfSigned);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const request = createZendeskHttp({
      apiUrl: `https://127.0.0.1:${port}/api/v2`,
      auth: { type: 'oauth', token: 'abc' },
    });
    const failure = await failureOf(request(showTicket, anyCall()));
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(failure).toMatchObject({ kind: 'unavailable', retryable: true, retryAfterMs: 60_000 });
    expect(failure.message).toContain('NODE_EXTRA_CA_CERTS');
  });
});

describe('cancellation', () => {
  test('reaches a request under way: the desk sees the connection close', async () => {
    const controller = new AbortController();
    let closed: () => void = () => undefined;
    const connectionClosed = new Promise<void>((resolve) => (closed = resolve));
    const wire = await wireThat((response) => {
      response.on('close', closed);
      controller.abort();
    });
    const asking = createZendeskHttp(wire.connection)(showTicket, { signal: controller.signal });
    expect(await failureOf(asking)).toMatchObject({ kind: 'cancelled', retryable: false });
    await connectionClosed;
  });

  test('before the request means that none is made', async () => {
    const wire = await wireThat(good);
    const asking = createZendeskHttp(wire.connection)(showTicket, { signal: AbortSignal.abort() });
    expect((await failureOf(asking)).kind).toBe('cancelled');
    expect(wire.asked).toHaveLength(0);
  });
});

test('no failure shows the credentials, however deep one looks', async () => {
  const wire = await openWire(() => good);
  await wire.close();
  const failure = await failureOf(createZendeskHttp(wire.connection)(showTicket, anyCall()));
  const everything = JSON.stringify([failure, failure.message, failure.stack, String(failure.cause)]);
  const encoded = Buffer.from('bot@shop.example/token:secret-token').toString('base64');
  expect(everything).not.toContain('secret-token');
  expect(everything).not.toContain(encoded);
});
