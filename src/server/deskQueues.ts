/** How many activities wait for each account's desk, and how many a second its task queue lets begin. */
import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { deskTaskQueueOf, type DeskAccount } from '../contracts/messages';

export interface DeskQueue {
  readonly account: DeskAccount;
  readonly waiting: number;
  /** Null: the desk has not yet said what it allows. */
  readonly perSecond: number | null;
}

const answersWithinMs = 1_000;
const { TASK_QUEUE_TYPE_ACTIVITY } = temporal.api.enums.v1.TaskQueueType;

/** Those that Temporal tells of in time. */
export async function deskQueues(
  client: Client,
  accounts: readonly DeskAccount[],
): Promise<readonly DeskQueue[]> {
  const asked = await Promise.allSettled(
    accounts.map((account) =>
      client.withDeadline(Date.now() + answersWithinMs, () => deskQueue(client, account)),
    ),
  );
  return asked.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
}

async function deskQueue(client: Client, account: DeskAccount): Promise<DeskQueue> {
  const { stats, config } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: deskTaskQueueOf(account) },
    taskQueueType: TASK_QUEUE_TYPE_ACTIVITY,
    ...{ reportStats: true, reportConfig: true },
  });
  return {
    account,
    waiting: Number(stats?.approximateBacklogCount ?? 0),
    perSecond: config?.queueRateLimit?.rateLimit?.requestsPerSecond ?? null,
  };
}
