/** What Deskhand makes of a ticket of Freshdesk's: who spoke, where, and what stands for what. */
import { anyCall, guardOf } from '../contract/deskUnderTest';
import { adapterAtFreshdesk, type AdapterAtFreshdesk } from './adapterAtFreshdesk';

let desk: AdapterAtFreshdesk;
beforeAll(async () => {
  desk = await adapterAtFreshdesk();
});
afterEach(() => desk.faults.clear());
afterAll(() => desk.double.stop());

const asks = async (more: Record<string, unknown> = {}) =>
  (await desk.people.customerOpens('Where is my order?', more)).ticketId;
const noted = (ticketId: string, body: Record<string, unknown>) =>
  desk.double.call('POST', `/tickets/${ticketId}/notes`, body);
const lastOf = async (ticketId: string) => (await desk.read(ticketId)).comments.at(-1);

test('the first message is the ticket itself, and lies before all conversations', async () => {
  const ticketId = await asks();
  const { commentId } = await desk.people.customerWrites(ticketId, 'Hello?');
  const { comments } = await desk.read(ticketId);
  expect(comments.map(({ id, body }) => [id, body])).toEqual([
    ['0', 'Where is my order?'],
    [commentId, 'Hello?'],
  ]);
});

test('in a web chat it stands in both places, and is read once', async () => {
  const { comments, channel } = await desk.read(await asks({ channel: 'web-chat' }));
  expect(channel).toBe('chat');
  expect(comments).toHaveLength(1);
  expect(comments[0]).toMatchObject({ author: 'requester', body: 'Where is my order?' });
  expect(comments[0]?.id).not.toBe('0');
});

test("a ticket that began with an agent's own mail is that agent's word", async () => {
  const { id } = (
    await desk.double.call('POST', '/tickets', {
      ...{ subject: 'Your order', description: 'It is late.', email: 'ana@mail.example' },
      ...{ status: 2, priority: 1, source: 10, responder_id: desk.people.agentId('Nora Lind') },
    })
  ).body as { id: number };
  const ticketId = String(id);
  expect((await desk.read(ticketId)).comments).toMatchObject([
    { author: 'agent', authorId: String(desk.people.agentId('Nora Lind')), public: true },
  ]);
  // Neither is it a customer's that a draft has not seen.
  const guard = guardOf(await desk.read(ticketId));
  await expect(desk.open().checkUnchanged(ticketId, guard, anyCall())).resolves.toBeUndefined();
});

test('somebody who called has no address', async () => {
  const { requester, channel } = await desk.read(
    await asks({ email: null, name: 'A caller', channel: 'phone' }),
  );
  expect(requester).toMatchObject({ name: 'A caller', email: null, isCompany: false });
  expect(channel).toBe('phone');
});

test('what an agent enters for somebody is an agent’s, unless it is the requester’s own', async () => {
  const ticketId = await asks();
  const nora = desk.people.agentId('Nora Lind');
  await noted(ticketId, { body: 'She called again.', incoming: true, private: false, user_id: nora });
  expect(await lastOf(ticketId)).toMatchObject({ author: 'agent', public: true });
  const { requester } = await desk.read(ticketId);
  await noted(ticketId, { body: 'It is urgent.', incoming: true, user_id: Number(requester.id) });
  expect(await lastOf(ticketId)).toMatchObject({ author: 'requester', public: false });
});

test('a rating is no message of the customer’s', async () => {
  const ticketId = await asks();
  await desk.people.rate(ticketId, 'bad', 'It never came.');
  expect(await lastOf(ticketId)).toMatchObject({ author: 'system' });
});

test.each([
  ['deleted', async (id: string) => desk.double.call('DELETE', `/tickets/${id}`), 'it was deleted'],
  [
    'put away as spam',
    async (id: string) => desk.people.agentActs(id, 'Nora Lind', { spam: true }),
    'it is put away as spam',
  ],
])('a ticket that was %s is gone, to readers and to writers', async (_what, away, why) => {
  const ticketId = await asks();
  await away(ticketId);
  const gone = {
    kind: 'ticket-not-found',
    retryable: false,
    message: expect.stringContaining(why) as string,
  };
  await expect(desk.read(ticketId)).rejects.toMatchObject(gone);
  await expect(desk.open().checkUnchanged(ticketId, { kind: 'any' }, anyCall())).rejects.toMatchObject(gone);
});

test.each([
  ['open', 'open'],
  ['pending', 'pending'],
  ['solved', 'solved'],
  // It can be written on, so it is not closed for good.
  ['closed', 'solved'],
  ['waiting-on-customer', 'pending'],
  ['hold', 'hold'],
])('a ticket that agents see as %s is %s', async (set, read) => {
  const ticketId = await asks();
  await desk.people.agentActs(ticketId, 'Nora Lind', { status: set });
  expect((await desk.read(ticketId)).status).toBe(read);
});

test('a merged ticket rests, and its customer’s words are on the other one', async () => {
  const [primary, other] = [await asks(), await asks()];
  await desk.double.call('PUT', '/tickets/merge', {
    primary_id: Number(primary),
    ticket_ids: [Number(other)],
  });
  expect((await desk.read(other)).status).toBe('solved');
  expect((await desk.read(primary)).status).toBe('open');
});

test('costs two requests, two more the first time, and one more for each further hundred', async () => {
  const ticketId = await asks();
  const adapter = desk.open();
  const read = () => adapter.fetchTicket(ticketId, anyCall());
  expect([await desk.requestsOf(read), await desk.requestsOf(read)]).toEqual([4, 2]);
  for (let n = 0; n < 101; n += 1) await desk.people.customerWrites(ticketId, 'more');
  expect(await desk.requestsOf(read)).toBe(3);
});

test('a key that may not list agents reads on: an agent who asks then passes for a customer', async () => {
  const staff = { email: 'nora@demo-shop.example', name: 'Nora Lind' };
  const ticketId = await asks(staff);
  desk.faults.add({ route: 'GET /api/v2/agents', fault: { type: 'status', status: 403, body: {} } });
  expect((await desk.read(ticketId)).requester.role).toBe('end-user');
  desk.faults.clear();
  expect((await desk.read(ticketId)).requester.role).toBe('agent');
});

test.each([
  ['an agent who has left', { deactivated: true }],
  ['one who was suspended', { contact: { name: 'Nora Lind', email: 'n@x.example', active: false } }],
  ['a collaborator', { type: 'collaborator' }],
])('%s is known, and no longer active', async (_who, change) => {
  const id = desk.people.agentId('Nora Lind');
  const body = {
    ...{ id, type: 'support_agent', group_ids: [], contact: { name: 'Nora Lind', active: true } },
    ...change,
  };
  desk.faults.add({ route: 'GET /api/v2/agents/*', fault: { type: 'status', status: 200, body } });
  desk.faults.add({ route: 'GET /api/v2/agents/me', fault: { type: 'status', status: 200, body } });
  expect(await desk.open().findAgent(String(id), anyCall())).toMatchObject({
    name: 'Nora Lind',
    isActive: false,
    groups: [],
  });
});

test.each<[string, Record<string, unknown>]>([
  ['a ticket without a status', { id: 1, tags: [], requester_id: 2 }],
  ['a status as a word', { status: 'open' }],
  ['times that are none', { updated_at: 'yesterday' }],
  ['an error within', { code: 'invalid_credentials', message: 'x' }],
])('%s is an answer that means nothing, and is tried again', async (_what, body) => {
  const ticketId = await asks();
  desk.faults.add({ route: 'GET /api/v2/tickets/*', fault: { type: 'status', status: 200, body } });
  await expect(desk.read(ticketId)).rejects.toMatchObject({ kind: 'malformed', retryable: true });
});
