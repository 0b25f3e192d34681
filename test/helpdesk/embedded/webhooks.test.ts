/** Events reach a real HTTP receiver, signed and shaped as Zendesk's, and are tried again as Zendesk tries. */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DeliveryOptions } from '../../../src/helpdesk/embedded/webhookDelivery';
import { auditIn, startDesk, until, type TestDesk } from './harness';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly event: {
    id: string;
    type: string;
    subject: string;
    detail: Record<string, unknown>;
    event: Record<string, unknown>;
  };
}

let receiver: Server;
let received: Received[];
let answers: (number | 'never' | { status: number; retryAfter: string })[];
let test_: TestDesk | null = null;

beforeEach(async () => {
  received = [];
  answers = [];
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      received.push({ headers: request.headers, body, event: JSON.parse(body) as Received['event'] });
      const answer = answers.shift() ?? 200;
      if (answer === 'never') return;
      if (typeof answer === 'number') response.writeHead(answer).end();
      else response.writeHead(answer.status, { 'retry-after': answer.retryAfter }).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await test_?.stop();
  test_ = null;
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

async function start(delivery: Partial<DeliveryOptions> = {}): Promise<TestDesk> {
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  test_ = await startDesk({
    webhook: { url, secret: 'a-secret' },
    delivery: { retryMs: 10, timeoutMs: 200, ...delivery },
  });
  return test_;
}
const types = () => received.map(({ event }) => event.type.replace('zen:event-type:ticket.', '')).sort();
const quiet = () => new Promise((resolve) => setTimeout(resolve, 250));

it('signs the timestamp and the raw body', async () => {
  const desk = await start();
  await desk.newTicket('Grüße');
  await until(() => received.length === 2, 'two events');
  for (const { headers, body } of received) {
    const timestamp = String(headers['x-zendesk-webhook-signature-timestamp']);
    const expected = createHmac('sha256', 'a-secret').update(timestamp).update(body).digest('base64');
    expect(headers['x-zendesk-webhook-signature']).toBe(expected);
    expect(headers['x-zendesk-account-id']).toBe('4242');
    expect(headers['x-zendesk-webhook-id']).toBe('configured-at-start');
    expect(headers['x-zendesk-webhook-invocation-id']).toMatch(/^[0-9a-f-]{36}$/);
  }
});

it('tells of every change, own writes too, with ids as texts and enums in upper case', async () => {
  const desk = await start();
  const id = await desk.newTicket();
  await until(() => received.length === 2, 'the creation');
  expect(types()).toEqual(['comment_added', 'created']);
  received = [];
  const update = await desk.put(id, {
    comment: { body: 'Hello', public: true },
    assignee_email: 'nora@demo-shop.example',
    priority: 'high',
    tags: ['vip'],
  });
  await until(() => received.length === 6, 'the update');
  expect(types()).toEqual([
    'agent_assignment_changed',
    'comment_added',
    'group_assignment_changed',
    'priority_changed',
    'status_changed',
    'tags_changed',
  ]);
  const { author_id: actor, events } = auditIn(update);
  const written = events.find(({ type }) => type === 'Comment')?.id;
  const comment = received.find(({ event }) => event.type.endsWith('comment_added'))?.event;
  expect(comment).toMatchObject({
    subject: `zen:ticket:${id}`,
    detail: {
      id,
      status: 'OPEN',
      priority: 'HIGH',
      actor_id: String(actor),
      via: { channel: 'web_service' },
    },
    event: {
      comment: { id: String(written), is_public: true, author: { is_staff: true } },
      meta: { sequence: { total: 6 } },
    },
  });
  expect(received.find(({ event }) => event.type.endsWith('status_changed'))?.event.event).toMatchObject({
    current: 'OPEN',
    previous: 'NEW',
  });
});

it('says nothing when nothing changed', async () => {
  const desk = await start();
  const id = await desk.newTicket();
  await until(() => received.length === 2, 'the creation');
  await desk.put(id, { status: 'new' });
  await quiet();
  expect(received).toHaveLength(2);
});

it.each<[string, typeof answers, number]>([
  ['a 409 up to three times', [409, 409, 409, 409, 200], 4],
  ['a 429 with a short Retry-After', [{ status: 429, retryAfter: '0' }, 200], 2],
  ['a time-out', ['never', 200], 2],
  ['not a 503 with a long Retry-After', [{ status: 503, retryAfter: '60' }], 1],
  ['not a 429 without Retry-After', [429], 1],
  ['not a 500', [500], 1],
])('tries again %s', async (_what, given, attempts) => {
  const desk = await start();
  await desk.newTicket();
  await until(() => received.length === 2, 'the creation');
  const { body } = await desk.call('GET', '/_desk/tickets');
  const { tickets } = body as { tickets: { id: number }[] };
  received = [];
  answers = [...given];
  await desk.put(String(tickets[0]?.id), { priority: 'low' });
  await until(() => received.length === attempts, `${attempts} attempts`);
  await quiet();
  expect(received).toHaveLength(attempts);
  expect(new Set(received.map(({ headers }) => headers['x-zendesk-webhook-invocation-id'])).size).toBe(1);
  expect(new Set(received.map(({ event }) => event.id)).size).toBe(1);
});

it('delivers twice when asked, the same event each time', async () => {
  const desk = await start({ copies: 2 });
  await desk.newTicket();
  await until(() => received.length === 4, 'four deliveries');
  expect(new Set(received.map(({ event }) => event.id)).size).toBe(2);
});

it('delivers in reverse when asked, and what is held back in the end', async () => {
  const desk = await start({ reorder: 3 });
  await desk.newTicket();
  await until(() => received.length === 2, 'what was held back');
  expect(received.map(({ event }) => event.event['meta'])).toMatchObject([
    { sequence: { position: 2 } },
    { sequence: { position: 1 } },
  ]);
});

it('does not hold up or fail a write when nobody listens, and stops at once', async () => {
  const desk = await startDesk({ webhook: { url: 'http://127.0.0.1:9/nobody' } });
  expect(Number(await desk.newTicket())).toBe(1);
  await desk.stop();
});

it('serves webhooks made over the API with secrets of their own, and forgets the configured one when started without', async () => {
  const desk = await start();
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/own`;
  const made = await desk.call('POST', '/api/v2/webhooks', {
    webhook: {
      name: 'own',
      endpoint: url,
      http_method: 'POST',
      request_format: 'json',
      subscriptions: ['zen:event-type:ticket.created'],
    },
  });
  expect(made).toMatchObject({ status: 201, body: { webhook: { name: 'own', status: 'active' } } });
  expect(made.text).not.toContain('secret');
  const { webhook } = made.body as { webhook: { id: string } };
  const { signing_secret } = (await desk.call('GET', `/api/v2/webhooks/${webhook.id}/signing_secret`))
    .body as { signing_secret: { secret: string } };
  await desk.newTicket();
  await until(() => received.length === 3, 'both webhooks');
  const own = received.find(({ headers }) => headers['x-zendesk-webhook-id'] === webhook.id);
  const timestamp = String(own?.headers['x-zendesk-webhook-signature-timestamp']);
  expect(own?.headers['x-zendesk-webhook-signature']).toBe(
    createHmac('sha256', signing_secret.secret)
      .update(timestamp + String(own?.body))
      .digest('base64'),
  );
  expect(signing_secret.secret).not.toBe('a-secret');
  const changed = await desk.call('POST', `/api/v2/webhooks/${webhook.id}/signing_secret`);
  expect(changed.body).not.toMatchObject({ signing_secret });

  await desk.desk.close();
  const again = await startDesk({ stateDir: desk.stateDir });
  expect((await again.call('GET', '/api/v2/webhooks')).body).toMatchObject({ webhooks: [{ name: 'own' }] });
  expect((await again.call('DELETE', `/api/v2/webhooks/${webhook.id}`)).status).toBe(204);
  expect((await again.call('GET', `/api/v2/webhooks/${webhook.id}`)).status).toBe(404);
  await again.stop();
  test_ = null;
});

it.each([
  [
    'without a name',
    {
      endpoint: 'http://127.0.0.1:9',
      http_method: 'POST',
      request_format: 'json',
      subscriptions: ['zen:event-type:ticket.created'],
    },
  ],
  [
    'with GET',
    {
      name: 'x',
      endpoint: 'http://127.0.0.1:9',
      http_method: 'GET',
      request_format: 'json',
      subscriptions: ['zen:event-type:ticket.created'],
    },
  ],
  [
    'for triggers',
    {
      name: 'x',
      endpoint: 'http://127.0.0.1:9',
      http_method: 'POST',
      request_format: 'json',
      subscriptions: ['conditional_ticket_events'],
    },
  ],
])('refuses a webhook %s', async (_what, webhook) => {
  const desk = await start();
  expect(await desk.call('POST', '/api/v2/webhooks', { webhook })).toMatchObject({
    status: 400,
    body: { errors: [{ code: 'InvalidWebhook' }] },
  });
});
