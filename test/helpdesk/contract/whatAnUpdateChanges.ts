/** Tags, status, priority, group, assignee and custom fields: what is asked for, on what was just read. */
import { plainUpdate } from '../../../src/core/ticket/update';
import { DeskInUse, anyCall, note, reply, type DeskUnderTest } from './deskUnderTest';

export function whatAnUpdateChanges(tested: DeskUnderTest): void {
  const at = new DeskInUse(tested);

  test('tags of others stay: ours are added and removed on the list just read', async () => {
    const ticketId = await at.asks();
    await at.people.agentActs(ticketId, 'Nora Lind', { tags: ['vip', 'old_one'] });
    await at.apply(ticketId, [
      plainUpdate('k/tags', {
        addTags: ['deskhand_answered', 'vip'],
        removeTags: ['old_one', 'never_there'],
      }),
    ]);
    expect((await at.read(ticketId)).tags).toEqual(['vip', 'deskhand_answered']);
  });

  test.each([
    ['low', 'high'],
    ['high', 'high'],
    ['urgent', 'urgent'],
  ] as const)(
    'an escalation to high leaves a ticket of priority %s at %s, and tells so',
    async (before, after) => {
      const ticketId = await at.asks();
      await at.people.agentActs(ticketId, 'Nora Lind', { priority: before });
      const escalation = plainUpdate('k/up', { priority: 'high', onlyRaises: true, addTags: ['up'] });
      const told = { key: 'k/up', commentId: null, priority: after };
      expect(await at.apply(ticketId, [escalation])).toMatchObject([{ ...told, outcome: 'applied' }]);
      expect(await at.read(ticketId)).toMatchObject({ priority: after, tags: ['up'] });
      expect(await at.apply(ticketId, [escalation])).toMatchObject([told]);
    },
  );

  test('a priority that is simply set is lowered where that is wished', async () => {
    const ticketId = await at.asks();
    await at.people.agentActs(ticketId, 'Nora Lind', { priority: 'urgent' });
    await at.apply(ticketId, [plainUpdate('k/down', { priority: 'low' })]);
    expect((await at.read(ticketId)).priority).toBe('low');
  });

  test('a reply brings its tags and status', async () => {
    const ticketId = await at.asks();
    await at.apply(ticketId, [{ ...reply('k/reply'), addTags: ['deskhand_answered'], status: 'pending' }]);
    expect(await at.read(ticketId)).toMatchObject({ status: 'pending', tags: ['deskhand_answered'] });
  });

  test.each(['open', 'pending', 'hold', 'solved'] as const)('a ticket is set to %s', async (status) => {
    const ticketId = await at.asks();
    await at.apply(ticketId, [plainUpdate('k/status', { status })]);
    expect((await at.read(ticketId)).status).toBe(at.desk.abilities.readAs?.[status] ?? status);
  });

  test('a tag that could not be written with its reply is not written without it', async () => {
    const ticketId = await at.asks();
    const guard = await at.guard(ticketId);
    await at.people.agentActs(ticketId, 'Nora Lind', {
      tags: ['vip'],
      comment: { body: 'On it.', public: true },
    });
    const update = { ...reply('k/reply'), addTags: ['deskhand_answered'] };
    await expect(at.apply(ticketId, [update], guard)).rejects.toMatchObject({ kind: 'person-active' });
    expect((await at.read(ticketId)).tags).toEqual(['vip']);
  });

  test('when everything is as asked already, nothing is written', async () => {
    const ticketId = await at.asks();
    await at.people.agentActs(ticketId, 'Nora Lind', { tags: ['vip'], status: 'pending' });
    at.desk.faults.add({ route: at.desk.routes.fields, fault: { type: 'status', status: 500 } });
    const update = plainUpdate('k/same', { addTags: ['vip'], removeTags: ['x'], status: 'pending' });
    expect(await at.apply(ticketId, [update])).toEqual([
      { key: 'k/same', outcome: 'applied', commentId: null },
    ]);
  });

  test('a hand-off: group, note, tag, status and priority', async () => {
    const ticketId = await at.asks('I want a human');
    const handOff = {
      group: 'tier 2',
      addTags: ['deskhand_handed_off'],
      status: 'open',
      priority: 'high',
    } as const;
    await at.apply(ticketId, [{ ...note('k/hand-off'), ...handOff }]);
    expect(await at.read(ticketId)).toMatchObject({
      groupId: String(at.people.groupId('Tier 2')),
      assignee: null,
      tags: ['deskhand_handed_off'],
      status: 'open',
      priority: 'high',
    });
    expect(await at.ours(ticketId)).toEqual(['Answered by rule order-status.']);
  });

  test('an assignee who is not in the new group gives the ticket up, one who is keeps it', async () => {
    for (const [name, keeps] of [
      ['Nora Lind', false],
      ['Tomas Reyes', true],
    ] as const) {
      const ticketId = await at.asks('I was billed twice');
      const agent = at.people.agentId(name);
      await at.people.agentActs(ticketId, name, { assigneeId: agent, groupId: at.people.groupId('Support') });
      await at.apply(ticketId, [plainUpdate('k/group', { group: 'Billing' })]);
      expect((await at.read(ticketId)).assignee?.id).toBe(keeps ? String(agent) : undefined);
    }
  });

  test('the bot gives up its ticket when people are to see it', async () => {
    const ticketId = await at.asks('I want a human');
    const bot = String(at.people.agentId('Deskhand'));
    await at.apply(ticketId, [plainUpdate('k/mine', { assignee: bot })]);
    expect((await at.read(ticketId)).assignee).toEqual({ id: bot, kind: 'bot' });
    await at.apply(ticketId, [plainUpdate('k/theirs', { group: 'Support' })]);
    expect((await at.read(ticketId)).assignee).toBeNull();
  });

  test('an agent is assigned by address or id, and unassigned by `nobody`', async () => {
    const ticketId = await at.asks();
    const nora = String(at.people.agentId('Nora Lind'));
    await at.apply(ticketId, [plainUpdate('k/1', { assignee: 'nora@demo-shop.example' })]);
    expect((await at.read(ticketId)).assignee).toEqual({ id: nora, kind: 'agent' });
    await at.apply(ticketId, [plainUpdate('k/2', { assignee: 'nobody' })]);
    expect((await at.read(ticketId)).assignee).toBeNull();
    await at.apply(ticketId, [plainUpdate('k/3', { assignee: nora })]);
    expect((await at.read(ticketId)).assignee?.id).toBe(nora);
  });

  test('an unknown group is refused, with the ones there are', async () => {
    const update = plainUpdate('k/group', { group: 'Returns' });
    await expect(at.apply(await at.asks(), [update])).rejects.toMatchObject({
      kind: 'rejected',
      retryable: false,
      message: expect.stringMatching(
        /^\w+ has no group "Returns"; it has "Support", "Tier 2", "Billing"$/i,
      ) as string,
    });
  });

  test('an unknown agent is refused, in words without the address', async () => {
    const update = plainUpdate('k/who', { assignee: 'gone@demo-shop.example' });
    await expect(at.apply(await at.asks(), [update])).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.not.stringContaining('gone@') as unknown,
    });
  });

  test('custom fields go along by name; unknown ones and values that do not fit are named', async () => {
    const ticketId = await at.asks();
    const fields = { 'Order number': '48213', 'contact reason': 'Return', Colour: 'red' };
    expect(await at.apply(ticketId, [{ ...reply('k/reply'), fields }])).toMatchObject([
      {
        outcome: 'applied',
        fieldsNotSet: [{ field: 'Colour', why: expect.stringContaining('no such field') as string }],
      },
    ]);
    expect(await at.desk.fieldOf(ticketId, 'Order number')).toBe('48213');
    expect(String(await at.desk.fieldOf(ticketId, 'Contact reason'))).toMatch(/return$/i);
    const unfit = { ...note('k/note'), fields: { 'Contact reason': 'Weather' } };
    expect(await at.apply(ticketId, [unfit])).toMatchObject([
      {
        fieldsNotSet: [
          { field: 'Contact reason', why: expect.stringContaining('none of its options') as string },
        ],
      },
    ]);
    expect(await at.ours(ticketId)).toHaveLength(2);
  });

  test('a message arrives with its lines, as text and not as code', async () => {
    const ticketId = await at.asks('Hello');
    const text = 'Hi <Ana>,\nyou wrote {{ticket.requester.email}} & {% raw %}.\n\nBye';
    await at.apply(ticketId, [reply('k/reply', text)]);
    const [body] = await at.ours(ticketId);
    expect(body?.replaceAll('\u2060', '')).toBe(text);
    expect(body).not.toContain('ana@mail.example');
  });

  test('where a ticket was closed one goes on: with people told, once', async () => {
    const closed = await at.asks();
    await at.people.agentActs(closed, 'Nora Lind', { tags: ['vip'], status: 'closed' });
    const followUp = {
      key: `${closed}/follow-up`,
      note: 'The customer wrote again.',
      group: 'Tier 2',
      tags: ['deskhand_handed_off'],
    };
    const { ticketId } = await at.desk.open().openFollowUp(closed, followUp, anyCall());
    expect(ticketId === closed).toBe(!at.desk.abilities.closedForGood);
    expect(await at.desk.open().openFollowUp(closed, followUp, anyCall())).toEqual({ ticketId });
    const ticket = await at.read(ticketId);
    expect(ticket).toMatchObject({
      subject: 'My parcel',
      groupId: String(at.people.groupId('Tier 2')),
      tags: ['vip', 'deskhand_handed_off'],
      requester: { email: 'ana@mail.example' },
    });
    expect(['new', 'open']).toContain(ticket.status);
    expect(ticket.comments.at(-1)).toMatchObject({ author: 'bot', public: false });
    expect(await at.ours(ticketId)).toEqual(['The customer wrote again.']);
  });
}
