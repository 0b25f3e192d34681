/** The embedded Freshdesk keeps automation rules, and refuses what Freshdesk refuses. */
import { until } from '../../../support/until';
import { openTarget } from '../common/calledTarget';
import { TestFreshdesk } from './testFreshdesk';

let desk: TestFreshdesk;
beforeAll(async () => {
  desk = await TestFreshdesk.start({ limits: { requestsPerMinute: 100_000 } });
});
afterAll(() => desk.stop());

const anyTicket = {
  ...{ name: 'condition_set_1', match_type: 'all' },
  properties: [{ resource_type: 'ticket', field_name: 'priority', operator: 'in', value: [1, 2, 3, 4] }],
};
const webhook = {
  ...{ field_name: 'trigger_webhook', url: 'https://acme.example/hook', request_type: 'POST' },
  ...{ content_type: 'JSON', content_layout: '2', content: { ticket_id: '{{ticket.id}}' } },
  custom_headers: { 'X-Secret': 'long' },
};
const onCreation = { name: 'Tell', active: true, conditions: [anyTicket], actions: [webhook] };
const onUpdates = {
  ...{ name: 'Tell', active: true, performer: { type: 2 }, events: [{ field_name: 'reply_sent' }] },
  actions: [webhook],
};
const mistakesIn = ({ body }: { readonly body: unknown }) =>
  ((body as { errors?: { field: string; code: string }[] }).errors ?? []).map(
    ({ field, code }) => `${field}: ${code}`,
  );

test('a rule is made, shown as it was sent, changed in part, and taken away', async () => {
  const made = await desk.call('POST', '/automations/1/rules', { ...onCreation, description: 'Ours' });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ ...onCreation, description: 'Ours', position: 1, outdated: false });
  const { id } = made.body as { id: number };
  expect((await desk.call('GET', '/automations/1/rules')).body).toEqual([made.body]);
  expect((await desk.call('GET', '/automations/4/rules')).body).toEqual([]);
  const changed = await desk.call('PUT', `/automations/1/rules/${id}`, { active: false });
  expect(changed.body).toMatchObject({ ...onCreation, active: false });
  expect((await desk.call('GET', `/automations/1/rules/${id}`)).body).toEqual(changed.body);
  expect((await desk.call('GET', `/automations/4/rules/${id}`)).status).toBe(404);
  expect(await desk.call('DELETE', `/automations/1/rules/${id}`)).toMatchObject({ status: 204, text: '' });
  expect((await desk.call('DELETE', `/automations/1/rules/${id}`)).status).toBe(404);
});

test('a rule calls for whom it waits for, and where its conditions hold; a target that fails disturbs nobody', async () => {
  const target = await openTarget('freshdesk');
  const other = await TestFreshdesk.start();
  const to = (name: string) => ({
    ...webhook,
    url: target.url,
    content: { rule: name, id: '{{ticket.id}}' },
  });
  const make = (type: number, name: string, rule: object) =>
    other.call('POST', `/automations/${type}/rules`, { ...rule, name, actions: [to(name)] });
  const urgent = { ...anyTicket, properties: [{ ...anyTicket.properties[0], value: [4] }] };
  await make(1, 'made', onCreation);
  await make(1, 'made urgent', { ...onCreation, conditions: [urgent] });
  await make(1, 'switched off', { ...onCreation, active: false });
  await make(4, 'customer wrote', onUpdates);
  await make(4, 'agent wrote', { ...onUpdates, performer: { type: 1 } });
  target.status = 500;
  const { ticketId: id } = await other.people.customerOpens('Where is my order?');
  await other.people.agentActs(id, 'Nora Lind', { comment: { body: 'On its way.', public: true } });
  await other.people.agentActs(id, 'Nora Lind', { comment: { body: 'Ask the carrier.', public: false } });
  await other.people.customerWrites(id, 'Thank you.');
  await until('three calls', () => Promise.resolve(target.calls.length >= 3 || null));
  await other.stop();
  expect(target.calls.map(({ body }) => body)).toEqual(
    expect.arrayContaining(['made', 'agent wrote', 'customer wrote'].map((rule) => ({ rule, id }))),
  );
  expect(target.calls).toHaveLength(3);
  await target.close();
});

test('rules outlast a restart', async () => {
  const other = await TestFreshdesk.start();
  await other.call('POST', '/automations/4/rules', onUpdates);
  const again = await other.restart();
  expect((await again.call('GET', '/automations/4/rules')).body).toMatchObject([onUpdates]);
  await again.stop();
});

test.each<[string, number, unknown, readonly string[]]>([
  ['nothing', 1, {}, ['name: missing_field', 'actions: missing_field']],
  [
    'a rule for new tickets without conditions',
    1,
    { ...onCreation, conditions: undefined },
    ['conditions: missing_field'],
  ],
  ['one that waits for somebody', 1, { ...onCreation, performer: { type: 2 } }, ['performer: invalid_field']],
  [
    'one for updates that waits for nobody and nothing',
    4,
    { ...onUpdates, performer: undefined, events: undefined },
    ['performer: missing_field', 'events: missing_field'],
  ],
  ['somebody unknown', 4, { ...onUpdates, performer: { type: 9 } }, ['performer.type: invalid_value']],
  ['no actions', 1, { ...onCreation, actions: [] }, ['actions: invalid_value']],
  ['an unknown field', 1, { ...onCreation, colour: 'red' }, ['colour: invalid_field']],
  [
    'a webhook to no address',
    1,
    { ...onCreation, actions: [{ ...webhook, url: 'acme' }] },
    ['actions.0.url: invalid_value'],
  ],
  [
    'a webhook of no content type',
    1,
    { ...onCreation, actions: [{ ...webhook, content_type: undefined }] },
    ['actions.0: invalid_value'],
  ],
  [
    'six headers',
    1,
    {
      ...onCreation,
      actions: [
        { ...webhook, custom_headers: Object.fromEntries('abcdef'.split(/(?=.)/).map((h) => [h, h])) },
      ],
    },
    ['actions.0.custom_headers: invalid_value'],
  ],
])('%s is refused', async (_what, type, body, mistakes) => {
  const answer = await desk.call('POST', `/automations/${type}/rules`, body);
  expect(answer.status).toBe(400);
  expect(mistakesIn(answer)).toEqual(mistakes);
});

test.each(['/automations/2/rules', '/automations/x/rules', '/automations/1/rules/7'])(
  '%s is not there',
  async (path) => {
    expect((await desk.call('GET', path)).status).toBe(404);
  },
);
