/** Whether a message that comes now would be worked on: Temporal answers, the namespace is there, workers poll. */
import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { deskTaskQueue, ticketTaskQueue } from '../contracts/messages';

export interface ReadinessCheck {
  readonly name: 'temporal' | 'worker-tickets' | 'worker-desk';
  readonly ok: boolean;
  readonly detail: string;
}

const checkWithinMs = 3_000;
/** A worker's long poll lasts a minute: one that has not asked for two is gone. */
const pollerFreshMs = 2 * 60_000;

const { TaskQueueType } = temporal.api.enums.v1;

export async function checkReadiness(client: Client): Promise<readonly ReadinessCheck[]> {
  const { namespace } = client.options;
  try {
    return await client.withDeadline(Date.now() + checkWithinMs, async () => {
      await client.workflowService.describeNamespace({ namespace });
      const [tickets, desk] = await Promise.all([
        pollers(client, ticketTaskQueue, TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW),
        pollers(client, deskTaskQueue, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY),
      ]);
      return [
        { name: 'temporal', ok: true, detail: `namespace ${namespace} is there` },
        workerCheck('worker-tickets', ticketTaskQueue, tickets),
        workerCheck('worker-desk', deskTaskQueue, desk),
      ];
    });
  } catch {
    return [
      {
        name: 'temporal',
        ok: false,
        detail: `Temporal, or its namespace ${namespace}, does not answer within ${checkWithinMs} ms`,
      },
    ];
  }
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
