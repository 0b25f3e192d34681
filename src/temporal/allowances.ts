/** The accounts of what was given away: one workflow for each customer's, one for each day's. */
import { createHash } from 'node:crypto';
import type { Workflow } from '@temporalio/common';
import {
  type Client,
  WithStartWorkflowOperation,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import {
  allowanceWorkflowType,
  giveBackSignal,
  leftQuery,
  takeUpdate,
  ticketTaskQueue,
  type AllowanceWorkflowInput,
  type GiveBackMessage,
  type LeftRequest,
  type TakeRequest,
} from '../contracts/messages';
import { leftOf, type Account } from '../core/moneyLimits';
import { createAllowances, type AccountBook } from '../orders/allowances';
import type { Allowances } from '../orders/port';
import { RemoteFailure } from '../remote/failures';

/** A query needs a worker, and whoever asks holds one: better no answer than a wait for each other. */
const queryMs = 3_000;

/** @param desk - whose tickets share the accounts. */
export function createTemporalAllowances(
  client: Client,
  desk: { readonly desk: string; readonly account: string },
): Allowances {
  const idOf = (account: Account) => `allowance:${desk.desk}:${desk.account}:${nameOf(account)}`;
  const book: AccountBook = {
    take: (account, { key, amount, at, by }, limit) =>
      orFailure(() => {
        const input: AllowanceWorkflowInput = { given: [], keptUntil: 0 };
        const request: TakeRequest = { key, amount, at, by, limit };
        return client.workflow.executeUpdateWithStart<Workflow, string | null, [TakeRequest]>(takeUpdate, {
          args: [request],
          startWorkflowOperation: new WithStartWorkflowOperation(allowanceWorkflowType, {
            workflowId: idOf(account),
            taskQueue: ticketTaskQueue,
            args: [input],
            workflowIdConflictPolicy: 'USE_EXISTING',
            workflowIdReusePolicy: 'ALLOW_DUPLICATE',
            staticSummary: `What was given ${limit.whose}`,
          }),
        });
      }),
    giveBack: (account, gift) =>
      orFailure(async () => {
        const message: GiveBackMessage = gift;
        const handle = client.workflow.getHandle(idOf(account));
        await orNothing(() => handle.signal(giveBackSignal, message));
      }),
    left: (account, what, limit) =>
      orFailure(async () => {
        const request: LeftRequest = { ...what, limit };
        const handle = client.workflow.getHandle(idOf(account));
        const left = await orNothing(() =>
          client.withDeadline(Date.now() + queryMs, () =>
            handle.query<number | null, [LeftRequest]>(leftQuery, request),
          ),
        );
        return left === undefined ? leftOf([], what, limit) : left;
      }),
  };
  return createAllowances(book);
}

/** Ids are read by people: no address stands in them. */
function nameOf(account: Account): string {
  switch (account.type) {
    case 'customer':
      return `customer:${createHash('sha256').update(account.customer).digest('hex').slice(0, 32)}`;
    case 'day':
      return `day:${account.day}`;
  }
}

/** Undefined where nothing was ever given, or nothing of it counts any more. */
async function orNothing<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

async function orFailure<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    const isRefused = error instanceof WorkflowUpdateFailedError;
    throw new RemoteFailure(
      isRefused ? 'rejected' : 'unavailable',
      `the account of what was given could not be asked (${name})`,
      { retryable: !isRefused, cause: error },
    );
  }
}
