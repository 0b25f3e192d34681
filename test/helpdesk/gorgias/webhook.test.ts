/** Whether a call is of our HTTP integration, which ticket it speaks of, and whether it is worth a look. */
import { readGorgiasWebhook } from '../../../src/helpdesk/gorgias/webhook';

const secret = 'a-secret-of-the-header';
const read = (
  body: string | Buffer,
  { given = secret, bot = '5001' }: { given?: string | null; bot?: string | null } = {},
) =>
  readGorgiasWebhook(
    { rawBody: Buffer.from(body), header: (name) => (name === 'x-deskhand-secret' ? given : null) },
    { secret, secretName: 'GORGIAS_WEBHOOK_SECRET', now: 0, botUserId: bot },
  );
const call = (more: Record<string, unknown> = {}) =>
  JSON.stringify({
    ticket_id: '17',
    message_id: '200000001',
    channel: 'email',
    via: 'email',
    sender_id: '300001',
    ...more,
  });

test('a customer’s message names the ticket and itself: the same call again is the same hint', () => {
  const hint = read(call());
  expect(hint).toEqual({
    ...{ type: 'hint', ticketId: '17', hintId: 'gorgias-message-200000001', kind: 'changed' },
    commentId: '200000001',
  });
  expect(read(call())).toEqual(hint);
  expect(read(call({ message_id: '200000002' }))).not.toEqual(hint);
});

test.each([
  ['ids as numbers', { ticket_id: 17, message_id: 200000001, sender_id: 300001 }],
  ['blanks around them', { ticket_id: ' 17 ', message_id: ' 200000001' }],
])('%s are the same', (_what, more) => {
  expect(read(call(more))).toEqual(read(call()));
});

test.each([
  ['a form with nothing but the ticket', '{"ticket_id":"17"}'],
  ['a call that tells of no message', call({ message_id: '', channel: '', via: '', sender_id: '' })],
  ['a placeholder that Gorgias did not know', call({ message_id: '{{message.id}}' })],
  ['a call whose message is null', call({ message_id: null, channel: null, via: null, sender_id: null })],
  ['a call whose message has a number too long for one', call({ message_id: '9'.repeat(21) })],
  ['a call whose message is an object', call({ message_id: { id: 1 } })],
])('%s is a look of its own each time', (_what, body) => {
  const [first, second] = [read(body), read(body)];
  expect(first).toMatchObject({ type: 'hint', ticketId: '17', commentId: null });
  expect(first).not.toEqual(second);
});

test('a 64-bit id arrives whole as a text', () => {
  expect(read(call({ ticket_id: '9223372036854775807' }))).toMatchObject({ ticketId: '9223372036854775807' });
});

test('what we have written never wakes us; what a person writes under the same user does', () => {
  const ours = call({ via: 'api', sender_id: '5001' });
  expect(read(ours)).toMatchObject({ type: 'nothing', outcome: 'own-write' });
  expect(read(call({ via: 'helpdesk', sender_id: '5001' }))).toMatchObject({ type: 'hint' });
  expect(read(call({ via: 'api', sender_id: '5002' }))).toMatchObject({ type: 'hint' });
  // As long as it is not known who we are, a look is the safe mistake.
  expect(read(ours, { bot: null })).toMatchObject({ type: 'hint' });
});

test('an internal note wakes nobody, whoever wrote it', () => {
  expect(read(call({ channel: 'internal-note', via: 'helpdesk', sender_id: '5002' }))).toMatchObject({
    ...{ type: 'nothing', outcome: 'ignored-type' },
  });
});

test.each([
  ['no secret', null, 'missing'],
  ['another secret', 'a-secret-of-somebody', 'not what GORGIAS_WEBHOOK_SECRET says'],
  ['a part of it', 'a-secret', 'not what GORGIAS_WEBHOOK_SECRET says'],
])('with %s it is refused, whatever it says', (_what, given, why) => {
  expect(read(call(), { given })).toEqual({
    ...{ type: 'refused', outcome: 'bad-secret', why: expect.stringContaining(why) as string },
  });
});

test.each<[string, string | Buffer]>([
  ['nothing', ''],
  ['no JSON', 'ticket_id=17'],
  ['a broken template', '{"ticket_id":"17","text":"he said "hi""}'],
  ['a list', '[17]'],
  ['no ticket', '{"message_id":"17"}'],
  ['a ticket without an id', '{"ticket_id":null}'],
  ['half a number', '{"ticket_id":1.5}'],
  ['a placeholder that was not filled in', '{"ticket_id":"{{ticket.id}}"}'],
  ['a leading zero', '{"ticket_id":"017"}'],
  ['a path', '{"ticket_id":"17/messages"}'],
  ['a number too long for an id', `{"ticket_id":"${'9'.repeat(21)}"}`],
  ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
  ['a thousand levels', `${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}`],
])('%s is not readable, and is told what is', (_what, body) => {
  expect(read(body)).toMatchObject({ type: 'refused', outcome: 'not-readable' });
});
