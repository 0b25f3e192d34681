/**
 * What an attempt learns of itself and of the one before it, from a real server: asked within the attempts of an activity
 * that the test takes from the queue as a worker would.
 */
import { randomUUID } from 'node:crypto';
import { CancelledFailure } from '@temporalio/activity';
import { requiredTsToMs } from '@temporalio/common/lib/time';
import { temporal } from '@temporalio/proto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger, NativeConnection } from '@temporalio/worker';
import { RemoteFailure } from '../../src/remote/failures';
import { createThisAttempt, type ThisAttempt } from '../../src/temporal/thisAttempt';
import { startTestTemporal, type TestTemporal } from '../support/temporalServer';

const { CommandType } = temporal.api.enums.v1;
type Task = Awaited<ReturnType<ReturnType<typeof api>['pollActivityTaskQueue']>>;

/** Waited for together: Temporal lets a second pass between two attempts. */
interface Attempts {
  readonly died: Repeated;
  readonly diedAfterOthers: Repeated;
  readonly shutDown: Repeated;
  readonly told: Repeated;
}

interface Repeated {
  readonly step: Step;
  readonly earlier: Task;
  readonly next: Task;
}

/** Seconds: what lives tells so four times a second, also where the machine stands still for one. */
const soonGivenUp = 2;
const beating: NodeJS.Timeout[] = [];
let server: TestTemporal;
let attempts: Attempts;
beforeAll(async () => {
  server = await startTestTemporal();
  const [died, diedAfterOthers, shutDown, told] = await Promise.all([
    Step.repeated(soonGivenUp, []),
    Step.repeated(soonGivenUp, ['unavailable']),
    Step.repeated(60, ['WorkerShutdown']),
    Step.repeated(60, ['unavailable']),
  ]);
  attempts = { died, diedAfterOthers, shutDown, told };
});
afterAll(async () => {
  beating.forEach(clearInterval);
  await server.stop();
});

const api = () => server.connection.workflowService;
const soon = <T>(call: () => Promise<T>): Promise<T> =>
  server.connection.withDeadline(Date.now() + 30_000, call);
const seconds = (count: number) => ({ seconds: count as never });

class Step {
  readonly queue = randomUUID();

  /** @param heartbeatSeconds - after so long without a word an attempt is given up. */
  static async begin(heartbeatSeconds = 60): Promise<Step> {
    const step = new Step();
    const start = { taskQueue: step.queue, workflowId: step.queue };
    await server.client.workflow.start('anyWorkflow', start);
    await step.command({
      commandType: CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK,
      scheduleActivityTaskCommandAttributes: {
        ...{ activityId: '1', activityType: { name: 'replyToTicket' }, taskQueue: { name: step.queue } },
        ...{ startToCloseTimeout: seconds(60), heartbeatTimeout: seconds(heartbeatSeconds) },
        retryPolicy: { initialInterval: { nanos: 1_000_000 } },
      },
    });
    return step;
  }

  /** @param failures - of the first attempts; where attempts are given up, the one behind them is, too. */
  static async repeated(heartbeatSeconds: number, failures: readonly string[]): Promise<Repeated> {
    const step = await Step.begin(heartbeatSeconds);
    let earlier = await step.next();
    for (const type of failures) {
      await step.fail(earlier, type);
      const next = await step.next();
      if (heartbeatSeconds > soonGivenUp) return { step, earlier, next };
      earlier = next;
    }
    const next = await step.next();
    step.keepAlive(next);
    return { step, earlier, next };
  }

  private keepAlive({ taskToken }: Task): void {
    const beat = () => api().recordActivityTaskHeartbeat({ ...this.asWorker, taskToken });
    beating.push(setInterval(() => void beat().catch(() => undefined), 250));
  }

  /** The workflow's next command. */
  async command(command: temporal.api.command.v1.ICommand): Promise<void> {
    const { taskToken } = await soon(() => api().pollWorkflowTaskQueue(this.asWorker));
    await api().respondWorkflowTaskCompleted({ ...this.asWorker, taskToken, commands: [command] });
  }

  /** The attempt that comes next. */
  next(): Promise<Task> {
    return soon(() => api().pollActivityTaskQueue(this.asWorker));
  }

  async fail({ taskToken }: Task, type: string): Promise<void> {
    const failure = { message: 'told', applicationFailureInfo: { type } };
    await api().respondActivityTaskFailed({ ...this.asWorker, taskToken, failure });
  }

  /** Within that attempt. */
  in(
    { attempt, activityId, workflowExecution: run, currentAttemptScheduledTime }: Task,
    ask: (attempt: ThisAttempt) => Promise<void>,
    connection: Parameters<typeof createThisAttempt>[0] = server.nativeConnection,
  ): Promise<void> {
    const environment = new MockActivityEnvironment(
      {
        ...{ attempt, activityId, namespace: server.namespace },
        currentAttemptScheduledTimestampMs: requiredTsToMs(currentAttemptScheduledTime, 'scheduled'),
        workflowExecution: { workflowId: run?.workflowId ?? '', runId: run?.runId ?? '' },
      },
      { logger: new DefaultLogger('ERROR') },
    );
    return environment.run(() => ask(createThisAttempt(connection)()));
  }

  private get asWorker() {
    return { namespace: server.namespace, taskQueue: { name: this.queue }, identity: 'test' };
  }
}

const settled = (withinMs: number) => (attempt: ThisAttempt) => attempt.settled(withinMs);
const stillCurrent = (attempt: ThisAttempt) => attempt.stillCurrent();
const stillWanted = (attempt: ThisAttempt) => attempt.stillWanted();

/** For how long it asks to be left alone, in milliseconds. */
async function waitOf(asked: Promise<void>): Promise<number> {
  const failure: unknown = await asked.catch((error: unknown) => error);
  if (!(failure instanceof RemoteFailure)) throw new Error('it does not wait', { cause: failure });
  expect(failure).toMatchObject({ kind: 'unavailable', retryable: true });
  return failure.retryAfterMs ?? 0;
}

describe('what an earlier attempt had sent', () => {
  it('is no matter on the first attempt', async () => {
    const step = await Step.begin();
    await expect(step.in(await step.next(), settled(30_000))).resolves.toBeUndefined();
  });

  it('is waited for when it was not heard of any more, as its worker had died', async () => {
    const { step, earlier, next } = attempts.died;
    expect(next.attempt).toBe(2);
    const waitMs = await waitOf(step.in(next, settled(30_000)));
    expect(waitMs).toBeGreaterThan(20_000);
    expect(waitMs).toBeLessThanOrEqual(30_000);
    // And should it come to itself again, it writes no more.
    await expect(step.in(earlier, stillCurrent)).rejects.toThrow(CancelledFailure);
    await expect(step.in(earlier, stillWanted)).rejects.toThrow(CancelledFailure);
  });

  it('is waited for from when it was given up, not from what others had told before', async () => {
    const { step, next } = attempts.diedAfterOthers;
    expect(next.attempt).toBe(3);
    const [scheduled, started] = [next.currentAttemptScheduledTime, next.startedTime];
    const queuedMs = requiredTsToMs(started, 'started') - requiredTsToMs(scheduled, 'scheduled');
    const asked = performance.now();
    const waitMs = await waitOf(step.in(next, settled(30_000)));
    // From when the others had told, it would be two seconds less.
    expect(waitMs).toBeGreaterThan(30_000 - queuedMs - (performance.now() - asked) - 10);
  });

  it('is waited for when its worker was shut down, and only for so long', async () => {
    const { step, next } = attempts.shutDown;
    expect(await waitOf(step.in(next, settled(30_000)))).toBeGreaterThan(0);
    await expect(step.in(next, settled(0))).resolves.toBeUndefined();
  });

  it('is not waited for when it has told how it ended: it asked for that itself', async () => {
    const { step, next } = attempts.told;
    await expect(step.in(next, settled(30_000))).resolves.toBeUndefined();
  });

  it('is waited for as long as that when the server does not tell', async () => {
    const { step, next } = attempts.told;
    const closed = await NativeConnection.connect({ address: server.address });
    await closed.close();
    expect(await waitOf(step.in(next, settled(30_000), closed))).toBe(30_000);
    expect(await waitOf(step.in(next, stillCurrent, closed))).toBe(0);
  });
});

describe('an attempt that the workflow asks to stop', () => {
  it('begins nothing more, and finishes what it has begun', async () => {
    const step = await Step.begin();
    const task = await step.next();
    await expect(step.in(task, stillWanted)).resolves.toBeUndefined();
    await server.client.workflow.getHandle(step.queue).signal('stop');
    await step.command({
      commandType: CommandType.COMMAND_TYPE_REQUEST_CANCEL_ACTIVITY_TASK,
      // The event by which it was scheduled is the workflow's fifth: started, task scheduled, started, completed.
      requestCancelActivityTaskCommandAttributes: { scheduledEventId: 5 as never },
    });
    await expect(step.in(task, stillWanted)).rejects.toThrow(CancelledFailure);
    await expect(step.in(task, stillCurrent)).resolves.toBeUndefined();
  });
});

it('asks once for all writes that follow within seconds, and again after a pause in which it may be given up', async () => {
  const step = await Step.begin();
  const { workflowService } = server.nativeConnection;
  let asked = 0;
  const counted = new Proxy(workflowService, {
    get: (service, name, self) => {
      if (name === 'describeWorkflowExecution') asked += 1;
      return Reflect.get(service, name, self) as unknown;
    },
  });
  const writes = async (attempt: ThisAttempt): Promise<void> => {
    await attempt.stillWanted();
    await attempt.stillCurrent();
    await attempt.stillCurrent();
    expect(asked).toBe(1);
    const later = Date.now() + 12_000;
    const clock = jest.spyOn(Date, 'now').mockReturnValue(later);
    await attempt.stillCurrent().finally(() => clock.mockRestore());
  };
  await step.in(await step.next(), writes, { workflowService: counted });
  expect(asked).toBe(2);
});
