/** What must hold when Deskhand writes to a ticket, whatever the network, the desk, customers and agents do. */
import { plainUpdate, type TicketUpdate, type UpdateGuard } from '../../../src/core/ticket/update';
import { AdapterAtZendesk } from './adapterAtZendesk';
import { guardOf, note, reply } from '../contract/deskUnderTest';
import { holdNext } from '../../support/holdNext';

let at: AdapterAtZendesk;
beforeAll(async () => {
  at = await AdapterAtZendesk.start();
});
afterEach(() => at.faults.clear());
afterAll(() => at.double.stop());

const read = (ticketId: string) => at.read(ticketId);
async function botComments(ticketId: string): Promise<readonly string[]> {
  return (await read(ticketId)).comments.filter(({ author }) => author === 'bot').map(({ body }) => body);
}
/** What happens on the desk while the write is held there: between what was read for it and its being applied. */
async function whileWriting<T>(write: () => Promise<T>, act: () => Promise<unknown>): Promise<T> {
  const { asked, goOn } = holdNext(at.faults, 'PUT /api/v2/tickets/*');
  const acting = asked().then(act).finally(goOn);
  const [written, acted] = await Promise.allSettled([write(), acting]);
  if (acted.status === 'rejected') throw acted.reason;
  if (written.status === 'rejected') throw written.reason;
  return written.value;
}
const apply = (ticketId: string, updates: readonly TicketUpdate[], guard?: UpdateGuard) =>
  at.apply(ticketId, updates, guard);

describe('exactly one visible effect', () => {
  test('two workers with the same reply at the same moment: one reply, both told its comment', async () => {
    const { ticketId } = await at.people.customerOpens('Where is my order?');
    const guard = guardOf(await read(ticketId));
    const both = await Promise.all([
      apply(ticketId, [reply('k/reply')], guard),
      apply(ticketId, [reply('k/reply')], guard),
    ]);
    expect(
      both
        .flat()
        .map(({ outcome }) => outcome)
        .sort(),
    ).toEqual(['already-applied', 'applied']);
    expect(new Set(both.flat().map(({ commentId }) => commentId)).size).toBe(1);
    expect(await botComments(ticketId)).toHaveLength(1);
  });

  test.each([404, 410])(
    'a %i to a write, of a ticket that was just read, is no proof that it is gone: it is tried again',
    async (status) => {
      const { ticketId } = await at.people.customerOpens('Where is my order?');
      at.faults.add({
        route: 'PUT /api/v2/tickets/*',
        times: 1,
        fault: { type: 'status', status, body: { error: 'RecordNotFound', description: 'Not found' } },
      });
      await expect(apply(ticketId, [reply('k/reply')])).rejects.toMatchObject({
        kind: 'unavailable',
        retryable: true,
        message: expect.stringContaining(String(status)) as string,
      });
      expect(await apply(ticketId, [reply('k/reply')])).toMatchObject([{ outcome: 'applied' }]);
      expect(await botComments(ticketId)).toHaveLength(1);
    },
  );
});

describe('a person wins', () => {
  test('so does another group, given by an agent', async () => {
    const { ticketId } = await at.people.customerOpens('Where is my order?');
    const guard = guardOf(await read(ticketId));
    await at.people.agentActs(ticketId, 'Nora Lind', { groupId: at.people.groupId('Billing') });
    await expect(apply(ticketId, [reply('k/reply')], guard)).rejects.toMatchObject({
      kind: 'person-active',
      message: expect.stringContaining('another group') as string,
    });
  });

  test('nor do status and group that we have set ourselves, by another update', async () => {
    const { ticketId } = await at.people.customerOpens('Where is my order?');
    const guard = guardOf(await read(ticketId));
    await apply(ticketId, [plainUpdate('k/other', { status: 'pending', group: 'Billing' })]);
    expect(await apply(ticketId, [reply('k/reply')], guard)).toMatchObject([{ outcome: 'applied' }]);
  });
});

describe('a stale draft is never sent', () => {
  test('a vacation reply does not make it stale', async () => {
    const { ticketId } = await at.people.customerOpens('Where is my order?');
    const guard = guardOf(await read(ticketId));
    await at.people.customerWrites(ticketId, 'I am out of the office', { channel: 'email', flags: [4] });
    expect(await apply(ticketId, [reply('k/reply')], guard)).toMatchObject([{ outcome: 'applied' }]);
  });
});

describe('conflicts', () => {
  test('a change without any person in it only costs another look: the same reply goes out once', async () => {
    const { ticketId } = await at.people.customerOpens('Where is my order?');
    const guard = guardOf(await read(ticketId));
    const writing = whileWriting(
      () => apply(ticketId, [reply('k/reply')], guard),
      () => at.put(`/tickets/${ticketId}`, { ticket: { priority: 'high' } }),
    );
    expect(await writing).toMatchObject([{ outcome: 'applied' }]);
    expect(await botComments(ticketId)).toHaveLength(1);
  });

  test('two conflicts in a row are settled by reading again', async () => {
    const { ticketId } = await at.people.customerOpens('Where is my order?');
    const body = { error: 'DatabaseConflict', description: 'Database collision' };
    const fault = { type: 'status', status: 409, body } as const;
    at.faults.add({ route: 'PUT /api/v2/tickets/*', times: 2, fault });
    expect(await apply(ticketId, [reply('k/reply')])).toMatchObject([{ outcome: 'applied' }]);
  });

  test('a burst of them ends in a failure that may be tried later, not in a loop', async () => {
    const { ticketId } = await at.people.customerOpens('Where is my order?');
    const fault = { type: 'status', status: 409, body: { error: 'UpdateConflict' } } as const;
    at.faults.add({ route: 'PUT /api/v2/tickets/*', fault });
    await expect(apply(ticketId, [reply('k/reply')])).rejects.toMatchObject({
      kind: 'conflict',
      retryable: true,
    });
    expect(at.faults.list()[0]?.struck).toBe(3);
  });

  test('four writers at once: every update is applied, none twice, no tag is lost', async () => {
    const { ticketId } = await at.people.customerOpens('Where is my order?');
    const one = (n: number): Promise<unknown> =>
      apply(ticketId, [
        plainUpdate(`k/${n}`, {
          addTags: [`tag_${n}`],
          comment: { public: false, text: `note ${n}`, html: null },
        }),
      ]);
    const retried = async (n: number): Promise<void> => {
      for (;;) {
        const failure: unknown = await one(n).then(
          () => null,
          (error: unknown) => error,
        );
        if (failure === null) return;
        expect(failure).toMatchObject({ kind: 'conflict', retryable: true });
      }
    };
    await Promise.all([1, 2, 3, 4].map(retried));
    expect((await botComments(ticketId)).toSorted()).toEqual(['note 1', 'note 2', 'note 3', 'note 4']);
    expect((await read(ticketId)).tags.toSorted()).toEqual(['tag_1', 'tag_2', 'tag_3', 'tag_4']);
  });
});

describe('what an update changes', () => {
  test('tags of others stay: ours are added and removed on the list just read', async () => {
    const { ticketId } = await at.people.customerOpens('Where is my order?');
    await at.people.agentActs(ticketId, 'Nora Lind', { tags: ['vip', 'old_one'] });
    await apply(ticketId, [
      plainUpdate('k/tags', {
        addTags: ['Deskhand Answered', 'vip'],
        removeTags: ['old_one', 'never_there'],
      }),
    ]);
    expect((await read(ticketId)).tags).toEqual(['vip', 'deskhand', 'answered']);
  });

  test.each([
    [null, 'high'],
    ['low', 'high'],
    ['high', 'high'],
    ['urgent', 'urgent'],
  ] as const)(
    'an escalation to high leaves a ticket of priority %s at %s, and tells so',
    async (before, after) => {
      const { ticketId } = await at.people.customerOpens('Where is my order?');
      if (before !== null) await at.people.agentActs(ticketId, 'Nora Lind', { priority: before });
      const escalation = plainUpdate('k/up', { priority: 'high', onlyRaises: true, addTags: ['up'] });
      const told = { key: 'k/up', commentId: null, priority: after };
      expect(await apply(ticketId, [escalation])).toMatchObject([{ ...told, outcome: 'applied' }]);
      expect(await read(ticketId)).toMatchObject({ priority: after, tags: ['up'] });
      expect(await apply(ticketId, [escalation])).toMatchObject([told]);
    },
  );

  test('a reply travels with its tags and status in one update', async () => {
    const { ticketId } = await at.people.customerOpens('Where is my order?');
    await apply(ticketId, [{ ...reply('k/reply'), addTags: ['deskhand_answered'], status: 'pending' }]);
    expect(await read(ticketId)).toMatchObject({ status: 'pending', tags: ['deskhand_answered'] });
    const { audits } = await at.get<{ audits: { metadata: { custom: unknown } }[] }>(
      `/tickets/${ticketId}/audits`,
    );
    expect(audits.map(({ metadata }) => metadata.custom)).toEqual([{}, { deskhand_key: 'k/reply' }]);
  });
});

describe('what a comment says', () => {
  test('a reply over 64 kB is refused, a note is cut with a mark', async () => {
    const { ticketId } = await at.people.customerOpens('Hello');
    const long = 'word '.repeat(20_000);
    await expect(apply(ticketId, [reply('k/reply', long)])).rejects.toMatchObject({
      kind: 'rejected',
      retryable: false,
    });
    await apply(ticketId, [note('k/note', long)]);
    expect((await botComments(ticketId))[0]).toMatch(
      /\[Cut here: the note was longer than the desk keeps\.\]$/,
    );
  });
});

describe('tickets that cannot be written', () => {
  test('a closed one is told before anything is sent, and by the desk when it closes in between', async () => {
    const { ticketId } = await at.people.customerOpens('Where is my order?');
    const writing = whileWriting(
      () => apply(ticketId, [reply('k/reply')]),
      () => at.people.agentActs(ticketId, 'Nora Lind', { status: 'closed' }),
    );
    await expect(writing).rejects.toMatchObject({ kind: 'ticket-closed', retryable: false });
    await expect(apply(ticketId, [reply('k/reply')])).rejects.toMatchObject({ kind: 'ticket-closed' });
  });
});
