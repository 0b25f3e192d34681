/** Triggers of the embedded Zendesk: as strict as the documents say, and calling the webhook that they name. */
import { createServer } from 'node:http';
import { z } from 'zod';
import { until } from '../../../support/until';
import { agents, roomyLimits, TestDesk } from './harness';

let desk: TestDesk;
let webhookId: string;
let bodies: string[];
let endpoint: string;
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    bodies.push(Buffer.concat(chunks).toString('utf8'));
    response.end();
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/called`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(async () => {
  bodies = [];
  desk = await TestDesk.start({ limits: roomyLimits, delivery: { retryMs: 10 } });
  webhookId = await newWebhook(['conditional_ticket_events']);
});
afterEach(() => desk.stop());

async function newWebhook(subscriptions: readonly string[]): Promise<string> {
  const webhook = { name: 'Hook', endpoint, http_method: 'POST', request_format: 'json', subscriptions };
  const { body } = await desk.call('POST', '/api/v2/webhooks', { webhook });
  return z.object({ webhook: z.object({ id: z.string() }) }).parse(body).webhook.id;
}
const is = (field: string, value: string, operator = 'is') => ({ field, operator, value });
const calls = (template = '{"ticket_id": "{{ticket.id}}"}') => [
  { field: 'notification_webhook', value: [webhookId, template] },
];
const make = (trigger: Record<string, unknown>, as?: string) =>
  desk.call('POST', '/api/v2/triggers', { trigger }, as === undefined ? {} : { as });
const idOf = (body: unknown) => z.object({ trigger: z.object({ id: z.number() }) }).parse(body).trigger.id;
const called = (count: number) =>
  until(`call ${count}`, () => Promise.resolve(bodies.length >= count || null));

it('is made, shown, changed and deleted; conditions may stand in either place', async () => {
  const any = [is('update_type', 'Create')];
  const made = await make({ title: 'Tell', conditions: { any }, actions: calls() });
  expect(made).toMatchObject({
    status: 201,
    body: { trigger: { active: true, conditions: { all: [], any } } },
  });
  const address = `/api/v2/triggers/${idOf(made.body)}`;
  const all = [is('status', 'hold')];
  expect(await desk.call('PUT', address, { trigger: { title: 'Renamed', all } })).toMatchObject({
    status: 200,
  });
  expect((await desk.get(address)).body).toMatchObject({
    trigger: { title: 'Renamed', conditions: { all, any }, actions: calls() },
  });
  expect((await desk.get('/api/v2/triggers?page[size]=10')).body).toMatchObject({
    meta: { has_more: false },
  });
  expect(await desk.call('DELETE', address)).toMatchObject({ status: 204 });
  expect(await desk.get(address)).toMatchObject({ status: 404 });
});

it.each<[string, () => Record<string, unknown>, number]>([
  ['without a title', () => ({ any: [is('status', 'new')], actions: calls() }), 400],
  ['without a condition', () => ({ title: 'T', actions: calls() }), 422],
  ['without an action', () => ({ title: 'T', any: [is('status', 'new')], actions: [] }), 400],
  ['with a field that is none', () => ({ title: 'T', any: [is('mood', 'bad')], actions: calls() }), 400],
  [
    'that calls no webhook that is there',
    () => ({
      ...{ title: 'T', any: [is('status', 'new')] },
      actions: [{ field: 'notification_webhook', value: ['gone', '{}'] }],
    }),
    422,
  ],
])('one %s is refused', async (_what, trigger, status) => {
  expect(await make(trigger())).toMatchObject({ status });
});

it('needs an admin', async () => {
  const trigger = { title: 'T', any: [is('status', 'new')], actions: calls() };
  expect(await make(trigger, agents.nora)).toMatchObject({ status: 403 });
  expect(await desk.get('/api/v2/triggers', { as: agents.nora })).toMatchObject({ status: 200 });
});

it.each<[string, Record<string, unknown>, readonly string[]]>([
  ['a ticket that is made', { any: [is('update_type', 'Create')] }, ['new']],
  ['changes, not creation', { any: [is('update_type', 'Change')] }, ['asked', 'noted', 'held']],
  ['customers', { all: [is('role', 'end_user')] }, ['new', 'asked']],
  ['everybody but agents', { all: [is('role', 'agent', 'is_not')] }, ['new', 'asked']],
  ['public comments', { all: [is('comment_is_public', 'true')] }, ['new', 'asked']],
  ['what holds both', { all: [is('status', 'hold')], any: [is('role', 'agent')] }, ['held']],
])('is pulled by %s', async (_what, conditions, expected) => {
  const all = ['new', 'asked', 'noted', 'held'];
  await make({ title: 'T', ...conditions, actions: calls('{{ticket.status}} {{current_user.name}}') });
  const id = await desk.newTicket();
  await desk.customerWrites(id, 'Hello?');
  await desk.put(id, { comment: { body: 'For us', public: false } }, { as: agents.nora });
  await desk.put(id, { status: 'hold' }, { as: agents.nora });
  const told = {
    new: 'new Ann Lee',
    asked: 'new Ann Lee',
    noted: 'new Nora Lind',
    held: 'hold Nora Lind',
  } satisfies Record<string, string>;
  const words = all
    .filter((name) => expected.includes(name))
    .map((name) => Object.entries(told).find(([key]) => key === name)?.[1]);
  await called(expected.length);
  expect(bodies.toSorted()).toEqual(words.toSorted());
});

it('a switched-off one calls nobody, and one calls its own webhook alone', async () => {
  const other = await newWebhook(['conditional_ticket_events']);
  const any = [is('update_type', 'Create')];
  await make({ title: 'Off', active: false, any, actions: calls('off') });
  await make({ title: 'On', any, actions: [{ field: 'notification_webhook', value: [other, 'on'] }] });
  await desk.newTicket();
  await called(1);
  expect(bodies).toEqual(['on']);
});

it('is there after a restart, and its webhook does not go before it', async () => {
  const { body } = await make({ title: 'T', any: [is('update_type', 'Create')], actions: calls() });
  desk = await desk.restart({ limits: roomyLimits });
  expect(await desk.call('DELETE', `/api/v2/webhooks/${webhookId}`)).toMatchObject({ status: 400 });
  const id = await desk.newTicket();
  await called(1);
  expect(bodies).toEqual([`{"ticket_id": "${id}"}`]);
  expect(await desk.call('DELETE', `/api/v2/triggers/${idOf(body)}`)).toMatchObject({ status: 204 });
  expect(await desk.call('DELETE', `/api/v2/webhooks/${webhookId}`)).toMatchObject({ status: 204 });
});
