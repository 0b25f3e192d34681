/** The embedded Freshdesk forgives nothing that Freshdesk does not, and answers in its ways. */
import { TestFreshdesk } from './testFreshdesk';

let desk: TestFreshdesk;
let now = Date.parse('2026-11-25T12:00:00Z');
beforeAll(async () => {
  desk = await TestFreshdesk.start({ clock: () => now, limits: { requestsPerMinute: 100_000 } });
});
afterEach(() => desk.desk.faults.clear());
afterAll(() => desk.stop());

const open = async () => (await desk.people.customerOpens('Where is my order?')).ticketId;
const codes = ({ body }: { readonly body: unknown }) =>
  ((body as { errors?: { field: string; code: string }[] }).errors ?? []).map(
    ({ field, code }) => `${field}: ${code}`,
  );

test.each([
  ['no credentials', null],
  ['another key', 'somebody-elses'],
  ['an empty key', ''],
])('with %s nobody gets in', async (_what, key) => {
  const { status, body } = await desk.call('GET', '/tickets', undefined, { key });
  expect(status).toBe(401);
  expect(body).toEqual({
    code: 'invalid_credentials',
    message: 'You have to be logged in to perform this action.',
  });
});

test('every answer names version and limits; what is included costs a credit more', async () => {
  const id = await open();
  const plain = await desk.call('GET', `/tickets/${id}`);
  expect(plain.headers.get('x-freshdesk-api-version')).toContain('v2');
  expect(plain.headers.get('x-ratelimit-total')).toBe('100000');
  expect(plain.headers.get('x-ratelimit-used-currentrequest')).toBe('1');
  const rich = await desk.call('GET', `/tickets/${id}?include=requester,stats`);
  expect(rich.headers.get('x-ratelimit-used-currentrequest')).toBe('2');
  expect(rich.body).toMatchObject({
    requester: { name: 'Ana Diaz', email: 'ana@mail.example' },
    stats: { status_updated_at: '2026-11-25T12:00:00Z', resolved_at: null },
  });
});

test.each(['/tickets/999999', '/tickets/abc', '/tickets/1.json', '/agents/1', '/nowhere'])(
  '%s is a 404 without a body, and of no type of JSON',
  async (address) => {
    const { status, text, headers } = await desk.call('GET', address);
    expect([status, text]).toEqual([404, '']);
    expect(headers.get('content-type')).not.toContain('json');
  },
);

test.each<[string, unknown, string[]]>([
  ['a status by name', { status: 'open' }, ['status: invalid_value']],
  ['a status that is not there', { status: 12 }, ['status: invalid_value']],
  ['a priority that is not there', { priority: 5 }, ['priority: invalid_value']],
  ['an unknown agent', { responder_id: 17 }, ['responder_id: invalid_value']],
  ['an unknown group', { group_id: 17 }, ['group_id: invalid_value']],
  ['tags that are no list', { tags: 'vip' }, ['tags: datatype_mismatch']],
  ['a tag that is too long', { tags: ['x'.repeat(33)] }, ['tags: invalid_value']],
  ['an unknown custom field', { custom_fields: { cf_colour: 'red' } }, ['cf_colour: invalid_field']],
  ['no option', { custom_fields: { cf_contact_reason: 'Weather' } }, ['cf_contact_reason: invalid_value']],
  ['a comment', { comment: { body: 'Hi' } }, ['comment: invalid_field']],
  ['nothing', {}, ['request: missing_field']],
  ['two mistakes', { status: 0, priority: 0 }, ['status: invalid_value', 'priority: invalid_value']],
])('an update with %s is refused whole', async (_what, change, mistakes) => {
  const id = await open();
  const before = (await desk.call('GET', `/tickets/${id}`)).body;
  const answer = await desk.call('PUT', `/tickets/${id}`, change);
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({ description: 'Validation failed' });
  expect(codes(answer)).toEqual(mistakes);
  expect((await desk.call('GET', `/tickets/${id}`)).body).toEqual(before);
});

test('an agent cannot hold a ticket of a group that is not theirs', async () => {
  const [responder_id, group_id] = [desk.people.agentId('Nora Lind'), desk.people.groupId('Billing')];
  const answer = await desk.call('PUT', `/tickets/${await open()}`, { responder_id, group_id });
  expect(codes(answer)).toEqual(['responder_id: inconsistent_state']);
});

test.each([
  ['no JSON', '{"body":', 'application/json', 400, 'invalid_json'],
  ['a form', 'body=hello', 'application/x-www-form-urlencoded', 415, 'invalid_content_type'],
])('a body that is %s is refused', async (_what, body, type, status, code) => {
  const answer = await desk.call('POST', `/tickets/${await open()}/reply`, body, { type });
  expect(answer).toMatchObject({ status, body: { code } });
});

test('an empty reply is refused, and one in the name of a customer', async () => {
  const id = await open();
  expect(codes(await desk.call('POST', `/tickets/${id}/reply`, { body: ' ' }))).toEqual([
    'body: missing_field',
  ]);
  const { requester_id } = (await desk.call('GET', `/tickets/${id}`)).body as { requester_id: number };
  const inTheirName = await desk.call('POST', `/tickets/${id}/reply`, { body: 'Hi', user_id: requester_id });
  expect(codes(inTheirName)).toEqual(['user_id: invalid_value']);
});

test('tags replace, and a new ticket needs somebody who asks', async () => {
  const id = await open();
  await desk.call('PUT', `/tickets/${id}`, { tags: ['one', 'two'] });
  expect((await desk.call('PUT', `/tickets/${id}`, { tags: ['three'] })).body).toMatchObject({
    tags: ['three'],
  });
  const nobodys = { subject: 'x', description: 'y', status: 2, priority: 1 };
  expect(codes(await desk.call('POST', '/tickets', nobodys))).toEqual(['requester_id: missing_field']);
});

test('what runs or loads is taken out of a message, classes stay', async () => {
  const id = await open();
  const body = '<div class="x" data-y="1" onclick="z()"><script>alert(1)</script><b>Hi</b></div>';
  const answer = await desk.call('POST', `/tickets/${id}/reply`, { body });
  expect(answer.body).toMatchObject({ body: '<div class="x"><b>Hi</b></div>', body_text: 'Hi' });
});

test('included conversations end at ten, the list has them all', async () => {
  const id = await open();
  for (let n = 0; n < 12; n += 1) await desk.people.customerWrites(id, `message ${n}`);
  const { conversations } = (await desk.call('GET', `/tickets/${id}?include=conversations`)).body as {
    conversations: unknown[];
  };
  expect(conversations).toHaveLength(10);
  expect((await desk.call('GET', `/tickets/${id}/conversations?per_page=100`)).body).toHaveLength(12);
  expect(codes(await desk.call('GET', `/tickets/${id}/conversations?per_page=101`))).toEqual([
    'per_page: invalid_value',
  ]);
});

test('the list shows what was created within thirty days, unless one asks since when', async () => {
  const old = await open();
  now += 31 * 86_400_000;
  const fresh = await open();
  const idsIn = async (query: string) =>
    ((await desk.call('GET', `/tickets${query}`)).body as { id: number }[]).map(({ id }) => String(id));
  expect(await idsIn('')).toEqual([fresh]);
  await desk.people.customerWrites(old, 'Well?');
  expect(await idsIn('?updated_since=2026-12-01T00:00:00Z&order_by=updated_at&order_type=asc')).toEqual([
    old,
    fresh,
  ]);
  expect(codes(await desk.call('GET', '/tickets?updated_since=yesterday'))).toEqual([
    'updated_since: invalid_value',
  ]);
  expect(codes(await desk.call('GET', '/tickets?page=301'))).toEqual(['page: invalid_value']);
});

test('a deleted ticket is shown as deleted, and takes nothing more until it is restored', async () => {
  const id = await open();
  expect((await desk.call('DELETE', `/tickets/${id}`)).status).toBe(204);
  expect((await desk.call('GET', `/tickets/${id}`)).body).toMatchObject({ deleted: true });
  expect((await desk.call('POST', `/tickets/${id}/reply`, { body: 'Hi' })).status).toBe(404);
  await desk.call('PUT', `/tickets/${id}/restore`);
  expect((await desk.call('POST', `/tickets/${id}/reply`, { body: 'Hi' })).status).toBe(201);
});

test('a merged ticket is closed, with a note that points to the one that goes on', async () => {
  const [primary, other] = [await open(), await open()];
  const merge = { primary_id: Number(primary), ticket_ids: [Number(other)] };
  expect((await desk.call('PUT', '/tickets/merge', merge)).status).toBe(204);
  expect((await desk.call('GET', `/tickets/${other}`)).body).toMatchObject({ status: 5 });
  const notes = (await desk.call('GET', `/tickets/${other}/conversations`)).body;
  expect(notes).toMatchObject([{ private: true, body: expect.stringContaining(primary) as string }]);
});

test('faults on demand are for who has the key', async () => {
  const post = (headers: Record<string, string>) =>
    fetch(`${desk.desk.url}/_desk/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ times: 1, fault: { type: 'status', status: 502 } }),
    });
  expect((await post({})).status).toBe(401);
  const key = Buffer.from(`${desk.desk.credentials.token}:X`).toString('base64');
  expect((await post({ authorization: `Basic ${key}` })).status).toBe(201);
  expect((await desk.call('GET', '/agents/me')).status).toBe(502);
  expect((await desk.call('GET', '/agents/me')).status).toBe(200);
});

test('a page of another site gets nothing', async () => {
  const response = await fetch(`${desk.desk.url}/_desk/tickets`, {
    headers: { origin: 'https://evil.example' },
  });
  expect(response.status).toBe(403);
});

test('the page itself is served, and shows a conversation', async () => {
  const id = await open();
  expect(await (await fetch(desk.desk.url)).text()).toContain('Embedded desk');
  const thread: unknown = await (await fetch(`${desk.desk.url}/_desk/tickets/${id}`)).json();
  expect(thread).toMatchObject({
    ticket: { subject: 'My parcel', status: 'open', priority: 'low', requester: 'Ana Diaz', rating: null },
    comments: [{ text: 'Where is my order?', public: true, staff: false }],
  });
});
