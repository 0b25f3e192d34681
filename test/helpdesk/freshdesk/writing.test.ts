/**
 * Two requests for one update, and no condition on either: what holds all the same when one of them is lost, and what
 * is made good when somebody speaks between them.
 */
import type { TicketUpdate } from '../../../src/core/ticket/update';
import { plainUpdate } from '../../../src/core/ticket/update';
import { holdNext } from '../../support/holdNext';
import { anyCall, guardOf, note, reply } from '../contract/deskUnderTest';
import { adapterAtFreshdesk, type AdapterAtFreshdesk } from './adapterAtFreshdesk';

let desk: AdapterAtFreshdesk;
let now = Date.parse('2026-11-25T12:00:00Z');
beforeAll(async () => {
  desk = await adapterAtFreshdesk({ clock: () => now });
});
afterEach(() => desk.faults.clear());
afterAll(() => desk.double.stop());

const asks = async () => (await desk.people.customerOpens('Where is my order?')).ticketId;
const answered = (ticketId: string, more: Partial<TicketUpdate> = {}): TicketUpdate => ({
  ...reply(`${ticketId}/0/reply`),
  addTags: ['deskhand_answered'],
  status: 'pending',
  ...more,
});
const fails = (work: Promise<unknown>) => expect(work).rejects.toMatchObject({ kind: 'unavailable' });
/** The reply is out, its fields are not. */
async function brokenOff(update: TicketUpdate, ticketId: string): Promise<void> {
  desk.faults.add({ route: 'PUT /api/v2/tickets/*', times: 1, fault: { type: 'reset-before' } });
  await fails(desk.apply(ticketId, [update]));
  now += 5_000;
}

test('a tag that is too long for Freshdesk costs nothing but itself, and people are told', async () => {
  const ticketId = await asks();
  const long = 'wants-another-colour-than-was-sent';
  const update = answered(ticketId, { addTags: ['deskhand_answered', long] });
  const fieldsNotSet = [{ field: `tag "${long}"`, why: 'Freshdesk takes no tag of more than 32 characters' }];
  expect(await desk.apply(ticketId, [update])).toMatchObject([{ outcome: 'applied', fieldsNotSet }]);
  expect(await desk.apply(ticketId, [update])).toMatchObject([{ outcome: 'already-applied', fieldsNotSet }]);
  expect(await desk.read(ticketId)).toMatchObject({ status: 'pending', tags: ['deskhand_answered'] });
});

test('who called and left no address cannot be answered; people are told why, and a note still goes in', async () => {
  const call = { name: 'A caller', channel: 'phone' };
  const { ticketId } = await desk.people.customerOpens('Where is my order?', { ...call, email: null });
  await expect(desk.apply(ticketId, [reply('k/reply')])).rejects.toMatchObject({
    ...{ kind: 'rejected', retryable: false },
    message: 'Freshdesk has no address of whoever called',
  });
  expect(await desk.apply(ticketId, [note('k/note')])).toMatchObject([{ outcome: 'applied' }]);
  expect((await desk.read(ticketId)).comments).toHaveLength(2);
  const known = await desk.people.customerOpens('Where is my order?', call);
  expect(await desk.apply(known.ticketId, [reply('k/reply')])).toMatchObject([{ outcome: 'applied' }]);
});

test('a request that may still be applied is given the time for it; one that was refused is not', async () => {
  const ticketId = await asks();
  const apply = () =>
    desk.open({ settleMs: 30_000 }).applyUpdates(ticketId, [reply('k')], { kind: 'any' }, anyCall());
  const route = 'POST /api/v2/tickets/*/reply';
  for (const fault of [{ type: 'reset-before' }, { type: 'status', status: 504, body: '' }] as const) {
    desk.faults.add({ route, times: 1, fault });
    await expect(apply()).rejects.toMatchObject({ kind: 'unavailable', retryAfterMs: 30_000 });
  }
  const busy = { type: 'status', status: 503, retryAfter: 2, body: '' } as const;
  desk.faults.add({ route, times: 1, fault: busy });
  await expect(apply()).rejects.toMatchObject({ kind: 'unavailable', retryAfterMs: 2_000 });
  const throttled = { type: 'status', status: 429, retryAfter: 3, body: 'x' } as const;
  desk.faults.add({ route, times: 1, fault: throttled });
  await expect(apply()).rejects.toMatchObject({ kind: 'throttled', retryAfterMs: 3_000 });
});

test('the key goes along out of sight, and in a note where agents see it', async () => {
  const ticketId = await asks();
  await desk.apply(ticketId, [reply('1/0/reply'), note('1/0/note')]);
  const { body } = await desk.double.call('GET', `/tickets/${ticketId}/conversations`);
  expect(body).toMatchObject([
    {
      body_text: 'It arrives on Friday.',
      body: expect.stringMatching(/^<div class="deskhand-key-/) as string,
    },
    { body_text: 'Answered by rule order-status. Deskhand ref. 1/0/note' },
  ]);
});

test('a plain answered turn takes seven requests to write', async () => {
  const ticketId = await asks();
  const adapter = desk.open();
  const guard = guardOf(await adapter.fetchTicket(ticketId, anyCall()));
  const turn = [answered(ticketId), note(`${ticketId}/0/note`)];
  // Ticket, conversations, reply, the ticket once more, fields, a second look, note.
  expect(await desk.requestsOf(() => adapter.applyUpdates(ticketId, turn, guard, anyCall()))).toBe(7);
});

describe('when the reply is out and its fields are not', () => {
  test('the next attempt sets them', async () => {
    const ticketId = await asks();
    const update = answered(ticketId, { group: 'Tier 2', priority: 'high' });
    await brokenOff(update, ticketId);
    expect(await desk.read(ticketId)).toMatchObject({ status: 'open', tags: [] });
    expect(await desk.apply(ticketId, [update])).toMatchObject([{ outcome: 'already-applied' }]);
    expect(await desk.read(ticketId)).toMatchObject({
      ...{ status: 'pending', tags: ['deskhand_answered'], priority: 'high' },
      groupId: String(desk.people.groupId('Tier 2')),
    });
  });

  test('a ticket that the customer has answered meanwhile stays open', async () => {
    const ticketId = await asks();
    await brokenOff(answered(ticketId), ticketId);
    await desk.people.customerWrites(ticketId, 'But it is Saturday!');
    await desk.apply(ticketId, [answered(ticketId)]);
    expect(await desk.read(ticketId)).toMatchObject({ status: 'open', tags: ['deskhand_answered'] });
  });

  test('what an agent has decided meanwhile stays: the status, and a ticket that was taken', async () => {
    const ticketId = await asks();
    const update = answered(ticketId, { group: 'Billing', assignee: 'nobody' });
    await brokenOff(update, ticketId);
    await desk.people.agentActs(ticketId, 'Nora Lind', { status: 'hold' });
    await desk.people.agentActs(ticketId, 'Nora Lind', { assigneeId: desk.people.agentId('Nora Lind') });
    await desk.apply(ticketId, [update]);
    expect(await desk.read(ticketId)).toMatchObject({
      ...{ status: 'hold', groupId: null, tags: ['deskhand_answered'] },
      assignee: { id: String(desk.people.agentId('Nora Lind')) },
    });
  });
});

test('a status that an agent has set within the second of the reply stays, and nothing else is taken for one', async () => {
  for (const [acts, status] of [
    [true, 'hold'],
    [false, 'pending'],
  ] as const) {
    now = Math.ceil(now / 1_000) * 1_000;
    const ticketId = await asks();
    const guard = guardOf(await desk.read(ticketId));
    const update = answered(ticketId);
    desk.faults.add({ route: 'PUT /api/v2/tickets/*', times: 1, fault: { type: 'reset-before' } });
    await fails(desk.apply(ticketId, [update], guard));
    if (acts) await desk.people.agentActs(ticketId, 'Nora Lind', { status: 'hold' });
    await desk.apply(ticketId, [update], guard);
    expect(await desk.read(ticketId)).toMatchObject({ status, tags: ['deskhand_answered'] });
  }
});

test('a customer who writes between reply and status finds the ticket open again', async () => {
  const ticketId = await asks();
  const { asked, goOn } = holdNext(desk.faults, 'PUT /api/v2/tickets/*');
  const writing = desk.apply(ticketId, [answered(ticketId)]);
  await asked();
  await desk.people.customerWrites(ticketId, 'Stop, cancel it!');
  goOn();
  await writing;
  expect(await desk.read(ticketId)).toMatchObject({ status: 'open', tags: ['deskhand_answered'] });
});

test('a note whose fields were set and that was lost is written by the next attempt, under the same guard', async () => {
  const ticketId = await asks();
  const guard = guardOf(await desk.read(ticketId));
  const update = { ...note('k/note'), status: 'pending', group: 'Tier 2', addTags: ['seen'] } as const;
  desk.faults.add({ route: 'POST /api/v2/tickets/*/notes', times: 1, fault: { type: 'reset-before' } });
  await fails(desk.apply(ticketId, [update], guard));
  expect((await desk.read(ticketId)).status).toBe('pending');
  expect(await desk.apply(ticketId, [update], guard)).toMatchObject([{ outcome: 'applied' }]);
});

test('a reply that is on the ticket twice is said so, once', async () => {
  const ticketId = await asks();
  await desk.apply(ticketId, [reply(`${ticketId}/0/reply`)]);
  const { body } = await desk.double.call('GET', `/tickets/${ticketId}/conversations`);
  const [{ body: html }] = body as [{ body: string }];
  await desk.double.call('POST', `/tickets/${ticketId}/reply`, { body: html });
  for (let n = 0; n < 2; n += 1) await desk.apply(ticketId, [reply(`${ticketId}/0/reply`)]);
  const notes = (await desk.read(ticketId)).comments.filter(({ public: shown }) => !shown);
  expect(notes.map(({ body: text }) => text)).toEqual([expect.stringMatching(/on the ticket twice/)]);
});

test('the first group, which a rule gives, stops nothing', async () => {
  const ticketId = await asks();
  const guard = guardOf(await desk.read(ticketId));
  await desk.people.agentActs(ticketId, 'Nora Lind', { groupId: desk.people.groupId('Support') });
  expect(await desk.apply(ticketId, [reply('k')], guard)).toMatchObject([{ outcome: 'applied' }]);
});

test('a draft for one customer is not for another to read', async () => {
  const ticketId = await asks();
  const ticket = await desk.read(ticketId);
  await desk.people.agentActs(ticketId, 'Nora Lind', { requester: 'bo@mail.example' });
  const guard = { ...guardOf(ticket), requesterId: ticket.requester.id };
  await expect(desk.apply(ticketId, [reply('k')], guard)).rejects.toMatchObject({ kind: 'stale-draft' });
});

test('values of every kind are kept by custom fields', async () => {
  const ticketId = await asks();
  const fields = {
    Remarks: 'Two\nlines',
    Parcels: 2,
    Weight: '1.5',
    'Promised on': '2026-11-27',
    Gift: true,
  };
  expect(await desk.apply(ticketId, [plainUpdate('k', { fields })])).toEqual([
    { key: 'k', outcome: 'applied', commentId: null },
  ]);
  expect((await desk.double.call('GET', `/tickets/${ticketId}`)).body).toMatchObject({
    custom_fields: {
      ...{
        cf_remarks: 'Two\nlines',
        cf_parcels: 2,
        cf_weight: 1.5,
        cf_promised_on: '2026-11-27',
        cf_gift: true,
      },
    },
  });
});

test('a custom field that Freshdesk refuses costs itself alone, and is named', async () => {
  const ticketId = await asks();
  const refused = {
    description: 'Validation failed',
    errors: [{ field: 'cf_order_number', message: 'ana@mail.example', code: 'invalid_value' }],
  };
  const fault = { type: 'status', status: 400, body: refused } as const;
  desk.faults.add({ route: 'PUT /api/v2/tickets/*', times: 1, fault });
  const [applied] = await desk.apply(ticketId, [answered(ticketId, { fields: { 'Order number': 'x' } })]);
  expect(applied?.fieldsNotSet).toEqual([
    {
      field: 'Order number',
      why: 'Freshdesk answered 400: it does not understand the request (cf_order_number: invalid_value)',
    },
  ]);
  expect(await desk.read(ticketId)).toMatchObject({ status: 'pending', tags: ['deskhand_answered'] });
});
