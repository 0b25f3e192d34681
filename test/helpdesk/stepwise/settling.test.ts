/** For how long a write that failed is left alone: as long as it may still be carried out, and no longer. */
import { RemoteFailure } from '../../../src/remote/failures';
import { readFields, setFields, writeComment, type Writing } from '../../../src/helpdesk/stepwise/writing';
import type { ViewedTicket } from '../../../src/helpdesk/stepwise/stepwiseDesk';
import { anyCall } from '../contract/deskUnderTest';

type Options = ConstructorParameters<typeof RemoteFailure>[2];

const view: ViewedTicket = {
  ...{ ticketId: '17', ownUserId: '7', requesterId: '5', assigneeId: null, groupId: null },
  ...{ status: 'open', priority: null, tags: [], comments: [] },
};

/** On a desk of which every request ends so. */
function failing(error: Error): Writing<ViewedTicket> {
  const fails = () => Promise.reject(error);
  const desk = {
    ...{ name: 'the desk', settleMs: 30_000, findWritten: () => undefined, shownField: () => undefined },
    ...{ readView: fails, readFields: fails, lookAgain: fails, setFields: fails, writeComment: fails },
    ...{ statusSetAt: fails, customFields: fails, groupId: fails, agentIdByEmail: fails, isInGroup: fails },
  };
  return { desk, ticketId: '17', updates: [], guard: { kind: 'any' }, call: anyCall() };
}

const words = { public: true, text: 'It arrives on Friday.', html: null };
const writes: readonly [string, (writing: Writing<ViewedTicket>) => Promise<unknown>][] = [
  ['fields', (writing) => setFields(writing, { status: 'pending' }, view)],
  ['a comment', (writing) => writeComment(writing, 'k', words, view)],
];
const failures: readonly [string, RemoteFailure['kind'], Options, RemoteFailure['kind'], number | null][] = [
  ['got no answer', 'unavailable', { retryable: true }, 'unavailable', 30_000],
  ['got a 500', 'unavailable', { retryable: true, status: 500 }, 'unavailable', 30_000],
  ['is to wait for longer', 'unavailable', { retryable: true, retryAfterMs: 90_000 }, 'unavailable', 90_000],
  ['is to wait for less', 'unavailable', { retryable: true, retryAfterMs: 1_000 }, 'unavailable', 30_000],
  [
    'was turned away by a 503',
    'unavailable',
    { retryable: true, status: 503, retryAfterMs: 2_000 },
    'unavailable',
    2_000,
  ],
  ['was throttled', 'throttled', { retryable: true, retryAfterMs: 5_000 }, 'throttled', 5_000],
  ['was refused', 'rejected', { retryable: false }, 'rejected', null],
  ['lost its ticket', 'ticket-not-found', { retryable: false, status: 404 }, 'unavailable', null],
];

describe.each(writes)('%s', (_what, write) => {
  test.each(failures)('that %s', async (_how, kind, options, becomes, retryAfterMs) => {
    const failure: unknown = await write(failing(new RemoteFailure(kind, 'why', options))).catch(
      (error: unknown) => error,
    );
    const retryable = becomes !== 'rejected';
    expect(failure).toMatchObject({ kind: becomes, message: 'why', retryable, retryAfterMs });
  });

  test('that met a mistake of ours tells it as it is', async () => {
    const mistake = new TypeError('x is not a function');
    await expect(write(failing(mistake))).rejects.toBe(mistake);
  });

  test('is not sent where another attempt has taken over', async () => {
    const writing = failing(new Error('it was sent'));
    const stillCurrent = () => Promise.reject(new Error('another has taken over'));
    await expect(write({ ...writing, call: { ...writing.call, stillCurrent } })).rejects.toThrow(
      'another has taken over',
    );
  });
});

test('a ticket that is gone when it is read once more is found out by the next attempt', async () => {
  const gone = failing(new RemoteFailure('ticket-not-found', 'why', { retryable: false }));
  await expect(readFields(gone, view)).rejects.toMatchObject({ kind: 'unavailable', retryable: true });
});
