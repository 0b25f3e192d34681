/** Whether a call is Freshdesk's, and which ticket it speaks of. */
import { readFreshdeskWebhook } from '../../../src/helpdesk/freshdesk/webhook';

const secret = 'a-secret-of-the-rule';
const read = (body: string | Buffer, given: string | null = secret) =>
  readFreshdeskWebhook(
    { rawBody: Buffer.from(body), header: (name) => (name === 'x-deskhand-secret' ? given : null) },
    { secret, secretName: 'FRESHDESK_WEBHOOK_SECRET', now: 0, botUserId: null },
  );

test.each([
  ['the simple content', '{"freshdesk_webhook":{"ticket_id":17,"ticket_subject":"My \\"order\\""}}'],
  ['the simple content, with the id as a text', '{"freshdesk_webhook":{"ticket_id":"17"}}'],
  ["one's own content", '{"ticket_id":17}'],
  ["one's own content, with the id as a text", '{"ticket_id":" 17 ","more":null}'],
])('%s names the ticket', (_what, body) => {
  expect(read(body)).toEqual({
    type: 'hint',
    ticketId: '17',
    hintId: expect.stringMatching(/^freshdesk-[0-9a-f-]{36}$/) as string,
    kind: 'changed',
    commentId: null,
  });
});

test('a 64-bit id arrives whole as a text', () => {
  expect(read('{"ticket_id":"9223372036854775807"}')).toMatchObject({ ticketId: '9223372036854775807' });
});

test('two calls about one ticket are two looks: the second may be of another message', () => {
  const [first, second] = [read('{"ticket_id":17}'), read('{"ticket_id":17}')];
  expect(first).not.toEqual(second);
});

test.each([
  ['no secret', null, 'missing'],
  ['another secret', 'a-secret-of-somebody', 'not what FRESHDESK_WEBHOOK_SECRET says'],
  ['a part of it', 'a-secret', 'not what FRESHDESK_WEBHOOK_SECRET says'],
])('with %s it is refused, whatever it says', (_what, given, why) => {
  expect(read('{"ticket_id":17}', given)).toEqual({
    type: 'refused',
    outcome: 'bad-secret',
    why: expect.stringContaining(why) as string,
  });
});

test.each<[string, string | Buffer]>([
  ['nothing', ''],
  ['no JSON', 'ticket_id=17'],
  ['a broken template', '{"ticket_id":"17","text":"he said "hi""}'],
  ['a list', '[17]'],
  ['no ticket', '{"freshdesk_webhook":{"ticket_subject":"My order"}}'],
  ['a ticket without an id', '{"ticket_id":null}'],
  ['half a number', '{"ticket_id":1.5}'],
  ['a placeholder that was not filled in', '{"ticket_id":"{{ticket.id}}"}'],
  ['a leading zero', '{"ticket_id":"017"}'],
  ['a path', '{"ticket_id":"17/reply"}'],
  ['a number too long for an id', `{"ticket_id":"${'9'.repeat(21)}"}`],
  ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
  ['a thousand levels', `${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}`],
])('%s is not readable, and is told what is', (_what, body) => {
  expect(read(body)).toMatchObject({ type: 'refused', outcome: 'not-readable' });
});
