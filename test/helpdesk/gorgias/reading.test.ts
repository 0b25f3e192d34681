/** What Deskhand makes of a ticket of Gorgias': who spoke, where, and what stands for what. */
import { anyCall, guardOf, note, reply } from '../contract/deskUnderTest';
import { AdapterAtGorgias } from './adapterAtGorgias';

let desk: AdapterAtGorgias;
beforeAll(async () => {
  desk = await AdapterAtGorgias.start();
});
afterEach(() => desk.faults.clear());
afterAll(() => desk.double.stop());

const lastOf = async (ticketId: string) => (await desk.read(ticketId)).comments.at(-1);
const outgoing = {
  ...{ channel: 'email', from_agent: true, receiver: { email: 'ana@mail.example' } },
  source: { to: [{ address: 'ana@mail.example' }] },
};

test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  [
    'the customer',
    { via: 'email', channel: 'email', from_agent: false },
    { author: 'requester', public: true },
  ],
  [
    'somebody in copy',
    { via: 'email', channel: 'email', from_agent: false, sender: { email: 'bo@mail.example' } },
    { author: 'third-party', public: true },
  ],
  ['us', { via: 'api', ...outgoing, external_id: '1/2/reply' }, { author: 'bot', public: true }],
  ['another program, with the same key', { via: 'api', ...outgoing }, { author: 'agent', public: true }],
  [
    'a person, by hand, as the same user',
    { via: 'helpdesk', ...outgoing },
    { author: 'agent', public: true },
  ],
  [
    'another program, as another user',
    { via: 'api', ...outgoing, sender: { email: 'nora@demo-shop.example' } },
    { author: 'agent', public: true },
  ],
  ['a rule', { via: 'rule', ...outgoing }, { author: 'system', public: true }],
  [
    'an agent, for agents',
    {
      via: 'helpdesk',
      channel: 'internal-note',
      from_agent: true,
      sender: { email: 'nora@demo-shop.example' },
    },
    { author: 'agent', public: false },
  ],
])('a message of %s is told as such', async (_who, message, comment) => {
  const ticketId = await desk.asks();
  await desk.says(ticketId, message);
  expect(await lastOf(ticketId)).toMatchObject(comment);
});

test('an answer that a rule gave at once stops no reply of ours: nobody is at work', async () => {
  const ticketId = await desk.asks();
  await desk.says(ticketId, { via: 'rule', ...outgoing, body_text: 'We have got your message.' });
  const guard = guardOf(await desk.read(ticketId));
  expect(await desk.apply(ticketId, [reply('k/reply')], guard)).toMatchObject([{ outcome: 'applied' }]);
});

test('what could not be sent is no public word: the customer has not seen it', async () => {
  const ticketId = await desk.asks({ email: 'lost@unreachable.example' });
  await desk.apply(ticketId, [reply('k/reply')]);
  expect(await lastOf(ticketId)).toMatchObject({ author: 'bot', public: false });
  expect(await desk.apply(ticketId, [reply('k/reply')])).toMatchObject([{ outcome: 'already-applied' }]);
});

test.each([
  ['email', 'email'],
  ['web', 'form'],
  ['chat', 'chat'],
  ['sms', 'messaging'],
  ['phone', 'phone'],
])('a ticket that began as %s came by %s', async (channel, read) => {
  expect((await desk.read(await desk.asks({ channel }))).channel).toBe(read);
});

test.each([
  ['a comment under a post', 'instagram-comment', 'social'],
  ['a review', 'yotpo-review', 'social'],
  ['a messenger', 'whatsapp', 'messaging'],
  ['a program', 'api', 'api'],
  ['something new', 'help-center', 'form'],
])('so did one that began as %s', async (_what, channel, read) => {
  const { body } = await desk.double.call('POST', '/tickets', {
    ...{ via: channel, customer: { email: 'ana@mail.example' } },
    messages: [
      { channel, via: channel, from_agent: false, body_text: 'Hi', sender: { email: 'ana@mail.example' } },
    ],
  });
  const ticketId = String((body as { id: number }).id);
  expect((await desk.read(ticketId)).channel).toBe(read);
});

test.each([
  ['open', { status: 'open' }, 'open'],
  ['closed', { status: 'closed' }, 'solved'],
  ['snoozed', { status: 'closed', snooze_datetime: '2999-01-01T00:00:00Z' }, 'pending'],
  [
    'closed, and was snoozed until a while ago',
    { status: 'closed', snooze_datetime: '2001-01-01T00:00:00' },
    'open',
  ],
])('a ticket that is %s', async (_what, change, status) => {
  const ticketId = await desk.asks();
  await desk.double.call('PUT', `/tickets/${ticketId}`, change);
  expect((await desk.read(ticketId)).status).toBe(status);
});

test.each([
  ['put into the trash', { trashed_datetime: '2026-11-25T12:00:00Z' }, /put into the trash/],
  ['put away as spam', { spam: true }, /put away as spam/],
])('a ticket that was %s is gone, and nothing is written', async (_what, change, words) => {
  const ticketId = await desk.asks();
  await desk.double.call('PUT', `/tickets/${ticketId}`, change);
  await expect(desk.apply(ticketId, [note('k/note')])).rejects.toMatchObject({
    ...{ kind: 'ticket-not-found', retryable: false, message: expect.stringMatching(words) as string },
  });
  expect((await desk.double.list(`/messages?ticket_id=${ticketId}`)).data).toHaveLength(1);
});

test('three stars say nothing, four are good, and an answer that changes is another rating', async () => {
  const ticketId = await desk.asks();
  await desk.people.agentActs(ticketId, 'Nora Lind', { status: 'solved' });
  await desk.people.rate(ticketId, 'good');
  const first = (await desk.read(ticketId)).rating;
  await desk.people.rate(ticketId, 'bad');
  const second = (await desk.read(ticketId)).rating;
  expect([first?.score, second?.score]).toEqual(['good', 'bad']);
  expect(first?.id).not.toBe(second?.id);
});

test('what the header of a mail tells of its sender is told on', async () => {
  const ticketId = await desk.asks();
  const mail = { via: 'email', channel: 'email', from_agent: false };
  await desk.says(ticketId, {
    ...mail,
    headers: { 'Auto-Submitted': 'auto-replied', 'Message-Id': '<1@mx>' },
  });
  expect((await lastOf(ticketId))?.mail).toMatchObject({ autoSubmitted: 'replied' });
  await desk.says(ticketId, mail);
  expect(await lastOf(ticketId)).not.toHaveProperty('mail');
});

test('somebody who called has no address', async () => {
  const ticketId = await desk.asks({ email: null, name: 'A caller', channel: 'phone' });
  const { requester, channel } = await desk.read(ticketId);
  expect(requester).toMatchObject({ name: 'A caller', email: null, isCompany: false, role: 'end-user' });
  expect(channel).toBe('phone');
});

test('who may not list the users takes an agent who writes as a customer for one, and reads all the same', async () => {
  desk.faults.add({ route: 'GET /api/users', fault: { type: 'status', status: 403 } });
  const ticketId = await desk.asks({ email: 'nora@demo-shop.example', name: 'Nora Lind' });
  expect((await desk.read(ticketId)).requester.role).toBe('end-user');
});

test('a drop-down, a number and a box are the kinds that they are', async () => {
  expect(await desk.open().customFields(anyCall())).toEqual([
    expect.objectContaining({ id: '70001', name: 'Order number', kind: 'text' }),
    {
      ...{ id: '70002', name: 'Contact reason', kind: 'choice' },
      options: ['Delivery', 'Return', 'Refund', 'Other'].map((name) => ({ tag: name, name })),
    },
    expect.objectContaining({ name: 'Remarks' }),
    expect.objectContaining({ name: 'Parcels', kind: 'number' }),
    expect.objectContaining({ name: 'Gift', kind: 'yes-no' }),
  ]);
});

test('a reading is two requests, once it is known who we are and who is an agent', async () => {
  const ticketId = await desk.asks();
  const adapter = desk.open();
  await adapter.fetchTicket(ticketId, anyCall());
  expect(await desk.requestsOf(() => adapter.fetchTicket(ticketId, anyCall()))).toBe(2);
});

test.each([
  ['a ticket without its messages', 'GET /api/messages', { data: {} }],
  ['a message without an id', 'GET /api/messages', { data: [{ channel: 'email' }] }],
  ['a status that it does not have', 'GET /api/tickets/*', { id: 1, status: 'pending', tags: [] }],
  ['a time that is none', 'GET /api/tickets/*', { id: 1, status: 'open', tags: [], created_datetime: 'now' }],
])('%s is malformed, and tried again', async (_what, route, body) => {
  const ticketId = await desk.asks();
  desk.faults.add({ route, fault: { type: 'status', status: 200, body } });
  await expect(desk.read(ticketId)).rejects.toMatchObject({ kind: 'malformed', retryable: true });
});
