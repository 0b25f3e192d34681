/** Whatever the network and the desk do, a reply and a note are written once. */
import { RemoteFailure } from '../../../src/remote/failures';
import type { Fault } from '../../../src/remote/faults';
import type { TicketUpdate } from '../../../src/core/ticket/update';
import type { CallContext } from '../../../src/helpdesk/port';
import { anyCall, DeskInUse, note, reply, settlingMs, whatever, type DeskUnderTest } from './deskUnderTest';

/** The failure of an attempt; waited for as long as it asks to wait. */
async function failureOf(work: Promise<unknown>): Promise<RemoteFailure | null> {
  const failure: unknown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(failure instanceof RemoteFailure)) return null;
  await new Promise((resolve) => setTimeout(resolve, failure.retryAfterMs ?? 0));
  return failure;
}

const troubles: readonly (readonly [what: string, fault: Fault, kind: string])[] = [
  ['the connection breaks after the desk wrote', { type: 'reset-after' }, 'unavailable'],
  ['the connection breaks before', { type: 'reset-before' }, 'unavailable'],
  ['the answer is cut in the middle of its JSON', { type: 'malformed' }, 'malformed'],
  ['the desk is throttled', { type: 'status', status: 429, body: 'Too many requests' }, 'throttled'],
  ['the desk fails with a page', { type: 'status', status: 500, body: '<h1>Sorry</h1>' }, 'unavailable'],
  ['a gateway gives up', { type: 'status', status: 504, body: '' }, 'unavailable'],
  [
    'an error is answered as a success',
    { type: 'status', status: 200, body: { error: 'busy', success: false } },
    'malformed',
  ],
  ['the ticket is not there for a moment', { type: 'status', status: 404, body: '' }, 'unavailable'],
];

export function exactlyOnce(tested: DeskUnderTest): void {
  const at = new DeskInUse(tested);
  const answered = (key: string): TicketUpdate => ({
    ...reply(key),
    addTags: ['deskhand_answered'],
    status: 'pending',
  });
  const turn = (key: string) => [answered(`${key}/reply`), note(`${key}/note`)];

  test('a reply is written once, and its comment is named', async () => {
    const ticketId = await at.asks();
    const [applied] = await at.apply(ticketId, [reply('k/reply')], await at.guard(ticketId));
    const written = (await at.read(ticketId)).comments.at(-1);
    expect(applied).toEqual({ key: 'k/reply', outcome: 'applied', commentId: written?.id });
    expect(written).toMatchObject({ author: 'bot', public: true });
    expect(await at.ours(ticketId)).toEqual(['It arrives on Friday.']);
  });

  describe.each(['reply', 'note', 'fields'] as const)('at the %s', (where) => {
    test.each(troubles)('%s: the next attempts end with one of each', async (_what, fault, failureKind) => {
      const ticketId = await at.asks();
      const guard = await at.guard(ticketId);
      const updates = turn(`${ticketId}/${guard.newestCustomerCommentId}`);
      at.desk.faults.add({ route: at.desk.routes[where], times: 1, fault });
      const failure = await failureOf(at.apply(ticketId, updates, guard));
      expect(failure).toMatchObject({ kind: failureKind, retryable: true });
      expect(await at.apply(ticketId, updates, guard)).toHaveLength(2);
      expect(await at.ours(ticketId)).toEqual(['It arrives on Friday.', 'Answered by rule order-status.']);
      expect(await at.read(ticketId)).toMatchObject({ status: 'pending', tags: ['deskhand_answered'] });
      expect(await at.apply(ticketId, updates, guard)).toMatchObject([
        { outcome: 'already-applied' },
        { outcome: 'already-applied' },
      ]);
    });
  });

  test.each([
    ['whose request runs out of time', 150, 90_000],
    ['that runs out of time itself', 90_000, 150],
  ])('a first attempt %s, and that the desk applies late: one reply', async (_what, patienceMs, stepMs) => {
    const ticketId = await at.asks();
    const guard = await at.guard(ticketId);
    const updates = turn(`${ticketId}/${guard.newestCustomerCommentId}`);
    at.desk.faults.add({ route: at.desk.routes.reply, times: 1, fault: { type: 'delay', ms: 300 } });
    const hasty = at.desk.open({ patienceMs });
    const call = { signal: AbortSignal.timeout(stepMs) };
    expect(await failureOf(hasty.applyUpdates(ticketId, updates, guard, call))).toMatchObject({
      kind: 'unavailable',
      retryable: true,
    });
    await at.apply(ticketId, updates, guard);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await at.ours(ticketId)).toHaveLength(2);
  });

  describe('where a write cannot be made to depend on what was read', () => {
    const write = (ticketId: string, call: CallContext) =>
      at.desk.open().applyUpdates(ticketId, turn(ticketId), whatever, call);

    test('it says for how long what an attempt that died has sent may come late', () => {
      const { settleMs } = at.desk.open();
      if (at.desk.abilities.conditionalWrites) expect(settleMs).toBeUndefined();
      else expect(settleMs).toBe(settlingMs({}));
    });

    test('an attempt that was only taken for dead writes no more, at whatever step it comes to itself', async () => {
      if (at.desk.abilities.conditionalWrites) return;
      const told: string[] = [];
      for (const passes of [0, 1, 2]) {
        const ticketId = await at.asks();
        let left = passes;
        const stillCurrent = (): Promise<void> =>
          left-- > 0 ? Promise.resolve() : Promise.reject(new Error('another has taken over'));
        await expect(write(ticketId, { ...anyCall(), stillCurrent })).rejects.toThrow(
          'another has taken over',
        );
        const { status } = await at.read(ticketId);
        told.push(`${(await at.ours(ticketId)).length} written, ${status === 'pending' ? 'set' : 'not set'}`);
      }
      expect(told).toEqual(['0 written, not set', '1 written, not set', '1 written, set']);
    });
  });

  test('the same words on another message are another reply', async () => {
    const ticketId = await at.asks();
    const first = await at.guard(ticketId);
    await at.apply(ticketId, [reply(`${ticketId}/${first.newestCustomerCommentId}/reply`)], first);
    await at.people.customerWrites(ticketId, 'And now?');
    const second = await at.guard(ticketId);
    const key = `${ticketId}/${second.newestCustomerCommentId}/reply`;
    expect(await at.apply(ticketId, [reply(key)], second)).toMatchObject([{ outcome: 'applied' }]);
    expect(await at.ours(ticketId)).toHaveLength(2);
  });

  test('a reply that is out gets its note even when a person has answered meanwhile', async () => {
    const ticketId = await at.asks();
    const guard = await at.guard(ticketId);
    await at.apply(ticketId, [reply('k/reply')], guard);
    await at.people.agentActs(ticketId, 'Nora Lind', { comment: { body: 'I add something.', public: true } });
    expect(await at.apply(ticketId, [reply('k/reply'), note('k/note')], guard)).toMatchObject([
      { key: 'k/reply', outcome: 'already-applied' },
      { key: 'k/note', outcome: 'applied' },
    ]);
    expect(await at.ours(ticketId)).toHaveLength(2);
  });

  test('a note that stands in for a reply is written only where the reply is not', async () => {
    const keyed = async (ticketId: string) =>
      `${ticketId}/${(await at.guard(ticketId)).newestCustomerCommentId}/reply`;
    const sent = await at.asks();
    const key = await keyed(sent);
    await at.apply(sent, [reply(key)]);
    const draft = { ...note('k/draft', 'The draft'), unless: key };
    expect(await at.apply(sent, [draft])).toEqual([
      { key: 'k/draft', outcome: 'not-needed', commentId: null },
    ]);
    expect(await at.ours(sent)).toHaveLength(1);
    const unsent = await at.asks();
    const other = { ...draft, unless: await keyed(unsent) };
    expect(await at.apply(unsent, [other])).toMatchObject([{ key: 'k/draft', outcome: 'applied' }]);
    expect(await at.ours(unsent)).toEqual(['The draft']);
  });

  test('a retry of a reply that was sent is told so, even though the customer has answered it', async () => {
    const ticketId = await at.asks();
    const guard = await at.guard(ticketId);
    const key = `${ticketId}/${guard.newestCustomerCommentId}/reply`;
    await at.apply(ticketId, [reply(key)], guard);
    await at.people.customerWrites(ticketId, 'Thanks!');
    expect(await at.apply(ticketId, [reply(key)], guard)).toMatchObject([{ outcome: 'already-applied' }]);
    expect(await at.ours(ticketId)).toHaveLength(1);
  });

  test('what was written before the ticket was closed is still found', async () => {
    const ticketId = await at.asks();
    await at.apply(ticketId, [reply('k/reply')]);
    await at.people.agentActs(ticketId, 'Nora Lind', { status: 'closed' });
    expect(await at.apply(ticketId, [reply('k/reply')])).toMatchObject([{ outcome: 'already-applied' }]);
    expect(await at.ours(ticketId)).toHaveLength(1);
  });

  test('a ticket that is gone when it is read is gone', async () => {
    for (const ticketId of ['987654', 'abc', '', '1/comments', '0']) {
      await expect(at.apply(ticketId, [reply('k/reply')])).rejects.toMatchObject({
        kind: 'ticket-not-found',
        retryable: false,
      });
    }
  });

  test('no updates are no requests, even with the desk down', async () => {
    at.desk.faults.add({ fault: { type: 'status', status: 503 } });
    expect(await at.desk.open().applyUpdates('1', [], whatever, anyCall())).toEqual([]);
  });
}
