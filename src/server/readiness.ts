/**
 * Whether a message that comes now would be worked on: Temporal answers, the namespace is there, workers poll. What is
 * told beside, of desks and of the looks that find what a lost webhook would have told, turns no traffic away.
 */
import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { deskTaskQueueOf, ticketTaskQueue } from '../contracts/messages';
import { pollHealth } from '../temporal/pollHealth';
import type { ServedAccount, ServedAccounts } from './accounts';

interface ReadinessCheck {
  /** Of several accounts the last three name theirs: `worker-desk zendesk/acme`. */
  readonly name: 'temporal' | 'worker-tickets' | `worker-desk${string}` | `desk${string}` | `poll${string}`;
  readonly ok: boolean;
  readonly detail: string;
}

const checkWithinMs = 3_000;
/** A worker's long poll lasts a minute: one that has not asked for two is gone. */
const pollerFreshMs = 2 * 60_000;

const { TaskQueueType } = temporal.api.enums.v1;

const notKnown = { ok: true, detail: 'Temporal has not told in time how it stands' };

export interface Readiness {
  /** One account that is out makes no other wait: false when nothing is worked on. */
  readonly ready: boolean;
  readonly checks: readonly ReadinessCheck[];
}

export async function checkReadiness(client: Client, accounts: ServedAccounts): Promise<Readiness> {
  const { namespace } = client.options;
  try {
    return await client.withDeadline(Date.now() + checkWithinMs, async () => {
      await client.workflowService.describeNamespace({ namespace });
      const [tickets, ...desks] = await Promise.all([
        pollers(client, ticketTaskQueue, TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW),
        ...accounts.map((account) => accountChecks(client, account, accounts.length === 1)),
      ]);
      const engine = [
        { name: 'temporal' as const, ok: true, detail: `namespace ${namespace} is there` },
        workerCheck('worker-tickets', ticketTaskQueue, tickets),
      ];
      return {
        ready: engine.every(({ ok }) => ok) && desks.some(([worker]) => worker?.ok === true),
        checks: [...engine, ...desks.flat()],
      };
    });
  } catch {
    const detail = `Temporal, or its namespace ${namespace}, does not answer within ${checkWithinMs} ms`;
    return { ready: false, checks: [{ name: 'temporal', ok: false, detail }] };
  }
}

/** First its worker's. */
async function accountChecks(
  client: Client,
  served: ServedAccount,
  isAlone: boolean,
): Promise<readonly ReadinessCheck[]> {
  const { desk, account, trouble, pollSeconds } = served;
  const taskQueue = deskTaskQueueOf(served);
  const [count, why, poll] = await Promise.all([
    pollers(client, taskQueue, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY),
    trouble?.() ?? null,
    pollSeconds === undefined ? null : pollHealth(client, served, pollSeconds).catch(() => notKnown),
  ]);
  const of = isAlone ? '' : ` ${desk}/${account}`;
  return [
    workerCheck(`worker-desk${of}`, taskQueue, count),
    ...(trouble === undefined
      ? []
      : [{ name: `desk${of}` as const, ok: why === null, detail: why ?? `${desk} (${account}) answers` }]),
    ...(poll === null ? [] : [{ name: `poll${of}` as const, ok: poll.ok, detail: poll.detail }]),
  ];
}

async function pollers(
  client: Client,
  taskQueue: string,
  taskQueueType: temporal.api.enums.v1.TaskQueueType,
): Promise<number> {
  const answer = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: taskQueue },
    taskQueueType,
  });
  const oldest = Date.now() - pollerFreshMs;
  return answer.pollers.filter(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000 > oldest)
    .length;
}

function workerCheck(name: ReadinessCheck['name'], taskQueue: string, count: number): ReadinessCheck {
  return count > 0
    ? { name, ok: true, detail: `${count} poll ${taskQueue}` }
    : { name, ok: false, detail: `no worker polls ${taskQueue}: start one with deskhand worker` };
}
