/** Proof of likeness: a public Zendesk client that we did not write works against the embedded desk. */
import { createClient } from 'node-zendesk';
import { z } from 'zod';
import { TestDesk } from './harness';

let desk: TestDesk;
let ticketId: number;
const client = () =>
  createClient({
    username: desk.desk.credentials.email,
    token: desk.desk.credentials.token,
    endpointUri: desk.desk.apiUrl,
    throwOriginalException: true,
  });

beforeAll(async () => {
  desk = await TestDesk.start();
  ticketId = Number(await desk.newTicket());
});
afterAll(() => desk.stop());

it('shows a ticket', async () => {
  const { result } = await client().tickets.show(ticketId);
  expect(result).toMatchObject({ id: ticketId, subject: 'My order', status: 'new' });
});

it('creates a ticket with a requester who is made on the way', async () => {
  const creation = {
    ticket: {
      subject: 'From the client',
      comment: { body: 'Hello there' },
      requester: { name: 'Bo Chen', email: 'bo@example.com' },
    },
  };
  const { result } = await client().tickets.create(creation);
  expect(result).toMatchObject({ subject: 'From the client', description: 'Hello there' });
});

it('updates a ticket with a public reply and a status', async () => {
  const { result } = await client().tickets.update(ticketId, {
    ticket: { comment: { body: 'It is on its way.', public: true }, status: 'pending' },
  });
  expect(result).toMatchObject({ id: ticketId, status: 'pending' });
});

it('follows the pages of a long conversation by the absolute links it is given', async () => {
  const long = Number(await desk.newTicket());
  for (let n = 1; n <= 120; n += 1) {
    await desk.call('POST', `/_desk/customer/tickets/${long}/comments`, { body: `message ${n}` });
  }
  const comments = z
    .array(z.object({ body: z.string() }))
    .parse((await client().tickets.getComments(long)).flat());
  expect(comments).toHaveLength(121);
  expect(comments.at(-1)?.body).toBe('message 120');
});

it('lists audits', async () => {
  const audits = z
    .array(z.object({ events: z.array(z.object({ type: z.string() })) }))
    .parse((await client().ticketaudits.list(ticketId)).flat());
  expect(audits.flatMap((audit) => audit.events.map((event) => event.type))).toEqual(
    expect.arrayContaining(['Comment', 'Create', 'Change', 'Notification']),
  );
});

// The client's own addTags and updateTags send a bare list, which Zendesk's documents do not know; its requestAll
// underneath sends what is asked for.
it('adds tags with one verb and replaces them with the other', async () => {
  const { tickets } = client();
  await tickets.requestAll('PUT', ['tickets', ticketId, 'tags'], { tags: ['first'] });
  await tickets.requestAll('PUT', ['tickets', ticketId, 'tags'], { tags: ['second'] });
  expect((await tickets.show(ticketId)).result).toMatchObject({ tags: ['first', 'second'] });
  await tickets.requestAll('POST', ['tickets', ticketId, 'tags'], { tags: ['only'] });
  expect((await tickets.show(ticketId)).result).toMatchObject({ tags: ['only'] });
});

it('finds tickets by search, over several pages', async () => {
  const found = z
    .array(z.object({ id: z.number() }))
    .parse((await client().search.queryAll('type:ticket tags:only status<solved')).flat());
  expect(found.map(({ id }) => id)).toEqual([ticketId]);
});

it('shows users', async () => {
  const { result } = await client().users.me();
  expect(result).toMatchObject({ email: desk.desk.credentials.email, role: 'admin' });
});

it('manages webhooks and their secrets', async () => {
  const { result } = await client().webhooks.create({
    webhook: {
      name: 'elsewhere',
      endpoint: 'http://127.0.0.1:9/hook',
      http_method: 'POST',
      request_format: 'json',
      status: 'inactive',
      subscriptions: ['zen:event-type:ticket.created'],
    },
  });
  const shape = z
    .object({ webhook: z.object({ id: z.string() }).optional(), id: z.string().optional() })
    .parse(result);
  const id = shape.webhook?.id ?? shape.id ?? '';
  const secret = await client().webhooks.getSigningSecret(id);
  expect(JSON.stringify(secret)).toMatch(/SHA256/);
  await client().webhooks.delete(id);
  await expect(client().webhooks.show(id)).rejects.toThrow();
});

it.each([
  ['an unknown ticket', 404, () => client().tickets.show(99_999)],
  ['an assignee who is nobody', 422, () => client().tickets.update(ticketId, { ticket: { assignee_id: 5 } })],
])('is told about %s with %i', async (_what, status, ask) => {
  await expect(ask()).rejects.toMatchObject({ statusCode: status });
});

it('is refused with a wrong token', async () => {
  const stranger = createClient({
    username: desk.desk.credentials.email,
    token: 'wrong',
    endpointUri: desk.desk.apiUrl,
    throwOriginalException: true,
  });
  await expect(stranger.tickets.show(ticketId)).rejects.toMatchObject({ statusCode: 401 });
});

describe('many at once', () => {
  const ids = z.array(z.object({ id: z.number() }));

  it('tickets by their ids, unknown ones left out', async () => {
    const { result } = await client().tickets.showMany([ticketId, 99_999]);
    expect(ids.parse(result).map(({ id }) => id)).toEqual([ticketId]);
  });

  it('users by their ids', async () => {
    const [nora, tomas] = [desk.people.agentId('Nora Lind'), desk.people.agentId('Tomas Reyes')];
    const { result } = await client().users.showMany([nora, tomas]);
    expect(ids.parse(result).map(({ id }) => id)).toEqual([nora, tomas]);
  });

  it('groups, and the groups of a person', async () => {
    const groups = z.array(z.object({ name: z.string() })).parse((await client().groups.list()).flat());
    expect(groups.map(({ name }) => name)).toEqual(['Support', 'Tier 2', 'Billing']);
    const nora = desk.people.agentId('Nora Lind');
    const of = z
      .array(z.object({ group_id: z.number(), user_id: z.number(), default: z.boolean() }))
      .parse((await client().groupmemberships.listByUser(nora)).flat());
    expect(of).toEqual([
      { group_id: desk.people.groupId('Support'), user_id: nora, default: true },
      { group_id: desk.people.groupId('Tier 2'), user_id: nora, default: false },
    ]);
  });

  it('audits of a long conversation, page after page', async () => {
    const long = Number(await desk.newTicket());
    for (let n = 1; n <= 110; n += 1) await desk.customerWrites(String(long), `message ${n}`);
    const audits = ids.parse((await client().ticketaudits.list(long)).flat());
    expect(new Set(audits.map(({ id }) => id)).size).toBe(111);
  });

  it('search results, and none for none', async () => {
    const { result } = await client().search.query('type:ticket external_id:nobody');
    expect(result).toEqual([]);
  });

  it('views and the tickets in them', async () => {
    const { views } = client();
    const all = [{ field: 'status', operator: 'less_than', value: 'solved' }];
    const { result } = await views.create({
      view: { title: 'Waiting', all, output: { columns: ['status'] } },
    });
    const { id } = z.object({ id: z.number() }).parse(result);
    await views.update(id, { view: { title: 'Still waiting' } });
    expect(await views.list()).toMatchObject([{ id, title: 'Still waiting', conditions: { all, any: [] } }]);
    // The client gives the pages as they came.
    const page = z.object({ tickets: z.array(z.object({ status: z.string() })) });
    const tickets = z
      .array(page)
      .parse(await views.tickets(id))
      .flatMap((one) => one.tickets);
    expect(tickets.length).toBeGreaterThan(0);
    expect(tickets.every(({ status }) => status !== 'solved' && status !== 'closed')).toBe(true);
    // The client's own delete calls itself.
    await views.requestAll('DELETE', ['views', id]);
    expect(await views.list()).toEqual([]);
  });

  it('webhooks', async () => {
    const { webhooks } = client();
    expect(await webhooks.list()).toEqual([]);
    const listed = {
      name: 'listed',
      endpoint: 'http://127.0.0.1:9/hook',
      http_method: 'POST',
      request_format: 'json',
      status: 'inactive',
      subscriptions: ['zen:event-type:ticket.created'],
    } as const;
    const { result } = await webhooks.create({
      webhook: { ...listed, subscriptions: [...listed.subscriptions] },
    });
    const { id } = z.object({ id: z.string() }).parse(result);
    expect(await webhooks.list()).toMatchObject([{ id, name: 'listed', status: 'inactive' }]);
    const before = JSON.stringify((await webhooks.getSigningSecret(id)).result);
    await webhooks.update(id, {
      webhook: { ...listed, subscriptions: [...listed.subscriptions], status: 'active' },
    });
    await webhooks.patch(id, { webhook: { name: 'patched' } });
    expect(await webhooks.list()).toMatchObject([{ id, name: 'patched', status: 'active' }]);
    expect((await webhooks.listInvocations(id)).result).toMatchObject({ invocations: [] });
    await webhooks.resetSigningSecret(id);
    expect(JSON.stringify((await webhooks.getSigningSecret(id)).result)).not.toBe(before);
    await webhooks.delete(id);
  });
});

it('exports changed tickets by cursor', async () => {
  const past = await TestDesk.start({ clock: () => Date.now() - 3_600_000 });
  const first = Number(await past.newTicket('one'));
  const second = Number(await past.newTicket('two'));
  const later = await past.restart();
  const { tickets } = createClient({
    username: later.desk.credentials.email,
    token: later.desk.credentials.token,
    endpointUri: later.desk.apiUrl,
    throwOriginalException: true,
  });
  const address = ['incremental', 'tickets', 'cursor', { start_time: 1_000_000_000 }];
  const exported = z
    .array(z.object({ id: z.number() }))
    .parse((await tickets.requestAll('GET', address)).flat());
  expect(exported.map(({ id }) => id)).toEqual([first, second]);
  await later.stop();
});

describe('a write', () => {
  const fields = async (id: number) => (await client().tickets.show(id)).result;

  it('assigns to an agent, who brings their group', async () => {
    const id = Number(await desk.newTicket());
    const nora = desk.people.agentId('Nora Lind');
    await client().tickets.update(id, { ticket: { assignee_id: nora } });
    const support = desk.people.groupId('Support');
    expect(await fields(id)).toMatchObject({ assignee_id: nora, group_id: support, status: 'open' });
  });

  it('hands off in one update: group, note, tag, status', async () => {
    const id = Number(await desk.newTicket());
    const billing = desk.people.groupId('Billing');
    await client().tickets.update(id, {
      ticket: {
        group_id: billing,
        tags: ['handed-off'],
        status: 'open',
        comment: { body: 'Please look.', public: false },
      },
    });
    expect(await fields(id)).toMatchObject({ group_id: billing, tags: ['handed-off'], status: 'open' });
    expect((await desk.comments(String(id))).at(-1)).toMatchObject({ body: 'Please look.', public: false });
  });

  it('is refused where it is stale, and goes through on what was just read', async () => {
    const id = Number(await desk.newTicket());
    const { updated_at } = z.object({ updated_at: z.string() }).parse(await fields(id));
    await desk.put(String(id), { priority: 'low' });
    const safely = (stamp: string) =>
      client().tickets.update(id, {
        ticket: { ...{ safe_update: true, updated_stamp: stamp }, status: 'pending' },
      });
    await expect(safely(updated_at)).rejects.toMatchObject({ statusCode: 409 });
    const now = z.object({ updated_at: z.string() }).parse(await fields(id));
    await safely(now.updated_at);
    expect(await fields(id)).toMatchObject({ status: 'pending', priority: 'low' });
  });

  it('to a closed ticket is refused, and a follow-up is made instead', async () => {
    const id = Number(await desk.newTicket());
    await client().tickets.update(id, { ticket: { status: 'closed' } });
    const again = client().tickets.update(id, { ticket: { comment: { body: 'One more thing' } } });
    await expect(again).rejects.toMatchObject({ statusCode: 422 });
    const { result } = await client().tickets.create({
      ticket: { ...{ via_followup_source_id: id }, subject: 'More', comment: { body: 'One more thing' } },
    });
    expect(result).toMatchObject({ via: { source: { rel: 'follow_up', from: { ticket_id: id } } } });
  });

  it('speaks for whom the address names', async () => {
    const id = Number(await desk.newTicket());
    const nora = createClient({
      username: 'nora@demo-shop.example',
      token: desk.desk.credentials.token,
      endpointUri: desk.desk.apiUrl,
      throwOriginalException: true,
    });
    await nora.tickets.update(id, { ticket: { comment: { body: 'Nora here', public: true } } });
    expect((await desk.comments(String(id))).at(-1)).toMatchObject({
      author_id: desk.people.agentId('Nora Lind'),
    });
    await expect(nora.webhooks.list()).rejects.toMatchObject({ statusCode: 403 });
  });
});

it('meets the limits of the account as Zendesk tells them', async () => {
  const tight = await TestDesk.start({ limits: { requestsPerMinute: 2 } });
  const { users } = createClient({
    username: tight.desk.credentials.email,
    token: tight.desk.credentials.token,
    endpointUri: tight.desk.apiUrl,
    throwOriginalException: true,
  });
  await users.me();
  await users.me();
  expect(await users.me()).toMatchObject({ response: { status: 429 } });
  await tight.stop();
});
