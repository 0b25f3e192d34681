/**
 * What the desk says it allows becomes the cap of the account's task queue: the server spreads it over all workers, so
 * that no more activities begin than can be carried out, and the others wait where the urgent ones overtake them.
 */
import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { deskTaskQueueOf, type DeskAccount } from '../../contracts/messages';
import type { RequestBudget } from '../../remote/budget/requestBudget';
import { lookRepeatedly, type Looking } from '../lookRepeatedly';

const lookEveryMs = 15_000;
const answersWithinMs = 5_000;
/** Less of a change is noise: how many requests an activity takes differs from minute to minute. */
const worthTelling = 0.2;

const { TASK_QUEUE_TYPE_ACTIVITY } = temporal.api.enums.v1.TaskQueueType;

/**
 * Tells the server, and again whenever it changes; looking costs no Action. A server that has no such call (before 1.29)
 * goes on with what the worker said at its start.
 * @param onTrouble - the server did not take it; it is tried again.
 */
export function keepDeskRate(
  client: Client,
  account: DeskAccount,
  budget: RequestBudget,
  onTrouble: (error: unknown) => void,
  everyMs = lookEveryMs,
): Looking {
  let told: number | null = null;
  let troubled = false;
  const look = async (): Promise<void> => {
    const { limit, isLearnt, requestsPerStep } = budget.state();
    if (limit === null || !isLearnt) return;
    const rate = limit / 60 / requestsPerStep;
    if (told !== null && Math.abs(rate - told) <= told * worthTelling) return;
    try {
      await client.withDeadline(Date.now() + answersWithinMs, () => tell(client, account, rate));
      told = rate;
      troubled = false;
    } catch (error) {
      // Said once: it goes on every few seconds.
      if (!troubled) onTrouble(error);
      troubled = true;
    }
  };
  return lookRepeatedly(look, everyMs);
}

async function tell(client: Client, account: DeskAccount, requestsPerSecond: number): Promise<void> {
  await client.workflowService.updateTaskQueueConfig({
    namespace: client.options.namespace,
    identity: client.options.identity,
    taskQueue: deskTaskQueueOf(account),
    taskQueueType: TASK_QUEUE_TYPE_ACTIVITY,
    updateQueueRateLimit: {
      rateLimit: { requestsPerSecond },
      reason: 'what the desk says it allows, over the requests that an activity takes',
    },
  });
}
