/** Events reach a real HTTP receiver, signed and shaped as Zendesk's, and are tried again as Zendesk tries. */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { LogFields, Logger } from '../../../../src/log/logger';
import type { DeliveryOptions } from '../../../../src/helpdesk/embedded/zendesk/webhooks/webhookDelivery';
import { auditIn, TestDesk, until } from './harness';
import { startReceiver, type Received, type Reply, type WebhookReceiver } from './webhookReceiver';

let receiver: WebhookReceiver;
let desk: TestDesk | null = null;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  await receiver.stop();
  await desk?.stop();
  desk = null;
});

const warnings: { message: string; fields: LogFields | undefined }[] = [];
const log: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: (message, fields) => warnings.push({ message, fields }),
  error: () => undefined,
};

async function start(delivery: Partial<DeliveryOptions> = {}): Promise<TestDesk> {
  warnings.splice(0);
  desk = await TestDesk.start({
    webhook: { url: receiver.url, secret: 'a-secret' },
    // Long enough for a busy machine to answer within it.
    delivery: { retryMs: 10, timeoutMs: 1_500, ...delivery },
    log,
  });
  return desk;
}
const arrived = (count: number) =>
  until(
    () => receiver.received.length === count,
    `${count} deliveries, there are ${receiver.received.length}`,
  );
const quiet = () => new Promise((resolve) => setTimeout(resolve, 150));
const header = ({ headers }: Received, name: string) => String(headers[`x-zendesk-${name}`]);

/** Without the events of its creation. */
async function startWithTicket(delivery: Partial<DeliveryOptions> = {}): Promise<[TestDesk, string]> {
  const running = await start(delivery);
  const id = await running.newTicket();
  await arrived(2 * (delivery.copies ?? 1));
  receiver.received.splice(0);
  return [running, id];
}

function isSignedWith(secret: string, delivery: Received): boolean {
  const expected = createHmac('sha256', secret)
    .update(header(delivery, 'webhook-signature-timestamp') + delivery.body)
    .digest('base64');
  return header(delivery, 'webhook-signature') === expected;
}

describe('an event', () => {
  it('is signed over timestamp and raw body, and says where it comes from', async () => {
    await (await start()).newTicket('Grüße, "Ann" — 🙂');
    await arrived(2);
    for (const delivery of receiver.received) {
      expect(isSignedWith('a-secret', delivery)).toBe(true);
      expect(isSignedWith('another', delivery)).toBe(false);
      expect(Date.parse(header(delivery, 'webhook-signature-timestamp'))).toBeGreaterThan(
        Date.now() - 10_000,
      );
      expect(header(delivery, 'account-id')).toBe('4242');
      expect(header(delivery, 'webhook-id')).toBe('configured-at-start');
      expect(header(delivery, 'webhook-invocation-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('is sent for every change, own writes too, ids as texts and enums in upper case', async () => {
    const [running, id] = await startWithTicket();
    const update = await running.put(id, {
      comment: { body: 'Hello', public: true },
      assignee_email: 'nora@demo-shop.example',
      priority: 'high',
      tags: ['vip'],
      subject: 'Renamed',
    });
    await arrived(7);
    expect(receiver.types()).toEqual([
      'agent_assignment_changed',
      'comment_added',
      'group_assignment_changed',
      'priority_changed',
      'status_changed',
      'subject_changed',
      'tags_changed',
    ]);
    const { author_id: actor, events } = auditIn(update);
    const written = events.find(({ type }) => type === 'Comment')?.id;
    expect(eventOf('comment_added')).toMatchObject({
      subject: `zen:ticket:${id}`,
      detail: {
        id,
        status: 'OPEN',
        priority: 'HIGH',
        actor_id: String(actor),
        via: { channel: 'web_service' },
      },
      event: {
        comment: { id: String(written), is_public: true, author: { is_staff: true, name: 'Deskhand' } },
        meta: { sequence: { total: 7 } },
      },
    });
    const [nora, support] = [running.people.agentId('Nora Lind'), running.people.groupId('Support')];
    const changes = {
      status_changed: { current: 'OPEN', previous: 'NEW' },
      priority_changed: { current: 'HIGH', previous: null },
      agent_assignment_changed: { current: String(nora), previous: null },
      group_assignment_changed: { current: String(support), previous: null },
      subject_changed: { current: 'Renamed', previous: 'My order' },
      tags_changed: { tags_added: ['vip'], tags_removed: [] },
    };
    for (const [name, change] of Object.entries(changes)) expect(eventOf(name)?.event).toMatchObject(change);
  });

  it('about a customer names them by id and as no staff, even one made by the same message', async () => {
    await (await start()).newTicket('Hello', { name: 'Cy Day', email: 'cy@example.com' });
    await arrived(2);
    expect(eventOf('comment_added')?.event).toMatchObject({
      comment: { body: 'Hello', is_public: true, author: { is_staff: false, name: 'Cy Day' } },
    });
    expect(eventOf('created')?.detail).toMatchObject({ via: { channel: 'web' }, status: 'NEW' });
  });

  it('is not sent when nothing changed, nor for a refused write', async () => {
    const [running, id] = await startWithTicket();
    await running.put(id, { status: 'new' });
    await running.put(id, { status: 'asleep' });
    await quiet();
    expect(receiver.received).toEqual([]);
  });

  const eventOf = (name: string) =>
    receiver.received.find(({ event }) => event.type.endsWith(`ticket.${name}`))?.event;
});

describe('a delivery', () => {
  const reset: Reply = 'reset';
  it.each<[string, Reply[], number, string | null]>([
    ['a 409 up to three times', [409, 409, 409, 409, 200], 4, 'the endpoint answered 409'],
    ['a 409 until it is taken', [409, 200], 2, null],
    ['a 429 with a short Retry-After', [{ status: 429, retryAfter: '0' }, 200], 2, null],
    ['a 503 with a short Retry-After', [{ status: 503, retryAfter: '0' }, 200], 2, null],
    ['a time-out', ['silence', 200], 2, null],
    ['a broken connection', [reset, reset, 200], 3, null],
    ['a broken connection up to five times', Array<Reply>(9).fill(reset), 6, 'the connection failed'],
    [
      'not a 503 with a long Retry-After',
      [{ status: 503, retryAfter: '60' }],
      1,
      'the endpoint answered 503',
    ],
    [
      'not a 429 that names a date',
      [{ status: 429, retryAfter: 'tomorrow' }],
      1,
      'the endpoint answered 429',
    ],
    ['not a 429 without Retry-After', [429], 1, 'the endpoint answered 429'],
    ['not a 500', [500], 1, 'the endpoint answered 500'],
    ['not a redirect', [302], 1, 'the endpoint answered 302'],
  ])('is tried again after %s', async (_what, replies, attempts, givenUp) => {
    const [running, id] = await startWithTicket();
    receiver.replies.push(...replies);
    await running.put(id, { priority: 'low' });
    await arrived(attempts);
    if (givenUp !== null) await until(() => warnings.length > 0, 'it to be given up');
    await quiet();
    expect(receiver.received).toHaveLength(attempts);
    // Each attempt is the same delivery of the same event, signed anew.
    expect(new Set(receiver.received.map((one) => header(one, 'webhook-invocation-id'))).size).toBe(1);
    expect(new Set(receiver.received.map(({ event }) => event.id)).size).toBe(1);
    expect(receiver.received.every((one) => isSignedWith('a-secret', one))).toBe(true);
    const lost = { message: 'a webhook event was given up', fields: { desk: 'embedded', reason: givenUp } };
    expect(warnings).toEqual(givenUp === null ? [] : [lost]);
  });

  it('waits as long as Retry-After says', async () => {
    const [running, id] = await startWithTicket();
    receiver.replies.push({ status: 429, retryAfter: '1' });
    await running.put(id, { priority: 'low' });
    await arrived(2);
    const [first, second] = receiver.received;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it('waits longer from time to time', async () => {
    const [running, id] = await startWithTicket({ retryMs: 40 });
    receiver.replies.push(409, 409, 409);
    await running.put(id, { priority: 'low' });
    await arrived(4);
    const times = receiver.received.map(({ at }) => at);
    const waits = times.slice(1).map((at, index) => at - (times[index] ?? at));
    expect(waits.every((wait, index) => wait >= 40 * 2 ** index - 2)).toBe(true);
  });

  it('happens twice when asked, the same event each time', async () => {
    await (await start({ copies: 2 })).newTicket();
    await arrived(4);
    expect(new Set(receiver.received.map(({ event }) => event.id)).size).toBe(2);
    expect(new Set(receiver.received.map((one) => header(one, 'webhook-invocation-id'))).size).toBe(4);
  });

  it('happens in reverse when asked, and what is held back comes in the end', async () => {
    const [running, id] = await startWithTicket({ reorder: 3 });
    const positions = () =>
      receiver.received.map(({ event }) => sequenceSchema.parse(event.event).meta.sequence.position);
    await running.put(id, { status: 'open', priority: 'low', tags: ['a'], comment: { body: 'x' } });
    await arrived(4);
    expect(positions().at(-1)).toBe(4);
    expect(positions().slice(0, 3).sort()).toEqual([1, 2, 3]);
  });

  it('neither holds up nor fails a write when nobody listens, and ends with the desk at once', async () => {
    const webhook = { url: 'http://127.0.0.1:9/nobody' };
    // Longer than a test may take.
    const alone = await TestDesk.start({ webhook, delivery: { retryMs: 600_000, timeoutMs: 600_000 } });
    expect(await alone.newTicket()).toBe('1');
    await alone.stop();
  });

  const sequenceSchema = z.object({ meta: z.object({ sequence: z.object({ position: z.number() }) }) });
});

describe('webhooks made over the API', () => {
  const wanted = (change: Record<string, unknown> = {}) => ({
    webhook: {
      name: 'own',
      endpoint: receiver.url,
      http_method: 'POST',
      request_format: 'json',
      subscriptions: ['zen:event-type:ticket.created'],
      ...change,
    },
  });
  const madeSchema = z.object({ webhook: z.object({ id: z.string() }) });
  const secretSchema = z.object({ signing_secret: z.object({ secret: z.string() }) });
  const make = async (running: TestDesk, change: Record<string, unknown> = {}) =>
    madeSchema.parse((await running.call('POST', '/api/v2/webhooks', wanted(change))).body).webhook.id;

  it('get what they subscribed to, with their own secret and headers', async () => {
    const running = await start();
    const id = await make(running, { custom_headers: { 'x-shop': 'demo' } });
    await running.newTicket();
    await arrived(3);
    const own = receiver.received.filter((one) => header(one, 'webhook-id') === id);
    expect(own.map(({ event }) => event.type)).toEqual(['zen:event-type:ticket.created']);
    expect(own[0]?.headers['x-shop']).toBe('demo');
    const address = `/api/v2/webhooks/${id}/signing_secret`;
    const { secret } = secretSchema.parse((await running.get(address)).body).signing_secret;
    expect(own.every((one) => isSignedWith(secret, one))).toBe(true);
    const fresh = secretSchema.parse((await running.call('POST', address)).body).signing_secret.secret;
    expect(fresh).not.toBe(secret);
    expect(secretSchema.parse((await running.get(address)).body).signing_secret.secret).toBe(fresh);
  });

  it('never show their secret beside the endpoint made for it', async () => {
    const running = await start();
    const id = await make(running);
    for (const address of ['/api/v2/webhooks', `/api/v2/webhooks/${id}`]) {
      expect((await running.get(address)).text).not.toContain('secret');
    }
  });

  it('that are inactive or deleted get nothing', async () => {
    const running = await start();
    await make(running, { status: 'inactive' });
    const gone = await make(running);
    expect((await running.call('DELETE', `/api/v2/webhooks/${gone}`)).status).toBe(204);
    expect(await running.get(`/api/v2/webhooks/${gone}`)).toMatchObject({
      status: 404,
      body: { errors: [{ code: 'WebhookNotFound' }] },
    });
    await running.newTicket();
    await arrived(2);
    await quiet();
    expect(receiver.received.every((one) => header(one, 'webhook-id') === 'configured-at-start')).toBe(true);
  });

  it('stay over a restart, unlike the configured one when the desk starts without it', async () => {
    const running = await start();
    await make(running);
    desk = await running.restart();
    expect((await desk.get('/api/v2/webhooks')).body).toMatchObject({
      webhooks: [{ name: 'own' }],
      count: 1,
    });
  });

  it.each([
    ['without a name', { name: '' }],
    ['to no address', { endpoint: 'ftp://example.com' }],
    ['with GET', { http_method: 'GET' }],
    ['as a form', { request_format: 'form_encoded' }],
    ['for nothing', { subscriptions: [] }],
  ])('are refused %s, with the field', async (_what, change) => {
    const answer = await (await start()).call('POST', '/api/v2/webhooks', wanted(change));
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ code: 'InvalidWebhook' }] } });
    expect(answer.text).toContain(`webhook.${Object.keys(change)[0] ?? ''}`);
  });
});
