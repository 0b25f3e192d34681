/**
 * The two workers of one process: one runs workflows with what needs no desk, one calls the desk. Any number of
 * processes may run them.
 */
import { type NativeConnection, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { createDeskActivities, type DeskActivityPorts } from '../../activities/deskActivities';
import { createTicketActivities, type TicketActivityPorts } from '../../activities/ticketActivities';
import { deskTaskQueue, ticketTaskQueue } from '../contracts/messages';
import { createStillWanted } from './stillWanted';

export interface WorkerOptions
  extends
    TicketActivityPorts,
    Omit<DeskActivityPorts, 'settingsOf' | 'holdingReplyOf' | 'modes' | 'stillWanted'> {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly workflowBundle: WorkflowBundleOption;
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
/** How soon an activity learns that an agent has stopped it; by itself the SDK passes on a heartbeat every 9.6 seconds. */
const heartbeatsPassedOnEvery = '1 second';

export async function createWorkers(options: WorkerOptions): Promise<RunningWorkers> {
  const {
    connection,
    namespace,
    desk,
    policy,
    classifier,
    notifier,
    shop,
    allowances,
    codeMailing,
    hintTicket,
    workflowBundle,
    deskRequestsPerMinute,
  } = options;
  const shared = {
    connection,
    namespace,
    shutdownGraceTime: graceMs,
    shutdownForceTime: graceMs + 5_000,
    maxHeartbeatThrottleInterval: heartbeatsPassedOnEvery,
  };
  const tickets = await Worker.create({
    ...shared,
    taskQueue: ticketTaskQueue,
    workflowBundle,
    activities: { ...createTicketActivities({ classifier, policy, notifier }) },
  });
  const deskCalls = await Worker.create({
    ...shared,
    taskQueue: deskTaskQueue,
    activities: {
      ...createDeskActivities({
        desk,
        settingsOf: policy.settingsOf,
        holdingReplyOf: policy.holdingReplyOf,
        modes: () => policy.modes(),
        shop,
        allowances,
        stillWanted: createStillWanted(connection),
        hintTicket,
        ...(codeMailing === undefined ? {} : { codeMailing }),
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
