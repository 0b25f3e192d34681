/** The desk forgives nothing that Zendesk does not forgive, and words it the same way. */
import { matching, ticketIn, TestDesk } from './harness';

let desk: TestDesk;
let id: string;
beforeAll(async () => {
  desk = await TestDesk.start();
  id = await desk.newTicket();
});
afterAll(() => desk.stop());

describe('who may call', () => {
  it.each([
    ['nobody', { as: null }],
    ['a wrong token', { token: 'wrong' }],
    ['an unknown address', { as: 'stranger@example.com' }],
    ['a bearer token', { as: null, headers: { authorization: 'Bearer abc' } }],
  ])('%s: 401', async (_who, options) => {
    const answer = await desk.call('GET', `/api/v2/tickets/${id}`, undefined, options);
    expect(answer).toMatchObject({ status: 401, body: { error: "Couldn't authenticate you" } });
  });

  it('an end user: 403 with an object as error', async () => {
    const answer = await desk.call(
      'PUT',
      `/api/v2/tickets/${id}`,
      { ticket: { status: 'open' } },
      { as: 'ann@example.com' },
    );
    expect(answer).toMatchObject({ status: 403, body: { error: { title: 'Forbidden' } } });
  });

  it('an agent who is no admin: no incremental export, no webhooks', async () => {
    const as = 'nora@demo-shop.example';
    expect(
      await desk.call('GET', '/api/v2/incremental/tickets/cursor?start_time=1', undefined, { as }),
    ).toMatchObject({ status: 403 });
    expect(await desk.call('GET', '/api/v2/webhooks', undefined, { as })).toMatchObject({ status: 403 });
  });
});

describe('what is asked for', () => {
  it.each([
    ['GET', '/api/v2/tickets/99999', 404, { error: 'RecordNotFound' }],
    ['GET', '/api/v2/tickets/99999/comments', 404, { error: 'RecordNotFound' }],
    ['GET', '/api/v2/tickets/99999/audits', 404, { error: 'RecordNotFound' }],
    ['GET', '/api/v2/users/1', 404, { error: 'RecordNotFound' }],
    ['GET', '/api/v2/tickets/abc', 400, { error: { title: 'Invalid attribute' } }],
    ['GET', '/api/v2/no/such/thing', 404, { error: 'InvalidEndpoint' }],
    ['POST', '/api/v2/tickets/1', 404, { error: 'InvalidEndpoint' }],
    ['POST', '/api/v2/tickets/1/comments', 404, { error: 'InvalidEndpoint' }],
    ['GET', '/api/v2/search', 422, { error: 'invalid' }],
    ['GET', '/api/v2/tickets', 404, { error: 'InvalidEndpoint' }],
    ['DELETE', '/api/v2/tickets/1', 404, { error: 'InvalidEndpoint' }],
    ['PATCH', '/api/v2/tickets/1', 404, { error: 'InvalidEndpoint' }],
    ['PUT', '/api/v2/tickets/1/comments', 404, { error: 'InvalidEndpoint' }],
    ['GET', '/api/v2/tickets/-1', 400, { error: { title: 'Invalid attribute' } }],
    ['GET', '/api/v2/tickets/show_many', 400, { error: { title: 'Invalid attribute' } }],
    ['GET', '/api/v2/webhooks/none', 404, { errors: [{ code: 'WebhookNotFound' }] }],
    ['GET', '/api/v1/tickets/1', 404, { error: 'InvalidEndpoint' }],
    ['GET', '/api/v2/incremental/tickets/cursor', 400, { error: { title: 'Invalid attribute' } }],
    ['GET', '/api/v2/users/show_many?ids=a', 400, { error: { title: 'Invalid attribute' } }],
  ])('%s %s: %i', async (method, address, status, body) => {
    expect(await desk.call(method, address, method === 'POST' ? {} : undefined)).toMatchObject({
      status,
      body,
    });
  });
});

describe('what is written', () => {
  it.each([
    ['broken JSON', '{"ticket":', 400, { message: 'Server could not parse JSON' }],
    ['no ticket', {}, 400, { error: { title: 'Invalid attribute' } }],
    ['a ticket that is a text', { ticket: 'x' }, 400, { error: { title: 'Invalid attribute' } }],
    [
      'a comment that is a text',
      { ticket: { comment: 'x' } },
      400,
      { error: { title: 'Invalid attribute' } },
    ],
    ['an unknown status', { ticket: { status: 'asleep' } }, 422, { error: 'RecordInvalid' }],
    ['an unknown priority', { ticket: { priority: 'max' } }, 422, { error: 'RecordInvalid' }],
    ['an unknown group', { ticket: { group_id: 5 } }, 422, { error: 'RecordInvalid' }],
    ['an assignee who is nobody', { ticket: { assignee_id: 5 } }, 422, { error: 'RecordInvalid' }],
    [
      'an assignee by a strange address',
      { ticket: { assignee_email: 'x@example.com' } },
      422,
      { error: 'RecordInvalid' },
    ],
    [
      'an assignee who is a customer',
      { ticket: { assignee_email: 'ann@example.com' } },
      422,
      { error: 'RecordInvalid' },
    ],
    [
      'uploads, which this desk lacks',
      { ticket: { comment: { body: 'x', uploads: ['t'] } } },
      422,
      { error: 'RecordInvalid' },
    ],
    [
      'a safe update without a stamp',
      { ticket: { status: 'open', safe_update: true } },
      422,
      { error: 'RecordInvalid' },
    ],
  ])('%s: refused, and nothing changes', async (_what, body, status, expected) => {
    const before = ticketIn(await desk.call('GET', `/api/v2/tickets/${id}`));
    expect(await desk.call('PUT', `/api/v2/tickets/${id}`, body)).toMatchObject({ status, body: expected });
    expect(ticketIn(await desk.call('GET', `/api/v2/tickets/${id}`))).toEqual(before);
  });

  it.each([
    ['an empty body', ''],
    ['blanks', '  '],
    ['null', 'null'],
    ['a list', '[]'],
    ['a number', '7'],
  ])('%s: 400 at ticket', async (_what, body) => {
    expect(await desk.call('PUT', `/api/v2/tickets/${id}`, body)).toMatchObject({
      status: 400,
      body: { error: { title: 'Invalid attribute', message: matching(/ticket/) } },
    });
  });

  it('another type than JSON is not read: 400 at ticket', async () => {
    const options = { headers: { 'content-type': 'text/plain' } };
    const answer = await desk.call('PUT', `/api/v2/tickets/${id}`, { ticket: { status: 'open' } }, options);
    expect(answer).toMatchObject({ status: 400, body: { error: { title: 'Invalid attribute' } } });
  });

  it('a wrong field: 400 that names its place', async () => {
    const answer = await desk.put(id, { comment: { body: 'x', public: 'yes' } });
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { message: matching(/comment\.public/) } },
    });
  });

  it('a body over the limit: 413', async () => {
    const huge = { ticket: { comment: { body: 'x'.repeat(3 * 1024 * 1024) } } };
    expect(await desk.call('PUT', `/api/v2/tickets/${id}`, huge)).toMatchObject({ status: 413 });
  });

  it('a ticket without a first comment: 422', async () => {
    const answer = await desk.call('POST', '/api/v2/tickets', { ticket: { subject: 'x' } });
    expect(answer).toMatchObject({ status: 422, body: { error: 'RecordInvalid' } });
  });

  it('a closed ticket: 422 with the reason at status', async () => {
    const closed = await desk.newTicket();
    await desk.put(closed, { status: 'closed' });
    const answer = await desk.put(closed, { comment: { body: 'too late', public: true } });
    expect(answer).toMatchObject({
      status: 422,
      body: { details: { status: [{ description: 'Status: closed prevents ticket update' }] } },
    });
  });

  it('keys that are not taken are dropped and named in a header', async () => {
    const answer = await desk.put(id, {
      id: 7,
      macro_id: 3,
      additional_tags: ['x'],
      subject: 'Renamed',
      comment: { body: 'a', plain_body: 'b' },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-zendesk-api-warn')).toContain(
      '"ticket.id","ticket.macro_id","ticket.additional_tags"',
    );
    expect(answer.headers.get('x-zendesk-api-warn')).toContain('"ticket.comment.plain_body"');
    expect(ticketIn(answer)).toMatchObject({ id: Number(id), subject: 'Renamed', tags: [] });
  });

  it('says in its headers what Zendesk says', async () => {
    const { headers } = await desk.call('GET', `/api/v2/tickets/${id}.json`);
    expect(headers.get('x-zendesk-api-version')).toBe('v2');
    expect(headers.get('x-zendesk-request-id')).toBe(headers.get('x-request-id'));
    expect(Number(headers.get('x-rate-limit-remaining'))).toBeLessThan(Number(headers.get('x-rate-limit')));
    expect(headers.get('retry-after')).toBeNull();
  });
});
