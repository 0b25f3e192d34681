/** Finds what a lost webhook would have told: one durable poll per desk account. */
import { type Client, WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/client';
import {
  pollWorkflowId,
  pollWorkflowType,
  ticketTaskQueue,
  type PollWorkflowInput,
} from '../contracts/messages';

/** Whoever starts it first; it goes on where it was when it runs already. */
export async function startPolling(
  client: Client,
  desk: { readonly desk: string; readonly account: string },
  everySeconds: number,
): Promise<void> {
  const input: PollWorkflowInput = { everySeconds, since: Date.now(), cursor: null };
  await client.workflow.start(pollWorkflowType, {
    workflowId: pollWorkflowId(desk.desk, desk.account),
    taskQueue: ticketTaskQueue,
    args: [input],
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    staticSummary: `Looks for changed tickets of ${desk.desk}/${desk.account}`,
  });
}
