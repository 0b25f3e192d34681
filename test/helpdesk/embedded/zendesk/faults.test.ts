/** Each fault does what it says, seen from the other end of the wire. */
import { z } from 'zod';
import { Faults, type FaultRule } from '../../../../src/remote/faults';
import { holdNext } from '../../../support/holdNext';
import { until as untilFound } from '../../../support/until';
import { commentsIn, matching, TestDesk, ticketIn, until } from './harness';

let desk: TestDesk;
let id: string;
beforeAll(async () => {
  desk = await TestDesk.start();
});
beforeEach(async () => {
  desk.desk.faults.clear();
  id = await desk.newTicket();
});
afterAll(() => desk.stop());

const reply = () => desk.put(id, { comment: { body: 'reply', public: true } });
const replies = async () => commentsIn(await desk.call('GET', `/api/v2/tickets/${id}/comments`)).length - 1;

it('status: answers so, with Retry-After and body, and does nothing', async () => {
  desk.desk.faults.add({
    route: 'PUT /api/v2/tickets/*',
    times: 1,
    fault: { type: 'status', status: 429, retryAfter: 7, body: { error: 'slow' } },
  });
  const answer = await reply();
  expect(answer).toMatchObject({ status: 429, body: { error: 'slow' } });
  expect(answer.headers.get('retry-after')).toBe('7');
  expect(await replies()).toBe(0);
  expect((await reply()).status).toBe(200);
  expect(await replies()).toBe(1);
});

it('status with a text: an HTML page as a proxy sends it', async () => {
  desk.desk.faults.add({
    fault: {
      type: 'status',
      status: 503,
      retryAfter: 'Wed, 25 Nov 2026 10:00:00 GMT',
      body: '<h1>Down</h1>',
    },
  });
  const answer = await desk.call('GET', '/api/v2/users/me');
  expect(answer).toMatchObject({ status: 503, text: '<h1>Down</h1>' });
  expect(answer.headers.get('content-type')).toContain('text/html');
  expect(answer.headers.get('retry-after')).toBe('Wed, 25 Nov 2026 10:00:00 GMT');
});

it('reset-before: the connection breaks and nothing is done', async () => {
  desk.desk.faults.add({ route: 'PUT /api/v2/tickets/*', times: 1, fault: { type: 'reset-before' } });
  await expect(reply()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
  expect(await replies()).toBe(0);
});

it('reset-after: the connection breaks and everything is done', async () => {
  desk.desk.faults.add({ route: 'PUT /api/v2/tickets/*', times: 1, fault: { type: 'reset-after' } });
  await expect(reply()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
  expect(await replies()).toBe(1);
});

it('delay: answers late, and is carried out when the caller has gone', async () => {
  desk.desk.faults.add({ route: 'PUT /api/v2/tickets/*', fault: { type: 'delay', ms: 150 } });
  const started = performance.now();
  expect((await reply()).status).toBe(200);
  expect(performance.now() - started).toBeGreaterThan(140);
  desk.desk.faults.clear();
  const { asked, goOn } = holdNext(desk.desk.faults, 'PUT /api/v2/tickets/*');
  const caller = new AbortController();
  const gone = fetch(`${desk.desk.apiUrl}/tickets/${id}`, {
    method: 'PUT',
    signal: caller.signal,
    headers: {
      ...desk.credentials(),
      'content-type': 'application/json',
    },
    body: JSON.stringify({ ticket: { comment: { body: 'late' } } }),
  });
  await asked();
  caller.abort();
  await expect(gone).rejects.toThrow();
  expect(await replies()).toBe(1);
  goOn();
  await untilFound('what was held to be carried out', async () => ((await replies()) === 2 ? true : null));
});

it('delay: what is held goes on at once when its rule is cleared, and no other', async () => {
  const { faults } = desk.desk;
  const rule = { route: 'PUT /api/v2/tickets/*', times: 1, fault: { type: 'delay', ms: 600_000 } } as const;
  const [first, second] = [faults.add(rule), faults.add(rule)];
  const done: string[] = [];
  const writing = ['first', 'second'].map(async (name) => {
    expect((await reply()).status).toBe(200);
    done.push(name);
  });
  await until(() => faults.list().every(({ struck }) => struck === 1), 'both to be held');
  expect([done, await replies()]).toEqual([[], 0]);
  faults.clear(first);
  await until(() => done.length === 1, 'one of them to go on');
  expect(await replies()).toBe(1);
  faults.clear(second);
  await Promise.all(writing);
  expect(await replies()).toBe(2);
});

it('malformed: everything is done and the answer is 200 with broken JSON', async () => {
  desk.desk.faults.add({ route: 'PUT /api/v2/tickets/*', times: 1, fault: { type: 'malformed' } });
  const answer = await reply();
  expect(answer).toMatchObject({ status: 200, body: null });
  expect(answer.text).toMatch(/^\{"ticket":/);
  expect(await replies()).toBe(1);
});

it('strikes only its route, in both spellings, and only as often as asked', async () => {
  desk.desk.faults.add({
    route: 'GET /api/v2/tickets/*/comments',
    times: 2,
    fault: { type: 'status', status: 500 },
  });
  expect((await desk.call('GET', `/api/v2/tickets/${id}`)).status).toBe(200);
  expect((await desk.call('GET', `/api/v2/tickets/${id}/comments.json?include=users`)).status).toBe(500);
  expect((await desk.call('GET', `/api/v2/tickets/${id}/comments`)).status).toBe(500);
  expect((await desk.call('GET', `/api/v2/tickets/${id}/comments`)).status).toBe(200);
});

it.each<[string | undefined, string, string, boolean]>([
  [undefined, 'GET', '/api/v2/users/me', true],
  ['GET /api/v2/tickets/*', 'GET', '/api/v2/tickets/7', true],
  ['GET /api/v2/tickets/*', 'GET', '/api/v2/tickets/7.json?include=users', true],
  ['GET /api/v2/tickets/*', 'PUT', '/api/v2/tickets/7', false],
  ['GET /api/v2/tickets/*', 'GET', '/api/v2/tickets/7/comments', false],
  ['* /api/v2/tickets/*', 'DELETE', '/api/v2/tickets/7', true],
  ['GET /api/v2/tickets/**', 'GET', '/api/v2/tickets/7/comments', true],
  ['GET /api/v2/tickets/**', 'GET', '/api/v2/users/7', false],
  ['GET /api/v2/tickets/*/comments', 'GET', '/api/v2/tickets/7/comments.json', true],
  ['GET /api/v2/ticket.', 'GET', '/api/v2/tickets', false],
])('the route %s and %s %s: %j', (route, method, url, strikes) => {
  const faults = new Faults();
  faults.add({ ...(route === undefined ? {} : { route }), fault: { type: 'malformed' } });
  expect(faults.strike(method, url) !== null).toBe(strikes);
});

it('the first rule that matches and has times left decides', () => {
  const faults = new Faults();
  const first = faults.add({ times: 1, fault: { type: 'reset-before' } });
  faults.add({ fault: { type: 'reset-after' } });
  const strike = () => faults.strike('GET', '/api/v2/users/me')?.type;
  expect([strike(), strike(), strike()]).toEqual(['reset-before', 'reset-after', 'reset-after']);
  expect(faults.list().map(({ struck }) => struck)).toEqual([1, 2]);
  faults.clear(first);
  expect(faults.list()).toHaveLength(1);
});

it('refuses a rule that makes no sense also from within', () => {
  expect(() => new Faults().add({ times: 0, fault: { type: 'malformed' } })).toThrow(/times/);
});

it('throws the same dice for the same seed', () => {
  const rule: FaultRule = { chance: 0.3, seed: 42, fault: { type: 'malformed' } };
  const throws = () => {
    const faults = new Faults();
    faults.add(rule);
    return Array.from({ length: 400 }, () => faults.strike('GET', '/api/v2/tickets/1') !== null);
  };
  expect(throws()).toEqual(throws());
  expect(throws().filter(Boolean).length / 400).toBeCloseTo(0.3, 1);
});

it('leaves the page and its own endpoints alone', async () => {
  desk.desk.faults.add({ fault: { type: 'reset-before' } });
  expect((await desk.call('GET', '/_desk/tickets')).status).toBe(200);
});

describe('over HTTP', () => {
  it('adds, lists, removes one and clears all', async () => {
    const rule = { route: 'GET /api/v2/tickets/*', fault: { type: 'status', status: 500 } };
    const added = await desk.call('POST', '/_desk/faults', rule);
    expect(added.status).toBe(201);
    expect((await desk.call('GET', `/api/v2/tickets/${id}`)).status).toBe(500);
    const list = await desk.call('GET', '/_desk/faults');
    expect(list.body).toMatchObject({ faults: [{ rule, struck: 1 }] });
    const { id: faultId } = z.object({ id: z.string() }).parse(added.body);
    expect((await desk.call('DELETE', `/_desk/faults/${faultId}`)).status).toBe(204);
    expect(ticketIn(await desk.call('GET', `/api/v2/tickets/${id}`)).id).toBe(Number(id));
    await desk.call('POST', '/_desk/faults', rule);
    expect((await desk.call('DELETE', '/_desk/faults')).status).toBe(204);
    expect((await desk.call('GET', '/_desk/faults')).body).toEqual({ faults: [] });
  });

  it.each([
    ['no fault', {}],
    ['a route without a method', { route: '/api', fault: { type: 'malformed' } }],
    ['an unknown type', { fault: { type: 'flood' } }],
    ['a chance over 1', { chance: 2, fault: { type: 'malformed' } }],
    ['an unknown key', { often: 2, fault: { type: 'malformed' } }],
  ])('refuses %s with the reason', async (_what, rule) => {
    const answer = await desk.call('POST', '/_desk/faults', rule);
    expect(answer).toMatchObject({ status: 422, body: { description: matching(/^✖ /) } });
    expect(desk.desk.faults.list()).toEqual([]);
  });

  it('is for admins with the token only', async () => {
    const rule = { fault: { type: 'malformed' } };
    expect((await desk.call('POST', '/_desk/faults', rule, { token: 'wrong' })).status).toBe(401);
    expect((await desk.call('POST', '/_desk/faults', rule, { as: 'nora@demo-shop.example' })).status).toBe(
      403,
    );
  });
});
