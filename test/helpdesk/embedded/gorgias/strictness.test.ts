/** The embedded Gorgias forgives nothing that Gorgias does not. */
import { mistakesIn, TestGorgias } from './testGorgias';

let desk: TestGorgias;
beforeAll(async () => {
  desk = await TestGorgias.start();
});
afterAll(() => desk.stop());

const open = async () => (await desk.people.customerOpens('Where is my order?')).ticketId;
const reply = (more: Record<string, unknown> = {}) => ({
  ...{ channel: 'email', via: 'api', from_agent: true, body_text: 'On its way.' },
  ...{ receiver: { email: 'ana@mail.example' }, source: { to: [{ address: 'ana@mail.example' }] } },
  ...more,
});

test.each<[string, (key: string) => string | null]>([
  ['no credentials', () => null],
  ['another key', (key) => `${key.split(':')[0] ?? ''}:somebody-elses`],
  ["the key under another user's address", (key) => `nora@demo-shop.example:${key.split(':')[1] ?? ''}`],
  ['the key alone', (key) => key.split(':')[1] ?? ''],
])('with %s nobody gets in', async (_what, keyFrom) => {
  expect(await desk.call('GET', '/tickets', undefined, keyFrom(desk.key))).toMatchObject({
    status: 401,
    body: { error: { msg: 'Unauthorized.' } },
  });
});

test.each(['/tickets/999999', '/tickets/abc', '/tickets/0', '/users/17', '/tickets/1/nowhere', '/nowhere'])(
  '%s is a 404',
  async (address) => {
    expect(await desk.call('GET', address)).toMatchObject({ status: 404, body: { error: {} } });
  },
);

test.each<[string, unknown, string[]]>([
  ['a status that it lacks', { status: 'pending' }, ['status']],
  ['a status by number', { status: 2 }, ['status']],
  ['a priority that it lacks', { priority: 'urgent' }, ['priority']],
  ['an unknown user', { assignee_user: { id: 17 } }, ['assignee_user.id']],
  ['a bare id for a user', { assignee_user: 17 }, ['assignee_user']],
  ['an unknown team', { assignee_team: { id: 17 } }, ['assignee_team.id']],
  ['tags by their bare names', { tags: ['vip'] }, ['tags.0']],
  ['an unknown custom field', { custom_fields: [{ id: 1, value: 'red' }] }, ['custom_fields.0']],
  ['no choice of a drop-down', { custom_fields: [{ id: 70002, value: 'Weather' }] }, ['custom_fields.0']],
  ['a text for a number', { custom_fields: [{ id: 70004, value: '2' }] }, ['custom_fields.0']],
  ['a date that is none', { snooze_datetime: 'tomorrow' }, ['snooze_datetime']],
  ['a year for a date', { snooze_datetime: '2027' }, ['snooze_datetime']],
  ['a long external id', { external_id: 'x'.repeat(256) }, ['external_id']],
  ['a comment', { comment: { body: 'Hi' } }, ['comment']],
  ['two mistakes', { status: 'new', colour: 'red' }, ['status', 'colour']],
])('an update with %s is refused whole', async (_what, change, mistakes) => {
  const id = await open();
  const before = (await desk.call('GET', `/tickets/${id}`)).body;
  const answer = await desk.call('PUT', `/tickets/${id}`, change);
  expect(answer.status).toBe(400);
  expect(mistakesIn(answer)).toEqual(mistakes);
  expect((await desk.call('GET', `/tickets/${id}`)).body).toEqual(before);
});

test.each<[string, Record<string, unknown>, string[]]>([
  [
    'without what every message has',
    { channel: undefined, via: undefined, from_agent: undefined },
    ['channel', 'via', 'from_agent'],
  ],
  ['without words', { body_text: '' }, ['body_text']],
  ['to nobody', { source: { to: [] } }, ['source.to']],
  ['without a receiver', { receiver: undefined }, ['receiver']],
  [
    'from an address that is not the account’s',
    { source: { from: { address: 'me@evil.example' }, to: [{ address: 'a@b.example' }] } },
    ['source.from'],
  ],
  ['through an integration that is not there', { integration_id: 17 }, ['integration_id']],
  [
    'to somebody with a field too many',
    { source: { to: [{ address: 'ana@mail.example', email: 'ana@mail.example' }] } },
    ['email'],
  ],
  ['of a sender that is no user', { sender: { id: 17 } }, ['sender']],
  ['with a long external id', { external_id: 'k'.repeat(256) }, ['external_id']],
  ['of a customer, with a receiver', { from_agent: false }, ['receiver']],
  [
    'of a customer, as an internal note',
    { channel: 'internal-note', from_agent: false, receiver: undefined },
    ['from_agent'],
  ],
  ['with a field of another desk', { html_body: '<p>Hi</p>' }, ['html_body']],
])('a message %s is refused, and nothing is written', async (_what, more, mistakes) => {
  const id = await open();
  const answer = await desk.call('POST', `/tickets/${id}/messages`, reply(more));
  expect(answer.status).toBe(400);
  expect(mistakesIn(answer)).toEqual(mistakes);
  expect((await desk.list(`/messages?ticket_id=${id}`)).data).toHaveLength(1);
});

test.each([
  ['/tickets?page=2', 'page'],
  ['/tickets?order_by=subject:asc', 'order_by'],
  ['/tickets?order_by=updated_datetime:up', 'order_by'],
  ['/tickets?limit=101', 'limit'],
  ['/tickets?limit=0', 'limit'],
  ['/tickets?cursor=bm9uc2Vuc2U', 'cursor'],
  ['/tickets?trashed=maybe', 'trashed'],
  ['/messages?ticket_id=abc', 'ticket_id'],
  ['/custom-fields', 'object_type'],
  ['/custom-fields?object_type=Order', 'object_type'],
])('%s: the query is refused by name', async (address, mistake) => {
  const answer = await desk.call('GET', address);
  expect([answer.status, mistakesIn(answer)]).toEqual([400, [mistake]]);
});

test.each([
  ['half a body', '{"status":'],
  ['a body of a thousand levels', `${'['.repeat(1_000)}${']'.repeat(1_000)}`],
])('%s is no JSON, which is said', async (_what, body) => {
  const answer = await desk.call('PUT', `/tickets/${await open()}`, body);
  expect(answer).toMatchObject({
    status: 400,
    body: { error: { msg: expect.stringContaining('JSON') as string } },
  });
});

test('a body larger than any ticket is refused for that', async () => {
  const body = JSON.stringify({ subject: 'x'.repeat(3 * 1024 * 1024) });
  expect((await desk.call('PUT', `/tickets/${await open()}`, body)).status).toBe(413);
});

test('a foreign page in the same browser reaches nothing behind the desk’s own', async () => {
  const headers = { origin: 'https://evil.example', 'content-type': 'application/json' };
  const body = JSON.stringify({ name: 'Eve', email: 'eve@mail.example', body: 'Hi' });
  const answer = await fetch(`${desk.desk.url}/_desk/customer/tickets`, { method: 'POST', headers, body });
  expect(answer.status).toBe(403);
});

test.each<[string, Record<string, unknown>, string]>([
  ['a channel', { channel: 'pigeon' }, 'channel must be one of email, web, chat, phone, sms'],
  ['no address', { email: 'ana' }, 'email'],
  ['a field of another page', { colour: 'red' }, 'colour'],
])('the page is told what is wrong with %s', async (_what, more, why) => {
  await expect(desk.people.customerOpens('Hi', more)).rejects.toMatchObject({
    response: { status: 422, data: { description: expect.stringContaining(why) as string } },
  });
});
