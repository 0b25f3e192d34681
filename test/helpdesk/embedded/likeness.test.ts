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
