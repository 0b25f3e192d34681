/**
 * The workers of one process: one runs workflows with what needs no desk, and one for each account calls its desk. Any
 * number of processes may run them.
 */
import {
  type NativeConnection,
  Worker,
  type WorkerOptions as WorkerSettings,
  type WorkflowBundleOption,
} from '@temporalio/worker';
import { activitiesByAccount } from '../../activities/byAccount';
import { createDeskActivities, type DeskActivityPorts } from '../../activities/deskActivities';
import { createTicketActivities, type TicketActivityPorts } from '../../activities/ticketActivities';
import { deskTaskQueueOf, deskTaskQueueOf01, ticketTaskQueue } from '../contracts/messages';
import { longestSettleMs } from '../helpdesk/port';
import type { RequestBudget } from '../remote/budget/requestBudget';
import { createThisAttempt } from './thisAttempt';

export interface WorkerOptions {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly workflowBundle: WorkflowBundleOption;
  /** The accounts that are served from the start; others may follow. */
  readonly accounts: readonly [AccountPorts, ...AccountPorts[]];
}

/** Everything that is one account's. */
export interface AccountPorts extends TicketActivityPorts, Omit<DeskActivityPorts, 'thisAttempt' | 'policy'> {
  /** As the desk's adapter keeps to it; absent: there is none. */
  readonly budget?: RequestBudget;
}

export interface RunningWorkers {
  /** Takes no new work, waits for what is under way (at most 30 seconds), and resolves when all have ended. */
  stop(): Promise<void>;
  /** Settles when the workers end; rejects when one of them broke. */
  readonly finished: Promise<void>;
}

export interface AccountWorkers extends RunningWorkers {
  /** Takes one more account on. */
  serve(account: AccountPorts): Promise<void>;
}

const graceMs = 30_000;
/** How soon an activity learns that an agent has stopped it; by itself the SDK passes on a heartbeat every 9.6 seconds. */
const heartbeatsPassedOnEvery = '1 second';

export async function createWorkers(options: WorkerOptions): Promise<AccountWorkers> {
  const { connection, namespace, workflowBundle, accounts } = options;
  const shared = {
    connection,
    namespace,
    shutdownGraceTime: graceMs,
    shutdownForceTime: graceMs + 5_000,
    maxHeartbeatThrottleInterval: heartbeatsPassedOnEvery,
  };
  const served = new Map(accounts.map((account) => [keyOf(account), activitiesOf(account, connection)]));
  const [first] = served.values();
  const deskWorker = (account: AccountPorts): Promise<Worker> =>
    Worker.create({
      ...shared,
      taskQueue: deskTaskQueueOf(account.desk),
      activities: activitiesOf(account, connection).desk,
      ...capOf(account),
    });
  const group = runTogether(
    await Promise.all([
      Worker.create({
        ...shared,
        taskQueue: ticketTaskQueue,
        workflowBundle,
        activities: activitiesByAccount(Object.keys(first?.ticket ?? {}), (key) => served.get(key)?.ticket),
      }),
      ...accounts.map(deskWorker),
      Worker.create({
        ...shared,
        taskQueue: deskTaskQueueOf01,
        activities: activitiesByAccount(
          Object.keys(first?.desk ?? {}),
          (key) => served.get(key)?.desk,
          longestSettleMs,
        ),
        ...capOf(accounts[0]),
      }),
    ]),
  );
  return {
    finished: group.finished,
    async serve(account) {
      const worker = await deskWorker(account);
      served.set(keyOf(account), activitiesOf(account, connection));
      group.add(worker);
    },
    async stop() {
      group.shutdown();
      await group.finished;
    },
  };
}

function keyOf({ desk }: AccountPorts): string {
  return `${desk.desk}/${desk.account}`;
}

function activitiesOf(ports: AccountPorts, connection: NativeConnection) {
  return {
    ticket: { ...createTicketActivities(ports) },
    desk: { ...createDeskActivities({ ...ports, thisAttempt: createThisAttempt(connection) }) },
  };
}

/**
 * Each takes a request at least. The server spreads this over all workers of the queue, until what is learnt from the
 * desk takes its place (deskRate.ts).
 */
function capOf({ budget }: AccountPorts): Pick<WorkerSettings, 'maxTaskQueueActivitiesPerSecond'> {
  const { limit } = budget?.state() ?? { limit: null };
  return limit === null ? {} : { maxTaskQueueActivitiesPerSecond: limit / 60 };
}

/** Workers that end together: `finished` settles when all have ended, or one broke. */
function runTogether(first: readonly Worker[]) {
  const workers: Worker[] = [];
  let running = 0;
  let settle: { resolve: () => void; reject: (error: unknown) => void } | null = null;
  const finished = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  const add = (worker: Worker): void => {
    workers.push(worker);
    running += 1;
    worker.run().then(
      () => {
        running -= 1;
        if (running === 0) settle?.resolve();
      },
      (error: unknown) => settle?.reject(error),
    );
  };
  first.forEach(add);
  return {
    add,
    finished,
    shutdown: () => {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    },
  };
}
