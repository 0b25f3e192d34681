/** What a ticket's own history tells a run that remembers nothing. */
import { plainUpdate } from '../../../src/core/ticket/update';
import { AdapterAtZendesk } from './adapterAtZendesk';
import { holdNext } from '../../support/holdNext';
import { anyCall } from './wire';

let at: AdapterAtZendesk;
let now = Date.parse('2026-11-25T12:00:00Z');
beforeAll(async () => {
  at = await AdapterAtZendesk.start({ clock: () => now });
});
afterEach(() => at.faults.clear());
afterAll(() => at.double.stop());

const read = (ticketId: string, past = true) => at.open().fetchTicket(ticketId, anyCall(), { past });
async function write(ticketId: string, key: string, isPublic: boolean): Promise<string | null | undefined> {
  const update = plainUpdate(key, { comment: { public: isPublic, text: key, html: null } });
  return (await at.open().applyUpdates(ticketId, [update], { kind: 'any' }, anyCall()))[0]?.commentId;
}

test('our updates by their keys, oldest first, each with the newest comment at that time', async () => {
  const { ticketId, commentId } = await at.people.customerOpens('A person, please');
  const promise = await write(ticketId, `${ticketId}/${commentId}/hand-off-reply`, true);
  now += 60_000;
  const called = await write(ticketId, `${ticketId}/${commentId}/hand-off-policy-1`, false);
  await at.people.customerWrites(ticketId, 'hello?');
  const update = plainUpdate(`${ticketId}/1/escalate-1`, { priority: 'high' });
  await at.open().applyUpdates(ticketId, [update], { kind: 'any' }, anyCall());
  const { past, comments } = await read(ticketId);
  expect(past).toEqual([
    {
      type: 'written',
      key: `${ticketId}/${commentId}/hand-off-reply`,
      at: '2026-11-25T12:00:00Z',
      after: promise,
    },
    {
      type: 'written',
      key: `${ticketId}/${commentId}/hand-off-policy-1`,
      at: '2026-11-25T12:01:00Z',
      after: called,
    },
    {
      type: 'written',
      key: `${ticketId}/1/escalate-1`,
      at: '2026-11-25T12:01:00Z',
      after: comments.at(-1)?.id,
    },
  ]);
});

test('an agent who solves it counts, with what had been written by then; we ourselves do not', async () => {
  const { ticketId } = await at.people.customerOpens('Where is my order?');
  const reply = await write(ticketId, 'k/1/reply', true);
  await at.people.agentActs(ticketId, 'Nora Lind', { status: 'pending' });
  await at.people.agentActs(ticketId, 'Nora Lind', { status: 'solved' });
  const { commentId } = await at.people.customerWrites(ticketId, 'It is not');
  const solving = plainUpdate('k/2/follow-up-1-1', { status: 'solved' });
  await at.open().applyUpdates(ticketId, [solving], { kind: 'any' }, anyCall());
  expect((await read(ticketId)).past).toMatchObject([
    { key: 'k/1/reply', after: reply },
    { type: 'solved', after: reply },
    { key: 'k/2/follow-up-1-1', after: commentId },
  ]);
});

test('updates that others made through the API have no key, and are not told', async () => {
  const { ticketId } = await at.people.customerOpens('Where is my order?');
  await at.put(`/tickets/${ticketId}`, { ticket: { comment: { body: 'by a script', public: false } } });
  expect((await read(ticketId)).past).toEqual([]);
});

test('costs nothing on a ticket without a word of ours, or where it is not asked for', async () => {
  at.faults.add({ route: 'GET /api/v2/tickets/*/audits', fault: { type: 'status', status: 503 } });
  const { ticketId } = await at.people.customerOpens('Where is my order?');
  expect(await read(ticketId)).not.toHaveProperty('past');
  at.faults.clear();
  await write(ticketId, 'k/1/reply', true);
  at.faults.add({ route: 'GET /api/v2/tickets/*/audits', fault: { type: 'status', status: 503 } });
  expect(await read(ticketId, false)).not.toHaveProperty('past');
  await expect(read(ticketId)).rejects.toMatchObject({ kind: 'unavailable', retryable: true });
});

test('a desk whose clock steps back keeps the order in which things were said', async () => {
  const { ticketId, commentId } = await at.people.customerOpens('Where is my order?');
  const reply = await write(ticketId, `${ticketId}/${commentId}/reply`, true);
  now -= 120_000;
  const later = await at.people.customerWrites(ticketId, 'Can I get an invoice?');
  const ticket = await read(ticketId);
  expect(ticket.comments.map(({ id }) => id)).toEqual([commentId, reply, later.commentId]);
  expect(ticket.past).toMatchObject([{ after: reply }]);
});

describe('a ticket given to another requester', () => {
  async function opened(): Promise<{ ticketId: string; requesterId: string; commentId: string }> {
    const { ticketId, commentId } = await at.people.customerOpens('Where is my order?');
    return { ticketId, commentId, requesterId: (await read(ticketId)).requester.id };
  }
  async function giveToBen(ticketId: string): Promise<void> {
    const other = await at.people.customerOpens('Hi', { name: 'Ben', email: 'ben@mail.example' });
    const ben = (await read(other.ticketId)).requester.id;
    await at.put(`/tickets/${ticketId}`, { ticket: { requester_id: Number(ben) } });
  }

  const unchanged = { knownAgentCommentId: null, knownAssigneeId: null } as const;
  test.each([
    ['a draft', { kind: 'unchanged-conversation', ...unchanged }],
    ['an approved draft', { kind: 'no-newer-message', knownAgentReplyId: null }],
  ] as const)('%s is stale there, and nothing is done to an order', async (_what, guard) => {
    const { ticketId, commentId, requesterId } = await opened();
    const older = { ...guard, newestCustomerCommentId: commentId };
    const whole = { ...older, requesterId };
    const reply = plainUpdate('k/1/reply', { comment: { public: true, text: 'Dear Ana', html: null } });
    await at.open().checkUnchanged(ticketId, whole, anyCall());
    await giveToBen(ticketId);
    const refused = { kind: 'stale-draft', retryable: false };
    await expect(at.open().checkUnchanged(ticketId, whole, anyCall())).rejects.toMatchObject(refused);
    await expect(at.open().applyUpdates(ticketId, [reply], whole, anyCall())).rejects.toMatchObject(refused);
    await at.open().checkUnchanged(ticketId, older, anyCall());
    const { comments } = await read(ticketId);
    expect(comments.map(({ author }) => author)).toEqual(['third-party']);
  });

  test('between our read and our write as well', async () => {
    const { ticketId, commentId, requesterId } = await opened();
    const { asked, goOn } = holdNext(at.faults, 'PUT /api/v2/tickets/*');
    const reply = plainUpdate('k/1/reply', { comment: { public: true, text: 'Dear Ana', html: null } });
    const guard = {
      kind: 'unchanged-conversation',
      ...unchanged,
      newestCustomerCommentId: commentId,
      requesterId,
    } as const;
    const writing = at.open().applyUpdates(ticketId, [reply], guard, anyCall());
    const outcome = expect(writing).rejects.toMatchObject({ kind: 'stale-draft' });
    await asked();
    now += 60_000;
    await giveToBen(ticketId);
    goOn();
    await outcome;
  });
});
