/** The accounts of what was given away: one workflow for each customer's, one for each day's. */
import { createHash } from 'node:crypto';
import type { Workflow } from '@temporalio/common';
import { type Client, WithStartWorkflowOperation, WorkflowNotFoundError } from '@temporalio/client';
import {
  allowanceWorkflowType,
  giveBackSignal,
  takeUpdate,
  ticketTaskQueue,
  type AllowanceWorkflowInput,
  type TakeRequest,
} from '../contracts/messages';
import { limitOfCustomer, limitOfDay, type AllowanceLimit, type MoneyLimits } from '../core/moneyLimits';
import type { Allowances, Gift } from '../orders/port';
import { RemoteFailure } from '../remote/failures';

interface Account {
  readonly workflowId: string;
  readonly limit: AllowanceLimit;
}

/** @param desk - whose tickets share the accounts. */
export function createAllowances(
  client: Client,
  desk: { readonly desk: string; readonly account: string },
  clock: () => number = Date.now,
): Allowances {
  const prefix = `allowance:${desk.desk}:${desk.account}`;

  function accountsOf({ customer }: Gift, { perCustomer, perDay }: MoneyLimits): readonly Account[] {
    const day = new Date(clock()).toISOString().slice(0, 10);
    return [
      ...(perCustomer === null
        ? []
        : [{ workflowId: `${prefix}:customer:${hashOf(customer)}`, limit: limitOfCustomer(perCustomer) }]),
      ...(perDay === null ? [] : [{ workflowId: `${prefix}:day:${day}`, limit: limitOfDay(perDay, day) }]),
    ];
  }

  async function takeFrom({ workflowId, limit }: Account, { key, amount }: Gift): Promise<string | null> {
    const input: AllowanceWorkflowInput = { given: [], keptUntil: 0 };
    const request: TakeRequest = { key, amount, limit };
    return client.workflow.executeUpdateWithStart<Workflow, string | null, [TakeRequest]>(takeUpdate, {
      args: [request],
      startWorkflowOperation: new WithStartWorkflowOperation(allowanceWorkflowType, {
        workflowId,
        taskQueue: ticketTaskQueue,
        args: [input],
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        staticSummary: `What was given ${limit.whose}`,
      }),
    });
  }

  async function giveBackTo({ workflowId }: Account, { key }: Gift): Promise<void> {
    await client.workflow
      .getHandle(workflowId)
      .signal(giveBackSignal, key)
      .catch((error: unknown) => {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      });
  }

  return {
    take: (gift, limits) =>
      orUnavailable(async () => {
        const taken: Account[] = [];
        for (const account of accountsOf(gift, limits)) {
          const why = await takeFrom(account, gift);
          if (why !== null) {
            for (const other of taken) await giveBackTo(other, gift);
            return why;
          }
          taken.push(account);
        }
        return null;
      }),
    giveBack: (gift, limits) =>
      orUnavailable(async () => {
        for (const account of accountsOf(gift, limits)) await giveBackTo(account, gift);
      }),
  };
}

/** Ids are read by people: no address stands in them. */
function hashOf(customer: string): string {
  return createHash('sha256').update(customer).digest('hex').slice(0, 32);
}

async function orUnavailable<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    throw new RemoteFailure('unavailable', `the account of what was given could not be asked (${name})`, {
      retryable: true,
      cause: error,
    });
  }
}
