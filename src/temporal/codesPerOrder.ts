/** Counts the codes that went to the address of one order, over all tickets: an account that every worker asks. */
import { createHash } from 'node:crypto';
import type { Workflow } from '@temporalio/common';
import { type Client, WithStartWorkflowOperation } from '@temporalio/client';
import {
  allowanceWorkflowType,
  takeUpdate,
  ticketTaskQueue,
  type AllowanceWorkflowInput,
  type TakeRequest,
} from '../contracts/messages';
import type { CodesPerOrder } from '../mail/port';
import { RemoteFailure } from '../remote/failures';

/** Each of them can be guessed at once: so few that neither guessing nor filling a mailbox leads anywhere. */
const limit: TakeRequest['limit'] = {
  withinMs: 24 * 3_600_000,
  amount: null,
  count: 5,
  whose: 'for one order within a day',
};
/** ISO 4217's code for no currency: codes are counted, not paid. */
const one = { minor: 1, currency: 'XXX' };

/** @param desk - whose tickets share the accounts. */
export function createCodesPerOrder(
  client: Client,
  desk: { readonly desk: string; readonly account: string },
): CodesPerOrder {
  return {
    async take(order, key) {
      const name = createHash('sha256').update(order.toLowerCase()).digest('hex').slice(0, 32);
      const input: AllowanceWorkflowInput = { given: [], keptUntil: 0 };
      const request: TakeRequest = { key, amount: one, limit };
      try {
        const why = await client.workflow.executeUpdateWithStart<Workflow, string | null, [TakeRequest]>(
          takeUpdate,
          {
            args: [request],
            startWorkflowOperation: new WithStartWorkflowOperation(allowanceWorkflowType, {
              workflowId: `allowance:${desk.desk}:${desk.account}:codes:${name}`,
              taskQueue: ticketTaskQueue,
              args: [input],
              workflowIdConflictPolicy: 'USE_EXISTING',
              workflowIdReusePolicy: 'ALLOW_DUPLICATE',
              staticSummary: 'Codes sent for one order within a day',
            }),
          },
        );
        return why === null;
      } catch (error) {
        const name = error instanceof Error ? error.name : typeof error;
        throw new RemoteFailure('unavailable', `the codes sent so far could not be counted (${name})`, {
          retryable: true,
          cause: error,
        });
      }
    },
  };
}
