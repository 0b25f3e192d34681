/** Whether a call is Chatwoot's, and which conversation it speaks of. */
import { readChatwootWebhook, signChatwootWebhook } from '../../../src/helpdesk/chatwoot/webhook';
import type { WebhookCheck } from '../../../src/helpdesk/webhooks/webhookReading';

const secret = 'a-secret-of-the-webhook';
const now = Date.parse('2026-11-25T12:00:00Z');
const check: WebhookCheck = { secret, secretName: 'CHATWOOT_WEBHOOK_SECRET', now, botUserId: '101' };

interface Sent {
  readonly signedWith?: string;
  readonly at?: number;
  readonly headers?: Readonly<Record<string, string | null>>;
}

function read(body: unknown, sent: Sent = {}, checked: Partial<WebhookCheck> = {}) {
  const rawBody = Buffer.isBuffer(body)
    ? body
    : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const timestamp = String(Math.floor((sent.at ?? now) / 1_000));
  const headers: Readonly<Record<string, string | null>> = {
    'x-chatwoot-timestamp': timestamp,
    'x-chatwoot-signature': signChatwootWebhook(sent.signedWith ?? secret, timestamp, rawBody),
    'x-chatwoot-delivery': 'd0a1',
    ...sent.headers,
  };
  return readChatwootWebhook({ rawBody, header: (name) => headers[name] ?? null }, { ...check, ...checked });
}

const message = (more: Record<string, unknown> = {}) => ({
  ...{ event: 'message_created', id: 3_000_000_501, message_type: 'incoming', private: false },
  ...{ sender: { id: 5_001, type: 'contact' }, conversation: { id: 17 }, account: { id: 1 } },
  ...more,
});
const conversation = (event: string, more: Record<string, unknown> = {}) => ({
  event,
  id: 17,
  status: 'open',
  ...more,
});

test("a customer's message names the conversation and itself", () => {
  expect(read(message())).toEqual({
    ...{ type: 'hint', ticketId: '17', kind: 'changed' },
    ...{ hintId: 'chatwoot-message-3000000501', commentId: '3000000501' },
  });
});

test('the bot and the account are told of one message: it is one hint', () => {
  expect(read(message())).toEqual(
    read(message({ more: 1 }), { headers: { 'x-chatwoot-delivery': 'another' } }),
  );
});

test('an id of 64 bits arrives whole as a text', () => {
  const id = '9223372036854775807';
  expect(read(message({ id, conversation: { id } }))).toMatchObject({ ticketId: id, commentId: id });
});

test.each(['9'.repeat(21), 'ana@mail.example', '0', '', {}])(
  'a message whose id cannot be one (%j) is a look by the name of its delivery',
  (id) => {
    const [one, other] = ['d0a1', 'd0a2'].map((delivery) =>
      read(message({ id }), { headers: { 'x-chatwoot-delivery': delivery } }),
    );
    expect(one).toMatchObject({ type: 'hint', ticketId: '17', commentId: null });
    expect(one).not.toEqual(other);
    expect(JSON.stringify(one)).not.toMatch(/9{21}|ana@/);
  },
);

test("an agent's answer is worth a look", () => {
  const answer = message({ message_type: 'outgoing', sender: { id: 102, type: 'user' } });
  expect(read(answer)).toMatchObject({ type: 'hint', ticketId: '17' });
});

test.each<[string, Record<string, unknown>, Partial<WebhookCheck>]>([
  ['by our user', { sender: { id: 101, type: 'user' } }, {}],
  [
    'by our key, while who we are is not known',
    { content_attributes: { deskhand_key: 'k' } },
    { botUserId: null },
  ],
])('our own message wakes nobody: told %s', (_what, more, checked) => {
  expect(read(message({ message_type: 'outgoing', ...more }), {}, checked)).toMatchObject({
    type: 'nothing',
    outcome: 'own-write',
  });
});

test('a customer whose id is that of our user is a customer all the same', () => {
  expect(read(message({ sender: { id: 101, type: 'contact' } }))).toMatchObject({ type: 'hint' });
});

test.each<[string, unknown]>([
  ['a private note', message({ message_type: 'outgoing', private: true, sender: { id: 102, type: 'user' } })],
  ['a message of the desk itself', message({ message_type: 'template', sender: null })],
  ['an activity', message({ message_type: 'activity', sender: null })],
  ['a message that was changed', message({ event: 'message_updated' })],
  ['a new conversation, whose message is told of, too', conversation('conversation_created')],
  ['a conversation put aside', conversation('conversation_status_changed', { status: 'snoozed' })],
  ['a customer', { event: 'contact_updated', id: 5_001 }],
  ['an opened chat window', { event: 'webwidget_triggered', id: 5_001 }],
  ['an event that is not invented yet', { event: 'conversation_dreamt', id: 17 }],
])('%s is passed over', (_what, body) => {
  expect(read(body)).toMatchObject({ type: 'nothing', outcome: 'ignored-type' });
});

test.each<[string, unknown]>([
  ['opened', conversation('conversation_status_changed')],
  ['resolved', conversation('conversation_status_changed', { status: 'resolved' })],
  ['opened, as a bot is told', conversation('conversation_opened')],
  ['resolved, as a bot is told', conversation('conversation_resolved', { status: 'resolved' })],
  [
    'rated',
    message({
      ...{ event: 'message_updated', message_type: 'template', content_type: 'input_csat', sender: null },
      content_attributes: { submitted_values: { csat_survey_response: { rating: 5 } } },
    }),
  ],
])('a conversation that was %s is worth a look', (_what, body) => {
  expect(read(body)).toMatchObject({ type: 'hint', ticketId: '17', commentId: null });
  expect(read(body)).toEqual(read(body));
});

const changed = (name: string, previous: unknown, current: unknown) =>
  conversation('conversation_updated', {
    changed_attributes: [{ [name]: { previous_value: previous, current_value: current } }],
  });

test.each<[string, string, unknown]>([
  ['an agent was assigned', 'hint', changed('assignee_id', null, 102)],
  ['we were', 'nothing', changed('assignee_id', null, 101)],
  ['nobody was', 'nothing', changed('assignee_id', 102, null)],
  [
    'a tag by which agents steer was set',
    'hint',
    changed('label_list', ['vip'], ['vip', 'deskhand_take_over']),
  ],
  ['it was taken away', 'hint', changed('label_list', ['deskhand_take_over'], [])],
  ['another tag was set', 'nothing', changed('label_list', ['deskhand_send'], ['deskhand_send', 'vip'])],
  ['the labels are none', 'nothing', changed('label_list', 'vip', 7)],
  ['the priority was set', 'nothing', changed('priority', null, 'high')],
  ['nothing is said of it', 'nothing', conversation('conversation_updated')],
])('%s: %s', (_what, type, body) => {
  expect(read(body)).toMatchObject({ type });
});

test('either of two secrets fits, and no part of one, and nothing between two commas', () => {
  const both = { secret: `${secret}, of-the-agent-bot` };
  expect(read(message(), { signedWith: 'of-the-agent-bot' }, both)).toMatchObject({ type: 'hint' });
  expect(read(message(), {}, both)).toMatchObject({ type: 'hint' });
  for (const signedWith of ['', both.secret, 'of-the']) {
    expect(read(message(), { signedWith }, { secret: `${both.secret},,` })).toMatchObject({
      type: 'refused',
      outcome: 'bad-signature',
    });
  }
});

test.each<[string, Sent, string, RegExp]>([
  [
    'no signature',
    { headers: { 'x-chatwoot-signature': null } },
    'bad-signature',
    /missing.*from version 4\.11\.2/,
  ],
  ['no time', { headers: { 'x-chatwoot-timestamp': null } }, 'bad-signature', /missing/],
  ['another secret', { signedWith: 'somebody' }, 'bad-signature', /CHATWOOT_WEBHOOK_SECRET must be/],
  [
    'another time than the one that is signed',
    { headers: { 'x-chatwoot-timestamp': '1' } },
    'bad-signature',
    /fit/,
  ],
  ['a time long ago', { at: now - 301_000 }, 'stale', /301 s old; 300 s are allowed/],
  ['a time to come', { at: now + 301_000 }, 'stale', /301 s in the future/],
])('with %s it is refused, whatever it says', (_what, sent, outcome, why) => {
  expect(read(message(), sent)).toMatchObject({
    type: 'refused',
    outcome,
    why: expect.stringMatching(why) as string,
  });
});

test('a time that is none is stale, though it is signed', () => {
  const body = Buffer.from(JSON.stringify(message()));
  const headers = {
    'x-chatwoot-timestamp': 'noon',
    'x-chatwoot-signature': signChatwootWebhook(secret, 'noon', body),
  };
  expect(read(body, { headers })).toMatchObject({ type: 'refused', outcome: 'stale' });
});

test.each<[string, unknown]>([
  ['nothing', ''],
  ['no JSON', 'event=message_created'],
  ['a list', [17]],
  ['no event', { id: 17 }],
  ['an event that is a number', { event: 7 }],
  ['a message of no conversation', message({ conversation: undefined })],
  ['a conversation without an id', conversation('conversation_status_changed', { id: null })],
  ['half a number', message({ conversation: { id: 1.5 } })],
  ['a leading zero', message({ conversation: { id: '017' } })],
  ['a path', message({ conversation: { id: '17/messages' } })],
  ['a number too long for an id', message({ conversation: { id: '9'.repeat(21) } })],
  ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
])('%s is not readable, and is told what is', (_what, body) => {
  expect(read(body)).toMatchObject({ type: 'refused', outcome: 'not-readable' });
});
