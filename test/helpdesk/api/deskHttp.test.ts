/** One request to a desk, by HTTP: what is read of its answer, and what becomes of one that is no answer. */
import http from 'node:http';
import { z } from 'zod';
import {
  createDeskHttp,
  noneIfForbidden,
  objectIn,
  orNull,
  refusedFields,
  type DeskHttp,
} from '../../../src/helpdesk/api/deskHttp';
import { numberedTicketPath } from '../../../src/helpdesk/api/missingTicket';
import { numberedTicketId } from '../../../src/helpdesk/ticketIds';
import { RemoteFailure } from '../../../src/remote/failures';
import { listening } from '../../support/ports';

interface Given {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

let server: http.Server;
let given: Given;
const asked: { readonly method: string | undefined; readonly headers: http.IncomingHttpHeaders }[] = [];
let send: DeskHttp;
beforeAll(async () => {
  server = http.createServer(({ method, headers }, response) => {
    asked.push({ method, headers });
    response.writeHead(given.status ?? 200, { date: 'Wed, 25 Nov 2026 12:00:00 GMT', ...given.headers });
    response.end(given.body ?? '{"id":7}');
  });
  const port = await listening(server);
  send = createDeskHttp({
    name: 'Acme Desk',
    apiUrl: `http://127.0.0.1:${port}`,
    headers: { authorization: 'Bearer of-the-tests' },
    ...{ timeoutsMs: undefined, budget: undefined },
    readErrorBody: (body) => refusedFields(Object.keys(objectIn(body))),
  });
});
beforeEach(() => {
  given = {};
  asked.length = 0;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const answer = z.object({ id: z.number() });
const call = { signal: new AbortController().signal };
const show = (about: 'ticket' | 'account' = 'ticket') =>
  send({ method: 'GET', path: '/tickets/7', answer, about }, call);

describe('an answer', () => {
  test('is checked, and comes with the time of the desk', async () => {
    const clock = Date.parse('2026-11-25T12:00:00Z');
    expect(await show()).toEqual({ body: { id: 7 }, hasNext: false, clock });
    expect(asked).toMatchObject([{ method: 'GET', headers: { authorization: 'Bearer of-the-tests' } }]);
  });

  test.each([
    ['<https://acme.example/tickets?page=2>; rel="next"', true],
    ['<https://acme.example/tickets?page=1>; rel="prev"', false],
    ['<https://acme.example/tickets?page=2>; rel=next', true],
  ])('whose Link is %s has another page: %j', async (link, hasNext) => {
    given = { headers: { link } };
    expect((await show()).hasNext).toBe(hasNext);
  });

  test('whose date is nonsense tells no time', async () => {
    given = { headers: { date: 'noon' } };
    expect((await show()).clock).toBeNull();
  });

  test('to a removal may say anything, or nothing', async () => {
    for (const body of ['', 'gone', '{"deleted":true}']) {
      given = { body };
      const removal = { method: 'DELETE', path: '/tickets/7', answer: z.null(), about: 'ticket' } as const;
      expect((await send(removal, call)).body).toBeNull();
    }
  });

  test.each([
    ['is no JSON', '<html>'],
    ['has another shape', '{"id":"seven"}'],
  ])('that %s is malformed', async (_what, body) => {
    given = { body };
    await expect(show()).rejects.toMatchObject({ kind: 'malformed', retryable: true, status: 200 });
  });

  test('that leads elsewhere is not followed', async () => {
    given = { status: 302, headers: { location: 'http://127.0.0.1:1/' } };
    await expect(show()).rejects.toMatchObject({ kind: 'malformed', status: 302 });
    expect(asked).toHaveLength(1);
  });
});

describe('a refusal', () => {
  test('names the fields that it is about, and nothing of what was sent', async () => {
    given = { status: 422, body: '{"email":["ana@mail.example is taken"],"group_id":[7]}' };
    const failure = await show().catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: 'rejected', retryable: false, status: 422 });
    expect(String(failure)).toContain('email, group_id');
    expect(String(failure)).not.toContain('ana@');
  });

  test('404 of a ticket says that it is not there; of anything else, that the address is wrong', async () => {
    given = { status: 404, body: '' };
    const [ticket, account] = await Promise.allSettled([show('ticket'), show('account')]);
    expect(ticket).toMatchObject({ reason: { kind: 'ticket-not-found', retryable: false } });
    expect(account).toMatchObject({ reason: { kind: 'malformed', retryable: true } });
  });

  test.each([
    ['names of fields', ['email', 'group_id'], 'email, group_id'],
    ['at most five', ['a', 'b', 'c', 'd', 'e', 'f'], 'a, b, c, d, e'],
    [
      'no values, no numbers, no sentences',
      ['ana@mail.example', 7, null, 'Email is taken', 'email'],
      'email',
    ],
    ['nothing', [], null],
  ])('tells %s', (_what, names, reason) => {
    expect(refusedFields(names)).toEqual({ special: null, reason });
  });

  test.each(['', 'null', '[1]', '7', '<html>', '{"a":'])('%j is an object of nothing', (body) => {
    expect(objectIn(body)).toEqual({});
  });
});

describe('what Deskhand can do without', () => {
  const failed = (status: number) =>
    new RemoteFailure('rejected', `answered ${status}`, { retryable: false, status });

  test('is null where the desk knows nothing by that, and a failure where it fails', async () => {
    expect(await orNull(Promise.resolve(7))).toBe(7);
    expect(await orNull(Promise.reject(failed(404)))).toBeNull();
    await expect(orNull(Promise.reject(failed(403)))).rejects.toThrow('answered 403');
    await expect(orNull(Promise.reject(new TypeError('a defect')))).rejects.toThrow('a defect');
  });

  test('is none where it may not be listed', () => {
    expect(noneIfForbidden(failed(403))).toEqual([]);
    expect(() => noneIfForbidden(failed(404))).toThrow('answered 404');
    expect(() => noneIfForbidden(new TypeError('a defect'))).toThrow('a defect');
  });
});

describe('a ticket whose id is a number', () => {
  const path = (id: string, list?: string) =>
    numberedTicketPath('Acme Desk', numberedTicketId('Acme Desk'), id, list);

  test('has its place in the list', () => {
    expect([path('7'), path('7', '/conversations')]).toEqual(['/tickets/7', '/conversations/7']);
  });

  test.each(['', '0', '007', '7/../8', 'seven', '-7', '7 '])('cannot be %j', (id) => {
    expect(() => path(id)).toThrow('Acme Desk does not have the ticket: its ticket ids are numbers');
  });
});
