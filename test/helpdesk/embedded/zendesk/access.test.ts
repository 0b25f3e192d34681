/** Who may do what, at every address of the API: nothing is open, and nothing is open by mistake. */
import { z } from 'zod';
import { agents, roomyLimits, TestDesk } from './harness';

let desk: TestDesk;
const customer = 'ann@example.com';
beforeAll(async () => {
  desk = await TestDesk.start({ limits: roomyLimits });
  await desk.newTicket();
});
afterAll(() => desk.stop());

const webhook = {
  name: 'own',
  endpoint: 'http://127.0.0.1:9/hook',
  http_method: 'POST',
  request_format: 'json',
  subscriptions: ['zen:event-type:ticket.created'],
};

/** Each with a request that an admin is not refused for: what is refused is refused to the person. */
const forStaff: readonly [string, string, unknown][] = [
  ['GET', '/api/v2/tickets/1', undefined],
  ['GET', '/api/v2/tickets/show_many?ids=1', undefined],
  ['POST', '/api/v2/tickets', { ticket: { comment: { body: 'x' } } }],
  ['PUT', '/api/v2/tickets/1', { ticket: { status: 'open' } }],
  ['GET', '/api/v2/tickets/1/comments', undefined],
  ['GET', '/api/v2/tickets/1/audits', undefined],
  ['GET', '/api/v2/tickets/1/tags', undefined],
  ['PUT', '/api/v2/tickets/1/tags', { tags: ['a'] }],
  ['POST', '/api/v2/tickets/1/tags', { tags: ['a'] }],
  ['DELETE', '/api/v2/tickets/1/tags', { tags: ['b'] }],
  ['GET', '/api/v2/groups', undefined],
  ['GET', '/api/v2/search?query=type:ticket', undefined],
  ['GET', '/api/v2/views', undefined],
];
const forAdmins: readonly [string, string, unknown][] = [
  ['GET', '/api/v2/incremental/tickets/cursor?start_time=1', undefined],
  ['GET', '/api/v2/suspended_tickets', undefined],
  ['GET', '/api/v2/webhooks', undefined],
  ['POST', '/api/v2/webhooks', { webhook }],
  [
    'POST',
    '/api/v2/views',
    { view: { title: 'own', all: [{ field: 'status', operator: 'is', value: 'open' }] } },
  ],
  ['GET', '/_desk/faults', undefined],
  ['POST', '/_desk/faults', { route: 'GET /api/v2/nothing', fault: { type: 'malformed' } }],
  ['DELETE', '/_desk/faults', undefined],
];
const all = [...forStaff, ...forAdmins, ['GET', '/api/v2/users/me', undefined] as const];

describe.each(all)('%s %s', (method, address, body) => {
  it.each([
    ['without credentials', { as: null }],
    ['with a wrong token', { token: 'wrong' }],
    ['with the token in other letters', { token: 'F'.repeat(48) }],
    ['with an empty token', { token: '' }],
    ['as nobody who is known', { as: 'stranger@example.com' }],
  ])('%s: 401, whatever is sent', async (_how, options) => {
    expect(await desk.call(method, address, body, options)).toMatchObject({
      status: 401,
      body: { error: "Couldn't authenticate you" },
    });
  });

  it('as an admin: done', async () => {
    expect((await desk.call(method, address, body)).status).toBeLessThan(300);
  });
});

it.each(forStaff)('%s %s is for every agent, and for no customer', async (method, address, body) => {
  expect((await desk.call(method, address, body, { as: agents.nora })).status).toBeLessThan(300);
  expect(await desk.call(method, address, body, { as: customer })).toMatchObject({
    status: 403,
    body: { error: { title: 'Forbidden' } },
  });
});

it.each(forAdmins)('%s %s is for admins only', async (method, address, body) => {
  for (const as of [agents.nora, agents.tomas, customer]) {
    expect(await desk.call(method, address, body, { as })).toMatchObject({
      status: 403,
      body: { error: { title: 'Forbidden' } },
    });
  }
});

it('lets a customer ask who they are, and nothing about anybody else', async () => {
  const me = await desk.get('/api/v2/users/me', { as: customer });
  expect(me).toMatchObject({ status: 200, body: { user: { email: customer, role: 'end-user' } } });
  const { id } = z.object({ user: z.object({ id: z.number() }) }).parse(me.body).user;
  for (const address of [`/api/v2/users/${id}`, `/api/v2/users/show_many?ids=${id}`]) {
    expect((await desk.get(address, { as: customer })).status).toBe(403);
  }
});

describe('credentials', () => {
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
  const status = async (authorization: string) =>
    (await desk.get('/api/v2/users/me', { as: null, headers: { authorization } })).status;
  const email = () => desk.desk.credentials.email;
  const token = () => desk.desk.credentials.token;

  it('are the address, the word token, and the token', async () => {
    expect(await status(basic(`${email()}/token:${token()}`))).toBe(200);
  });

  it.each<[string, () => string]>([
    ['a password instead of a token', () => basic(`${email()}:${token()}`)],
    ['no token', () => basic(`${email()}/token`)],
    ['no address', () => basic(`/token:${token()}`)],
    ['more than the token', () => basic(`${email()}/token:${token()} `)],
    ['half the token', () => basic(`${email()}/token:${token().slice(0, 24)}`)],
    ['the words unencoded', () => `Basic ${email()}/token:${token()}`],
    ['another scheme', () => `Digest ${Buffer.from(`${email()}/token:${token()}`).toString('base64')}`],
    ['a bearer token, which this desk has none of', () => `Bearer ${token()}`],
    ['a scheme alone', () => 'Basic'],
    ['nothing', () => ''],
  ])('that are %s: 401', async (_what, header) => {
    expect(await status(header())).toBe(401);
  });

  it('know the scheme and the address in any case', async () => {
    const header = basic(`${email().toUpperCase()}/token:${token()}`);
    expect(await status(header.replace('Basic', 'basic'))).toBe(200);
  });
});

describe('a verb that Zendesk does not have there', () => {
  const paths: Record<string, readonly string[]> = {
    '/api/v2/tickets': ['POST'],
    '/api/v2/tickets/1': ['GET', 'PUT'],
    '/api/v2/tickets/show_many': ['GET'],
    '/api/v2/tickets/1/comments': ['GET'],
    '/api/v2/tickets/1/audits': ['GET'],
    '/api/v2/tickets/1/tags': ['GET', 'PUT', 'POST', 'DELETE'],
    '/api/v2/users/me': ['GET'],
    '/api/v2/users/show_many': ['GET'],
    '/api/v2/groups': ['GET'],
    '/api/v2/search': ['GET'],
    '/api/v2/incremental/tickets/cursor': ['GET'],
    '/api/v2/webhooks': ['GET', 'POST'],
    '/api/v2/views': ['GET', 'POST'],
    '/api/v2/views/1': ['GET', 'PUT', 'DELETE'],
    '/api/v2/views/1/tickets': ['GET'],
    '/api/v2/webhooks/configured-at-start/invocations': ['GET'],
  };
  // `show_many` is a ticket's id to a PUT: 400.
  const wrong = Object.entries(paths).flatMap(([path, verbs]) =>
    ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
      .filter((verb) => !verbs.includes(verb) && !(verb === 'PUT' && path.endsWith('tickets/show_many')))
      .map((verb) => [verb, path] as const),
  );

  it.each(wrong)('%s %s: 404, as an address that does not exist', async (verb, path) => {
    const before = await desk.ticket('1');
    const answer = await desk.call(verb, path, verb === 'GET' ? undefined : { ticket: { status: 'solved' } });
    expect(answer).toMatchObject({ status: 404, body: { error: 'InvalidEndpoint' } });
    expect(await desk.ticket('1')).toEqual(before);
  });
});
