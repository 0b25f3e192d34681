/** Hours and days of a ticket's life, in virtual time: outages, ladders, silence. The desk and its HTTP are real. */
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { clocksQuery } from '../../src/contracts/messages';
import type { ClockView } from '../../src/core/sla/clockViews';
import type { Fault } from '../../src/remote/faults';
import { Deskhand } from '../support/deskhand';
import { startTimeSkippingTemporal, type TimeSkippingTemporal } from '../support/timeSkippingServer';
import { processorMs } from '../support/processorMs';
import { until } from '../support/until';

const dayMs = 86_400_000;
let temporal: TimeSkippingTemporal;
let deskhand: Deskhand;
beforeAll(async () => {
  temporal = await startTimeSkippingTemporal();
  deskhand = await Deskhand.start({
    temporal,
    desk: { clock: () => temporal.clock() },
    settings: { personCheckMs: 7 * dayMs },
  });
});
/** Tickets that nobody has solved at the end of their test. */
const leftToPeople: number[] = [];
afterAll(() => deskhand.stop());
afterEach(() => {
  deskhand.desk.faults.clear();
});

const everything = '* /api/v2/tickets/**';
const down: Fault = { type: 'reset-before' };

async function answered(ticketId: number): Promise<void> {
  await deskhand.untilStage(ticketId, 'waiting-for-customer');
  expect(await deskhand.publicReplies(ticketId)).toHaveLength(1);
  expect(await deskhand.notes(ticketId)).toHaveLength(1);
}

it('a desk that is down for an hour: one reply when it is back', async () => {
  deskhand.desk.faults.add({ route: everything, fault: down });
  const ticketId = await deskhand.ask('Where is my order?');
  await temporal.sleep('1 hour');
  expect((await deskhand.view(ticketId)).stage).toBe('answering');
  deskhand.desk.faults.clear();
  await temporal.sleep('2 minutes');
  await answered(ticketId);
});

it('a desk that takes nothing for longer than the budget: people are told, and get the ticket when it is back', async () => {
  const ticketId = await deskhand.people.customerOpens('Where is my order?');
  leftToPeople.push(ticketId);
  deskhand.desk.faults.add({ route: `PUT /api/v2/tickets/${ticketId}`, fault: down });
  await deskhand.hint(ticketId);
  await temporal.sleep('4 hours');
  await temporal.sleep('10 minutes');
  const view = await deskhand.view(ticketId);
  expect(view.handOff?.reason).toBe('failure');
  deskhand.desk.faults.clear();
  await temporal.sleep('10 minutes');
  await until('the hand-off to arrive', async () => {
    const { tags } = await deskhand.people.ticket(ticketId);
    return tags.includes('deskhand_handed_off') ? true : null;
  });
  expect(await deskhand.publicReplies(ticketId)).toHaveLength(0);
  expect((await deskhand.notes(ticketId))[0]?.text).toMatch(/gave up/);
  await until('people to be notified', () => {
    const told = deskhand.notices.some((notice) => notice.ticket?.ticketId === String(ticketId));
    return Promise.resolve(told ? true : null);
  });
});

it('429 is obeyed: not a request before Retry-After is over', async () => {
  const ticketId = await deskhand.people.customerOpens('Where is my order?');
  const route = `GET /api/v2/tickets/${ticketId}`;
  deskhand.desk.faults.add({
    route,
    times: 1,
    fault: { type: 'status', status: 429, retryAfter: 600, body: 'slow down' },
  });
  await deskhand.hint(ticketId);
  await temporal.sleep('9 minutes');
  expect(await deskhand.publicReplies(ticketId)).toHaveLength(0);
  await temporal.sleep('2 minutes');
  await answered(ticketId);
});

it('refused credentials for a whole day: the ticket waits without a hand-off, and is answered when they are mended', async () => {
  deskhand.desk.faults.add({
    route: everything,
    fault: { type: 'status', status: 401, body: { error: "Couldn't authenticate you" } },
  });
  const ticketId = await deskhand.ask('Where is my order?');
  await temporal.sleep('1 hour');
  await temporal.sleep('5 hours');
  expect((await deskhand.view(ticketId)).handOff).toBeNull();
  deskhand.desk.faults.clear();
  await temporal.sleep('2 minutes');
  await answered(ticketId);
});

it('what the credentials cost is not charged: a passing failure after it is waited out like any other', async () => {
  const ticketId = await deskhand.people.customerOpens('Where is my order?');
  const route = `PUT /api/v2/tickets/${ticketId}`;
  const refused: Fault = { type: 'status', status: 401, body: { error: "Couldn't authenticate you" } };
  deskhand.desk.faults.add({ route, fault: refused });
  await deskhand.hint(ticketId);
  // Longer than the step's budget, which is four hours.
  for (let hours = 0; hours < 6; hours += 1) await temporal.sleep('1 hour');
  deskhand.desk.faults.clear();
  deskhand.desk.faults.add({ route, times: 2, fault: { type: 'status', status: 503, body: 'down' } });
  await temporal.sleep('5 minutes');
  await answered(ticketId);
});

it('orders that cannot be read for an hour are waited for, and the ticket is answered when the file is mended', async () => {
  const file = path.join(deskhand.folder, 'orders.json');
  await writeFile(file, '{ "orders": [ }');
  const mended = await deskhand.ask('Where is my order?');
  await temporal.sleep('1 hour');
  expect((await deskhand.view(mended)).handOff).toBeNull();
  await rm(file);
  await temporal.sleep('5 minutes');
  await answered(mended);
});

it('a hand-off nobody picks up climbs the ladder, until somebody takes it', async () => {
  const ticketId = await deskhand.ask('I want to talk to a human');
  leftToPeople.push(ticketId);
  await deskhand.untilStage(ticketId, 'handed-off');
  await temporal.sleep('31 minutes');
  await deskhand.untilStage(ticketId, 'escalated');
  await until('priority high', async () =>
    (await deskhand.people.ticket(ticketId)).priority === 'high' ? true : null,
  );
  await temporal.sleep('2 hours');
  await until('priority urgent', async () =>
    (await deskhand.people.ticket(ticketId)).priority === 'urgent' ? true : null,
  );
  const notes = await deskhand.notes(ticketId);

  await deskhand.people.agentDoes(ticketId, { assigneeId: await deskhand.people.agentId() });
  await temporal.sleep('5 hours');
  await deskhand.untilStage(ticketId, 'with-person');
  expect(await deskhand.notes(ticketId)).toHaveLength(notes.length);
});

it('nothing is escalated that somebody took a minute before the deadline, without a word from the desk', async () => {
  const ticketId = await deskhand.ask('I want to talk to a human');
  leftToPeople.push(ticketId);
  await deskhand.untilStage(ticketId, 'handed-off');
  await temporal.sleep('29 minutes');
  await deskhand.people.agentWrites(ticketId, 'calling her now', false);
  await temporal.sleep('2 minutes');
  await deskhand.untilStage(ticketId, 'with-person');
  expect((await deskhand.people.ticket(ticketId)).priority).not.toBe('high');
});

it('what a customer was promised is watched while a person has the ticket: warned, breached, each once', async () => {
  const ticketId = await deskhand.people.customerOpens('I want to talk to a human');
  leftToPeople.push(ticketId);
  await deskhand.people.agentDoes(ticketId, { tags: ['vip'] });
  await deskhand.hint(ticketId);
  await deskhand.untilStage(ticketId, 'handed-off');
  await deskhand.people.agentDoes(ticketId, { assigneeId: await deskhand.people.agentId() });
  await deskhand.hint(ticketId);
  await deskhand.untilStage(ticketId, 'with-person');
  const tagged = (tag: string) =>
    until(`the tag ${tag}`, async () =>
      (await deskhand.people.ticket(ticketId)).tags.includes(tag) ? true : null,
    );
  const firstReply = async () =>
    (await deskhand.view(ticketId)).clocks?.find(({ clock }) => clock === 'first-reply');
  const before = await deskhand.notes(ticketId);

  await temporal.sleep('46 minutes');
  await tagged('deskhand_sla_warning');
  expect(await firstReply()).toMatchObject({
    tier: 'vip',
    target: '1 hour',
    status: 'running',
    warned: true,
  });
  expect(await deskhand.notes(ticketId)).toHaveLength(before.length);

  await temporal.sleep('15 minutes');
  await tagged('deskhand_sla_breached');
  expect((await deskhand.people.ticket(ticketId)).priority).toBe('high');
  const after = await deskhand.notes(ticketId);
  expect(after.slice(before.length).map(({ text }) => text)).toEqual([
    expect.stringMatching(/^SLA vip: the first reply within 1 hour is breached/),
  ]);

  await deskhand.people.agentWrites(ticketId, 'Here I am. What can I do for you?');
  await deskhand.people.agentDoes(ticketId, { status: 'pending' });
  await deskhand.hint(ticketId);
  await until('the clock to be over', async () => ((await firstReply())?.status === 'over' ? true : null));
  await temporal.sleep('2 hours');
  expect(await deskhand.notes(ticketId)).toHaveLength(after.length);
  const resolution = (await deskhand.view(ticketId)).clocks?.find(({ clock }) => clock === 'resolution');
  expect(resolution).toMatchObject({ status: 'paused', breachedAt: null });
  const asked = await deskhand
    .handle(ticketId)
    .query<ClockView[], [number]>(clocksQuery, await temporal.now());
  expect(asked.map(({ clock, status }) => `${clock} ${status}`)).toEqual([
    'first-reply over',
    'pick-up over',
    'resolution paused',
  ]);
});

it('a silent customer is let go after four days, and heard again when she writes', async () => {
  const ticketId = await deskhand.ask('Where is my order?');
  await answered(ticketId);
  await temporal.sleep('4 days');
  await until('the workflow to end', async () => {
    const { status } = await deskhand.handle(ticketId).describe();
    return status.name === 'COMPLETED' ? true : null;
  });
  await deskhand.people.customerWrites(ticketId, 'Do you deliver to Ireland?');
  await deskhand.hint(ticketId);
  await until('the second reply', async () =>
    (await deskhand.publicReplies(ticketId)).length === 2 ? true : null,
  );
});

it('a customer who does not answer a question is reminded once, after two days; one whom an agent took over is not', async () => {
  const stranger = { name: 'Nils Berg', email: 'nils@mail.example' };
  const asked = await deskhand.ask('Where is my order?', stranger);
  const taken = await deskhand.ask('Where is my order?', { ...stranger, email: 'nils.b@mail.example' });
  await answered(asked);
  await answered(taken);
  expect((await deskhand.view(asked)).nextDeadline).toMatchObject({
    reason: 'follow-up',
    detail: '"still-need-order" (en)',
  });
  await deskhand.people.agentDoes(taken, { assigneeId: await deskhand.people.agentId() });
  await temporal.sleep('2 days');
  await temporal.sleep('1 minute');
  const replies = await until('the reminder', async () => {
    const all = await deskhand.publicReplies(asked);
    return all.length === 2 ? all : null;
  });
  expect(replies[1]?.text).toContain('the number of your order');
  expect((await deskhand.people.ticket(asked)).tags).toContain('deskhand_followed_up');
  await deskhand.untilStage(taken, 'with-person');
  expect(await deskhand.publicReplies(taken)).toHaveLength(1);
  await temporal.sleep('4 days');
  await until('the workflow to end', async () => {
    const { status } = await deskhand.handle(asked).describe();
    return status.name === 'COMPLETED' ? true : null;
  });
  expect(await deskhand.publicReplies(asked)).toHaveLength(2);
});

it('a year of one ticket: asked, reminded, escalated, held by a person over two runs, given back, solved, reopened, let go', async () => {
  // People would be called every day of it for what the tests before have left to them.
  for (const leftOpen of leftToPeople) {
    await deskhand.people.agentDoes(leftOpen, { status: 'solved' });
    await deskhand.hint(leftOpen);
    await deskhand.untilStage(leftOpen, 'solved');
  }
  const began = await temporal.now();
  const used = processorMs();
  const ticketId = await deskhand.ask('Where is my order?', {
    name: 'Nils Berg',
    email: 'n.berg@mail.example',
  });
  const { people } = deskhand;
  const says = async (text: string): Promise<void> => {
    await deskhand.hint(ticketId, { commentId: await people.customerWrites(ticketId, text) });
  };
  const botHasSaid = (count: number) =>
    until(`${count} replies`, async () =>
      (await deskhand.publicReplies(ticketId)).length === count ? true : null,
    );
  const runId = async () => (await deskhand.handle(ticketId).describe()).runId;

  await botHasSaid(1);
  await temporal.sleep('2 days');
  await temporal.sleep('1 minute');
  await botHasSaid(2);
  await says('I want to talk to a human');
  await deskhand.untilStage(ticketId, 'handed-off');
  await temporal.sleep('3 hours');
  await deskhand.untilStage(ticketId, 'escalated');

  await people.agentDoes(ticketId, { assigneeId: await people.agentId() });
  const firstRun = await runId();
  for (let month = 1; month <= 11; month += 1) {
    await temporal.sleep('30 days');
    await says('Any news?');
    await people.agentWrites(ticketId, 'Still looking for it.');
    const { timeline } = await deskhand.untilStage(ticketId, 'with-person');
    if (month !== 6) continue;
    // Four megabytes of history, and the server asks for a new run.
    for (let times = 0; times < 5; times += 1) {
      await deskhand.handle(ticketId).signal('hint', 'nonsense '.repeat(100_000));
    }
    await until('a new run', async () => ((await runId()) === firstRun ? null : true));
    const carried = await deskhand.view(ticketId);
    expect(carried.timeline.slice(0, timeline.length)).toEqual(timeline);
    expect(carried).toMatchObject({ stage: 'with-person', nextDeadline: { reason: 'person-check' } });
  }
  expect(await deskhand.publicReplies(ticketId)).toHaveLength(3);

  await people.agentDoes(ticketId, { assigneeId: null });
  await deskhand.handle(ticketId).executeUpdate('handBack', { args: [{ by: 'maria' }] });
  await deskhand.untilStage(ticketId, 'waiting-for-customer');
  await says('Do you deliver to Ireland?');
  await botHasSaid(4);
  await people.agentDoes(ticketId, { status: 'solved' });
  await deskhand.hint(ticketId);
  await deskhand.untilStage(ticketId, 'solved');
  await temporal.sleep('3 days');
  await says('Where is my order?');
  await botHasSaid(5);
  await temporal.sleep('2 days');
  await temporal.sleep('1 minute');
  await botHasSaid(6);
  await temporal.sleep('28 days');
  await until('the ticket to be let go', async () => {
    const { status } = await deskhand.handle(ticketId).describe();
    return status.name === 'COMPLETED' ? true : null;
  });
  expect((await temporal.now()) - began).toBeGreaterThan(365 * dayMs);
  // A few seconds, and the looking while it waits for others, which is the more the busier they are.
  expect(used()).toBeLessThan(60_000);
});
