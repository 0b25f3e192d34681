/**
 * What a receiver is told of whole stories: a conversation, a hand-off, a restart in the middle, and other receivers
 * that are slow or broken. Each event is signed, and told to everybody who asked for it, once for each that took it.
 */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { agents, roomyLimits, TestDesk, until } from './harness';
import { startReceiver, type Received, type WebhookReceiver } from './webhookReceiver';

let receiver: WebhookReceiver;
let desk: TestDesk;
const options = () => ({
  limits: roomyLimits,
  webhook: { url: receiver.url, secret: 'a-secret' },
  delivery: { retryMs: 10, timeoutMs: 30_000 },
});
beforeEach(async () => {
  receiver = await startReceiver();
  desk = await TestDesk.start(options());
});
afterEach(async () => {
  await receiver.stop();
  await desk.stop();
});

const arrived = (count: number, from = receiver) =>
  until(() => from.received.length >= count, `${count} deliveries`);
const shortName = ({ event }: Received) => event.type.replace('zen:event-type:ticket.', '');
const sequence = ({ event }: Received) =>
  z
    .object({
      meta: z.object({
        sequence: z.object({ id: z.string(), position: z.number(), total: z.number() }),
      }),
    })
    .parse(event.event).meta.sequence;
/** In the order in which the desk made them, which is not promised to be that of their arrival. */
const inOrder = () =>
  receiver.received.toSorted((a, b) => sequence(a).position - sequence(b).position).map(shortName);

function signatureOf(secret: string, { headers, body }: Received): string {
  const timestamp = String(headers['x-zendesk-webhook-signature-timestamp']);
  return createHmac('sha256', secret)
    .update(timestamp + body)
    .digest('base64');
}

describe('one change', () => {
  it('is a sequence of events, numbered without gaps', async () => {
    const id = await desk.newTicket();
    await arrived(2);
    expect(inOrder()).toEqual(['created', 'comment_added']);
    receiver.received.splice(0);
    await desk.put(id, {
      comment: { body: 'On its way', public: true },
      status: 'pending',
      priority: 'high',
      tags: ['shipping'],
    });
    await arrived(4);
    expect(inOrder()).toEqual(['status_changed', 'priority_changed', 'tags_changed', 'comment_added']);
    const sequences = receiver.received.map(sequence);
    expect(new Set(sequences.map((one) => one.id)).size).toBe(1);
    expect(sequences.map((one) => one.position).sort()).toEqual([1, 2, 3, 4]);
    expect(sequences.every((one) => one.total === 4)).toBe(true);
  });

  it.each<[string, Record<string, unknown>, string[]]>([
    ['a note', { comment: { body: 'Psst', public: false } }, ['comment_added']],
    ['a status', { status: 'hold' }, ['status_changed']],
    ['a priority', { priority: 'urgent' }, ['priority_changed']],
    ['a subject', { subject: 'Other' }, ['subject_changed']],
    ['tags', { tags: ['a', 'b'] }, ['tags_changed']],
    [
      'an assignee',
      { assignee_email: agents.nora },
      ['status_changed', 'agent_assignment_changed', 'group_assignment_changed'],
    ],
    ['an external id, which no event tells of', { external_id: 'x', subject: 'S' }, ['subject_changed']],
  ])('of %s is told as such', async (_what, change, expected) => {
    const id = await desk.newTicket();
    await arrived(2);
    receiver.received.splice(0);
    await desk.put(id, change);
    await arrived(expected.length);
    expect(inOrder()).toEqual(expected);
  });

  it('of tags through their own address is told what came and what went', async () => {
    const id = await desk.newTicket();
    await desk.put(id, { tags: ['a', 'b'] });
    await arrived(3);
    receiver.received.splice(0);
    await desk.call('PUT', `/api/v2/tickets/${id}/tags`, { tags: ['c'] });
    await arrived(1);
    await desk.call('DELETE', `/api/v2/tickets/${id}/tags`, { tags: ['a'] });
    await arrived(2);
    expect(receiver.received.map(({ event }) => event.event)).toMatchObject([
      { tags_added: ['c'], tags_removed: [] },
      { tags_added: [], tags_removed: ['a'] },
    ]);
  });
});

it('a note is told as a note, a reply as a reply, with who wrote it', async () => {
  const id = await desk.newTicket();
  await arrived(2);
  receiver.received.splice(0);
  await desk.put(id, { comment: { body: 'Psst', public: false } }, { as: agents.nora });
  await arrived(1);
  await desk.put(id, { comment: { body: 'Hello', public: true } }, { as: agents.tomas });
  await arrived(2);
  await desk.customerWrites(id, { body: 'Me too', email: 'third@example.com', name: 'Third' });
  await arrived(3);
  expect(receiver.received.map(({ event }) => event.event['comment'])).toMatchObject([
    { body: 'Psst', is_public: false, author: { is_staff: true, name: 'Nora Lind' } },
    { body: 'Hello', is_public: true, author: { is_staff: true, name: 'Tomas Reyes' } },
    { body: 'Me too', is_public: true, author: { is_staff: false, name: 'Third' } },
  ]);
});

it('a customer who answers a closed ticket is told as a new one', async () => {
  const id = await desk.newTicket();
  await desk.put(id, { status: 'closed' });
  await arrived(3);
  receiver.received.splice(0);
  const { ticketId } = await desk.customerWrites(id, 'Again');
  await arrived(2);
  expect(inOrder()).toEqual(['created', 'comment_added']);
  expect(new Set(receiver.received.map(({ event }) => event.subject))).toEqual(
    new Set([`zen:ticket:${ticketId}`]),
  );
});

it.each([
  ['letters of all kinds', 'Grüße 你好 שלום 🙂 \u0000 "\\" </script>'],
  ['a long message', 'lang '.repeat(12_000)],
  ['an empty line', '\n'],
])('the signature covers the very bytes of %s', async (_what, body) => {
  await desk.newTicket(body, { attachments: [{ file_name: 'a.txt' }] });
  await arrived(2);
  for (const delivery of receiver.received) {
    expect(delivery.headers['x-zendesk-webhook-signature']).toBe(signatureOf('a-secret', delivery));
    expect(signatureOf('a-secret', { ...delivery, body: `${delivery.body} ` })).not.toBe(
      delivery.headers['x-zendesk-webhook-signature'],
    );
  }
});

it('a desk that is started with another secret signs with that one, also what waited', async () => {
  receiver.replies.push('silence', 'silence');
  await desk.newTicket();
  await arrived(2);
  receiver.received.splice(0);
  desk = await desk.restart({ ...options(), webhook: { url: receiver.url, secret: 'another' } });
  await arrived(2);
  for (const delivery of receiver.received) {
    expect(delivery.headers['x-zendesk-webhook-signature']).toBe(signatureOf('another', delivery));
  }
});

describe('two receivers', () => {
  let second: WebhookReceiver;
  beforeEach(async () => {
    second = await startReceiver();
    const made = await desk.call('POST', '/api/v2/webhooks', {
      webhook: {
        name: 'second',
        endpoint: second.url,
        http_method: 'POST',
        request_format: 'json',
        subscriptions: ['zen:event-type:ticket.created', 'zen:event-type:ticket.comment_added'],
      },
    });
    expect(made.status).toBe(201);
  });
  afterEach(() => second.stop());

  it('are told the same events, each signed with its own secret', async () => {
    await desk.newTicket();
    await arrived(2);
    await arrived(2, second);
    const ids = (of: WebhookReceiver) => of.received.map(({ event }) => event.id).sort();
    expect(ids(second)).toEqual(ids(receiver));
    for (const delivery of second.received) {
      expect(delivery.headers['x-zendesk-webhook-signature']).not.toBe(signatureOf('a-secret', delivery));
    }
  });

  it.each(['silence', 'reset', 500, 409] as const)(
    'do not wait for each other: one gives %s',
    async (reply) => {
      second.replies.push(reply, reply, reply, reply);
      const before = performance.now();
      await desk.newTicket();
      await arrived(2);
      expect(performance.now() - before).toBeLessThan(20_000);
      expect(receiver.types()).toEqual(['comment_added', 'created']);
    },
  );

  it('where one was never answered, both are told again after a restart, with the same ids', async () => {
    second.replies.push('silence', 'silence');
    await desk.newTicket();
    await arrived(2);
    await arrived(2, second);
    desk = await desk.restart(options());
    await arrived(4, second);
    await arrived(4);
    // At least once: who had taken it tells the repetition by the event's id.
    expect(new Set(receiver.received.map(({ event }) => event.id)).size).toBe(2);
  });
});

it('changes that come together are each told, and none twice', async () => {
  const id = await desk.newTicket();
  await arrived(2);
  receiver.received.splice(0);
  await Promise.all(Array.from({ length: 30 }, (_, n) => desk.customerWrites(id, `message ${n}`)));
  await arrived(30);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const bodies = receiver.received.map(
    ({ event }) => z.object({ comment: z.object({ body: z.string() }) }).parse(event.event).comment.body,
  );
  expect(bodies.toSorted()).toEqual(Array.from({ length: 30 }, (_, n) => `message ${n}`).toSorted());
  expect(new Set(receiver.received.map(({ event }) => event.id)).size).toBe(30);
});

it('a write that was answered with a fault is told as the write it was', async () => {
  const id = await desk.newTicket();
  await arrived(2);
  receiver.received.splice(0);
  desk.desk.faults.add({ route: 'PUT /api/v2/tickets/*', times: 1, fault: { type: 'reset-before' } });
  await expect(desk.put(id, { status: 'open' })).rejects.toThrow();
  desk.desk.faults.add({ route: 'PUT /api/v2/tickets/*', times: 1, fault: { type: 'reset-after' } });
  await expect(desk.put(id, { status: 'solved' })).rejects.toThrow();
  await arrived(1);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(receiver.received.map(({ event }) => event.event)).toMatchObject([
    { current: 'SOLVED', previous: 'NEW' },
  ]);
});
