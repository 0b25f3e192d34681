/** Tickets of the demo's desk that are still open where a real desk is connected now. */
import type { Client } from '@temporalio/client';
import { ticketWorkflowId, ticketWorkflowType } from '../../contracts/messages';
import { deskNames } from '../../helpdesk/deskNames';
import { embeddedAccount } from '../../config/deskSettings';

/** Null: there are none. */
export async function demoLeftOpen(client: Client, stateDir: string): Promise<string | null> {
  let count = 0;
  for (const desk of deskNames) {
    const ids = ticketWorkflowId({ desk, account: embeddedAccount, ticketId: '' });
    const counted = await client.workflow.count(
      `WorkflowType = '${ticketWorkflowType}' AND ExecutionStatus = 'Running' AND WorkflowId STARTS_WITH '${ids}'`,
    );
    count += counted.count;
  }
  if (count === 0) return null;
  return (
    `Of the demo, ${count} ${count === 1 ? 'ticket is' : 'tickets are'} still open here: your desk does not have them, ` +
    'and nothing more is done about them. To be rid of them, stop, set DESKHAND_STATE_DIR to a new folder (or delete ' +
    `${stateDir}, which holds the demo), and start again.`
  );
}
