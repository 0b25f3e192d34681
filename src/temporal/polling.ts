/** Finds what a lost webhook would have told: one durable poll per desk account. */
import {
  type Client,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
  WorkflowNotFoundError,
} from '@temporalio/client';
import {
  pollEverySignal,
  pollWorkflowId,
  pollWorkflowType,
  ticketTaskQueue,
  type PollWorkflowInput,
} from '../contracts/messages';
import { fairnessKeyOf } from '../contracts/priorities';
import { dayMs } from '../core/spans';
import { lookRepeatedly, type Looking } from './lookRepeatedly';

interface DeskAccount {
  readonly desk: string;
  readonly account: string;
}

/** Longer than a weekend. What is older has been left for so long that an answer out of nowhere would surprise. */
const looksBackMs = 3 * dayMs;

/**
 * Starts the poll, or gives the one that runs this interval; it goes on where it was. One that starts looks back first:
 * the one before may have been lost with all that was known. 0 ends it.
 */
export async function setPolling(client: Client, desk: DeskAccount, everySeconds: number): Promise<void> {
  const workflowId = pollWorkflowId(desk.desk, desk.account);
  if (everySeconds === 0) {
    await client.workflow
      .getHandle(workflowId)
      .signal(pollEverySignal, 0)
      .catch((error: unknown) => {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      });
    return;
  }
  const since = Date.now();
  const input: PollWorkflowInput = { everySeconds, since, cursor: null, lookBackTo: since - looksBackMs };
  await client.workflow.signalWithStart(pollWorkflowType, {
    workflowId,
    taskQueue: ticketTaskQueue,
    args: [input],
    signal: pollEverySignal,
    signalArgs: [everySeconds],
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    priority: { fairnessKey: fairnessKeyOf(desk) },
    staticSummary: `Looks for changed tickets of ${desk.desk}/${desk.account}`,
  });
}

/** How the poll came to stop although nobody has ended it, `terminated` or `gone`; null: it runs, or was ended. */
export async function howPollStopped(client: Client, desk: DeskAccount): Promise<string | null> {
  const poll = client.workflow.getHandle(pollWorkflowId(desk.desk, desk.account));
  try {
    const { status } = await poll.describe();
    const isWell = ['RUNNING', 'COMPLETED', 'CONTINUED_AS_NEW'].includes(status.name);
    return isWell ? null : status.name.toLowerCase().replaceAll('_', ' ');
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'gone';
    throw error;
  }
}

const checkEveryMs = 60_000;
const answersWithinMs = 5_000;

/**
 * Starts the poll, and starts it again whenever it has stopped: nothing else would tell that nobody looks. Looking
 * after it costs no Action.
 * @param on.restarted - told how it had stopped.
 * @param on.trouble - Temporal did not answer; it is asked again the next time.
 */
export async function keepPolling(
  client: Client,
  desk: DeskAccount,
  everySeconds: number,
  on: { readonly restarted: (how: string) => void; readonly trouble: (error: unknown) => void },
  everyMs = checkEveryMs,
): Promise<Looking> {
  await setPolling(client, desk, everySeconds);
  if (everySeconds === 0) return { stop: () => Promise.resolve() };
  const look = async (): Promise<void> => {
    const how = await howPollStopped(client, desk);
    if (how === null) return;
    await setPolling(client, desk, everySeconds);
    on.restarted(how);
  };
  return lookRepeatedly(
    () => client.withDeadline(Date.now() + answersWithinMs, look).catch(on.trouble),
    everyMs,
  );
}
