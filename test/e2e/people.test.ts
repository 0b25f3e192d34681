/** A person always wins over the bot, and steers it. */
import { WorkflowUpdateFailedError } from '@temporalio/client';
import type { TicketView } from '../../src/contracts/messages';
import { Deskhand } from '../support/deskhand';
import { until } from '../support/until';

let deskhand: Deskhand;
beforeAll(async () => {
  deskhand = await Deskhand.start();
});
afterAll(() => deskhand.stop());
afterEach(() => {
  deskhand.desk.faults.clear();
});

const by = { by: 'maria' };

/** A question whose answer is held on the wire while a person acts. */
async function askAndActBeforeTheAnswer(act: (ticketId: number) => Promise<void>): Promise<number> {
  const ticketId = await deskhand.people.customerOpens('Where is my order?');
  const goOn = await deskhand.holdAt(`PUT /api/v2/tickets/${ticketId}`, () => deskhand.hint(ticketId));
  await act(ticketId);
  goOn();
  return ticketId;
}

async function refused(update: Promise<unknown>): Promise<string> {
  const error = await update.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof WorkflowUpdateFailedError))
    throw new Error('the update was not refused', { cause: error });
  return error.cause?.message ?? '';
}

describe('while the bot is about to post', () => {
  it("an agent answers: the draft becomes an internal note and the ticket is the agent's", async () => {
    const ticketId = await askAndActBeforeTheAnswer(async (id) => {
      await deskhand.people.agentWrites(id, 'Hi Ana, I am looking into it.');
    });
    await deskhand.untilStage(ticketId, 'with-person');
    await until('the draft to be noted', async () =>
      (await deskhand.notes(ticketId)).length === 1 ? true : null,
    );
    expect(await deskhand.publicReplies(ticketId)).toHaveLength(0);
    const [note] = await deskhand.notes(ticketId);
    expect(note?.text).toMatch(/not sent because a person has the ticket/);
  });

  it('an agent is assigned: the same', async () => {
    const ticketId = await askAndActBeforeTheAnswer(async (id) => {
      await deskhand.people.agentDoes(id, { assigneeId: await deskhand.people.agentId() });
    });
    await deskhand.untilStage(ticketId, 'with-person');
    expect(await deskhand.publicReplies(ticketId)).toHaveLength(0);
  });

  it('the tag deskhand_take_over is set: the same, until deskhand_hand_back gives it back', async () => {
    const ticketId = await askAndActBeforeTheAnswer(async (id) => {
      await deskhand.people.agentDoes(id, { tags: ['deskhand_take_over'] });
    });
    await deskhand.untilStage(ticketId, 'with-person');
    expect(await deskhand.publicReplies(ticketId)).toHaveLength(0);
    await deskhand.people.agentDoes(ticketId, { tags: ['deskhand_take_over', 'deskhand_hand_back'] });
    await deskhand.hint(ticketId);
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    expect(await deskhand.publicReplies(ticketId)).toHaveLength(1);
    const { tags } = await deskhand.people.ticket(ticketId);
    expect(tags.filter((tag) => tag.startsWith('deskhand_'))).toEqual(['deskhand_answered']);
  });

  it('the customer writes again: the stale draft is never sent, one reply answers both', async () => {
    const ticketId = await askAndActBeforeTheAnswer(async (id) => {
      await deskhand.people.customerWrites(id, 'and do you deliver to Ireland?');
    });
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    expect(await deskhand.publicReplies(ticketId)).toHaveLength(1);
    const thread = await deskhand.people.thread(ticketId);
    expect(thread.findIndex((comment) => comment.isBot)).toBeGreaterThan(1);
  });

  it("something changes that is no person's doing: the same reply goes out once", async () => {
    const ticketId = await askAndActBeforeTheAnswer(async (id) => {
      await deskhand.people.agentDoes(id, { tags: ['touched_by_automation'] });
    });
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    expect(await deskhand.publicReplies(ticketId)).toHaveLength(1);
    expect((await deskhand.people.ticket(ticketId)).tags).toContain('touched_by_automation');
  });

  it('an agent takes over: nothing is sent, the draft is kept', async () => {
    const { faults } = deskhand.desk;
    faults.add({ route: 'PUT /api/v2/tickets/*', fault: { type: 'status', status: 503, body: 'down' } });
    const ticketId = await deskhand.ask('Where is my order?');
    await until('the write to be tried', () => Promise.resolve((faults.list()[0]?.struck ?? 0) > 0 || null));
    const view = await deskhand
      .handle(ticketId)
      .executeUpdate<TicketView, [unknown]>('takeOver', { args: [by] });
    expect(view.stage).toBe('with-person');
    faults.clear();
    await until('the draft to be noted', async () =>
      (await deskhand.notes(ticketId)).length === 1 ? true : null,
    );
    expect(await deskhand.publicReplies(ticketId)).toHaveLength(0);
  });
});

describe('while the desk is slow to tell how the ticket stands', () => {
  it('an agent takes over: whoever was told "yours" sees the bot say nothing more', async () => {
    const ticketId = await deskhand.people.customerOpens('Where is my order?');
    const route = `GET /api/v2/tickets/${ticketId}/audits`;
    const goOn = await deskhand.holdAt(route, () => deskhand.hint(ticketId));
    expect((await deskhand.view(ticketId)).turnPhase).toBe('acting');
    const view = await deskhand
      .handle(ticketId)
      .executeUpdate<TicketView, [unknown]>('takeOver', { args: [by] });
    expect(view.stage).toBe('with-person');
    // At once: no heartbeat has told the step yet that it is to stop.
    goOn();
    await until('the draft to be noted', async () =>
      (await deskhand.notes(ticketId)).length === 1 ? true : null,
    );
    expect(await deskhand.publicReplies(ticketId)).toHaveLength(0);
    const { timeline } = await deskhand.view(ticketId);
    expect(timeline.filter(({ kind }) => kind === 'replied')).toEqual([]);
  });
});

describe('steering, by update', () => {
  it('take over, hand back, escalate, reply again, close: each answers with the new state', async () => {
    const ticketId = await deskhand.ask('Where is my order?');
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    const act = (name: string, more: Record<string, unknown> = {}) =>
      deskhand.handle(ticketId).executeUpdate<TicketView, [unknown]>(name, { args: [{ ...by, ...more }] });

    expect((await act('takeOver')).stage).toBe('with-person');
    await deskhand.people.customerWrites(ticketId, 'And where is my order now?');
    await deskhand.hint(ticketId);
    await deskhand.untilStage(ticketId, 'with-person');
    expect(await deskhand.publicReplies(ticketId)).toHaveLength(1);

    await act('handBack');
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    expect(await deskhand.publicReplies(ticketId)).toHaveLength(2);

    await act('replyAgain');
    await until('the second reply to the same message', async () =>
      (await deskhand.publicReplies(ticketId)).length === 3 ? true : null,
    );

    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    expect((await act('escalate', { reason: 'a journalist' })).stage).toBe('escalated');
    await until('the priority to be raised', async () =>
      (await deskhand.people.ticket(ticketId)).priority === 'high' ? true : null,
    );

    await act('close', { reason: 'done by phone' });
    expect(await deskhand.handle(ticketId).result()).toMatchObject({ stage: 'closed' });
    expect((await deskhand.people.ticket(ticketId)).status).toBe('solved');
  });

  it('is refused in a sentence when it makes no sense, at once and without effect', async () => {
    const ticketId = await deskhand.ask('Where is my order?');
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    const handle = deskhand.handle(ticketId);
    expect(await refused(handle.executeUpdate('handBack', { args: [by] }))).toMatch(/nothing to hand back/);
    expect(await refused(handle.executeUpdate('approve', { args: [by] }))).toMatch(/No draft waits/);
    expect(await refused(handle.executeUpdate('takeOver', { args: [{}] }))).toMatch(/by must name/);
    expect(await refused(handle.executeUpdate('takeOver', { args: [] }))).toMatch(/expected an object/);
    expect((await deskhand.view(ticketId)).stage).toBe('waiting-for-customer');
    // And the workflow is well: a right update right after is taken.
    expect((await handle.executeUpdate<TicketView, [unknown]>('takeOver', { args: [by] })).stage).toBe(
      'with-person',
    );
  });
});

describe('the run of a handed-off ticket', () => {
  async function handedOff(): Promise<number> {
    const ticketId = await deskhand.ask('I want to talk to a human');
    await deskhand.untilStage(ticketId, 'handed-off');
    return ticketId;
  }

  it('outlives a cancel request, which is told', async () => {
    const ticketId = await handedOff();
    const { nextDeadline } = await deskhand.view(ticketId);
    await deskhand.handle(ticketId).cancel();
    const view = await until('the request to be told', async () => {
      const now = await deskhand.view(ticketId);
      return now.timeline.some(({ text }) => text.startsWith('A cancel request')) ? now : null;
    });
    expect(view).toMatchObject({ stage: 'handed-off', nextDeadline });
    await deskhand.handle(ticketId).signal('close', by);
    expect(await deskhand.handle(ticketId).result()).toMatchObject({ stage: 'closed' });
  });

  it('is taken up by the next one when it was terminated: nothing is written, nobody is forgotten', async () => {
    const ticketId = await handedOff();
    const before = await deskhand.view(ticketId);
    const thread = await deskhand.people.thread(ticketId);
    await deskhand.handle(ticketId).terminate('by mistake');
    await deskhand.hint(ticketId);
    const after = await deskhand.untilStage(ticketId, 'handed-off');
    expect(after.handOff?.reason).toBe(before.handOff?.reason);
    // Of half an hour.
    expect(Math.abs((after.nextDeadline?.at ?? 0) - (before.nextDeadline?.at ?? 0))).toBeLessThan(120_000);
    expect(await deskhand.people.thread(ticketId)).toEqual(thread);
    await deskhand.handle(ticketId).executeUpdate('handBack', { args: [by] });
    const { timeline } = await until('the message to be read again', async () => {
      const now = await deskhand.view(ticketId);
      return now.turnPhase === null && now.timeline.some(({ kind }) => kind === 'understood') ? now : null;
    });
    expect(timeline.map(({ text }) => text)).toContainEqual(expect.stringContaining('asked-for-human'));
  });
});

describe('steering, by signal', () => {
  it('does the same without an answer', async () => {
    const ticketId = await deskhand.ask('Where is my order?');
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    await deskhand.handle(ticketId).signal('takeOver', by);
    await deskhand.untilStage(ticketId, 'with-person');
    await deskhand.handle(ticketId).signal('close', by);
    expect(await deskhand.handle(ticketId).result()).toMatchObject({ stage: 'closed' });
  });

  it.each([
    ['nothing', []],
    ['a number', [7]],
    ['the wrong shape', [{ by: 7 }]],
    ['an endless name', [{ by: 'x'.repeat(5_000) }]],
  ])('with %s as its argument changes nothing, says so, and harms nothing', async (_what, args) => {
    const ticketId = await deskhand.ask('Where is my order?');
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    await deskhand.handle(ticketId).signal('takeOver', ...args);
    await deskhand.handle(ticketId).signal('hint', 'garbage');
    const view = await deskhand.view(ticketId);
    expect(view.stage).toBe('waiting-for-customer');
    const ignored = view.timeline.filter((entry) => entry.kind === 'ignored').map((entry) => entry.text);
    expect(ignored).toEqual([
      expect.stringContaining('takeOver was not understood'),
      expect.stringContaining('hint was not understood'),
    ]);
  });
});

it('a message that the closing of its ticket overtook is called for on the ticket that follows, whoever dies in between', async () => {
  const ticketId = await deskhand.ask('Where is my order?');
  await deskhand.untilStage(ticketId, 'waiting-for-customer');
  await deskhand.people.customerWrites(ticketId, 'Is it really coming?');
  await deskhand.people.agentDoes(ticketId, { status: 'closed' });
  // The ticket is there, and whoever opened it has not heard.
  const route = 'POST /api/v2/tickets';
  deskhand.desk.faults.add({ route, times: 1, fault: { type: 'reset-after' } });
  await deskhand.hint(ticketId);
  await deskhand.handle(ticketId).result();
  const { timeline } = await deskhand.view(ticketId);
  const follows = Number(/continued in ticket (\d+)/.exec(timeline.at(-1)?.text ?? '')?.[1]);
  const view = await deskhand.untilStage(follows, 'handed-off');
  expect(view.nextDeadline).toMatchObject({ reason: 'pick-up' });
  const { tags } = await deskhand.people.ticket(follows);
  expect(tags).toContain('deskhand_follow_up');
  expect(tags).not.toContain('deskhand_answered');
  expect((await deskhand.people.ticket(ticketId)).tags).toContain('deskhand_answered');
  expect(await deskhand.people.thread(follows)).toHaveLength(1);
  await deskhand.people.agentWrites(follows, 'Hi Ana, it is.');
  await deskhand.hint(follows);
  await deskhand.untilStage(follows, 'with-person');
});

it('a bad rating of a solved ticket brings people, once, and not a word to the customer', async () => {
  const ticketId = await deskhand.ask('Where is my order?');
  await deskhand.untilStage(ticketId, 'waiting-for-customer');
  await deskhand.handle(ticketId).executeUpdate('close', { args: [by] });
  await deskhand.handle(ticketId).result();
  await deskhand.people.customerRates(ticketId, 'bad', 'You never told me when it comes');
  await deskhand.hint(ticketId);
  const view = await deskhand.untilStage(ticketId, 'handed-off');
  expect([view.rating, view.handOff?.reason]).toEqual(['bad', 'bad-rating']);
  await until('the ticket to be open again', async () =>
    (await deskhand.people.ticket(ticketId)).status === 'open' ? true : null,
  );
  expect((await deskhand.people.ticket(ticketId)).tags).toContain('deskhand_bad_rating');
  expect(await deskhand.publicReplies(ticketId)).toHaveLength(1);
  // A run that knows nothing of it reads on the ticket that people were told.
  await deskhand.handle(ticketId).terminate();
  await deskhand.hint(ticketId);
  await deskhand.untilStage(ticketId, 'handed-off');
  const told = (await deskhand.notes(ticketId)).filter(({ text }) => text.includes('rated this ticket bad'));
  expect(told).toHaveLength(1);
  expect(JSON.stringify(await deskhand.view(ticketId))).not.toContain('never told me');
});

it('a workflow started by hand, without a hint, looks at its ticket', async () => {
  const ticketId = await deskhand.people.customerOpens('Where is my order?');
  await deskhand.temporal.client.workflow.start('ticketWorkflow', {
    workflowId: `ticket:zendesk:demo:${ticketId}`,
    taskQueue: 'deskhand-tickets',
    args: [{ ref: deskhand.ref(ticketId) }],
  });
  await deskhand.untilStage(ticketId, 'waiting-for-customer');
  expect(await deskhand.publicReplies(ticketId)).toHaveLength(1);
});

it('a workflow started for no ticket fails with what to give it', async () => {
  const run = deskhand.temporal.client.workflow.execute('ticketWorkflow', {
    workflowId: 'ticket:by-hand',
    taskQueue: 'deskhand-tickets',
    args: [],
  });
  await expect(run).rejects.toMatchObject({
    cause: { message: expect.stringContaining('The input must be') as string },
  });
});
