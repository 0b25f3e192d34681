/** Proof of likeness: a public Chatwoot client that we did not write works against the embedded desk. */
import ChatwootClient, { ApiError } from '@figuro/chatwoot-sdk';
import { TestChatwoot } from './testChatwoot';

const accountId = 1;
let desk: TestChatwoot;
let client: ChatwootClient;
let conversationId: number;
beforeAll(async () => {
  desk = await TestChatwoot.start();
  client = clientWith(desk.desk.credentials.token);
  conversationId = Number((await desk.people.customerOpens('Where is my order?')).ticketId);
});
afterEach(() => desk.desk.faults.clear());
afterAll(() => desk.stop());

function clientWith(token: string): ChatwootClient {
  return new ChatwootClient({
    config: { basePath: desk.desk.url, with_credentials: true, credentials: 'include', token },
  });
}

function show(): Promise<unknown> {
  return client.conversations.get({ accountId, conversationId });
}

it('shows a conversation with its customer and its inbox, by the number that agents see', async () => {
  expect(await show()).toMatchObject({
    ...{ id: conversationId, account_id: 1, status: 'open', labels: [], inbox_id: 1 },
    meta: { sender: { name: 'Ana Diaz', email: 'ana@mail.example' }, channel: 'Channel::Email' },
    additional_attributes: { mail_subject: 'My parcel' },
  });
});

it('lists conversations with their counts', async () => {
  expect(await client.conversations.list({ accountId, status: 'open' })).toMatchObject({
    data: {
      meta: { mine_count: 0, unassigned_count: 1, assigned_count: 0, all_count: 1 },
      payload: [{ id: conversationId }],
    },
  });
});

it('takes a message as a form, and shows it by number and by sender', async () => {
  const made: unknown = await client.messages.create({
    ...{ accountId, conversationId },
    data: { content: 'On its way.', message_type: 'outgoing', private: false },
  });
  expect(made).toMatchObject({
    ...{ content: 'On its way.', message_type: 1, private: false, content_type: 'text' },
    ...{ sender: { name: 'Deskhand', type: 'user' }, status: 'sent', conversation_id: conversationId },
  });
  const note = { content: 'By rule.', message_type: 'outgoing', private: true } as const;
  await client.messages.create({ accountId, conversationId, data: note });
  const listed: unknown = await client.messages.list({ accountId, conversationId });
  expect(listed).toMatchObject({
    meta: { contact: { email: 'ana@mail.example' } },
    payload: [
      { content: 'Where is my order?', message_type: 0, sender: { type: 'contact' } },
      { content: 'On its way.', private: false },
      { content: 'By rule.', private: true },
    ],
  });
});

it('replaces labels', async () => {
  await client.conversationLabels.add({ accountId, conversationId, data: { labels: ['vip', 'parcel'] } });
  await client.conversationLabels.add({ accountId, conversationId, data: { labels: ['parcel'] } });
  const labels: unknown = await client.conversationLabels.list({ accountId, conversationId });
  expect(labels).toEqual({ payload: ['parcel'] });
});

it('sets a status, and tells what it is now', async () => {
  const toggled: unknown = await client.conversations.toggleStatus({
    ...{ accountId, conversationId },
    data: { status: 'resolved' },
  });
  expect(toggled).toMatchObject({ payload: { success: true, current_status: 'resolved' } });
  expect(await show()).toMatchObject({ status: 'resolved' });
});

it('assigns an agent, and a team whose other agents give the conversation up', async () => {
  const [, nora, tomas] = (await client.agents.list({ accountId })) as { id: number; name: string }[];
  expect([nora?.name, tomas?.name]).toEqual(['Nora Lind', 'Tomas Reyes']);
  const assign = (data: { assignee_id?: number; team_id?: number }): Promise<unknown> =>
    client.conversationAssignment.assign({ accountId, conversationId, data });
  expect(await assign({ assignee_id: nora?.id ?? 0 })).toMatchObject({ name: 'Nora Lind' });
  const teams = (await client.teams.list({ accountId })) as { id: number; name: string }[];
  expect(teams.map(({ name }) => name)).toEqual(['support', 'tier 2', 'billing']);
  await assign({ team_id: teams[2]?.id ?? 0 });
  const meta = { team: { name: 'billing' } };
  expect(await show()).toMatchObject({ meta });
  expect(await show()).not.toHaveProperty('meta.assignee');
});

it('says who asks, and which attributes conversations have', async () => {
  expect(await client.profile.profile()).toMatchObject({
    ...{ name: 'Deskhand', role: 'agent' },
    accounts: [{ id: 1, role: 'agent' }],
  });
  const attributes: unknown = await client.customAttributes.list({ accountId, attributeModel: '0' });
  expect(attributes).toContainEqual(
    expect.objectContaining({ attribute_key: 'order_number', attribute_display_type: 'text' }),
  );
});

it('refuses another token, and what is not there, in its own words', async () => {
  await expect(clientWith('wrong').profile.profile()).rejects.toBeInstanceOf(ApiError);
  await expect(clientWith('wrong').profile.profile()).rejects.toMatchObject({
    status: 401,
    body: { error: 'Invalid Access Token' },
  });
  await expect(client.conversations.get({ accountId, conversationId: 999_999 })).rejects.toMatchObject({
    status: 404,
    body: { error: 'Resource could not be found' },
  });
});
