/** Open tickets of accounts that nobody serves any more: one was taken out of the settings, or is called otherwise now. */
import type { Client } from '@temporalio/client';
import { embeddedAccount } from '../config/deskSettings';
import {
  accountOfWorkflow,
  ticketWorkflowId,
  ticketWorkflowType,
  type DeskAccount,
} from '../contracts/messages';
import { deskNames } from '../helpdesk/deskNames';

/** Of more of them, whose they are is looked up for these alone. */
const lookedAt = 200;

/** The demo's do not count: whoever has tried it is told where it is started. @returns a sentence with the mend; null: there are none. */
export async function unservedTickets(
  client: Client,
  served: readonly DeskAccount[],
): Promise<string | null> {
  const demos = deskNames.map((desk) => ({ desk, account: embeddedAccount }));
  const others = [...served, ...demos].map(
    (account) => `WorkflowId NOT STARTS_WITH '${ticketWorkflowId({ ...account, ticketId: '' })}'`,
  );
  const query = [`WorkflowType = '${ticketWorkflowType}'`, "ExecutionStatus = 'Running'", ...others].join(
    ' AND ',
  );
  const { count } = await client.workflow.count(query);
  if (count === 0) return null;
  const accounts = new Set<string>();
  let looked = 0;
  for await (const { workflowId } of client.workflow.list({ query, pageSize: lookedAt })) {
    const account = accountOfWorkflow(workflowId);
    if (account !== null) accounts.add(`${account.desk}/${account.account}`);
    looked += 1;
    if (looked === lookedAt) break;
  }
  return (
    `${count} open ${count === 1 ? 'ticket belongs' : 'tickets belong'} to accounts that are not served here ` +
    `(${[...accounts].sort().join(', ')}): nothing more is done about them, and nobody is called. Serve the account again ` +
    'under that name, or end them in Temporal.'
  );
}
