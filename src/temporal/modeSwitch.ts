/** The switch of modes as every worker and server sees it: kept by one workflow, read from its memo. */
import type { Workflow } from '@temporalio/common';
import { type Client, WithStartWorkflowOperation, WorkflowNotFoundError } from '@temporalio/client';
import {
  modesMemo,
  modesWorkflowId,
  modesWorkflowType,
  setModeUpdate,
  ticketTaskQueue,
  type ModesWorkflowInput,
  type SetModeMessage,
} from '../contracts/messages';
import { parseSwitchedModes } from '../contracts/parseModes';
import { modesOf, nothingSwitched, type SwitchedModes } from '../core/modeSwitch';
import type { ModeSwitch } from '../policy/port';
import { RemoteFailure } from '../remote/failures';

const readWithinMs = 5_000;

interface DeskAccount {
  readonly desk: string;
  readonly account: string;
}

/** For workers. `read` throws RemoteFailure `unavailable`: who cannot ask does nothing. */
export function createModeSwitch(client: Client, desk: DeskAccount): ModeSwitch {
  return {
    async read() {
      try {
        const switched = await client.withDeadline(Date.now() + readWithinMs, () => readSwitch(client, desk));
        return modesOf(switched);
      } catch (error) {
        if (error instanceof RemoteFailure) throw error;
        throw unreadable('Temporal does not tell which mode holds', error);
      }
    },
  };
}

/**
 * No Temporal Action, and no worker is needed. Of one that has ended, what it kept last.
 * @throws RemoteFailure when it cannot be understood; the client's errors.
 */
export async function readSwitch(client: Client, { desk, account }: DeskAccount): Promise<SwitchedModes> {
  let memo: Record<string, unknown> | undefined;
  try {
    ({ memo } = await client.workflow.getHandle(modesWorkflowId(desk, account)).describe());
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return nothingSwitched;
    throw error;
  }
  const parsed = parseSwitchedModes(memo?.[modesMemo]);
  if (parsed.ok) return parsed.value;
  const workflowId = modesWorkflowId(desk, account);
  throw unreadable(
    `the memo of ${workflowId} is no switch of modes: ${parsed.why}. Terminate it, and set the mode again`,
  );
}

/**
 * Holds from the moment it resolves. One that has ended goes on from where it was.
 * @throws the client's errors: WorkflowUpdateFailedError when it was refused.
 */
export async function turnSwitch(
  client: Client,
  { desk, account }: DeskAccount,
  message: SetModeMessage,
): Promise<SwitchedModes> {
  const input: ModesWorkflowInput = { switched: await readSwitch(client, { desk, account }).catch(asNew) };
  return client.workflow.executeUpdateWithStart<Workflow, SwitchedModes, [SetModeMessage]>(setModeUpdate, {
    args: [message],
    startWorkflowOperation: new WithStartWorkflowOperation(modesWorkflowType, {
      workflowId: modesWorkflowId(desk, account),
      taskQueue: ticketTaskQueue,
      args: [input],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      staticSummary: `Modes of ${desk}/${account}`,
    }),
  });
}

/** What nobody can understand is set anew. */
function asNew(error: unknown): SwitchedModes {
  if (error instanceof RemoteFailure) return nothingSwitched;
  throw error;
}

function unreadable(message: string, cause?: unknown): RemoteFailure {
  return new RemoteFailure('unavailable', message, { retryable: true, cause });
}
