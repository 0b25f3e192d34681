/**
 * What the server does with the priorities, turns and rates that Deskhand gives it: asked by the calls of its API, as a
 * worker would, one task after the other.
 */
import { randomUUID } from 'node:crypto';
import { defaultPayloadConverter } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { deskTaskQueueOf, ticketTaskQueue } from '../../../src/contracts/messages';
import { fairnessKeyOf, priorityKeys } from '../../../src/contracts/priorities';
import { createRequestBudget, type RequestBudget } from '../../../src/remote/budget/requestBudget';
import { deskQueues } from '../../../src/server/deskQueues';
import { keepDeskRate } from '../../../src/temporal/budget/deskRate';
import { hintTicket } from '../../../src/temporal/hintTicket';
import { startTestTemporal, type TestTemporal } from '../../support/temporalServer';
import { until } from '../../support/until';

const { CommandType, TaskQueueType } = temporal.api.enums.v1;
const account = { desk: 'zendesk', account: 'acme' };
let server: TestTemporal;

beforeAll(async () => {
  server = await startTestTemporal();
});
afterAll(() => server.stop());

const api = () => server.connection.workflowService;
const soon = <T>(call: () => Promise<T>): Promise<T> =>
  server.connection.withDeadline(Date.now() + 60_000, call);
const asWorker = (taskQueue: string) => ({
  ...{ namespace: server.namespace, taskQueue: { name: taskQueue }, identity: 'test' },
});

async function hint(name: string, ticketId: number): Promise<void> {
  const ref = { desk: 'zendesk', account: name, ticketId: String(ticketId) };
  await hintTicket(server.client, ref, { id: randomUUID(), source: 'api', kind: 'changed', commentId: null });
}

/** The workflow task that comes next, and whose it is. */
async function nextTicket(): Promise<{ readonly token: Uint8Array; readonly workflowId: string }> {
  const task = await soon(() => api().pollWorkflowTaskQueue(asWorker(ticketTaskQueue)));
  return { token: task.taskToken, workflowId: task.workflowExecution?.workflowId ?? '' };
}

async function waitingTickets(): Promise<number> {
  const { stats } = await api().describeTaskQueue({
    ...{ namespace: server.namespace, taskQueue: { name: ticketTaskQueue }, reportStats: true },
    taskQueueType: TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
  });
  return Number(stats?.approximateBacklogCount ?? 0);
}

/** A ticket's workflow asks for these activities, each named as its priority; the server queues them. */
async function queueActivities(priorities: readonly (keyof typeof priorityKeys)[]): Promise<void> {
  await hint('acme', 1);
  const { token } = await nextTicket();
  await api().respondWorkflowTaskCompleted({
    ...{ namespace: server.namespace, taskToken: token, identity: 'test' },
    commands: priorities.map((name, at) => ({
      commandType: CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK,
      scheduleActivityTaskCommandAttributes: {
        activityId: String(at),
        activityType: { name },
        taskQueue: { name: deskTaskQueueOf(account) },
        startToCloseTimeout: { seconds: 60 as never },
        input: { payloads: [defaultPayloadConverter.toPayload(at)] },
        priority: { priorityKey: priorityKeys[name] },
      },
    })),
  });
}

async function nextActivity(): Promise<string> {
  const task = await soon(() => api().pollActivityTaskQueue(asWorker(deskTaskQueueOf(account))));
  return task.activityType?.name ?? '';
}

async function rateOfQueue(): Promise<number | null> {
  const { config } = await api().describeTaskQueue({
    ...{ namespace: server.namespace, taskQueue: { name: deskTaskQueueOf(account) }, reportConfig: true },
    taskQueueType: TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
  });
  return config?.queueRateLimit?.rateLimit?.requestsPerSecond ?? null;
}

function budgetThat(says: { readonly limit: number | null; readonly isLearnt: boolean }): RequestBudget {
  const budget = createRequestBudget({
    ...{ perMinute: says.limit, asking: () => ({ urgency: 'read', step: null }) },
  });
  return { ...budget, state: () => ({ ...budget.state(), ...says }) };
}

it('replies come before notes before chores before polls, whatever was queued first', async () => {
  await queueActivities(['poll', 'chore', 'chore', 'note', 'read', 'poll', 'reply', 'note', 'reply']);
  // The server queues them one by one: whoever asks at once gets what came first.
  await until('nine in the queue', async () => {
    const [queue] = await deskQueues(server.client, [account]);
    return queue?.waiting === 9 ? true : null;
  });
  const order: string[] = [];
  for (let each = 0; each < 9; each += 1) order.push(await nextActivity());
  expect(order).toEqual(['reply', 'reply', 'read', 'note', 'note', 'chore', 'chore', 'poll', 'poll']);
});

it('a noisy account does not starve a quiet one: they take turns', async () => {
  for (let ticket = 1; ticket <= 20; ticket += 1) await hint('noisy', ticket);
  for (let ticket = 1; ticket <= 3; ticket += 1) await hint('quiet', ticket);
  await until('all to be in the queue', async () => ((await waitingTickets()) === 23 ? true : null));
  const order: string[] = [];
  for (let each = 0; each < 23; each += 1) {
    const { token, workflowId } = await nextTicket();
    order.push(workflowId.split(':')[2] ?? '');
    // One that nobody has done in ten seconds would come again.
    await api().respondWorkflowTaskCompleted({
      ...{ namespace: server.namespace, taskToken: token, identity: 'test' },
    });
  }
  expect(order.lastIndexOf('quiet')).toBeLessThan(8);
});

it('a key is never longer than a server takes', () => {
  const key = fairnessKeyOf({ desk: 'zendesk', account: `${'long-name.'.repeat(20)}example` });
  expect(Buffer.byteLength(key)).toBe(64);
  expect(fairnessKeyOf(account)).toBe('zendesk:acme');
});

describe("the queue's rate", () => {
  it('becomes what the desk says, and changes with it', async () => {
    const troubles: unknown[] = [];
    let limit = 600;
    const learnt = budgetThat({ limit, isLearnt: true });
    const budget = { ...learnt, state: () => ({ ...learnt.state(), limit }) };
    const looking = keepDeskRate(server.client, account, budget, (error) => troubles.push(error), 20);
    await until('the rate of 600', async () => ((await rateOfQueue()) === 10 ? true : null));
    limit = 300;
    await until('the rate of 300', async () => ((await rateOfQueue()) === 5 ? true : null));
    await looking.stop();
    expect(troubles).toEqual([]);
  });

  it('is left alone while the desk has said nothing', async () => {
    let looks = 0;
    const budget = budgetThat({ limit: 6_000, isLearnt: false });
    const counting = { ...budget, state: () => ((looks += 1), budget.state()) };
    const looking = keepDeskRate(server.client, account, counting, () => undefined, 5);
    await until('three looks', () => Promise.resolve(looks >= 3 ? true : null));
    await looking.stop();
    expect(await rateOfQueue()).toBe(5);
  });

  it('that the server does not take is told once, and tried again', async () => {
    const troubles: unknown[] = [];
    let looks = 0;
    const budget = budgetThat({ limit: 60, isLearnt: true });
    const counting = { ...budget, state: () => ((looks += 1), budget.state()) };
    const nowhere = Object.assign(Object.create(server.client) as typeof server.client, {
      options: { ...server.client.options, namespace: 'there-is-no-such-namespace' },
    });
    const looking = keepDeskRate(nowhere, account, counting, (error) => troubles.push(error), 5);
    await until('three looks', () => Promise.resolve(looks >= 3 ? true : null));
    await looking.stop();
    expect(troubles).toHaveLength(1);
  });
});
