/** What the embedded Chatwoot refuses, and the traps of the real one that it keeps. */
import { TestChatwoot } from './testChatwoot';

let desk: TestChatwoot;
beforeAll(async () => {
  desk = await TestChatwoot.start();
});
afterAll(() => desk.stop());

async function asked(more: Record<string, unknown> = {}): Promise<string> {
  return `/conversations/${(await desk.people.customerOpens('Where is my order?', more)).ticketId}`;
}

test.each([
  ['no token', null, { errors: ['You need to sign in or sign up before continuing.'] }],
  ['another token', 'somebody', { error: 'Invalid Access Token' }],
])('%s is 401', async (_what, token, body) => {
  expect(await desk.call('GET', '/conversations', undefined, { token })).toMatchObject({ status: 401, body });
});

test.each([
  '/conversations/999999',
  '/conversations/none',
  '/conversations/1e3',
  '/conversations/999999/messages',
  '/teams/7/team_members',
])('%s is 404, in words', async (address) => {
  expect(await desk.call('GET', address)).toMatchObject({
    status: 404,
    body: { error: 'Resource could not be found' },
  });
});

test('an address that there is not is 404, too', async () => {
  expect(await desk.call('GET', '/tickets')).toMatchObject({ status: 404, body: { error: 'Not Found' } });
});

test.each<[string, string, unknown, string]>([
  ['a message without words', 'messages', { content: '' }, 'content'],
  ['a message of an unknown type', 'messages', { content: 'Hi', message_type: 'activity' }, 'message_type'],
  ['a field that no message has', 'messages', { content: 'Hi', visible: true }, 'visible'],
  ['a note that is perhaps one', 'messages', { content: 'Hi', private: 'maybe' }, 'private'],
  ['a word for a status that others have', 'toggle_status', { status: 'solved' }, 'status'],
  [
    'a time of waking in words',
    'toggle_status',
    { status: 'snoozed', snoozed_until: 'later' },
    'snoozed_until',
  ],
  ['a priority that others have', 'toggle_priority', { priority: 'normal' }, 'priority'],
  ['labels that are a text', 'labels', { labels: 'vip' }, 'labels'],
  ['a label that would be two', 'labels', { labels: ['a,b'] }, 'labels'],
  ['an assignee by address', 'assignments', { assignee_id: 'nora@demo-shop.example' }, 'assignee_id'],
  [
    'an attribute that is not defined',
    'custom_attributes',
    { custom_attributes: { colour: 'red' } },
    'colour',
  ],
])('%s is 422, and the attribute is named', async (_what, where, body, attribute) => {
  expect(await desk.call('POST', `${await asked()}/${where}`, body)).toMatchObject({
    status: 422,
    body: { attributes: [attribute] },
  });
});

test('a body that is no JSON, and a form that is none, are 400', async () => {
  const address = `${await asked()}/messages`;
  expect(await desk.call('POST', address, '{"content":')).toMatchObject({ status: 400 });
  const forms = ['multipart/form-data', 'multipart/form-data; boundary=x'];
  for (const type of forms) {
    expect(await desk.call('POST', address, '--x\r\nnothing', { type })).toMatchObject({ status: 400 });
  }
});

test('a customer can be spoken for in an inbox of an API alone', async () => {
  const incoming = { content: 'Hello', message_type: 'incoming' };
  expect(await desk.call('POST', `${await asked()}/messages`, incoming)).toMatchObject({
    status: 422,
    body: { error: 'Incoming messages are only allowed in Api inboxes' },
  });
  expect(await desk.call('POST', `${await asked({ channel: 'api' })}/messages`, incoming)).toMatchObject({
    status: 200,
    body: { message_type: 0, sender: { type: 'contact' } },
  });
});

test('a message has a length, and a conversation so many of them a minute', async () => {
  const conversation = await asked();
  const long = { content: 'x'.repeat(150_001) };
  expect(await desk.call('POST', `${conversation}/messages`, long)).toMatchObject({
    status: 422,
    body: { error: expect.stringContaining('too long') as string },
  });
  const hasty = await TestChatwoot.start({ limits: { messagesPerMinute: 2, requestsPerMinute: 4 } });
  try {
    await hasty.people.customerOpens('Where is my order?');
    const say = () => hasty.call('POST', '/conversations/1/messages', { content: 'Hi' });
    expect((await say()).status).toBe(200);
    expect(await say()).toMatchObject({
      status: 422,
      body: { error: 'Validation failed: Too many messages' },
    });
    await say();
    await say();
    const refused = await say();
    expect([refused.status, refused.text]).toEqual([429, 'Retry later\n']);
    // rack-attack does not say when.
    expect(refused.headers.get('retry-after')).toBeNull();
  } finally {
    await hasty.stop();
  }
});

test('what is kept of a message: content_attributes and source_id; echo_id is said once and forgotten', async () => {
  const conversation = await asked();
  const message = {
    content: 'Hi',
    echo_id: 'e1',
    source_id: 's1',
    content_attributes: { deskhand_key: 'k' },
  };
  const made = await desk.call('POST', `${conversation}/messages`, message);
  expect(made.body).toMatchObject({
    echo_id: 'e1',
    source_id: 's1',
    content_attributes: { deskhand_key: 'k' },
  });
  const { body } = await desk.call('GET', `${conversation}/messages?after=0`);
  const shown = (body as { payload: unknown[] }).payload.at(-1);
  expect(shown).toMatchObject({ source_id: 's1', content_attributes: { deskhand_key: 'k' } });
  expect(shown).not.toHaveProperty('echo_id');
});

test('messages come twenty at a time, or a hundred behind an id', async () => {
  const conversation = await asked({ body: 'message 1' });
  for (let n = 2; n <= 105; n += 1) {
    await desk.people.customerWrites(conversation.split('/').at(-1) ?? '', `message ${n}`);
  }
  const page = async (query: string) => {
    const { body } = await desk.call('GET', `${conversation}/messages${query}`);
    return (body as { payload: { id: number; content: string }[] }).payload;
  };
  const ends = (list: { content: string }[]) => [list[0]?.content, list.at(-1)?.content];
  expect(ends(await page(''))).toEqual(['message 86', 'message 105']);
  const first = await page('?after=0');
  expect([first.length, ...ends(first)]).toEqual([100, 'message 1', 'message 100']);
  expect(ends(await page(`?after=${first.at(-1)?.id}`))).toEqual(['message 101', 'message 105']);
  expect(ends(await page(`?before=${first[30]?.id}`))).toEqual(['message 11', 'message 30']);
});

test('an agent who opens a conversation has it from then on; nobody is found by an unknown id', async () => {
  const conversation = await asked();
  await desk.call('POST', `${conversation}/toggle_status`, { status: 'resolved' });
  await desk.call('POST', `${conversation}/toggle_status`, { status: 'open' });
  expect((await desk.call('GET', conversation)).body).toMatchObject({
    meta: { assignee: { name: 'Deskhand' } },
  });
  const unassigned = await desk.call('POST', `${conversation}/assignments`, { assignee_id: 4711 });
  expect([unassigned.status, unassigned.body]).toEqual([200, null]);
  expect((await desk.call('GET', conversation)).body).not.toHaveProperty('meta.assignee');
});

test('custom attributes replace all there are, unless they are to be merged', async () => {
  const conversation = await asked();
  const set = async (custom: Record<string, unknown>, more = {}) => {
    const body = { custom_attributes: custom, ...more };
    return (await desk.call('POST', `${conversation}/custom_attributes`, body)).body;
  };
  await set({ order_number: '48213' });
  expect(await set({ gift: true })).toEqual({ custom_attributes: { gift: true } });
  expect(await set({ parcels: 2 }, { merge: true })).toEqual({
    custom_attributes: { gift: true, parcels: 2 },
  });
});

test('Liquid in what is sent is expanded, in a note as well, and left alone where it is none', async () => {
  const conversation = await asked();
  const sent = async (content: string, isPrivate = false) => {
    const message = { content, private: isPrivate };
    const { body } = await desk.call('POST', `${conversation}/messages`, message);
    return (body as { content: string }).content;
  };
  expect(await sent('To {{contact.email}}')).toBe('To ana@mail.example');
  expect(await sent('By {{ agent.name }}', true)).toBe('By Deskhand');
  expect(await sent('`{{contact.email}}`')).toBe('`{{contact.email}}`');
  expect(await sent('{% what %}')).toBe('{% what %}');
});

test.each([
  ['snoozed', 'open'],
  ['resolved', 'open'],
  ['pending', 'pending'],
])('what is %s is %s with the next words of the customer', async (status, after) => {
  const conversation = await asked();
  await desk.call('POST', `${conversation}/toggle_status`, { status });
  await desk.people.customerWrites(conversation.split('/').at(-1) ?? '', 'Hello?');
  expect((await desk.call('GET', conversation)).body).toMatchObject({ status: after });
});
