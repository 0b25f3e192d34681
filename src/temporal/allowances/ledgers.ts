/** Ledgers that every worker asks: one workflow each, which lives as long as something of it counts. */
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
  type DeskAccount,
  type GiveBackMessage,
  type LeftRequest,
  type TakeRequest,
} from '../../contracts/messages';
import { RemoteFailure } from '../../remote/failures';

/** A query needs a worker, and whoever asks holds one: better no answer than a wait for each other. */
const queryMs = 3_000;

/** Every method throws RemoteFailure: `unavailable` may pass, `rejected` does not. */
export interface Ledgers {
  /** Counts once for its key. @returns why there was too much already, for agents; null: it is taken. */
  take(name: string, request: TakeRequest, summary: string): Promise<string | null>;
  giveBack(name: string, message: GiveBackMessage): Promise<void>;
  /** Null: nothing limits it; undefined: nothing was ever taken, or nothing of it counts any more. */
  left(name: string, request: LeftRequest): Promise<number | null | undefined>;
}

/**
 * @param desk - whose tickets share the ledgers.
 * @param what - of what they tell, for people: "what was given".
 */
export function temporalLedgers(client: Client, desk: DeskAccount, what: string): Ledgers {
  const idOf = (name: string) => `allowance:${desk.desk}:${desk.account}:${name}`;
  return {
    take: (name, request, summary) =>
      orFailure(what, () => {
        const input: AllowanceWorkflowInput = { given: [], keptUntil: 0 };
        return client.workflow.executeUpdateWithStart<Workflow, string | null, [TakeRequest]>(takeUpdate, {
          args: [request],
          startWorkflowOperation: new WithStartWorkflowOperation(allowanceWorkflowType, {
            workflowId: idOf(name),
            taskQueue: ticketTaskQueue,
            args: [input],
            workflowIdConflictPolicy: 'USE_EXISTING',
            workflowIdReusePolicy: 'ALLOW_DUPLICATE',
            staticSummary: summary,
          }),
        });
      }),
    giveBack: (name, message) =>
      orFailure(what, async () => {
        const handle = client.workflow.getHandle(idOf(name));
        await orNothing(() => handle.signal(giveBackSignal, message));
      }),
    left: (name, request) =>
      orFailure(what, () => {
        const handle = client.workflow.getHandle(idOf(name));
        return orNothing(() =>
          client.withDeadline(Date.now() + queryMs, () =>
            handle.query<number | null, [LeftRequest]>(leftQuery, request),
          ),
        );
      }),
  };
}

async function orNothing<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

async function orFailure<T>(what: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    const isRefused = error instanceof WorkflowUpdateFailedError;
    throw new RemoteFailure(
      isRefused ? 'rejected' : 'unavailable',
      `the ledger of ${what} could not be asked (${name})`,
      { retryable: !isRefused, cause: error },
    );
  }
}
