/** Users, groups and memberships, as the adapter and the page ask for them. */
import { z } from 'zod';
import { agents, idsIn, TestDesk } from './harness';

let desk: TestDesk;
beforeAll(async () => {
  desk = await TestDesk.start();
  await desk.newTicket();
});
afterAll(() => desk.stop());

it('me is whoever the address in the credentials names, customers too', async () => {
  expect((await desk.get('/api/v2/users/me.json')).body).toMatchObject({
    user: { email: 'deskhand@demo-shop.example', role: 'admin', role_type: 4, moderator: true },
  });
  expect((await desk.get('/api/v2/users/me', { as: 'ANN@example.com' })).body).toMatchObject({
    user: { name: 'Ann Lee', role: 'end-user', ticket_restriction: 'requested', suspended: false },
  });
});

it('one user is shown by id', async () => {
  const id = desk.people.agentId('Nora Lind');
  expect((await desk.get(`/api/v2/users/${id}`)).body).toMatchObject({
    user: { id, name: 'Nora Lind', role: 'agent', url: `${desk.desk.url}/api/v2/users/${id}.json` },
  });
});

it('many users are shown at once, unknown ids left out', async () => {
  const [nora, tomas] = [desk.people.agentId('Nora Lind'), desk.people.agentId('Tomas Reyes')];
  const answer = await desk.get(`/api/v2/users/show_many.json?ids=${tomas},5,${nora}`);
  expect(idsIn(answer, 'users')).toEqual([tomas, nora]);
});

it.each([
  ['none', ''],
  ['a word', 'nora'],
  ['a hundred and one', Array.from({ length: 101 }, (_, id) => id + 1).join(',')],
])('many users: %s is refused', async (_what, ids) => {
  expect(await desk.get(`/api/v2/users/show_many?ids=${ids}`)).toMatchObject({
    status: 400,
    body: { error: { title: 'Invalid attribute' } },
  });
});

it('groups are listed by either pagination', async () => {
  const names = z.object({ groups: z.array(z.object({ name: z.string(), deleted: z.boolean() })) });
  for (const query of ['', '?page[size]=100']) {
    const { groups } = names.parse((await desk.get(`/api/v2/groups${query}`)).body);
    expect(groups.map(({ name }) => name)).toEqual(['Support', 'Tier 2', 'Billing']);
    expect(groups.some(({ deleted }) => deleted)).toBe(false);
  }
});

it('memberships tell the groups of a person, the default one marked', async () => {
  const tomas = desk.people.agentId('Tomas Reyes');
  const [billing, support] = [desk.people.groupId('Billing'), desk.people.groupId('Support')];
  const answer = await desk.get(`/api/v2/users/${tomas}/group_memberships?page[size]=100`);
  expect(answer.body).toMatchObject({
    group_memberships: [
      { user_id: tomas, group_id: billing, default: true },
      { user_id: tomas, group_id: support, default: false },
    ],
  });
});

it.each([
  ['/api/v2/users/1', 404, { error: 'RecordNotFound' }],
  ['/api/v2/users/1/group_memberships', 404, { error: 'RecordNotFound' }],
  ['/api/v2/users/nora', 400, { error: { title: 'Invalid attribute' } }],
])('%s is refused with %i', async (address, status, body) => {
  expect(await desk.get(address)).toMatchObject({ status, body });
});

it('everybody and everything is for staff, except oneself', async () => {
  const id = desk.people.agentId('Nora Lind');
  const closed = [`/users/${id}`, `/users/show_many?ids=${id}`, `/users/${id}/group_memberships`, '/groups'];
  for (const address of closed) {
    expect((await desk.get(`/api/v2${address}`, { as: 'ann@example.com' })).status).toBe(403);
    expect((await desk.get(`/api/v2${address}`, { as: agents.tomas })).status).toBe(200);
  }
});

it('an address is one person, however it is spelled; an agent may be a customer too', async () => {
  const first = await desk.ticket(await desk.newTicket('a', { email: 'Cy@Example.com', name: 'Cy' }));
  const second = await desk.ticket(await desk.newTicket('b', { email: 'cy@example.com', name: 'Other' }));
  expect(second.requester_id).toBe(first.requester_id);
  const own = await desk.ticket(await desk.newTicket('c', { email: agents.nora }));
  expect(own.requester_id).toBe(desk.people.agentId('Nora Lind'));
});

it('a ticket brings its people on request, and nothing beside itself otherwise', async () => {
  const id = await desk.newTicket();
  await desk.put(id, { assignee_email: agents.nora });
  expect(Object.keys((await desk.get(`/api/v2/tickets/${id}`)).body ?? {})).toEqual(['ticket']);
  const more = await desk.get(`/api/v2/tickets/${id}?include=comment_count,users`);
  expect(more.body).toMatchObject({
    ticket: { comment_count: 1 },
    users: [{ name: 'Ann Lee' }, { name: 'Nora Lind' }],
  });
});
