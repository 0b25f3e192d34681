/** On whose behalf an activity runs. */
import { asyncLocalStorage } from '@temporalio/activity';

/** The id of the ticket's workflow that asks for the activity under way; null where none does. */
export function askingTicket(): string | null {
  const workflowId = asyncLocalStorage.getStore()?.info.workflowExecution?.workflowId;
  return workflowId?.startsWith('ticket:') === true ? workflowId : null;
}
