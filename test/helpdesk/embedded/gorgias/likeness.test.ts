/** What the embedded Gorgias answers, and what becomes of a ticket there. */
import { TestGorgias } from './testGorgias';

let desk: TestGorgias;
let now = Date.parse('2026-11-25T12:00:00Z');
const dayMs = 24 * 3_600_000;
beforeAll(async () => {
  desk = await TestGorgias.start({ clock: () => now });
});
afterAll(() => desk.stop());

const open = async (more: Record<string, unknown> = {}) =>
  (await desk.people.customerOpens('Where is my order?', more)).ticketId;
const ticket = async (id: string, query = '') => (await desk.call('GET', `/tickets/${id}${query}`)).body;
const update = (id: string, change: unknown) => desk.call('PUT', `/tickets/${id}`, change);

test('a ticket, in the shape of the documents, with its times as live accounts print them', async () => {
  const id = await open();
  expect(await ticket(id)).toMatchObject({
    ...{ id: Number(id), subject: 'My parcel', status: 'open', priority: 'normal', channel: 'email' },
    ...{ via: 'email', spam: false, assignee_user: null, assignee_team: null, tags: [] },
    customer: { id: 300_001, name: 'Ana Diaz', email: 'ana@mail.example' },
    ...{ satisfaction_survey: null, snooze_datetime: null, trashed_datetime: null, closed_datetime: null },
    reply_options: { email: { answerable: true }, 'internal-note': { answerable: true } },
    created_datetime: '2026-11-25T12:00:00.000000+00:00',
    uri: `/api/tickets/${id}/`,
  });
  expect(await ticket(id)).not.toHaveProperty('custom_fields');
  expect(await ticket(id, '?relationships=custom_fields')).toMatchObject({ custom_fields: {} });
});

test('a message, with whom it is from and how it came', async () => {
  const id = await open();
  const { data } = await desk.list(`/messages?ticket_id=${id}`);
  expect(data).toMatchObject([
    {
      ...{ ticket_id: Number(id), channel: 'email', via: 'email', public: true, from_agent: false },
      sender: { email: 'ana@mail.example' },
      ...{ receiver: null, rule_id: null, external_id: null, body_text: 'Where is my order?' },
      source: {
        from: { address: 'ana@mail.example', name: 'Ana Diaz' },
        to: [{ address: 'care@demo-shop.example' }],
      },
    },
  ]);
  const [{ id: messageId } = { id: 0 }] = data;
  expect(await desk.call('GET', `/tickets/${id}/messages/${messageId}`)).toMatchObject({ body: data[0] });
  expect((await desk.call('GET', `/tickets/${await open()}/messages/${messageId}`)).status).toBe(404);
});

test('a reply is made, keeps its external id, and leaves the status alone', async () => {
  const id = await open();
  const made = await desk.call('POST', `/tickets/${id}/messages`, {
    ...{ channel: 'email', via: 'api', from_agent: true, external_id: '1/2/reply' },
    ...{ body_html: '<p onclick="x()">On its way.</p><script>1</script>', receiver: { id: 300_001 } },
    source: { type: 'email', to: [{ address: 'ana@mail.example' }] },
  });
  expect(made).toMatchObject({
    status: 201,
    body: {
      ...{ external_id: '1/2/reply', body_html: '<p>On its way.</p>', body_text: 'On its way.' },
      ...{ sender: { name: 'Deskhand' }, failed_datetime: null, last_sending_error: null },
    },
  });
  expect(await ticket(id)).toMatchObject({ status: 'open' });
});

test('mail to somebody who cannot be reached fails, and the message says so', async () => {
  const id = await open({ email: 'lost@unreachable.example' });
  const made = await desk.call('POST', `/tickets/${id}/messages`, {
    ...{ channel: 'email', via: 'api', from_agent: true, body_text: 'Hi' },
    receiver: { email: 'lost@unreachable.example' },
    source: { to: [{ address: 'lost@unreachable.example' }] },
  });
  expect(made.body).toMatchObject({
    sent_datetime: null,
    failed_datetime: '2026-11-25T12:00:00.000000+00:00',
    last_sending_error: { error: 'Delivery failed' },
  });
});

test('tags and custom fields in an update are the whole list', async () => {
  const id = await open();
  await update(id, {
    tags: [{ name: 'vip' }, { name: 'old' }],
    custom_fields: [{ id: 70001, value: '48213' }],
  });
  expect(
    await update(id, {
      tags: [{ name: 'VIP' }, { name: 'vip' }],
      custom_fields: [
        { id: 70002, value: 'Return' },
        { id: 70004, value: 2 },
        { id: 70003, value: null },
      ],
    }),
  ).toMatchObject({ status: 202, body: { tags: [{ name: 'VIP' }, { name: 'vip' }] } });
  expect(await ticket(id, '?relationships=custom_fields')).toMatchObject({
    custom_fields: { 70002: { value: 'Return' }, 70004: { value: 2 } },
  });
  const { data } = await desk.list('/tags?search=OLD');
  expect(data.map(({ name }) => name)).toEqual(['old']);
});

test('a closed ticket opens with the customer’s next message, and by hand', async () => {
  const id = await open();
  await update(id, { status: 'closed' });
  expect(await ticket(id)).toMatchObject({
    status: 'closed',
    closed_datetime: '2026-11-25T12:00:00.000000+00:00',
  });
  await desk.people.customerWrites(id, 'It is not solved!');
  expect(await ticket(id)).toMatchObject({ status: 'open', closed_datetime: null });
  await update(id, { status: 'closed' });
  await update(id, { status: 'open' });
  expect(await ticket(id)).toMatchObject({ status: 'open', closed_datetime: null });
});

test('a snoozed ticket is closed until then, or until the customer writes', async () => {
  const snooze_datetime = new Date(now + dayMs).toISOString();
  const [waiting, answered] = [await open(), await open()];
  for (const id of [waiting, answered]) await update(id, { status: 'closed', snooze_datetime });
  expect(await ticket(waiting)).toMatchObject({ status: 'closed', snooze_datetime });
  await desk.people.customerWrites(answered, 'Here I am');
  expect(await ticket(answered)).toMatchObject({ status: 'open', snooze_datetime: null });
  now += dayMs;
  expect(await ticket(waiting)).toMatchObject({ status: 'open', snooze_datetime: null });
});

test('one is unassigned by null, and by an id of null', async () => {
  const id = await open();
  const nora = desk.people.agentId('Nora Lind');
  for (const nobody of [null, { id: null }]) {
    await update(id, { assignee_user: { id: nora }, assignee_team: { id: desk.people.groupId('Support') } });
    expect(await ticket(id)).toMatchObject({
      assignee_user: { id: nora },
      assignee_team: { name: 'Support' },
    });
    await update(id, { assignee_user: nobody, assignee_team: nobody });
    expect(await ticket(id)).toMatchObject({ assignee_user: null, assignee_team: null });
  }
});

test('a ticket can be made with its messages, of a customer who is new', async () => {
  const { status, body } = await desk.call('POST', '/tickets', {
    ...{ subject: 'By a program', channel: 'api', via: 'api' },
    messages: [
      {
        channel: 'api',
        via: 'api',
        from_agent: false,
        body_text: 'Hi',
        sender: { email: 'new@mail.example', name: 'Nia' },
      },
    ],
  });
  expect(status).toBe(201);
  expect(body).toMatchObject({ subject: 'By a program', customer: { name: 'Nia' }, channel: 'api' });
  const without = await desk.call('POST', '/tickets', { subject: 'Empty', messages: [] });
  expect(without.status).toBe(400);
});

test('what is in the trash is shown, and left out of lists that are asked to; what is deleted is gone', async () => {
  const [trashed, deleted] = [await open(), await open()];
  await update(trashed, { trashed_datetime: new Date(now).toISOString() });
  expect((await desk.call('DELETE', `/tickets/${deleted}`)).status).toBe(204);
  expect(await ticket(trashed)).toMatchObject({ trashed_datetime: expect.any(String) as string });
  expect((await desk.call('GET', `/tickets/${deleted}`)).status).toBe(404);
  const ids = async (query: string) =>
    (await desk.list(`/tickets?limit=100${query}`)).data.map(({ id }) => String(id));
  expect(await ids('')).toContain(trashed);
  expect(await ids('&trashed=false')).not.toContain(trashed);
});

test('pages go on behind a cursor: what changes meanwhile comes again at the top, and none is missed', async () => {
  for (let n = 0; n < 4; n += 1) await open();
  const address = '/tickets?limit=3&order_by=updated_datetime:desc';
  const first = await desk.list(address);
  const seen = first.data.map(({ id }) => id);
  now += 1_000;
  await desk.people.customerWrites(String(seen[2]), 'Hello?');
  let cursor = first.meta.next_cursor;
  while (cursor !== null) {
    const page = await desk.list(`${address}&cursor=${cursor}`);
    seen.push(...page.data.map(({ id }) => id));
    cursor = page.meta.next_cursor;
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toHaveLength((await desk.list('/tickets?limit=100')).data.length);
});

test('the users, whose key it is as number 0; the teams and who is in them', async () => {
  expect((await desk.call('GET', '/users/0')).body).toMatchObject({
    ...{ name: 'Deskhand', email: 'deskhand@demo-shop.example', active: true, role: { name: 'agent' } },
  });
  const { data: nora } = await desk.list('/users?email=NORA@demo-shop.example');
  expect(nora).toMatchObject([{ firstname: 'Nora', lastname: 'Lind' }]);
  const { data: teams } = await desk.list('/teams?order_by=created_datetime:asc');
  expect(teams.map(({ name }) => name)).toEqual(['Support', 'Tier 2', 'Billing']);
  expect(teams[1]).toMatchObject({ members: [{ name: 'Nora Lind' }, { name: 'Ada Moreno' }] });
});

test('the bucket holds forty requests and runs out in twenty seconds; refused ones count as well', async () => {
  let time = Date.parse('2026-11-25T12:00:00Z');
  const small = await TestGorgias.start({ clock: () => time, limits: {} });
  try {
    for (let n = 1; n <= 40; n += 1) {
      const { headers } = await small.call('GET', '/users/0', undefined, n % 2 === 0 ? null : small.key);
      expect(headers.get('x-gorgias-account-api-call-limit')).toBe(`${n}/40`);
    }
    const refused = await small.call('GET', '/users/0');
    expect(refused).toMatchObject({ status: 429, body: { error: { msg: 'Too many requests.' } } });
    expect(refused.headers.get('retry-after')).toBe('1');
    time += 1_000;
    const statuses = [];
    for (let n = 0; n < 3; n += 1) statuses.push((await small.call('GET', '/users/0')).status);
    expect(statuses).toEqual([200, 200, 429]);
    time += 20_000;
    const { headers } = await small.call('GET', '/users/0');
    expect(headers.get('x-gorgias-account-api-call-limit')).toBe('1/40');
  } finally {
    await small.stop();
  }
});
