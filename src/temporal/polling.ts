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

/** Starts the poll, or gives the one that runs this interval; it goes on where it was. 0 ends it. */
export async function setPolling(
  client: Client,
  desk: { readonly desk: string; readonly account: string },
  everySeconds: number,
): Promise<void> {
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
  const input: PollWorkflowInput = { everySeconds, since: Date.now(), cursor: null };
  await client.workflow.signalWithStart(pollWorkflowType, {
    workflowId,
    taskQueue: ticketTaskQueue,
    args: [input],
    signal: pollEverySignal,
    signalArgs: [everySeconds],
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    staticSummary: `Looks for changed tickets of ${desk.desk}/${desk.account}`,
  });
}
