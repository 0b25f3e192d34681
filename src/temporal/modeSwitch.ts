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
import { modesOf, nothingSwitched, type SwitchedModes } from '../core/modes/modeSwitch';
import type { ModeSwitch } from '../policy/port';
import { RemoteFailure } from '../remote/failures';

const answersWithinMs = 5_000;

interface DeskAccount {
  readonly desk: string;
  readonly account: string;
}

/** The switch as a worker knows it: it remembers what it has read, so that a switch that is lost is not auto. */
export interface KeptSwitch extends ModeSwitch {
  /**
   * Starts the workflow again where it has stopped, with what it kept, or what was read of it last.
   * @returns how it had stopped, such as `terminated`; null: it runs, or nobody has ever turned it.
   * @throws RemoteFailure when nobody knows how it stood.
   */
  restart(): Promise<string | null>;
}

/** For workers. Both throw RemoteFailure `unavailable`: who cannot ask does nothing. */
export function createModeSwitch(client: Client, desk: DeskAccount): KeptSwitch {
  let known: SwitchedModes | null = null;
  const find = async (): Promise<Found> => {
    try {
      const found = await client.withDeadline(Date.now() + answersWithinMs, () => findSwitch(client, desk));
      if (found.how !== 'gone') known = found.switched ?? known;
      return found;
    } catch (error) {
      if (error instanceof RemoteFailure) throw error;
      throw unreadable('Temporal does not tell which mode holds', error);
    }
  };
  return {
    async read() {
      const found = await find();
      if (found.how === 'gone' && known !== null) throw lost(desk, 'gone');
      return modesOf(switchedOf(found, desk));
    },
    async restart() {
      const found = await find();
      if (found.how === 'running' || (found.how === 'gone' && known === null)) {
        switchedOf(found, desk);
        return null;
      }
      if (known === null) throw lost(desk, found.how);
      await client.workflow.start(modesWorkflowType, {
        ...startOptions(desk, known),
        workflowIdConflictPolicy: 'USE_EXISTING',
      });
      return found.how;
    },
  };
}

interface Found {
  /** `running`, `gone`: there is none, or how it has ended. */
  readonly how: string;
  /** Null where it kept nothing. */
  readonly switched: SwitchedModes | null;
}

/**
 * No Temporal Action, and no worker is needed. Of one that has ended, what it kept last; nothing switched where none is.
 * @throws RemoteFailure when it cannot be understood; the client's errors.
 */
export async function readSwitch(client: Client, desk: DeskAccount): Promise<SwitchedModes> {
  return switchedOf(await findSwitch(client, desk), desk);
}

/** @throws RemoteFailure when what it kept is no switch of modes; the client's errors. */
async function findSwitch(client: Client, { desk, account }: DeskAccount): Promise<Found> {
  const workflowId = modesWorkflowId(desk, account);
  try {
    const { memo, status } = await client.workflow.getHandle(workflowId).describe();
    const isOpen = status.name === 'RUNNING' || status.name === 'CONTINUED_AS_NEW';
    const how = isOpen ? 'running' : status.name.toLowerCase().replaceAll('_', ' ');
    const kept = memo?.[modesMemo] ?? null;
    if (kept === null) return { how, switched: null };
    const parsed = parseSwitchedModes(kept);
    // What is no switch is none: nothing is written until somebody has said what holds.
    return { how, switched: parsed.ok ? parsed.value : null };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { how: 'gone', switched: nothingSwitched };
    throw error;
  }
}

function switchedOf({ how, switched }: Found, desk: DeskAccount): SwitchedModes {
  if (switched === null) throw lost(desk, how);
  return switched;
}

/**
 * Holds from the moment it resolves. One that has ended goes on from where it was.
 * @throws RemoteFailure when nobody knows how it stood, and an intent's mode alone is given; the client's errors:
 *   WorkflowUpdateFailedError when it was refused.
 */
export async function turnSwitch(
  client: Client,
  desk: DeskAccount,
  message: SetModeMessage,
): Promise<SwitchedModes> {
  const { how, switched } = await findSwitch(client, desk);
  // The company's mode would become auto without anybody having said so.
  if (switched === null && how !== 'running' && (message.intent ?? null) !== null) throw lost(desk, how);
  const { args, ...options } = startOptions(desk, switched);
  return client.workflow.executeUpdateWithStart<Workflow, SwitchedModes, [SetModeMessage]>(setModeUpdate, {
    args: [message],
    startWorkflowOperation: new WithStartWorkflowOperation(modesWorkflowType, {
      ...options,
      args,
      workflowIdConflictPolicy: 'USE_EXISTING',
    }),
  });
}

interface StartOptions {
  readonly workflowId: string;
  readonly taskQueue: string;
  readonly args: [ModesWorkflowInput];
  readonly memo?: Record<string, unknown>;
  readonly workflowIdReusePolicy: 'ALLOW_DUPLICATE';
  readonly staticSummary: string;
}

/** @param switched - also its memo, so that it is read before a worker has begun; null: nobody may read it yet. */
function startOptions({ desk, account }: DeskAccount, switched: SwitchedModes | null): StartOptions {
  return {
    workflowId: modesWorkflowId(desk, account),
    taskQueue: ticketTaskQueue,
    args: [{ switched: switched ?? nothingSwitched }],
    ...(switched === null ? {} : { memo: { [modesMemo]: switched } }),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    staticSummary: `Modes of ${desk}/${account}`,
  };
}

function lost({ desk, account }: DeskAccount, how: string): RemoteFailure {
  return unreadable(
    `which mode holds is not known: the workflow ${modesWorkflowId(desk, account)} is ${how} and tells no modes. ` +
      "Set the company's mode: `deskhand mode set off`, or another one",
  );
}

function unreadable(message: string, cause?: unknown): RemoteFailure {
  return new RemoteFailure('unavailable', message, { retryable: true, cause });
}
