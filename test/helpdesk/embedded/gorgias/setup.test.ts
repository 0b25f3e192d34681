/** The embedded Gorgias keeps HTTP integrations and views, and refuses what Gorgias refuses. */
import { mistakesIn, TestGorgias } from './testGorgias';

let desk: TestGorgias;
beforeAll(async () => {
  desk = await TestGorgias.start();
});
afterAll(() => desk.stop());

const http = {
  ...{ url: 'https://acme.example/hook', method: 'POST', headers: { 'X-Secret': 'long' } },
  ...{ request_content_type: 'application/json', response_content_type: 'application/json' },
  ...{ form: { ticket_id: '{{ticket.id}}' }, triggers: { 'ticket-created': true } },
};
const integration = { name: 'Ours', type: 'http', description: 'Tells us.', http };
const view = {
  name: 'Late',
  type: 'ticket-list',
  filters: "containsAll(ticket.tags.name, ['late']) && neq(ticket.status, 'closed')",
};
const idOf = ({ body }: { readonly body: unknown }) => (body as { id: number }).id;

test('an integration is made beside those that customers write through, switched off, and taken away', async () => {
  const made = await desk.call('POST', '/integrations', integration);
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ ...integration, deactivated_datetime: null });
  const { data } = await desk.list('/integrations');
  expect(data.map(({ type }) => type)).toEqual(['email', 'gorgias_chat', 'http']);
  const off = '2026-11-01T00:00:00+00:00';
  const changed = await desk.call('PUT', `/integrations/${idOf(made)}`, { deactivated_datetime: off });
  expect(changed).toMatchObject({ status: 202, body: { ...integration, deactivated_datetime: off } });
  expect((await desk.call('DELETE', `/integrations/${idOf(made)}`)).status).toBe(204);
  expect((await desk.call('DELETE', `/integrations/${idOf(made)}`)).status).toBe(404);
});

test('a view is made, its filters written anew; a number of something else is not there', async () => {
  const made = await desk.call('POST', '/views', view);
  expect(made.body).toMatchObject({
    name: 'Late',
    filters: 'containsAll(ticket.tags.name, ["late"]) &&\nneq(ticket.status, "closed")',
  });
  expect((await desk.list('/views')).data).toHaveLength(1);
  expect((await desk.call('PUT', `/integrations/${idOf(made)}`, { name: 'Other' })).status).toBe(404);
  expect((await desk.call('PUT', `/views/${idOf(made)}`, { name: 'Other' })).body).toMatchObject({
    name: 'Other',
  });
  expect((await desk.call('DELETE', '/views/28001')).status).toBe(404);
  await desk.call('DELETE', `/views/${idOf(made)}`);
  expect((await desk.list('/views')).data).toEqual([]);
});

test.each<[string, string, unknown, readonly string[]]>([
  ['nothing', '/integrations', {}, ['name', 'type', 'http']],
  [
    'an address that is none',
    '/integrations',
    { ...integration, http: { ...http, url: 'acme' } },
    ['http.url'],
  ],
  [
    'a trigger that there is not',
    '/integrations',
    { ...integration, http: { ...http, triggers: { 'ticket-read': true } } },
    ['ticket-read'],
  ],
  ['an integration of another type', '/integrations', { ...integration, type: 'email' }, ['type']],
  ['an unknown field', '/integrations', { ...integration, colour: 'red' }, ['colour']],
  ['a view without filters', '/views', { name: 'Late' }, ['filters']],
  ['filters that are no code', '/views', { ...view, filters: 'late' }, ['filters']],
  ['an order of its own', '/views', { ...view, order_dir: 'up' }, ['order_dir']],
])('%s is refused', async (_what, path, body, mistakes) => {
  const answer = await desk.call('POST', path, body);
  expect(answer.status).toBe(400);
  expect(mistakesIn(answer)).toEqual(mistakes);
});
