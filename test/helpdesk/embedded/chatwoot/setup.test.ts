/** The embedded Chatwoot keeps webhooks and labels, for administrators, and refuses what Chatwoot refuses. */
import { TestChatwoot } from './testChatwoot';

let desk: TestChatwoot;
beforeAll(async () => {
  desk = await TestChatwoot.start({ botRole: 'administrator' });
});
afterAll(() => desk.stop());

const url = 'https://acme.example/hook';
interface Made {
  readonly payload: { readonly webhook: { readonly id: number; readonly secret: string } };
}

test('a webhook gets a secret, is shown with it, changed in part, and taken away', async () => {
  const webhook = { url, name: 'Ours', subscriptions: ['message_created'] };
  const { status, body } = await desk.call('POST', '/webhooks', { webhook });
  expect(status).toBe(200);
  const { id, secret } = (body as Made).payload.webhook;
  expect(secret).toMatch(/^\S{20,}$/);
  const shown = { id, account_id: 1, secret, ...webhook };
  expect((await desk.call('GET', '/webhooks')).body).toEqual({ payload: { webhooks: [shown] } });
  expect(await desk.call('POST', '/webhooks', { webhook })).toMatchObject({
    status: 422,
    body: { message: 'url has already been taken', attributes: ['url'] },
  });
  const change = { name: 'Theirs', url: 'https://other.example' };
  const changed = await desk.call('PATCH', `/webhooks/${id}`, { webhook: change });
  expect(changed.body).toEqual({ payload: { webhook: { ...shown, name: 'Theirs' } } });
  expect(await desk.call('DELETE', `/webhooks/${id}`)).toMatchObject({ status: 200, text: '' });
  expect((await desk.call('PATCH', `/webhooks/${id}`, { webhook: {} })).status).toBe(404);
  expect((await desk.call('DELETE', `/webhooks/${id}`)).status).toBe(404);
});

test('a label is made in small letters, changed in part, and taken away', async () => {
  const made = await desk.call('POST', '/labels', { label: { title: 'VIP', description: 'Ours' } });
  const label = { title: 'vip', description: 'Ours', color: '#1f93ff', show_on_sidebar: false };
  expect(made.body).toMatchObject(label);
  const { id } = made.body as { id: number };
  expect((await desk.call('POST', '/labels', { label: { title: 'vip' } })).status).toBe(422);
  const { body: other } = await desk.call('POST', '/labels', { label: { title: 'late' } });
  expect(
    (await desk.call('PATCH', `/labels/${(other as { id: number }).id}`, { label: { title: 'vip' } })).status,
  ).toBe(422);
  const change = { label: { show_on_sidebar: true } };
  expect((await desk.call('PATCH', `/labels/${id}`, change)).body).toEqual({
    id,
    ...label,
    show_on_sidebar: true,
  });
  expect((await desk.call('DELETE', `/labels/${id}`)).status).toBe(200);
  expect((await desk.call('GET', '/labels')).body).toMatchObject({ payload: [{ title: 'late' }] });
  expect((await desk.call('DELETE', `/labels/${id}`)).status).toBe(404);
  expect((await desk.call('PATCH', `/labels/${id}`, change)).status).toBe(404);
});

test.each<[string, string, unknown]>([
  ['a webhook without an address', '/webhooks', { webhook: { subscriptions: ['message_created'] } }],
  ['an address that is none', '/webhooks', { webhook: { url: 'acme' } }],
  ['events that there are not', '/webhooks', { webhook: { url, subscriptions: ['ticket_created'] } }],
  ['no events at all', '/webhooks', { webhook: { url, subscriptions: [] } }],
  ['nothing', '/webhooks', {}],
  ['a label without a title', '/labels', { label: { description: 'Ours' } }],
  ['a title with a space', '/labels', { label: { title: 'very important' } }],
  ['a title of one letter', '/labels', { label: { title: 'v' } }],
])('%s is refused', async (_what, path, body) => {
  expect((await desk.call('POST', path, body)).status).toBe(422);
});

test('an agent may see labels, and nothing else of it', async () => {
  const agents = await TestChatwoot.start();
  const label = { label: { title: 'vip' } };
  expect((await agents.call('GET', '/labels')).status).toBe(200);
  for (const [method, path, body] of [
    ['GET', '/webhooks', undefined],
    ['POST', '/webhooks', { webhook: { url } }],
    ['PATCH', '/webhooks/1', { webhook: {} }],
    ['DELETE', '/webhooks/1', undefined],
    ['POST', '/labels', label],
    ['PATCH', '/labels/1', label],
    ['DELETE', '/labels/1', undefined],
  ] as const) {
    const { status, body: said } = await agents.call(method, path, body);
    expect([status, said]).toEqual([401, { error: 'You are not authorized to do this action' }]);
  }
  await agents.stop();
});
