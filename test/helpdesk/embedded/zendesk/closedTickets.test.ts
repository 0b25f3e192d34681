/** Closed is for good: whoever writes, whatever they write, the ticket stays as it was, and can still be read. */
import { agents, roomyLimits, TestDesk, ticketIn, until } from './harness';
import { startReceiver, type WebhookReceiver } from './webhookReceiver';

let desk: TestDesk;
let receiver: WebhookReceiver;
let id: string;
beforeAll(async () => {
  receiver = await startReceiver();
  desk = await TestDesk.start({ limits: roomyLimits, webhook: { url: receiver.url, secret: 's' } });
  id = await desk.newTicket();
  await desk.put(id, { comment: { body: 'Done.' }, tags: ['a'], assignee_email: agents.nora });
  await desk.put(id, { status: 'closed' });
  await until(() => receiver.types().includes('status_changed'), 'the closing to be told');
});
afterAll(async () => {
  await desk.stop();
  await receiver.stop();
});

const state = async () => ({
  ticket: await desk.ticket(id),
  audits: await desk.audits(id),
  comments: await desk.comments(id),
});
const closedPrevents = {
  status: 422,
  body: {
    error: 'RecordInvalid',
    details: { status: [{ description: 'Status: closed prevents ticket update' }] },
  },
};

it.each<[string, Record<string, unknown>]>([
  ['a public reply', { comment: { body: 'One more thing', public: true } }],
  ['an internal note', { comment: { body: 'Psst', public: false } }],
  ['a reply in HTML', { comment: { html_body: '<p>One more thing</p>' } }],
  ['a status', { status: 'open' }],
  ['the status it has', { status: 'closed' }],
  ['a priority', { priority: 'low' }],
  ['a subject', { subject: 'Other' }],
  ['tags', { tags: ['b'] }],
  ['an assignee', { assignee_email: agents.tomas }],
  ['nobody as assignee', { assignee_id: null }],
  ['no group', { group_id: null }],
  ['an external id', { external_id: 'x' }],
  ['nothing at all', {}],
])('a PUT with %s is refused, and leaves no trace', async (_what, change) => {
  const before = await state();
  expect(await desk.put(id, change)).toMatchObject(closedPrevents);
  expect(await state()).toEqual(before);
});

it.each(['PUT', 'POST', 'DELETE'])('%s of tags is refused', async (verb) => {
  const before = await state();
  expect(await desk.call(verb, `/api/v2/tickets/${id}/tags`, { tags: ['a'] })).toMatchObject(closedPrevents);
  expect(await state()).toEqual(before);
});

it('a stale safe update is told of the race first, a fresh one of the closing', async () => {
  const { updated_at } = await desk.ticket(id);
  const change = { status: 'open', safe_update: true };
  expect(await desk.put(id, { ...change, updated_stamp: '2020-01-01T00:00:00Z' })).toMatchObject({
    status: 409,
    body: { error: 'UpdateConflict' },
  });
  expect(await desk.put(id, { ...change, updated_stamp: updated_at })).toMatchObject(closedPrevents);
});

it('an agent on the page is refused as well', async () => {
  const nora = desk.people.agentId('Nora Lind');
  for (const change of [{ status: 'open' }, { comment: { body: 'x', public: true } }, { assigneeId: nora }]) {
    const address = `/_desk/agent/tickets/${id}`;
    expect(await desk.call('POST', address, { agentId: nora, ...change })).toMatchObject(closedPrevents);
  }
});

it('a refused write is told to no webhook', async () => {
  receiver.received.splice(0);
  await desk.put(id, { comment: { body: 'x' } });
  await desk.put(id, { status: 'open' });
  const other = await desk.newTicket();
  await until(() => receiver.received.length >= 2, 'another ticket to be told of');
  expect(new Set(receiver.received.map(({ event }) => event.subject))).toEqual(
    new Set([`zen:ticket:${other}`]),
  );
});

it("the customer's next words open a ticket that follows it, each time", async () => {
  const before = await state();
  const first = await desk.customerWrites(id, 'It broke again');
  const second = await desk.customerWrites(id, 'Hello?');
  expect(new Set([id, first.ticketId, second.ticketId]).size).toBe(3);
  expect(await desk.ticket(first.ticketId)).toMatchObject({
    status: 'new',
    subject: 'Re: My order',
    tags: ['a'],
    via: { source: { rel: 'follow_up', from: { ticket_id: Number(id) } } },
  });
  const { ticket, ...thread } = await state();
  expect({ ...ticket, followup_ids: [] }).toEqual({ ...before.ticket, followup_ids: [] });
  expect(thread).toEqual({ audits: before.audits, comments: before.comments });
  const shown = await desk.get(`/api/v2/tickets/${id}`);
  expect(shown.body).toMatchObject({
    ticket: { followup_ids: [Number(first.ticketId), Number(second.ticketId)] },
  });
});

it('it stays closed over a restart', async () => {
  desk = await desk.restart({ limits: roomyLimits });
  expect(ticketIn(await desk.get(`/api/v2/tickets/${id}`)).status).toBe('closed');
  expect(await desk.put(id, { status: 'open' })).toMatchObject(closedPrevents);
});
