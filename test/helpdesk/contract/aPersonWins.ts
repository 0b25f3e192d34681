/** Nothing is said over a person, and no draft goes out that the customer has overtaken. */
import { plainUpdate } from '../../../src/core/ticket/update';
import type { CallContext } from '../../../src/helpdesk/port';
import { holdNext } from '../../support/holdNext';
import { anyCall, DeskInUse, note, reply, whatever, type DeskUnderTest } from './deskUnderTest';

export function aPersonWins(tested: DeskUnderTest): void {
  const at = new DeskInUse(tested);
  const refusedWith = (failureKind: string) =>
    expect.objectContaining({ kind: failureKind, retryable: false }) as unknown;

  test.each([
    ['a public answer', { comment: { body: 'I am on it.', public: true } }],
    ['an internal note', { comment: { body: 'I know this customer.', public: false } }],
  ])('%s of an agent since the turn began stops the reply', async (_what, change) => {
    const ticketId = await at.asks();
    const guard = await at.guard(ticketId);
    await at.people.agentActs(ticketId, 'Nora Lind', change);
    await expect(at.apply(ticketId, [reply('k/reply')], guard)).rejects.toEqual(refusedWith('person-active'));
    expect(await at.ours(ticketId)).toEqual([]);
  });

  test('so does an assignment', async () => {
    const ticketId = await at.asks();
    const guard = await at.guard(ticketId);
    await at.people.agentActs(ticketId, 'Nora Lind', { assigneeId: at.people.agentId('Nora Lind') });
    await expect(at.apply(ticketId, [reply('k/reply')], guard)).rejects.toEqual(refusedWith('person-active'));
  });

  test.each(['solved', 'hold', 'pending'] as const)(
    'so does an agent who sets it to %s without a word',
    async (status) => {
      const ticketId = await at.asks();
      const guard = await at.guard(ticketId);
      await at.people.agentActs(ticketId, 'Nora Lind', { status });
      await expect(at.apply(ticketId, [reply('k/reply')], guard)).rejects.toMatchObject({
        kind: 'person-active',
        message: expect.stringContaining('since the turn began') as string,
      });
      await expect(at.desk.open().checkUnchanged(ticketId, guard, anyCall())).rejects.toEqual(
        refusedWith('person-active'),
      );
      expect(await at.ours(ticketId)).toEqual([]);
      expect((await at.read(ticketId)).status).toBe(at.desk.abilities.readAs?.[status] ?? status);
    },
  );

  test('so does another group, given by an agent', async () => {
    const ticketId = await at.asks();
    await at.people.agentActs(ticketId, 'Nora Lind', { groupId: at.people.groupId('Support') });
    const guard = await at.guard(ticketId);
    await at.people.agentActs(ticketId, 'Nora Lind', { groupId: at.people.groupId('Billing') });
    await expect(at.apply(ticketId, [reply('k/reply')], guard)).rejects.toMatchObject({
      kind: 'person-active',
      message: expect.stringContaining('another group') as string,
    });
  });

  test.each([
    ['status', { status: 'pending' }, { status: 'pending' as const }],
    ['status, the last one', { status: 'solved' }, { status: 'solved' as const }],
    ['assignee', { assigneeId: 'Nora Lind' }, { assignee: 'nora@demo-shop.example' }],
    ['group', { groupId: 'Billing' }, { group: 'Billing' }],
  ])('an agent stops it by the very %s that it would have set', async (_what, change, wanted) => {
    const ticketId = await at.asks();
    await at.people.agentActs(ticketId, 'Nora Lind', { groupId: at.people.groupId('Support') });
    const guard = await at.guard(ticketId);
    await at.people.agentActs(ticketId, 'Nora Lind', {
      ...change,
      ...('assigneeId' in change ? { assigneeId: at.people.agentId('Nora Lind') } : {}),
      ...('groupId' in change ? { groupId: at.people.groupId('Billing') } : {}),
    });
    const answered = { ...reply(`${ticketId}/0/reply`), ...wanted };
    await expect(at.apply(ticketId, [answered], guard)).rejects.toEqual(refusedWith('person-active'));
    expect(await at.ours(ticketId)).toEqual([]);
  });

  test('what an agent had set before the turn, and an opening, stop nothing', async () => {
    const ticketId = await at.asks();
    await at.people.agentActs(ticketId, 'Nora Lind', {
      status: 'pending',
      groupId: at.people.groupId('Billing'),
    });
    const guard = await at.guard(ticketId);
    await at.people.agentActs(ticketId, 'Nora Lind', { status: 'open' });
    expect(await at.apply(ticketId, [reply('k/reply')], guard)).toMatchObject([{ outcome: 'applied' }]);
  });

  test('our own status, set by another update, stops nothing where the desk can tell', async () => {
    const ticketId = await at.asks();
    const guard = await at.guard(ticketId);
    await at.apply(ticketId, [plainUpdate('k/other', { status: 'pending' })]);
    const applied = at.apply(ticketId, [reply('k/reply')], guard);
    if (at.desk.abilities.tellsWhoChanged) expect(await applied).toMatchObject([{ outcome: 'applied' }]);
    else await expect(applied).rejects.toEqual(refusedWith('person-active'));
  });

  test('a solved ticket that the customer opens again makes the draft stale, as her words do', async () => {
    const ticketId = await at.asks();
    const guard = await at.guard(ticketId);
    await at.people.agentActs(ticketId, 'Nora Lind', { status: 'solved' });
    await at.people.customerWrites(ticketId, 'It is not solved!');
    expect((await at.read(ticketId)).status).toBe('open');
    await expect(at.apply(ticketId, [reply('k/reply')], guard)).rejects.toEqual(refusedWith('stale-draft'));
  });

  test('a turn that began under older code knows neither status nor group, and writes as it did', async () => {
    const ticketId = await at.asks();
    const { knownStatus, knownGroupId, ...older } = await at.guard(ticketId);
    expect([knownStatus, knownGroupId]).toEqual([at.desk.abilities.fresh.status, null]);
    await at.people.agentActs(ticketId, 'Nora Lind', { status: 'hold' });
    expect(await at.apply(ticketId, [reply('k/reply')], older)).toMatchObject([{ outcome: 'applied' }]);
  });

  test('an agent whom the turn knew of does not stop it: the ticket was handed back', async () => {
    const ticketId = await at.asks();
    await at.people.agentActs(ticketId, 'Nora Lind', {
      comment: { body: 'Bot, take it.', public: false },
      assigneeId: at.people.agentId('Nora Lind'),
    });
    const guard = await at.guard(ticketId);
    expect(await at.apply(ticketId, [reply('k/reply')], guard)).toMatchObject([{ outcome: 'applied' }]);
  });

  test('a note that must reach people goes in whoever is there', async () => {
    const ticketId = await at.asks();
    await at.people.agentActs(ticketId, 'Nora Lind', { comment: { body: 'On it.', public: true } });
    expect(await at.apply(ticketId, [note('k/draft')])).toMatchObject([{ outcome: 'applied' }]);
  });

  test('whom we assigned ourselves is not a person stepping in, on the first attempt and on a retry', async () => {
    const ticketId = await at.asks('I want a human');
    const guard = await at.guard(ticketId);
    const assign = plainUpdate('k/assign', { assignee: 'nora@demo-shop.example' });
    expect(await at.apply(ticketId, [assign, note('k/note')], guard)).toHaveLength(2);
    const again = await at.apply(ticketId, [assign, note('k/note'), note('k/more')], guard);
    const done = at.desk.abilities.keysOfFieldUpdates ? 'already-applied' : 'applied';
    expect(again.map(({ outcome }) => outcome)).toEqual([done, 'already-applied', 'applied']);
    expect(await at.ours(ticketId)).toHaveLength(2);
  });

  test.each([
    ['the customer', {}],
    ['somebody in copy', { email: 'bo@mail.example', name: 'Bo' }],
  ])('%s wrote again since: the draft is stale', async (_who, more) => {
    const ticketId = await at.asks();
    const guard = await at.guard(ticketId);
    await at.people.customerWrites(ticketId, 'It is 48213', more);
    await expect(at.apply(ticketId, [reply('k/reply')], guard)).rejects.toEqual(refusedWith('stale-draft'));
    expect(await at.ours(ticketId)).toEqual([]);
  });

  test('an agent who answers while the reply is on its way stops it, or is told of it', async () => {
    const ticketId = await at.asks();
    const guard = await at.guard(ticketId);
    const { asked, goOn } = holdNext(at.desk.faults, at.desk.routes.reply);
    const writing = Promise.allSettled([at.apply(ticketId, [reply(`${ticketId}/0/reply`)], guard)]);
    await asked();
    await at.people.agentActs(ticketId, 'Nora Lind', { comment: { body: 'On it.', public: true } });
    goOn();
    const [written] = await writing;
    if (at.desk.abilities.conditionalWrites) {
      expect(written).toMatchObject({ status: 'rejected', reason: { kind: 'person-active' } });
      expect(await at.ours(ticketId)).toEqual([]);
    } else {
      expect(written).toMatchObject({ status: 'fulfilled', value: [{ outcome: 'applied' }] });
      const [, told] = await at.ours(ticketId);
      expect(told).toMatch(/^An agent wrote while this reply was on its way/);
      // Once, however often the step is repeated.
      await at.apply(ticketId, [reply(`${ticketId}/0/reply`)], guard);
      expect(await at.ours(ticketId)).toHaveLength(2);
    }
  });

  describe('an agent who sets the status without a word', () => {
    const answered = (ticketId: string) => ({
      ...reply(`${ticketId}/0/reply`),
      ...{ status: 'pending' as const, group: 'Billing', addTags: ['deskhand_answered'] },
    });

    test.each(['solved', 'hold', 'pending'] as const)(
      'to %s while the reply is on its way stops it, or keeps that status',
      async (status) => {
        const ticketId = await at.asks();
        const guard = await at.guard(ticketId);
        const { asked, goOn } = holdNext(at.desk.faults, at.desk.routes.reply);
        const writing = Promise.allSettled([at.apply(ticketId, [answered(ticketId)], guard)]);
        await asked();
        await at.people.agentActs(ticketId, 'Nora Lind', { status });
        goOn();
        const [written] = await writing;
        const { conditionalWrites, readAs } = at.desk.abilities;
        expect(await at.read(ticketId)).toMatchObject({ status: readAs?.[status] ?? status });
        if (conditionalWrites) {
          expect(written).toMatchObject({ status: 'rejected', reason: { kind: 'person-active' } });
          return;
        }
        expect(written).toMatchObject({ status: 'fulfilled', value: [{ outcome: 'applied' }] });
        expect((await at.read(ticketId)).tags).toContain('deskhand_answered');
        // Nor by an attempt that finds the reply there.
        await at.apply(ticketId, [answered(ticketId)], guard);
        expect(await at.read(ticketId)).toMatchObject({ status: readAs?.[status] ?? status });
        expect(await at.ours(ticketId)).toHaveLength(1);
      },
    );

    test('and takes the ticket and tags it meanwhile keeps it, and the tag', async () => {
      if (at.desk.abilities.conditionalWrites) return;
      const ticketId = await at.asks();
      const { asked, goOn } = holdNext(at.desk.faults, at.desk.routes.reply);
      const writing = at.apply(ticketId, [answered(ticketId)], await at.guard(ticketId));
      await asked();
      const nora = at.people.agentId('Nora Lind');
      await at.people.agentActs(ticketId, 'Nora Lind', { assigneeId: nora, tags: ['seen-by-nora'] });
      goOn();
      await writing;
      const { assignee, groupId, tags } = await at.read(ticketId);
      expect({ assignee, groupId }).toEqual({ assignee: { id: String(nora), kind: 'agent' }, groupId: null });
      expect(tags).toEqual(expect.arrayContaining(['deskhand_answered', 'seen-by-nora']));
    });

    test('while a close makes sure that nothing has changed stops it', async () => {
      if (at.desk.abilities.conditionalWrites) return;
      const ticketId = await at.asks();
      const guard = await at.guard(ticketId);
      const close = plainUpdate(`${ticketId}/0/close`, { status: 'solved' });
      const { asked, goOn } = holdNext(at.desk.faults, at.desk.routes.comments);
      const writing = Promise.allSettled([at.apply(ticketId, [close], guard)]);
      await asked();
      await at.people.agentActs(ticketId, 'Nora Lind', { status: 'hold' });
      goOn();
      expect(await writing).toMatchObject([{ status: 'rejected', reason: { kind: 'person-active' } }]);
      expect(await at.read(ticketId)).toMatchObject({ status: at.desk.abilities.readAs?.hold ?? 'hold' });
    });
  });

  describe('right before it is written', () => {
    const asked = (log: string[], allows = () => true): CallContext => ({
      ...anyCall(),
      beforeWriting: () => {
        log.push('writing');
        return allows() ? Promise.resolve() : Promise.reject(new Error('the mode is off now'));
      },
      beforePublicWords: () => {
        log.push('public words');
        return Promise.resolve();
      },
    });
    const write = (ticketId: string, updates: readonly ReturnType<typeof reply>[], call: CallContext) =>
      at.desk.open().applyUpdates(ticketId, updates, whatever, call);

    test('it is asked whether that is allowed, and for words to the customer whether they are wanted', async () => {
      const log: string[] = [];
      await write(await at.asks(), [note('k/note')], asked(log));
      expect(log.splice(0)).toEqual(['writing']);
      await write(await at.asks(), [reply('k/reply')], asked(log));
      expect(log).toEqual(['writing', 'public words']);
    });

    test.each([
      ['a reply', reply('k/reply')],
      ['a note', note('k/note')],
      ['a tag alone', plainUpdate('k/tag', { addTags: ['vip'] })],
    ])('%s that is not allowed any more is not written', async (_what, update) => {
      const ticketId = await at.asks();
      const before = await at.read(ticketId);
      const forbidding = asked([], () => false);
      await expect(write(ticketId, [update], forbidding)).rejects.toThrow('the mode is off now');
      expect(await at.read(ticketId)).toEqual(before);
    });

    test('what was begun is finished: a reply that is out gets its note, whatever holds by then', async () => {
      const ticketId = await at.asks();
      let isAllowed = true;
      const call = asked([], () => isAllowed);
      await write(ticketId, [reply('k/reply')], call);
      isAllowed = false;
      await write(ticketId, [reply('k/reply'), note('k/note')], call);
      expect(await at.ours(ticketId)).toHaveLength(2);
    });

    test('what an earlier attempt has written is found without asking', async () => {
      const ticketId = await at.asks();
      at.desk.faults.add({ route: at.desk.routes.reply, times: 1, fault: { type: 'reset-after' } });
      let isAllowed = true;
      const call = asked([], () => isAllowed);
      await expect(write(ticketId, [reply(`${ticketId}/0/reply`)], call)).rejects.toMatchObject({
        kind: 'unavailable',
      });
      isAllowed = false;
      expect(await write(ticketId, [reply(`${ticketId}/0/reply`)], call)).toMatchObject([
        { outcome: 'already-applied' },
      ]);
      expect(await at.ours(ticketId)).toHaveLength(1);
    });
  });
}
