/** What a conversation agreed on, read back from the desk: on the ticket itself, and on one that follows it. */
import { plainUpdate } from '../../../src/core/ticket/update';
import { readAgreed } from '../../../src/helpdesk/zendesk/agreed';
import { AdapterAtZendesk } from './adapterAtZendesk';
import { anyCall } from './wire';

let at: AdapterAtZendesk;
beforeAll(async () => {
  at = await AdapterAtZendesk.start();
});
afterEach(() => at.faults.clear());
afterAll(() => at.double.stop());

const agreed = {
  order: '48213',
  done: [
    {
      key: '1/1/refund/48213',
      type: 'refund' as const,
      order: '48213',
      what: 'refund EUR 15.00 on order 48213',
    },
  ],
};
const read = (ticketId: string, past = true) => at.open().fetchTicket(ticketId, anyCall(), { past });

/** Answered by us, with what was agreed beside the reply. */
async function answered(): Promise<{ readonly ticketId: string; readonly key: string }> {
  const { ticketId, commentId } = await at.people.customerOpens('The mug is broken');
  const key = `${ticketId}/${commentId}/reply`;
  const reply = plainUpdate(key, {
    comment: { public: true, text: 'Refunded.', html: null },
    status: 'solved',
    agreed,
  });
  await at.open().applyUpdates(ticketId, [reply], { kind: 'any' }, anyCall());
  return { ticketId, key };
}

/** By the desk's own automation, and then by the customer's answer. */
async function followed(): Promise<{ readonly closed: string; readonly key: string; readonly next: string }> {
  const { ticketId, key } = await answered();
  await at.put(`/tickets/${ticketId}`, { ticket: { status: 'closed' } });
  const { ticketId: next } = await at.people.customerWrites(ticketId, 'And the second mug?');
  expect(next).not.toBe(ticketId);
  return { closed: ticketId, key, next };
}

test('comes back with the update that it was written with, and with no other', async () => {
  const { ticketId, key } = await answered();
  const plain = plainUpdate('k/1/note', { comment: { public: false, text: 'A note', html: null } });
  await at.open().applyUpdates(ticketId, [plain], { kind: 'any' }, anyCall());
  const { past = [] } = await read(ticketId);
  expect(past[0]).toMatchObject({ type: 'written', key, agreed });
  expect(past[1]).toMatchObject({ key: 'k/1/note' });
  expect(past[1]).not.toHaveProperty('agreed');
});

test('a ticket that follows a closed one brings along what was done there', async () => {
  const { closed, key, next } = await followed();
  const ticket = await read(next);
  expect(ticket).not.toHaveProperty('past');
  expect(ticket.follows).toMatchObject({ ticketId: closed, past: [{ type: 'written', key, agreed }] });
  expect(await read(next, false)).not.toHaveProperty('follows');
});

test('so does one that was opened for people, whose own note says more', async () => {
  const { ticketId } = await answered();
  await at.put(`/tickets/${ticketId}`, { ticket: { status: 'closed' } });
  const more = {
    done: [{ key: '1/1/cancel/7', type: 'cancel' as const, order: '7', what: 'cancel order 7' }],
  };
  const opened = await at
    .open()
    .openFollowUp(
      ticketId,
      { key: `${ticketId}/1/follow-up`, note: 'The customer wrote.', agreed: more, group: null, tags: [] },
      anyCall(),
    );
  const ticket = await read(opened.ticketId);
  expect(ticket.past).toMatchObject([{ key: `${ticketId}/1/follow-up`, agreed: more }]);
  expect(ticket.follows?.past).toMatchObject([{ agreed }]);
});

test('a closed ticket that is gone by now is not missed; a desk that does not answer is waited for', async () => {
  const { closed, next } = await followed();
  const route = `GET /api/v2/tickets/${closed}/audits`;
  at.faults.add({ route, fault: { type: 'status', status: 404 } });
  expect(await read(next)).not.toHaveProperty('follows');
  at.faults.clear();
  at.faults.add({ route, fault: { type: 'status', status: 503 } });
  await expect(read(next)).rejects.toMatchObject({ kind: 'unavailable', retryable: true });
});

test.each<[string, unknown]>([
  ['no text', { order: '1' }],
  ['no JSON', '{'],
  ['another shape', '{"done":"all"}'],
  ['an action that nobody knows', '{"done":[{"type":"burn","order":"1","what":"burn it"}]}'],
  ['a list without end', JSON.stringify({ done: Array.from({ length: 51 }, () => agreed.done[0]) })],
  ['nothing', undefined],
])('%s in its place tells nothing', (_, value) => {
  expect(readAgreed({ deskhand_key: 'k', deskhand_agreed: value })).toEqual({});
});

describe('a rating', () => {
  test('comes with the ticket, without the words that were written with it', async () => {
    const { ticketId } = await answered();
    expect(await read(ticketId)).not.toHaveProperty('rating');
    await at.people.rate(ticketId, 'bad', 'Call me on 0470 12 34 56');
    const ticket = await read(ticketId);
    expect(ticket.rating).toEqual({
      id: expect.stringMatching(/^\d+$/) as string,
      score: 'bad',
      hasComment: true,
    });
    expect(JSON.stringify(ticket)).not.toContain('0470');
    await at.people.rate(ticketId, 'good');
    const again = await read(ticketId);
    expect(again.rating).toMatchObject({ score: 'good', hasComment: false });
    expect(again.rating?.id).not.toBe(ticket.rating?.id);
  });
});
