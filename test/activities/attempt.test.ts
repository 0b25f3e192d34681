/** How one attempt of a step ends, in Temporal's own activity environment. */
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { attempt } from '../../activities/attempt';
import { RemoteFailure } from '../../src/remote/failures';
import { quietTemporal } from '../support/quietTemporal';

quietTemporal();

const hour = 3_600_000;

const scheduled = Date.UTC(2040, 0, 1);

interface Attempted {
  readonly attempts?: number;
  /** How long ago the step was scheduled when this attempt was, by the server's clock. */
  readonly elapsedMs?: number;
  readonly budgetMs?: number | null;
  readonly outlastsRefusal?: boolean;
  readonly waitsSince?: number;
  /** What earlier attempts left in heartbeats; each attempt's own are added. */
  readonly heartbeats?: unknown[];
}

async function failureOf(
  error: unknown,
  {
    attempts = 1,
    elapsedMs = 0,
    budgetMs = hour,
    heartbeats = [],
    outlastsRefusal = true,
    waitsSince,
  }: Attempted = {},
) {
  const environment = new MockActivityEnvironment({
    attempt: attempts,
    scheduledTimestampMs: scheduled,
    currentAttemptScheduledTimestampMs: scheduled + elapsedMs,
    heartbeatDetails: heartbeats.at(-1),
  });
  environment.on('heartbeat', (details: unknown) => heartbeats.push(details));
  const failed = await environment
    .run(() => attempt(budgetMs, () => Promise.reject(error as Error), { outlastsRefusal, waitsSince }))
    .then(
      () => null,
      (reason: unknown) => reason,
    );
  if (!(failed instanceof ApplicationFailure))
    throw new Error('not an ApplicationFailure', { cause: failed });
  return failed;
}

const down = () => new RemoteFailure('unavailable', 'Zendesk answered 503', { retryable: true });

it('a result passes', async () => {
  await expect(
    new MockActivityEnvironment().run(() => attempt(hour, () => Promise.resolve(7))),
  ).resolves.toBe(7);
});

it('a passing failure is left to be retried, under its kind, with the number of attempts', async () => {
  const failure = await failureOf(down(), { attempts: 4 });
  expect(failure).toMatchObject({
    type: 'unavailable',
    nonRetryable: false,
    details: [4],
    message: 'Zendesk answered 503',
  });
});

it('when the desk says when, the next attempt is then', async () => {
  const throttled = new RemoteFailure('throttled', 'slow down', { retryable: true, retryAfterMs: 23_000 });
  expect(await failureOf(throttled)).toMatchObject({ type: 'throttled', nextRetryDelay: 23_000 });
});

describe('what waits for a part that is out', () => {
  const minute = 60_000;
  const delayOf = ({ nextRetryDelay }: { readonly nextRetryDelay?: unknown }): unknown => nextRetryDelay;
  const delayAfter = async (elapsedMs: number, change: Attempted = {}): Promise<unknown> =>
    delayOf(await failureOf(down(), { elapsedMs, ...change }));
  const inWave = (elapsedMs: number, delay: unknown) =>
    (scheduled + elapsedMs + (typeof delay === 'number' ? delay : Number.NaN)) % minute;

  it('asks by the usual back-off at first', async () => {
    expect(await delayAfter(minute)).toBeUndefined();
  });

  it('then in waves, in which who has waited longer comes first', async () => {
    const [short, long] = [3 * minute, 40 * minute];
    const [place, longPlace] = [await delayAfter(short), await delayAfter(long)];
    expect(inWave(long, longPlace)).toBeLessThan(inWave(short, place));
  });

  it('counts from when the customer began to wait, where that is known', async () => {
    const waitsSince = scheduled - 40 * minute;
    const since = inWave(0, await delayAfter(0, { waitsSince }));
    expect(since).toBeCloseTo(inWave(40 * minute, await delayAfter(40 * minute)), -3);
  });

  it('keeps its own pace where no customer waits for it: without a budget', async () => {
    expect(await delayAfter(hour, { budgetMs: null })).toBeUndefined();
  });

  it('is left alone for as long as it asks', async () => {
    const asks = new RemoteFailure('unavailable', '503', { retryable: true, retryAfterMs: 5 * minute });
    const delay = delayOf(await failureOf(asks, { elapsedMs: 10 * minute }));
    expect(delay).toBeGreaterThanOrEqual(5 * minute);
    expect(delay).toBeLessThanOrEqual(6 * minute);
  });

  it('a ticket’s own failure is no matter of the line', async () => {
    const conflict = new RemoteFailure('conflict', '409', { retryable: true });
    expect((await failureOf(conflict, { elapsedMs: 10 * minute })).nextRetryDelay).toBeUndefined();
  });
});

it.each(['rejected', 'ticket-closed', 'ticket-not-found'] as const)('%s is final at once', async (kind) => {
  const failure = await failureOf(new RemoteFailure(kind, 'no', { retryable: false }));
  expect(failure).toMatchObject({ type: kind, nonRetryable: true, category: undefined });
});

it.each(['person-active', 'stale-draft'] as const)(
  '%s is final, and nothing to be warned of',
  async (kind) => {
    const failure = await failureOf(new RemoteFailure(kind, 'no', { retryable: false }));
    expect(failure).toMatchObject({ type: kind, nonRetryable: true, category: 'BENIGN' });
  },
);

describe('the budget of time', () => {
  it('ends the retries when it is used up', async () => {
    expect(await failureOf(down(), { elapsedMs: hour })).toMatchObject({
      type: 'budget-used-up',
      nonRetryable: true,
    });
    expect(await failureOf(down(), { elapsedMs: hour - 1 })).toMatchObject({ type: 'unavailable' });
  });

  it('ends them at once when the desk asks for more than is left', async () => {
    const day = new RemoteFailure('throttled', 'come back tomorrow', {
      retryable: true,
      retryAfterMs: 24 * hour,
    });
    expect(await failureOf(day)).toMatchObject({ type: 'budget-used-up', nonRetryable: true });
  });

  it('does not exist for what people have no other way to hear of', async () => {
    expect(await failureOf(down(), { elapsedMs: 100 * hour, budgetMs: null })).toMatchObject({
      type: 'unavailable',
    });
  });

  describe('while credentials are refused', () => {
    const refused = new RemoteFailure('unauthorized', '401', { retryable: true, retryAfterMs: 60_000 });

    it('is not charged', async () => {
      const failure = await failureOf(refused, { elapsedMs: 100 * hour });
      expect(failure.type).toBe('unauthorized');
      expect(failure.nextRetryDelay).toBeGreaterThan(0);
      expect(failure.nextRetryDelay).toBeLessThanOrEqual(65_000);
    });

    it('is charged where a customer waits for nothing but them: the end says why', async () => {
      const heartbeats: unknown[] = [];
      const code = { outlastsRefusal: false, budgetMs: hour / 4, heartbeats };
      expect(await failureOf(refused, { ...code, elapsedMs: hour / 8 })).toMatchObject({
        type: 'unauthorized',
        nonRetryable: false,
      });
      expect(await failureOf(refused, { ...code, elapsedMs: hour / 4 })).toMatchObject({
        type: 'budget-used-up',
        nonRetryable: true,
        message: 'gave up: 401',
      });
      expect(heartbeats).toEqual([]);
    });

    it('is whole again once they are mended, and used up from then on', async () => {
      const heartbeats: unknown[] = [];
      const at = (elapsedMs: number, error: Error) => failureOf(error, { elapsedMs, heartbeats });
      await at(0, refused);
      await at(50 * hour, refused);
      const mendedAt = 50 * hour + 60_000;
      expect(await at(mendedAt, down())).toMatchObject({ type: 'unavailable' });
      expect(await at(mendedAt + hour - 1, down())).toMatchObject({ type: 'unavailable' });
      expect(await at(mendedAt + hour, down())).toMatchObject({ type: 'budget-used-up' });
    });

    it('is whole again after each refusal', async () => {
      const heartbeats: unknown[] = [];
      const at = (elapsedMs: number, error: Error) => failureOf(error, { elapsedMs, heartbeats });
      await at(0, refused);
      await at(60_000, down());
      await at(2 * 60_000, refused);
      expect(await at(3 * hour, down())).toMatchObject({ type: 'unavailable' });
    });

    it('costs one heartbeat when it begins and one when it is over, and none without it', async () => {
      const heartbeats: unknown[] = [];
      for (const error of [down(), down(), refused, refused, refused, down(), down()]) {
        await failureOf(error, { heartbeats });
      }
      expect(heartbeats).toHaveLength(2);
    });

    it('a long attempt after it tells on what it was told', async () => {
      const environment = new MockActivityEnvironment({
        heartbeatDetails: { countsFrom: 7 },
        startToCloseTimeoutMs: 45_000,
      });
      const beats: unknown[] = [];
      environment.on('heartbeat', (details: unknown) => beats.push(details));
      await environment.run(() => attempt(hour, () => new Promise((resolve) => setTimeout(resolve, 1_300))));
      expect(beats).toEqual([{ countsFrom: 7 }]);
    });

    it.each([undefined, null, 'nonsense', {}, { countsFrom: 'now' }])(
      'details that are none of ours (%j) are passed over',
      async (details) => {
        const heartbeats = [details];
        expect(await failureOf(down(), { elapsedMs: hour, heartbeats })).toMatchObject({
          type: 'budget-used-up',
        });
      },
    );
  });
});

describe('an attempt of which nothing was heard', () => {
  const running = (attempts: number, elapsedMs: number, budgetMs: number | null) => {
    let ran = false;
    const ended = new MockActivityEnvironment({
      attempt: attempts,
      scheduledTimestampMs: scheduled,
      currentAttemptScheduledTimestampMs: scheduled + elapsedMs,
    }).run(() =>
      attempt(budgetMs, () => {
        ran = true;
        return Promise.resolve('read');
      }),
    );
    return { ended, hasRun: () => ran };
  };

  it('is repeated: its worker may have died', async () => {
    await expect(running(2, hour + 60_000, hour).ended).resolves.toBe('read');
  });

  it('is not repeated without end: a ticket that no worker survives goes to people', async () => {
    const { ended, hasRun } = running(200, hour + 3 * 60_000, hour);
    await expect(ended).rejects.toMatchObject({
      type: 'budget-used-up',
      nonRetryable: true,
      details: [199],
      message: 'gave up: no attempt came to an end',
    });
    expect(hasRun()).toBe(false);
  });

  it.each([
    ['a first attempt that had to wait for a worker', 1, hour],
    ['what has no budget', 200, null],
  ])('%s runs', async (_what, attempts, budgetMs) => {
    await expect(running(attempts, 100 * hour, budgetMs).ended).resolves.toBe('read');
  });
});

it.each([
  ['fits', 1_800_000, 'resolved'],
  ['is larger than Temporal takes', 1_950_000, 'rejected'],
])('an answer that %s', async (_what, bytes, end) => {
  const answered = new MockActivityEnvironment().run(() =>
    attempt(hour, () => Promise.resolve({ text: '\u8336'.repeat(bytes / 3) })),
  );
  await (end === 'resolved'
    ? expect(answered).resolves.toBeDefined()
    : expect(answered).rejects.toMatchObject({ type: 'rejected', nonRetryable: true, details: [1] }));
});

describe('what nobody foresaw', () => {
  it('may pass, but not for ever', async () => {
    expect(await failureOf(new TypeError('x is undefined'))).toMatchObject({
      type: 'unknown',
      nonRetryable: false,
    });
    expect(await failureOf(new TypeError('x is undefined'), { attempts: 5, budgetMs: null })).toMatchObject({
      type: 'unknown',
      nonRetryable: true,
    });
  });

  it('is named in the message, not quoted: the message may hold what the customer wrote', async () => {
    const failure = await failureOf(new TypeError('cannot read "where is my order"'));
    expect(failure.message).toBe('unexpected failure: TypeError');
  });

  it.each(['text', 7, null, undefined])('can be thrown as %p too', async (value) => {
    expect(await failureOf(value)).toMatchObject({ type: 'unknown' });
  });
});

it('a cancellation reaches the request, and is told as one', async () => {
  const environment = new MockActivityEnvironment();
  const running = environment.run(() =>
    attempt(
      hour,
      (signal) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(new Error('aborted'))),
        ),
    ),
  );
  environment.cancel();
  await expect(running).rejects.toThrow(CancelledFailure);
});

it('a long attempt heartbeats, a short one does not', async () => {
  const beats = async (ms: number): Promise<number> => {
    const environment = new MockActivityEnvironment({ startToCloseTimeoutMs: 45_000 });
    let count = 0;
    environment.on('heartbeat', () => (count += 1));
    await environment.run(() => attempt(hour, () => new Promise((resolve) => setTimeout(resolve, ms))));
    return count;
  };
  expect(await Promise.all([beats(100), beats(1_300)])).toEqual([0, 1]);
});

it('a local activity sends no heartbeats', async () => {
  const environment = new MockActivityEnvironment({ isLocal: true, startToCloseTimeoutMs: 30_000 });
  let count = 0;
  environment.on('heartbeat', () => (count += 1));
  await environment.run(() => attempt(null, () => new Promise((resolve) => setTimeout(resolve, 1_300))));
  expect(count).toBe(0);
});

describe('a call that hangs', () => {
  const hanging = () => {
    const told: { reason?: unknown } = {};
    const run = (signal: AbortSignal) =>
      new Promise<never>(() =>
        signal.addEventListener('abort', () => Object.assign(told, { reason: signal.reason as unknown })),
      );
    return { told, run };
  };

  it('ends by itself before Temporal would end it, and is told to stop', async () => {
    const { told, run } = hanging();
    const environment = new MockActivityEnvironment({ startToCloseTimeoutMs: 100 });
    await expect(environment.run(() => attempt(hour, run))).rejects.toMatchObject({
      type: 'unavailable',
      nonRetryable: false,
    });
    expect(told.reason).toMatchObject({ kind: 'unavailable' });
  });

  const endsWith = (failure: Error) => (signal: AbortSignal) =>
    new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(failure)));

  it('is not repeated before what it has sent is settled', async () => {
    const environment = new MockActivityEnvironment({
      ...{ startToCloseTimeoutMs: 100, scheduledTimestampMs: scheduled },
      currentAttemptScheduledTimestampMs: scheduled,
    });
    const written = new RemoteFailure('unavailable', 'Freshdesk could not be asked', {
      ...{ retryable: true, retryAfterMs: 30_000 },
    });
    await expect(environment.run(() => attempt(hour, endsWith(written)))).rejects.toMatchObject({
      ...{ type: 'unavailable', nextRetryDelay: 30_000 },
    });
  });

  it.each([
    new Error('aborted'),
    new RemoteFailure('cancelled', 'the call was cancelled', { retryable: false }),
    new RemoteFailure('rejected', 'a mistake of a moment', { retryable: false }),
  ])('is retried, whatever its end passes for (%s)', async (failure) => {
    const environment = new MockActivityEnvironment({ startToCloseTimeoutMs: 100 });
    await expect(environment.run(() => attempt(hour, endsWith(failure)))).rejects.toMatchObject({
      ...{ type: 'unavailable', nonRetryable: false },
      message: expect.stringContaining('no answer within') as string,
    });
  });

  it('uses up the budget like any other failure', async () => {
    const environment = new MockActivityEnvironment({
      attempt: 9,
      startToCloseTimeoutMs: 100,
      scheduledTimestampMs: scheduled,
      currentAttemptScheduledTimestampMs: scheduled + hour,
    });
    await expect(environment.run(() => attempt(hour, hanging().run))).rejects.toMatchObject({
      type: 'budget-used-up',
      nonRetryable: true,
      message: expect.stringContaining('no answer within') as string,
    });
  });
});
