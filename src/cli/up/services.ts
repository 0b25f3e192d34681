/** The children of `deskhand up`: how each is started, and how one knows that it works. */
import { hostname } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import type { EngineSettings } from '../../config/settings';
import { deskTaskQueueOf, ticketTaskQueue } from '../../contracts/messages';
import { servedDesk } from '../../helpdesk/openHelpdesk';
import type { OnProgress } from '../../temporal/provision/progress';
import type { ChildOptions } from './child';

export type ServiceName = 'desk' | 'worker' | 'API';

/** How this very program is run, so that its children run the same way: from the sources or compiled. */
export function ownCommand(argv: readonly string[] = process.argv): [string, ...string[]] {
  const [node = process.execPath, entry = ''] = argv;
  const bin = path.resolve(
    __dirname,
    __dirname.includes(`${path.sep}dist${path.sep}`) ? '../../../../bin' : '../../../bin',
  );
  const guard = ['--import', pathToFileURL(path.join(bin, 'stopWithParent.mjs')).href];
  // `npm start` has put the guard before us, too.
  const own = process.execArgv.join(' ').includes(guard.join(' '));
  return [node, ...process.execArgv, ...(own ? [] : guard), entry];
}

export interface ServiceContext {
  /** With the ports and the Temporal address that are really used. */
  readonly settings: EngineSettings;
  readonly env: NodeJS.ProcessEnv;
  readonly command: readonly [string, ...string[]];
  readonly connection: Connection;
  readonly onProgress: OnProgress;
}

export function serviceOptions(name: ServiceName, context: ServiceContext): ChildOptions {
  const { settings, env, command, connection, onProgress } = context;
  const [program, ...args] = command;
  const base = { name, env, onProgress, healthyWithinMs: 120_000 };
  const logFile = path.join(settings.stateDir, `${name.toLowerCase()}.log`);
  switch (name) {
    // Whatever answers at their ports may be somebody else's: both say themselves when they have them.
    case 'desk':
      return { ...base, command: [program, ...args, 'desk'], logFile, isHealthy: 'says-so', graceMs: 10_000 };
    case 'worker': {
      const { namespace } = settings.temporal;
      const deskTaskQueues = settings.accounts.map((account) => deskTaskQueueOf(servedDesk(account)));
      const isHealthy = (pid: number): Promise<boolean> =>
        isPolling(connection, namespace, deskTaskQueues, pid);
      // Its own grace for what is under way is 30 seconds.
      return { ...base, command: [program, ...args, 'worker'], logFile, isHealthy, graceMs: 45_000 };
    }
    case 'API':
      return {
        ...base,
        command: [program, ...args, 'server'],
        logFile,
        isHealthy: 'says-so',
        graceMs: 15_000,
      };
  }
}

/** Whether the worker in this process asks for both kinds of work, of one account at least; the SDK's identity is `pid@host`. */
async function isPolling(
  connection: Connection,
  namespace: string,
  deskTaskQueues: readonly string[],
  pid: number,
): Promise<boolean> {
  const { TASK_QUEUE_TYPE_WORKFLOW, TASK_QUEUE_TYPE_ACTIVITY } = temporal.api.enums.v1.TaskQueueType;
  const asksFor = async (
    name: string,
    taskQueueType: temporal.api.enums.v1.TaskQueueType,
  ): Promise<boolean> => {
    const { pollers } = await connection.workflowService.describeTaskQueue({
      namespace,
      taskQueue: { name },
      taskQueueType,
    });
    return pollers.some(({ identity }) => identity === `${pid}@${hostname()}`);
  };
  if (!(await asksFor(ticketTaskQueue, TASK_QUEUE_TYPE_WORKFLOW))) return false;
  // An account that cannot be served keeps the others waiting for nothing.
  const desks = await Promise.all(deskTaskQueues.map((name) => asksFor(name, TASK_QUEUE_TYPE_ACTIVITY)));
  return desks.includes(true);
}
