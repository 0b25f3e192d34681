/** What must hold when Deskhand writes to a ticket, whatever the network, the desk, customers and agents do. */
import { plainUpdate, type TicketUpdate, type UpdateGuard } from '../../../src/core/ticket/update';
import type { DeskTicket } from '../../../src/helpdesk/port';
import { openDeskWithPeople, type DeskWithPeople } from './deskWithPeople';
import { anyCall } from './wire';

let people: DeskWithPeople;
beforeAll(async () => {
  people = await openDeskWithPeople();
});
afterEach(() => people.desk.faults.clear());
afterAll(() => people.close());

const whatever: UpdateGuard = { kind: 'any' };

function reply(key: string, text = 'It arrives on Friday.'): TicketUpdate {
  return plainUpdate(key, { comment: { public: true, text, html: null } });
}
function note(key: string, text = 'Answered by rule order-status.'): TicketUpdate {
  return plainUpdate(key, { comment: { public: false, text, html: null } });
}
function guardOf(ticket: DeskTicket): Extract<UpdateGuard, { kind: 'unchanged-conversation' }> {
  const newest = (who: string): string | null =>
    ticket.comments.filter(({ author }) => author === who).at(-1)?.id ?? null;
  return {
    kind: 'unchanged-conversation',
    newestCustomerCommentId: newest('requester'),
    knownAgentCommentId: newest('agent'),
    knownAssigneeId: ticket.assignee?.id ?? null,
    knownStatus: ticket.status,
    knownGroupId: ticket.groupId,
  };
}
async function read(ticketId: string): Promise<DeskTicket> {
  return people.open().fetchTicket(ticketId, anyCall());
}
async function botComments(ticketId: string): Promise<readonly string[]> {
  return (await read(ticketId)).comments.filter(({ author }) => author === 'bot').map(({ body }) => body);
}
/** Both at once, and both to their end: what happens on the desk `ms` after the write was begun. */
async function whileWriting<T>(writing: Promise<T>, ms: number, act: () => Promise<unknown>): Promise<T> {
  const wait = new Promise((resolve) => setTimeout(resolve, ms));
  const [written, acted] = await Promise.allSettled([writing, wait.then(act)]);
  if (acted.status === 'rejected') throw acted.reason;
  if (written.status === 'rejected') throw written.reason;
  return written.value;
}
const apply = (ticketId: string, updates: readonly TicketUpdate[], guard: UpdateGuard = whatever) =>
  people.open().applyUpdates(ticketId, updates, guard, anyCall());

describe('exactly one visible effect', () => {
  test('a reply is written once, and its comment is named', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    const [applied] = await apply(ticketId, [reply('k/reply')], guardOf(await read(ticketId)));
    const written = (await read(ticketId)).comments.at(-1);
    expect(applied).toEqual({ key: 'k/reply', outcome: 'applied', commentId: written?.id });
    expect(written).toMatchObject({ author: 'bot', public: true, body: 'It arrives on Friday.' });
  });

  test('the connection breaks after the desk wrote: the retry finds it and writes nothing', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    const guard = guardOf(await read(ticketId));
    people.desk.faults.add({ route: 'PUT /api/v2/tickets/*', times: 1, fault: { type: 'reset-after' } });
    await expect(apply(ticketId, [reply('k/reply')], guard)).rejects.toMatchObject({
      kind: 'unavailable',
      retryable: true,
    });
    const written = (await read(ticketId)).comments.at(-1);
    expect(await apply(ticketId, [reply('k/reply')], guard)).toEqual([
      { key: 'k/reply', outcome: 'already-applied', commentId: written?.id },
    ]);
    expect(await botComments(ticketId)).toHaveLength(1);
  });

  test('a reply that is out gets its note even when a person has answered meanwhile', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    const guard = guardOf(await read(ticketId));
    await apply(ticketId, [reply('k/reply')], guard);
    await people.agentActs(ticketId, 'Nora Lind', { comment: { body: 'I add something.', public: true } });
    expect(await apply(ticketId, [reply('k/reply'), note('k/note')], guard)).toMatchObject([
      { key: 'k/reply', outcome: 'already-applied' },
      { key: 'k/note', outcome: 'applied' },
    ]);
    expect(await botComments(ticketId)).toHaveLength(2);
  });

  test('a note that stands in for a reply is written only where the reply is not', async () => {
    const sent = await people.customerOpens('Where is my order?');
    await apply(sent.ticketId, [reply('k/reply')]);
    const draft = { ...note('k/draft', 'The draft'), unless: 'k/reply' };
    expect(await apply(sent.ticketId, [draft])).toEqual([
      { key: 'k/draft', outcome: 'not-needed', commentId: null },
    ]);
    expect(await botComments(sent.ticketId)).toHaveLength(1);
    const unsent = await people.customerOpens('Where is my order?');
    expect(await apply(unsent.ticketId, [draft])).toMatchObject([{ key: 'k/draft', outcome: 'applied' }]);
    expect(await botComments(unsent.ticketId)).toHaveLength(1);
  });

  test('the answer is cut in the middle of its JSON: the same', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    people.desk.faults.add({ route: 'PUT /api/v2/tickets/*', times: 1, fault: { type: 'malformed' } });
    await expect(apply(ticketId, [reply('k/reply')])).rejects.toMatchObject({
      kind: 'malformed',
      retryable: true,
    });
    expect(await apply(ticketId, [reply('k/reply')])).toMatchObject([{ outcome: 'already-applied' }]);
    expect(await botComments(ticketId)).toHaveLength(1);
  });

  test('a first attempt that the desk applies late meets the retry: one of them wins, one reply', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    const desk = people.open();
    await desk.whoAmI(anyCall());
    people.desk.faults.add({
      route: 'PUT /api/v2/tickets/*',
      times: 1,
      fault: { type: 'delay', ms: 400 },
    });
    const given = new AbortController();
    const first = desk.applyUpdates(ticketId, [reply('k/reply')], whatever, { signal: given.signal });
    setTimeout(() => given.abort(), 200);
    await expect(first).rejects.toMatchObject({ kind: 'cancelled' });
    await apply(ticketId, [reply('k/reply')]);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await botComments(ticketId)).toHaveLength(1);
  });

  test('two workers with the same reply at the same moment: one reply, both told its comment', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
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

  test('what was written before a failure is not repeated: the retry goes on behind it', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    const updates = [reply('k/reply'), note('k/note')];
    people.desk.faults.add({ route: 'PUT /api/v2/tickets/*', times: 1, fault: { type: 'reset-after' } });
    await expect(apply(ticketId, updates)).rejects.toThrow();
    expect(await apply(ticketId, updates)).toMatchObject([
      { key: 'k/reply', outcome: 'already-applied' },
      { key: 'k/note', outcome: 'applied' },
    ]);
    expect(await botComments(ticketId)).toEqual(['It arrives on Friday.', 'Answered by rule order-status.']);
  });

  test.each([404, 410])(
    'a %i to a write, of a ticket that was just read, is no proof that it is gone: it is tried again',
    async (status) => {
      const { ticketId } = await people.customerOpens('Where is my order?');
      people.desk.faults.add({
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

  test('a ticket that is gone when it is read is gone', async () => {
    await expect(apply('987654', [reply('k/reply')])).rejects.toMatchObject({
      kind: 'ticket-not-found',
      retryable: false,
    });
  });

  test('no updates are no requests, even with the desk down', async () => {
    people.desk.faults.add({ fault: { type: 'status', status: 503 } });
    expect(await apply('1', [])).toEqual([]);
  });
});

describe('a person wins', () => {
  test.each([
    ['a public answer', { comment: { body: 'I am on it.', public: true } }],
    ['an internal note', { comment: { body: 'I know this customer.', public: false } }],
  ])('%s of an agent since the turn began stops the reply', async (_what, change) => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    const guard = guardOf(await read(ticketId));
    await people.agentActs(ticketId, 'Nora Lind', change);
    await expect(apply(ticketId, [reply('k/reply')], guard)).rejects.toMatchObject({
      kind: 'person-active',
      retryable: false,
    });
    expect(await botComments(ticketId)).toEqual([]);
  });

  test('so does an assignment', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    const guard = guardOf(await read(ticketId));
    await people.agentActs(ticketId, 'Nora Lind', { assigneeId: people.agentId('Nora Lind') });
    await expect(apply(ticketId, [reply('k/reply')], guard)).rejects.toMatchObject({ kind: 'person-active' });
  });

  test.each<[string, Record<string, unknown>]>([
    ['solves it', { status: 'solved' }],
    ['puts it on hold', { status: 'hold' }],
    ['sets it to pending', { status: 'pending' }],
  ])('so does an agent who %s without a word', async (_what, change) => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    const guard = guardOf(await read(ticketId));
    await people.agentActs(ticketId, 'Nora Lind', change);
    await expect(apply(ticketId, [reply('k/reply')], guard)).rejects.toMatchObject({
      kind: 'person-active',
      message: expect.stringContaining('since the turn began') as string,
    });
    await expect(people.open().checkUnchanged(ticketId, guard, anyCall())).rejects.toMatchObject({
      kind: 'person-active',
    });
    expect(await botComments(ticketId)).toEqual([]);
    expect((await read(ticketId)).status).toBe(change['status']);
  });

  test('so does another group, given by an agent', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    const guard = guardOf(await read(ticketId));
    await people.agentActs(ticketId, 'Nora Lind', { groupId: people.groupId('Billing') });
    await expect(apply(ticketId, [reply('k/reply')], guard)).rejects.toMatchObject({
      kind: 'person-active',
      message: expect.stringContaining('another group') as string,
    });
  });

  test('what an agent had set before the turn, and an opening, stop nothing', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    await people.agentActs(ticketId, 'Nora Lind', { status: 'pending', groupId: people.groupId('Billing') });
    const guard = guardOf(await read(ticketId));
    await people.agentActs(ticketId, 'Nora Lind', { status: 'open' });
    expect(await apply(ticketId, [reply('k/reply')], guard)).toMatchObject([{ outcome: 'applied' }]);
  });

  test('nor do status and group that we have set ourselves, by another update', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    const guard = guardOf(await read(ticketId));
    await apply(ticketId, [plainUpdate('k/other', { status: 'pending', group: 'Billing' })]);
    expect(await apply(ticketId, [reply('k/reply')], guard)).toMatchObject([{ outcome: 'applied' }]);
  });

  test('a solved ticket that the customer opens again makes the draft stale, as her words do', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    const guard = guardOf(await read(ticketId));
    await people.agentActs(ticketId, 'Nora Lind', { status: 'solved' });
    await people.customerWrites(ticketId, 'It is not solved!');
    await expect(apply(ticketId, [reply('k/reply')], guard)).rejects.toMatchObject({ kind: 'stale-draft' });
  });

  test('a turn that began under older code knows neither, and writes as it did', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    const { knownStatus, knownGroupId, ...older } = guardOf(await read(ticketId));
    expect([knownStatus, knownGroupId]).toEqual(['new', null]);
    await people.agentActs(ticketId, 'Nora Lind', { status: 'hold' });
    expect(await apply(ticketId, [reply('k/reply')], older)).toMatchObject([{ outcome: 'applied' }]);
  });

  test('an agent whom the turn knew of does not: the ticket was handed back', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    await people.agentActs(ticketId, 'Nora Lind', {
      comment: { body: 'Bot, take it.', public: false },
      assigneeId: people.agentId('Nora Lind'),
    });
    const guard = guardOf(await read(ticketId));
    expect(await apply(ticketId, [reply('k/reply')], guard)).toMatchObject([{ outcome: 'applied' }]);
  });

  test('the agent answers between our read and our write: the 409 leads to a second look, and no reply', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    const guard = guardOf(await read(ticketId));
    people.desk.faults.add({ route: 'PUT /api/v2/tickets/*', times: 1, fault: { type: 'delay', ms: 300 } });
    const writing = whileWriting(apply(ticketId, [reply('k/reply')], guard), 150, () =>
      people.agentActs(ticketId, 'Nora Lind', { comment: { body: 'On it.', public: true } }),
    );
    await expect(writing).rejects.toMatchObject({ kind: 'person-active' });
    expect(await botComments(ticketId)).toEqual([]);
  });

  test('a note that must reach people goes in whoever is there', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    await people.agentActs(ticketId, 'Nora Lind', { comment: { body: 'On it.', public: true } });
    expect(await apply(ticketId, [note('k/draft')])).toMatchObject([{ outcome: 'applied' }]);
  });

  test('whom we assigned ourselves is not a person stepping in, on the first attempt and on a retry', async () => {
    const { ticketId } = await people.customerOpens('I want a human');
    const guard = guardOf(await read(ticketId));
    const assign = plainUpdate('k/assign', { assignee: 'nora@demo-shop.example' });
    expect(await apply(ticketId, [assign, note('k/note')], guard)).toHaveLength(2);
    expect(await apply(ticketId, [assign, note('k/note'), note('k/more')], guard)).toMatchObject([
      { outcome: 'already-applied' },
      { outcome: 'already-applied' },
      { outcome: 'applied' },
    ]);
  });
});

describe('a stale draft is never sent', () => {
  test('the customer wrote again since', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    const guard = guardOf(await read(ticketId));
    await people.customerWrites(ticketId, 'It is 48213');
    await expect(apply(ticketId, [reply('k/reply')], guard)).rejects.toMatchObject({
      kind: 'stale-draft',
      retryable: false,
    });
  });

  test('somebody in copy wrote since: that may be what the answer is about', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    const guard = guardOf(await read(ticketId));
    await people.customerWrites(ticketId, 'Me too', { email: 'bo@mail.example', name: 'Bo' });
    await expect(apply(ticketId, [reply('k/reply')], guard)).rejects.toMatchObject({ kind: 'stale-draft' });
  });

  test('a vacation reply does not make it stale', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    const guard = guardOf(await read(ticketId));
    await people.customerWrites(ticketId, 'I am out of the office', { channel: 'email', flags: [4] });
    expect(await apply(ticketId, [reply('k/reply')], guard)).toMatchObject([{ outcome: 'applied' }]);
  });

  test('a retry of a reply that was sent is told so, even though the customer has answered it', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    const guard = guardOf(await read(ticketId));
    await apply(ticketId, [reply('k/reply')], guard);
    await people.customerWrites(ticketId, 'Thanks!');
    expect(await apply(ticketId, [reply('k/reply')], guard)).toMatchObject([{ outcome: 'already-applied' }]);
  });
});

describe('conflicts', () => {
  test('a change without any person in it only costs another look: the same reply goes out once', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    const guard = guardOf(await read(ticketId));
    people.desk.faults.add({ route: 'PUT /api/v2/tickets/*', times: 1, fault: { type: 'delay', ms: 300 } });
    const writing = whileWriting(apply(ticketId, [reply('k/reply')], guard), 150, () =>
      people.put(`/tickets/${ticketId}`, { ticket: { priority: 'high' } }),
    );
    expect(await writing).toMatchObject([{ outcome: 'applied' }]);
    expect(await botComments(ticketId)).toHaveLength(1);
  });

  test('two conflicts in a row are settled by reading again', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    const body = { error: 'DatabaseConflict', description: 'Database collision' };
    const fault = { type: 'status', status: 409, body } as const;
    people.desk.faults.add({ route: 'PUT /api/v2/tickets/*', times: 2, fault });
    expect(await apply(ticketId, [reply('k/reply')])).toMatchObject([{ outcome: 'applied' }]);
  });

  test('a burst of them ends in a failure that may be tried later, not in a loop', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    const fault = { type: 'status', status: 409, body: { error: 'UpdateConflict' } } as const;
    people.desk.faults.add({ route: 'PUT /api/v2/tickets/*', fault });
    await expect(apply(ticketId, [reply('k/reply')])).rejects.toMatchObject({
      kind: 'conflict',
      retryable: true,
    });
    expect(people.desk.faults.list()[0]?.struck).toBe(3);
  });

  test('four writers at once: every update is applied, none twice, no tag is lost', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
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
    const { ticketId } = await people.customerOpens('Where is my order?');
    await people.agentActs(ticketId, 'Nora Lind', { tags: ['vip', 'old_one'] });
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
      const { ticketId } = await people.customerOpens('Where is my order?');
      if (before !== null) await people.agentActs(ticketId, 'Nora Lind', { priority: before });
      const escalation = plainUpdate('k/up', { priority: 'high', onlyRaises: true, addTags: ['up'] });
      const told = { key: 'k/up', commentId: null, priority: after };
      expect(await apply(ticketId, [escalation])).toMatchObject([{ ...told, outcome: 'applied' }]);
      expect(await read(ticketId)).toMatchObject({ priority: after, tags: ['up'] });
      expect(await apply(ticketId, [escalation])).toMatchObject([told]);
    },
  );

  test('a priority that is simply set is lowered where that is wished', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    await people.agentActs(ticketId, 'Nora Lind', { priority: 'urgent' });
    await apply(ticketId, [plainUpdate('k/down', { priority: 'low' })]);
    expect((await read(ticketId)).priority).toBe('low');
  });

  test('a reply travels with its tags and status in one update', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    await apply(ticketId, [{ ...reply('k/reply'), addTags: ['deskhand_answered'], status: 'pending' }]);
    expect(await read(ticketId)).toMatchObject({ status: 'pending', tags: ['deskhand_answered'] });
    const { audits } = await people.get<{ audits: { metadata: { custom: unknown } }[] }>(
      `/tickets/${ticketId}/audits`,
    );
    expect(audits.map(({ metadata }) => metadata.custom)).toEqual([{}, { deskhand_key: 'k/reply' }]);
  });

  test('a tag that could not be written with its reply is not written without it', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    const guard = guardOf(await read(ticketId));
    await people.agentActs(ticketId, 'Nora Lind', {
      tags: ['vip'],
      comment: { body: 'On it.', public: true },
    });
    const update = { ...reply('k/reply'), addTags: ['deskhand_answered'] };
    await expect(apply(ticketId, [update], guard)).rejects.toMatchObject({ kind: 'person-active' });
    expect((await read(ticketId)).tags).toEqual(['vip']);
  });

  test('when everything is as asked already, nothing is written', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    await people.agentActs(ticketId, 'Nora Lind', { tags: ['vip'], status: 'pending' });
    people.desk.faults.add({ route: 'PUT /api/v2/tickets/*', fault: { type: 'status', status: 500 } });
    const update = plainUpdate('k/same', { addTags: ['vip'], removeTags: ['x'], status: 'pending' });
    expect(await apply(ticketId, [update])).toEqual([{ key: 'k/same', outcome: 'applied', commentId: null }]);
  });

  test('a hand-off is one update: group, note, tag, status and priority', async () => {
    const { ticketId } = await people.customerOpens('I want a human');
    await apply(ticketId, [
      {
        ...note('k/hand-off'),
        group: 'tier 2',
        addTags: ['deskhand_handed_off'],
        status: 'open',
        priority: 'high',
      },
    ]);
    expect(await read(ticketId)).toMatchObject({
      groupId: String(people.groupId('Tier 2')),
      assignee: null,
      tags: ['deskhand_handed_off'],
      status: 'open',
      priority: 'high',
    });
  });

  test('an assignee who is not in the new group gives the ticket up, one who is keeps it', async () => {
    const group = 'Billing';
    for (const [name, keeps] of [
      ['Nora Lind', false],
      ['Tomas Reyes', true],
    ] as const) {
      const { ticketId } = await people.customerOpens('I was billed twice');
      const agent = people.agentId(name);
      await people.agentActs(ticketId, name, { assigneeId: agent, groupId: people.groupId('Support') });
      await apply(ticketId, [plainUpdate('k/group', { group })]);
      expect((await read(ticketId)).assignee?.id).toBe(keeps ? String(agent) : undefined);
    }
  });

  test('the bot gives up its ticket when people are to see it', async () => {
    const { ticketId } = await people.customerOpens('I want a human');
    await apply(ticketId, [plainUpdate('k/mine', { assignee: String(people.agentId('Deskhand')) })]);
    expect((await read(ticketId)).assignee).toEqual({ id: String(people.agentId('Deskhand')), kind: 'bot' });
    await apply(ticketId, [plainUpdate('k/theirs', { group: 'Support' })]);
    expect((await read(ticketId)).assignee).toBeNull();
  });

  test('an agent is assigned by address or id, and unassigned by `nobody`', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    const nora = String(people.agentId('Nora Lind'));
    await apply(ticketId, [plainUpdate('k/1', { assignee: 'nora@demo-shop.example' })]);
    expect((await read(ticketId)).assignee).toEqual({ id: nora, kind: 'agent' });
    await apply(ticketId, [plainUpdate('k/2', { assignee: 'nobody' })]);
    expect((await read(ticketId)).assignee).toBeNull();
    await apply(ticketId, [plainUpdate('k/3', { assignee: nora })]);
    expect((await read(ticketId)).assignee?.id).toBe(nora);
  });

  test('an unknown group is refused, with the ones there are', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    await expect(apply(ticketId, [plainUpdate('k/group', { group: 'Returns' })])).rejects.toMatchObject({
      kind: 'rejected',
      retryable: false,
      message: 'Zendesk has no group "Returns"; it has "Support", "Tier 2", "Billing"',
    });
  });

  test('an unknown agent is refused by the desk, in words without the address', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    const update = plainUpdate('k/who', { assignee: 'gone@demo-shop.example' });
    await expect(apply(ticketId, [update])).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.not.stringContaining('gone@') as unknown,
    });
  });
});

describe('what a comment says', () => {
  test('arrives with its lines, as text and not as code', async () => {
    const { ticketId } = await people.customerOpens('Hello');
    const text = 'Hi <Ana>,\nyou wrote {{ticket.requester.email}} & {% raw %}.\n\nBye';
    await apply(ticketId, [reply('k/reply', text)]);
    const [body] = await botComments(ticketId);
    expect(body?.replaceAll('\u2060', '')).toBe(text);
    expect(body).not.toContain('ana@mail.example');
  });

  test('a reply over 64 kB is refused, a note is cut with a mark', async () => {
    const { ticketId } = await people.customerOpens('Hello');
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
    const { ticketId } = await people.customerOpens('Where is my order?');
    people.desk.faults.add({ route: 'PUT /api/v2/tickets/*', times: 1, fault: { type: 'delay', ms: 300 } });
    const writing = whileWriting(apply(ticketId, [reply('k/reply')]), 150, () =>
      people.agentActs(ticketId, 'Nora Lind', { status: 'closed' }),
    );
    await expect(writing).rejects.toMatchObject({ kind: 'ticket-closed', retryable: false });
    await expect(apply(ticketId, [reply('k/reply')])).rejects.toMatchObject({ kind: 'ticket-closed' });
  });

  test('what was written before it closed is still found', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    await apply(ticketId, [reply('k/reply')]);
    await people.agentActs(ticketId, 'Nora Lind', { status: 'closed' });
    expect(await apply(ticketId, [reply('k/reply')])).toMatchObject([{ outcome: 'already-applied' }]);
  });

  test.each(['999999', 'abc', '', '1/comments', '0'])('ticket "%s" is not there', async (ticketId) => {
    await expect(apply(ticketId, [reply('k/reply')])).rejects.toMatchObject({
      kind: 'ticket-not-found',
      retryable: false,
    });
  });
});
