/**
 * What reaches a ticket before its run has done anything, since no worker was there, is taken as it came; and a reset,
 * which sends once more what came later, does nothing twice.
 */
import type { WorkflowHandle } from '@temporalio/client';
import axios from 'axios';
import type { TicketView } from '../../src/contracts/messages';
import { Deskhand } from '../support/deskhand';
import { until } from '../support/until';

let deskhand: Deskhand;
beforeAll(async () => {
  deskhand = await Deskhand.start({ settings: { repliesPerHour: 1_000 } });
});
afterAll(() => deskhand.stop());

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 400));

/** One after the other; what each comes to is known when a worker is there. */
async function sendInTurn(sends: readonly (() => Promise<unknown>)[]): Promise<readonly Promise<unknown>[]> {
  const answers: Promise<unknown>[] = [];
  for (const send of sends) {
    const answer = send();
    // Looked at by the caller, later.
    answer.catch(() => undefined);
    answers.push(answer);
    await pause();
  }
  return answers;
}

async function agentsWords(ticketId: number): Promise<readonly string[]> {
  const { timeline } = await deskhand.view(ticketId);
  return timeline.filter(({ kind }) => kind === 'agent').map(({ text }) => text);
}

it('signals and updates into a first task are taken in their order; the refused ones are refused', async () => {
  await deskhand.stopWorkers();
  const signalled = await deskhand.ask('Where is my order?');
  const maria = { by: 'maria' };
  const bySignal = deskhand.handle(signalled);
  for (const name of ['nothingOfOurs', '__temporal_nothing', 'takeOver', 'handBack', 'takeOver']) {
    await bySignal.signal(name, maria);
  }
  const updated = await deskhand.ask('Where is my order?');
  const byUpdate = deskhand.handle(updated);
  const update = (name: string, args: unknown) => () => byUpdate.executeUpdate(name, { args: [args] });
  const answers = await sendInTurn([
    update('takeOver', maria),
    update('handBack', maria),
    update('approve', maria),
    update('nothingOfOurs', maria),
    update('takeOver', { by: '' }),
    update('takeOver', maria),
  ]);
  await deskhand.startWorkers();

  const settled = await Promise.allSettled(answers);
  expect(settled.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'rejected',
    'rejected',
    'fulfilled',
  ]);
  const refusals = settled.flatMap((one) => (one.status === 'rejected' ? [String(causeOf(one.reason))] : []));
  expect(refusals).toEqual([
    expect.stringContaining('No draft waits for approval.'),
    expect.stringContaining('nothingOfOurs is not known here'),
    expect.stringContaining('by must name who acts'),
  ]);
  for (const ticketId of [signalled, updated]) {
    const view = await deskhand.untilStage(ticketId, 'with-person');
    expect(view.timeline.map(({ text }) => text)).not.toContain(expect.stringContaining('refused'));
    expect(await agentsWords(ticketId)).toEqual([
      'take-over by maria',
      'hand-back by maria',
      'take-over by maria',
    ]);
    expect(await deskhand.publicReplies(ticketId)).toHaveLength(0);
  }
});

function causeOf(reason: unknown): unknown {
  return reason instanceof Error && reason.cause !== undefined ? reason.cause : reason;
}

it("Temporal's Web UI is told each message by name, with what it takes", async () => {
  const ticketId = await deskhand.ask('Where is my order?');
  await deskhand.untilStage(ticketId, 'waiting-for-customer');
  const told = JSON.stringify(await deskhand.handle(ticketId).query('__temporal_workflow_metadata'));
  for (const name of ['hint', 'takeOver', 'handBack', 'replyAgain', 'close', 'usePolicy']) {
    expect(told).toMatch(new RegExp(`"name":"${name}","description":"[^"]+`));
  }
});

type Events = NonNullable<Awaited<ReturnType<WorkflowHandle['fetchHistory']>>['events']>;

/** @param isTask - of the tasks that were done, which is done anew; `signal` is the last one's place among the events. */
async function resetTo(
  handle: WorkflowHandle,
  isTask: (task: number, signal: number) => boolean,
): Promise<void> {
  const events: Events = (await handle.fetchHistory()).events ?? [];
  const signal = events.findLast((event) => event.workflowExecutionSignaledEventAttributes)?.eventId;
  const tasks = events.filter((event) => event.workflowTaskCompletedEventAttributes);
  const found = tasks.filter(({ eventId }) => isTask(Number(eventId), Number(signal)));
  const task = isTask === beforeSignal ? found.at(-1) : found[0];
  const { runId } = await handle.describe();
  await deskhand.temporal.client.workflowService.resetWorkflowExecution({
    namespace: deskhand.temporal.namespace,
    workflowExecution: { workflowId: handle.workflowId, runId },
    workflowTaskFinishEventId: task?.eventId ?? null,
    reason: 'a test',
    requestId: `reset-${Math.random()}`,
  });
}

const first = (): boolean => true;
const beforeSignal = (task: number, signal: number): boolean => task < signal;
const afterSignal = (task: number, signal: number): boolean => task > signal;

it.each([
  ['the first task', first],
  ['the task before the signal', beforeSignal],
  ['the task after the signal', afterSignal],
])('after a reset to %s, what was asked for without an id is done once', async (_where, isTask) => {
  const once = async (name: string, comments: number, ...stages: TicketView['stage'][]): Promise<void> => {
    const ticketId = await deskhand.ask('Where is my order?');
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    const isDone = async (): Promise<true | null> => {
      const { turnPhase, stage } = await deskhand.view(ticketId);
      const isThere = (await deskhand.people.thread(ticketId)).length >= comments;
      return isThere && turnPhase === null && stages.includes(stage) ? true : null;
    };
    await deskhand.handle(ticketId).signal(name, { by: 'maria' });
    await until(`${name} to be done`, isDone);
    const was = await deskhand.people.thread(ticketId);
    await resetTo(deskhand.handle(ticketId), isTask);
    await until(`${name} to be done once more`, isDone);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await until(`${name} to stay done`, isDone);
    expect(await deskhand.people.thread(ticketId)).toEqual(was);
  };
  await Promise.all([
    // The question, its answer and note; and what was asked for.
    once('replyAgain', 5, 'waiting-for-customer'),
    once('escalate', 5, 'escalated'),
    once('close', 4, 'solved', 'closed'),
  ]);
});

it('a ticket that was merged away before its first look ends, and its question is told where it goes on', async () => {
  await deskhand.stopWorkers();
  const away = await deskhand.ask('Where is my order?');
  const into = await deskhand.ask('Do you deliver to Ireland?');
  const { apiUrl, token } = deskhand.desk.credentials;
  await axios.post(
    `${apiUrl}/tickets/${into}/merge`,
    { ids: [away] },
    { auth: { username: 'nora@demo-shop.example/token', password: token } },
  );
  await deskhand.startWorkers();
  await deskhand.handle(away).result();
  expect(await deskhand.publicReplies(away)).toEqual([]);
  expect((await deskhand.notes(into)).map(({ text }) => text)).toContainEqual(
    expect.stringContaining(`Ticket ${away} was merged into this one`),
  );
  await until('the answer to its own question', async () =>
    (await deskhand.publicReplies(into)).length === 1 ? true : null,
  );
});
