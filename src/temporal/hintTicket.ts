/** The one way a ticket's workflow is started: together with the hint that it should look. */
import { type Client, WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/client';
import {
  hintSignal,
  ticketTaskQueue,
  ticketWorkflowId,
  ticketWorkflowType,
  type TicketWorkflowInput,
} from '../contracts/messages';
import { fairnessKeyOf } from '../contracts/priorities';
import { deskKey, stageKey } from '../contracts/searchAttributes';
import type { Hint } from '../core/events';
import type { Stage } from '../core/state';
import type { TicketRef } from '../core/ticket/ticket';

/**
 * Signals with start: whoever comes first starts the workflow, everybody's hint arrives, in one step. Resolves once
 * Temporal has stored it.
 * @throws the client's errors (ServiceError, connection failures) when Temporal did not accept it.
 */
export async function hintTicket(
  client: Client,
  ref: TicketRef,
  hint: Hint,
): Promise<{ workflowId: string }> {
  const workflowId = ticketWorkflowId(ref);
  const input: TicketWorkflowInput = { ref };
  await client.workflow.signalWithStart(ticketWorkflowType, {
    workflowId,
    taskQueue: ticketTaskQueue,
    args: [input],
    signal: hintSignal,
    signalArgs: [hint],
    // A ticket that was let go starts again when the customer writes.
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    typedSearchAttributes: [
      { key: deskKey, value: ref.desk },
      { key: stageKey, value: 'answering' satisfies Stage },
    ],
    priority: { fairnessKey: fairnessKeyOf(ref) },
    staticSummary: `Ticket ${ref.ticketId} of ${ref.desk}/${ref.account}`,
  });
  return { workflowId };
}
