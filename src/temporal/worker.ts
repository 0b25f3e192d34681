/**
 * The two workers of one process: one runs workflows with what needs no desk, one calls the desk. Any number of
 * processes may run them.
 */
import {
  bundleWorkflowCode,
  type NativeConnection,
  Runtime,
  Worker,
  type WorkflowBundleOption,
} from '@temporalio/worker';
import { createDeskActivities, type DeskActivityPorts } from '../../activities/deskActivities';
import { createTicketActivities, type TicketActivityPorts } from '../../activities/ticketActivities';
import { Client } from '@temporalio/client';
import { deskTaskQueue, ticketTaskQueue } from '../contracts/messages';
import { createAllowances } from './allowances';
import { workflowCode } from './workflowCode';

export interface WorkerOptions
  extends TicketActivityPorts, Omit<DeskActivityPorts, 'settingsOf' | 'allowances'> {
  readonly connection: NativeConnection;
  readonly namespace: string;
  /** Made ahead of time (an image, a test run); null: bundled now from workflows/, which takes two seconds. */
  readonly workflowBundle: WorkflowBundleOption | null;
  /** What the desk allows for all workers together; null: no cap. */
  readonly deskRequestsPerMinute: number | null;
}

export interface RunningWorkers {
  /** Takes no new work, waits for what is under way (at most 30 seconds), and resolves when both have ended. */
  stop(): Promise<void>;
  /** Settles when the workers end; rejects when one of them broke. */
  readonly finished: Promise<void>;
}

/** An activity reads the ticket and its audits and writes once or twice. */
const requestsPerActivity = 3;
const graceMs = 30_000;

export async function createWorkers(options: WorkerOptions): Promise<RunningWorkers> {
  const {
    connection,
    namespace,
    desk,
    policy,
    classifier,
    notifier,
    shop,
    hintTicket,
    deskRequestsPerMinute,
  } = options;
  const shared = { connection, namespace, shutdownGraceTime: graceMs, shutdownForceTime: graceMs + 5_000 };
  const tickets = await Worker.create({
    ...shared,
    taskQueue: ticketTaskQueue,
    workflowBundle:
      options.workflowBundle ??
      (await bundleWorkflowCode({ ...workflowCode, logger: Runtime.instance().logger })),
    activities: { ...createTicketActivities({ classifier, policy, notifier }) },
  });
  const deskCalls = await Worker.create({
    ...shared,
    taskQueue: deskTaskQueue,
    activities: {
      ...createDeskActivities({
        desk,
        settingsOf: policy.settingsOf,
        shop,
        allowances: createAllowances(new Client({ connection, namespace }), desk),
        hintTicket,
      }),
    },
    // The server spreads this over all workers of the queue: the desk's limit is the account's, not a process's.
    ...(deskRequestsPerMinute === null
      ? {}
      : { maxTaskQueueActivitiesPerSecond: deskRequestsPerMinute / 60 / requestsPerActivity }),
  });
  const workers = [tickets, deskCalls];
  const finished = Promise.all(workers.map((worker) => worker.run())).then(() => undefined);
  return {
    finished,
    async stop() {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await finished;
    },
  };
}
