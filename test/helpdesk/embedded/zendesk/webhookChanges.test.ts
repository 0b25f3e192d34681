/** Webhooks are changed as Zendesk's documents have it, and say what became of their deliveries. */
import { z } from 'zod';
import { roomyLimits, TestDesk } from './harness';
import { startReceiver, type Reply } from './webhookReceiver';
import { until } from '../../../support/until';

let desk: TestDesk;
let id: string;
beforeAll(async () => {
  desk = await TestDesk.start({ limits: roomyLimits, delivery: { retryMs: 1, timeoutMs: 500 } });
});
afterAll(() => desk.stop());

const whole = {
  name: 'own',
  endpoint: 'http://127.0.0.1:9/hook',
  http_method: 'POST',
  request_format: 'json',
  status: 'inactive',
};
const subscriptions = ['zen:event-type:ticket.created'];
const one = z.object({ webhook: z.looseObject({ id: z.string() }) });
const make = async (more: Record<string, unknown> = {}) =>
  one.parse(
    (await desk.call('POST', '/api/v2/webhooks', { webhook: { ...whole, subscriptions, ...more } })).body,
  ).webhook.id;
const change = (method: string, webhook: unknown) => desk.call(method, `/api/v2/webhooks/${id}`, { webhook });
const shown = async () => one.parse((await desk.get(`/api/v2/webhooks/${id}`)).body).webhook;

beforeEach(async () => {
  id = await make({ description: 'first', custom_headers: { a: 'b' } });
});
afterEach(() => desk.call('DELETE', `/api/v2/webhooks/${id}`));

it('PATCH changes what it names, and keeps the rest and the secret', async () => {
  const before = await shown();
  const secret = await desk.get(`/api/v2/webhooks/${id}/signing_secret`);
  expect(await change('PATCH', { name: 'renamed' })).toMatchObject({ status: 204, text: '' });
  expect({ ...(await shown()), updated_at: null }).toEqual({ ...before, name: 'renamed', updated_at: null });
  expect((await desk.get(`/api/v2/webhooks/${id}/signing_secret`)).body).toEqual(secret.body);
});

it('PUT gives all of it anew, but the subscriptions stay unless they are named', async () => {
  expect(await change('PUT', { ...whole, status: 'active' })).toMatchObject({ status: 204 });
  expect(await shown()).toMatchObject({
    status: 'active',
    description: null,
    custom_headers: {},
    subscriptions,
  });
});

it('lists by a part of the name and by status', async () => {
  const other = await make({ name: 'another', status: 'active' });
  const listed = async (query: string) => {
    const { body } = await desk.get(`/api/v2/webhooks?${query}`);
    return z
      .object({ webhooks: z.array(z.object({ id: z.string() })) })
      .parse(body)
      .webhooks.map((hook) => hook.id);
  };
  expect(await listed('filter[name_contains]=nothe')).toEqual([other]);
  expect(await listed('filter[status]=inactive')).toEqual([id]);
  expect(await listed('filter[status]=inactive&filter[name_contains]=nothe')).toEqual([]);
  await desk.call('DELETE', `/api/v2/webhooks/${other}`);
});

it.each<[string, string, unknown, RegExp]>([
  [
    'PATCH',
    'from events to triggers',
    { subscriptions: ['conditional_ticket_events'] },
    /cannot change to or from/,
  ],
  [
    'PATCH',
    'both kinds at once',
    { subscriptions: [...subscriptions, 'conditional_ticket_events'] },
    /combined/,
  ],
  ['PATCH', 'no event', { subscriptions: [] }, /webhook\.subscriptions/],
  ['PATCH', 'no web address', { endpoint: 'ftp://x' }, /webhook\.endpoint/],
  ['PATCH', 'another method', { http_method: 'GET' }, /must be POST/],
  ['PATCH', 'an unknown status', { status: 'paused' }, /webhook\.status/],
  ['PUT', 'half of it', { name: 'half' }, /webhook\.endpoint/],
  ['PUT', 'no object', 'text', /webhook/],
])('%s refuses %s, and changes nothing', async (method, _what, webhook, words) => {
  const before = await shown();
  const answer = await change(method, webhook);
  expect(answer.status).toBe(400);
  expect(answer.text).toContain('InvalidWebhook');
  expect(answer.text).toMatch(words);
  expect(await shown()).toEqual(before);
});

it('one for triggers gets no events', async () => {
  const receiver = await startReceiver();
  const forTriggers = await make({
    ...{ endpoint: receiver.url, status: 'active', subscriptions: ['conditional_ticket_events'] },
  });
  await change('PATCH', { endpoint: receiver.url, status: 'active' });
  await desk.newTicket();
  await until('the other one', () => Promise.resolve(receiver.received.length > 0 || null));
  expect(receiver.received.map(({ headers }) => headers['x-zendesk-webhook-id'])).toEqual([id]);
  await desk.call('DELETE', `/api/v2/webhooks/${forTriggers}`);
  await receiver.stop();
});

it.each<[string, Reply[], string, number | null]>([
  ['taken', [200], 'success', 200],
  ['taken at the second try', [409, 200], 'success', 200],
  ['refused', [404], 'client error', 404],
  ['broken', [500], 'server error', 500],
  ['cut off', ['reset', 'reset', 'reset', 'reset', 'reset', 'reset'], 'failed', null],
])('a delivery that is %s is told of once, as %3$s', async (_how, replies, status, statusCode) => {
  const receiver = await startReceiver();
  receiver.replies.push(...replies);
  await change('PATCH', { endpoint: receiver.url, status: 'active' });
  await desk.newTicket();
  const invocations = await until('what became of it', async () => {
    const { body } = await desk.get(`/api/v2/webhooks/${id}/invocations?page[size]=10`);
    const list = z.object({ invocations: z.array(z.unknown()) }).parse(body).invocations;
    return list.length > 0 ? list : null;
  });
  expect(invocations).toMatchObject([{ status, status_code: statusCode }]);
  await receiver.stop();
});

it('only an admin sees and changes them', async () => {
  const as = 'nora@demo-shop.example';
  for (const [method, path] of [
    ['PATCH', ''],
    ['PUT', ''],
    ['GET', '/invocations'],
  ] as const) {
    const body = method === 'GET' ? undefined : { webhook: whole };
    expect(await desk.call(method, `/api/v2/webhooks/${id}${path}`, body, { as })).toMatchObject({
      status: 403,
    });
  }
  expect(await desk.call('PATCH', '/api/v2/webhooks/none', { webhook: {} })).toMatchObject({ status: 404 });
});
