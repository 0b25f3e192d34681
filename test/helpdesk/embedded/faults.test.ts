/** Each fault does what it says, seen from the other end of the wire. */
import { Faults, type FaultRule } from '../../../src/helpdesk/embedded/faults';
import { commentsIn, startDesk, ticketIn, type TestDesk } from './harness';

let test_: TestDesk;
let id: string;
beforeAll(async () => {
  test_ = await startDesk();
});
beforeEach(async () => {
  test_.desk.faults.clear();
  id = await test_.newTicket();
});
afterAll(() => test_.stop());

const reply = () => test_.put(id, { comment: { body: 'reply', public: true } });
const replies = async () => commentsIn(await test_.call('GET', `/api/v2/tickets/${id}/comments`)).length - 1;

it('status: answers so, with Retry-After and body, and does nothing', async () => {
  test_.desk.faults.add({
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
  test_.desk.faults.add({
    fault: {
      type: 'status',
      status: 503,
      retryAfter: 'Wed, 25 Nov 2026 10:00:00 GMT',
      body: '<h1>Down</h1>',
    },
  });
  const answer = await test_.call('GET', '/api/v2/users/me');
  expect(answer).toMatchObject({ status: 503, text: '<h1>Down</h1>' });
  expect(answer.headers.get('content-type')).toContain('text/html');
  expect(answer.headers.get('retry-after')).toBe('Wed, 25 Nov 2026 10:00:00 GMT');
});

it('reset-before: the connection breaks and nothing is done', async () => {
  test_.desk.faults.add({ route: 'PUT /api/v2/tickets/*', times: 1, fault: { type: 'reset-before' } });
  await expect(reply()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
  expect(await replies()).toBe(0);
});

it('reset-after: the connection breaks and everything is done', async () => {
  test_.desk.faults.add({ route: 'PUT /api/v2/tickets/*', times: 1, fault: { type: 'reset-after' } });
  await expect(reply()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
  expect(await replies()).toBe(1);
});

it('delay: answers late, and is carried out when the caller has gone', async () => {
  test_.desk.faults.add({ route: 'PUT /api/v2/tickets/*', fault: { type: 'delay', ms: 150 } });
  const started = performance.now();
  expect((await reply()).status).toBe(200);
  expect(performance.now() - started).toBeGreaterThan(140);
  const gone = fetch(`${test_.desk.apiUrl}/tickets/${id}`, {
    method: 'PUT',
    signal: AbortSignal.timeout(40),
    headers: {
      authorization: `Basic ${Buffer.from(`${test_.desk.credentials.email}/token:${test_.desk.credentials.token}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ ticket: { comment: { body: 'late' } } }),
  });
  await expect(gone).rejects.toThrow();
  expect(await replies()).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect(await replies()).toBe(2);
});

it('malformed: everything is done and the answer is 200 with broken JSON', async () => {
  test_.desk.faults.add({ route: 'PUT /api/v2/tickets/*', times: 1, fault: { type: 'malformed' } });
  const answer = await reply();
  expect(answer).toMatchObject({ status: 200, body: null });
  expect(answer.text).toMatch(/^\{"ticket":/);
  expect(await replies()).toBe(1);
});

it('strikes only its route, in both spellings, and only as often as asked', async () => {
  test_.desk.faults.add({
    route: 'GET /api/v2/tickets/*/comments',
    times: 2,
    fault: { type: 'status', status: 500 },
  });
  expect((await test_.call('GET', `/api/v2/tickets/${id}`)).status).toBe(200);
  expect((await test_.call('GET', `/api/v2/tickets/${id}/comments.json?include=users`)).status).toBe(500);
  expect((await test_.call('GET', `/api/v2/tickets/${id}/comments`)).status).toBe(500);
  expect((await test_.call('GET', `/api/v2/tickets/${id}/comments`)).status).toBe(200);
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
  test_.desk.faults.add({ fault: { type: 'reset-before' } });
  expect((await test_.call('GET', '/_desk/tickets')).status).toBe(200);
});

describe('over HTTP', () => {
  it('adds, lists, removes one and clears all', async () => {
    const rule = { route: 'GET /api/v2/tickets/*', fault: { type: 'status', status: 500 } };
    const added = await test_.call('POST', '/_desk/faults', rule);
    expect(added.status).toBe(201);
    expect((await test_.call('GET', `/api/v2/tickets/${id}`)).status).toBe(500);
    const list = await test_.call('GET', '/_desk/faults');
    expect(list.body).toMatchObject({ faults: [{ rule, struck: 1 }] });
    const { id: faultId } = added.body as { id: string };
    expect((await test_.call('DELETE', `/_desk/faults/${faultId}`)).status).toBe(204);
    expect(ticketIn(await test_.call('GET', `/api/v2/tickets/${id}`)).id).toBe(Number(id));
    await test_.call('POST', '/_desk/faults', rule);
    expect((await test_.call('DELETE', '/_desk/faults')).status).toBe(204);
    expect((await test_.call('GET', '/_desk/faults')).body).toEqual({ faults: [] });
  });

  it.each([
    ['no fault', {}],
    ['a route without a method', { route: '/api', fault: { type: 'malformed' } }],
    ['an unknown type', { fault: { type: 'flood' } }],
    ['a chance over 1', { chance: 2, fault: { type: 'malformed' } }],
    ['an unknown key', { often: 2, fault: { type: 'malformed' } }],
  ])('refuses %s with the reason', async (_what, rule) => {
    const answer = await test_.call('POST', '/_desk/faults', rule);
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ code: 'InvalidFault' }] } });
    expect(test_.desk.faults.list()).toEqual([]);
  });

  it('is for admins with the token only', async () => {
    const rule = { fault: { type: 'malformed' } };
    expect((await test_.call('POST', '/_desk/faults', rule, { token: 'wrong' })).status).toBe(401);
    expect((await test_.call('POST', '/_desk/faults', rule, { as: 'nora@demo-shop.example' })).status).toBe(
      403,
    );
  });
});
