/**
 * Answers in the shapes that Gorgias documents and that live accounts send: fuller than the embedded desk's, older, or with
 * nulls where it has none. Names and shapes: developers.gorgias.com/reference; the words are ours.
 */
import { anyCall, reply } from '../contract/deskUnderTest';
import { AdapterAtGorgias } from './adapterAtGorgias';

let desk: AdapterAtGorgias;
beforeAll(async () => {
  desk = await AdapterAtGorgias.start();
});
afterEach(() => desk.faults.clear());
afterAll(() => desk.double.stop());

const customer = {
  ...{
    id: 3924,
    name: 'Ana Diaz',
    firstname: 'Ana',
    lastname: 'Diaz',
    email: 'Ana@mail.example',
    note: null,
  },
  channels: [{ id: 1, type: 'email', address: 'ana@mail.example', preferred: true, deleted_datetime: null }],
  ...{ data: { city: 'Porto' }, external_id: 'customer-1', meta: { name_set_via: 'email' }, language: 'pt' },
  integrations: { 6: { __integration_type__: 'shopify', orders: [{ id: 1, line_items: [] }] } },
};
const ticket = {
  ...{ id: 123, uri: '/api/tickets/123/', external_id: 'RETURN#4213', events: [], status: 'open' },
  ...{ priority: 'critical', channel: 'email', via: 'email', from_agent: false, spam: false, customer },
  ...{ assignee_user: null, assignee_user_id: null, assignee_team: null, assignee_team_id: null },
  ...{ language: 'pt', subject: 'Refund request', summary: null, meta: null, is_unread: false },
  tags: [{ id: 7, name: 'refund', decoration: { color: '#F58D86' } }],
  custom_fields: { 70001: { id: 70001, value: '48213', prediction: null } },
  ...{ messages: [], satisfaction_survey: null, reply_options: { email: { answerable: true } } },
  ...{ created_datetime: '2026-11-25T14:42:00.384938', opened_datetime: null, closed_datetime: null },
  ...{ updated_datetime: '2026-11-25T15:59:41.966927+00:00', trashed_datetime: null, snooze_datetime: null },
};
const message = {
  ...{
    id: 924712,
    uri: '/api/messages/924712',
    message_id: '<1.2@web>',
    ticket_id: 123,
    external_id: 'MSG-7',
  },
  ...{
    public: true,
    channel: 'email',
    via: 'email',
    integration_id: 28643,
    rule_id: null,
    from_agent: false,
  },
  source: {
    ...{ type: 'email', cc: null, bcc: null, extra: { include_thread: false } },
    from: { name: 'Ana Diaz', address: 'ana@mail.example' },
    to: [{ name: 'Shop', address: 'care@demo-shop.example' }],
  },
  sender: { id: 3924, email: 'ana@mail.example', name: 'Ana Diaz', meta: {} },
  ...{ receiver: null, subject: 'Refund request', intents: [{ name: 'refund/request' }], macros: null },
  ...{ body_text: 'Hello,\nwhere is it?', body_html: 'Hello,<br>where is it?', stripped_text: null },
  ...{ headers: null, attachments: [], actions: null, meta: null, last_sending_error: null },
  ...{ created_datetime: '2026-11-25T14:42:00.384938', sent_datetime: null, failed_datetime: null },
};

function answers(changes: { ticket?: object; messages?: unknown }): void {
  const answer = (route: string, body: unknown) =>
    desk.faults.add({ route, fault: { type: 'status', status: 200, body } });
  answer('GET /api/tickets/*', { ...ticket, ...changes.ticket });
  answer(
    'GET /api/messages',
    changes.messages ?? { object: 'list', data: [message], meta: { next_cursor: null } },
  );
}

test('a ticket as the documents show it', async () => {
  answers({});
  expect(await desk.read('123')).toMatchObject({
    ...{ status: 'open', subject: 'Refund request', priority: 'urgent', tags: ['refund'], channel: 'email' },
    ...{ groupId: null, assignee: null, stamp: '2026-11-25T15:59:41.966Z' },
    requester: { id: '3924', name: 'Ana Diaz', email: 'Ana@mail.example', locale: 'pt', role: 'end-user' },
    comments: [
      { id: '924712', at: '2026-11-25T14:42:00.384Z', author: 'requester', body: 'Hello,\nwhere is it?' },
    ],
  });
});

test.each<[string, object, object]>([
  ['without a priority, as older accounts have it', { priority: undefined }, { priority: null }],
  ['that nobody has changed yet', { updated_datetime: null }, { stamp: '2026-11-25T14:42:00.384Z' }],
  ['without a subject', { subject: null }, { subject: '' }],
  ['with a list of custom fields', { custom_fields: [] }, { subject: 'Refund request' }],
  ['without custom fields', { custom_fields: null }, { subject: 'Refund request' }],
  ['of a channel that is new', { channel: 'tiktok-shop' }, { channel: 'other' }],
  [
    'that a user of a team holds',
    { assignee_user: { id: 7, name: 'Steve', meta: null }, assignee_team: { id: 9, decoration: {} } },
    { assignee: { id: '7', kind: 'agent' }, groupId: '9' },
  ],
  [
    'with a survey that is not answered',
    { satisfaction_survey: { id: 1, score: null } },
    { subject: 'Refund request' },
  ],
  [
    'with an answered survey',
    { satisfaction_survey: { id: 12, score: 2, body_text: 'Such speed.' } },
    { rating: { id: '12.2', score: 'bad', hasComment: true } },
  ],
  ['of nobody', { customer: null }, { requester: { id: '', name: null, email: null } }],
])('a ticket %s', async (_what, change, read) => {
  answers({ ticket: change });
  expect(await desk.read('123')).toMatchObject(read);
});

test.each<[string, object, object]>([
  ['without HTML', { body_html: null }, { body: 'Hello,\nwhere is it?' }],
  ['without words', { body_html: null, body_text: null }, { body: '' }],
  ['of a sender who is gone', { sender: null }, { author: 'third-party', authorId: '' }],
  ['without a source', { source: null }, { author: 'requester' }],
  [
    'with files, one of which says little',
    {
      attachments: [
        { url: 'https://x.example/1', name: 'a.png', content_type: 'image/png', size: 5 },
        { url: 'https://x.example/2', name: null, content_type: null, size: null },
      ],
    },
    {
      attachments: [
        { name: 'a.png', contentType: 'image/png', bytes: 5 },
        { name: '', contentType: 'application/octet-stream', bytes: 0 },
      ],
    },
  ],
])('a message %s', async (_what, change, read) => {
  answers({ messages: { data: [{ ...message, ...change }], meta: null } });
  expect((await desk.read('123')).comments).toMatchObject([read]);
});

test('a list of old, without anything around it, and in any order', async () => {
  answers({
    messages: [
      { ...message, id: 3 },
      { ...message, id: 1 },
      { ...message, id: 20 },
    ],
  });
  expect((await desk.read('123')).comments.map(({ id }) => id)).toEqual(['1', '3', '20']);
});

test('a ticket of nobody, or one that can be answered nowhere, is not answered', async () => {
  for (const change of [{ customer: null }, { reply_options: { email: { answerable: false } } }]) {
    desk.faults.clear();
    answers({ ticket: change });
    await expect(desk.apply('123', [reply('k/reply')])).rejects.toMatchObject({ kind: 'rejected' });
  }
});

test('users and teams, in bare lists as in the newer ones', async () => {
  const user = {
    id: 77,
    name: 'Steve Frazelli',
    email: 'steve@company.example',
    role: { id: 2, name: 'admin' },
    meta: null,
  };
  const add = (route: string, body: unknown) =>
    desk.faults.add({ route, fault: { type: 'status', status: 200, body } });
  add('GET /api/users', [{ ...user, active: false }]);
  add('GET /api/teams', [
    { id: 9, name: 'Warehouse', members: [{ id: 77, email: null }], decoration: { emoji: 'x' } },
  ]);
  expect(await desk.open().groupNames(anyCall())).toEqual(['Warehouse']);
  // Somebody who has left answers for no team.
  expect(await desk.open().findAgent('steve@company.example', anyCall())).toEqual({
    ...{ id: '77', name: 'Steve Frazelli', email: 'steve@company.example', isActive: false, groups: [] },
  });
});
