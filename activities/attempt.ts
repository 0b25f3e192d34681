/**
 * One attempt of a step against the outside world: heartbeats while it runs, so that a dead worker is noticed and a
 * cancellation gets through, and its failure turned into what Temporal's retries and the workflow understand.
 */
import {
  activityInfo,
  ApplicationFailure,
  cancellationSignal,
  CancelledFailure,
  heartbeat,
} from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import type { FailureKind } from '../src/core/failure';
import { untilNextPlace } from './placeInLine';

/** How soon an attempt hears that it was cancelled; the worker passes heartbeats on as often (src/temporal/worker.ts). */
const heartbeatEveryMs = 1_000;
/** An attempt ends by itself before Temporal would end it: only so its failure is told, and its time counted. */
const endsAtShareOfTime = 0.9;
/** And before that it is told to stop: what it was doing then decides when it may be repeated. */
const lastWordsShareOfTime = 0.05;

/** What ports throw: enough to tell how to go on. `RemoteFailure` of src/remote is one. */
interface TypedFailure {
  readonly kind: FailureKind;
  readonly message: string;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
}

class NoAnswer extends Error implements TypedFailure {
  /** As that of `AbortSignal.timeout`: whoever is told to stop by it has run out of time, and was not called off. */
  override readonly name = 'TimeoutError';
  readonly kind = 'unavailable';
  readonly retryable = true;
  readonly retryAfterMs = null;

  constructor(afterMs: number) {
    super(`no answer within ${Math.round(afterMs / 1_000)} s`);
  }
}

const standInLine: readonly FailureKind[] = ['unavailable', 'malformed', 'unauthorized'];

const everyday: readonly FailureKind[] = ['person-active', 'stale-draft', 'mode-forbids'];

/** Temporal refuses payloads over 2 MB: the attempt would be repeated without end, for an answer nobody can take. */
const largestAnswerBytes = 1_900_000;

/** More than the longest attempt and the longest pause after it (workflows/steps.ts) take together. */
const longestRoundMs = 120_000;

/** A failure nobody foresaw may pass; after so many attempts people are told. */
const unforeseenAttempts = 5;

/**
 * What an attempt tells the next one, as the step's heartbeat details: from when the budget counts, in the server's
 * epoch milliseconds; null after refused credentials, from the next attempt on. No details: since it was scheduled.
 */
interface CarriedOver {
  readonly countsFrom: number | null;
}

interface AttemptOptions {
  /** Epoch milliseconds; for local activities, of which Temporal tells only when this attempt was scheduled. */
  readonly since?: number | undefined;
  /** Since when its customer waits, epoch milliseconds; absent: since then. */
  readonly waitsSince?: number | undefined;
  /**
   * Refused credentials do not count against the budget: they are the account's, whoever watches it has told people
   * (src/remote/watchCredentials.ts), and once they are mended, it counts anew. False where a customer can be helped
   * without.
   */
  readonly outlastsRefusal?: boolean;
}

/**
 * @param budgetMs - how long retries may last, counted from when the step was scheduled; null: until it works.
 * @throws ApplicationFailure whose type is a FailureKind and whose first detail is the number of attempts.
 */
export async function attempt<T>(
  budgetMs: number | null,
  run: (signal: AbortSignal) => Promise<T>,
  {
    since = activityInfo().scheduledTimestampMs,
    waitsSince = since,
    outlastsRefusal = true,
  }: AttemptOptions = {},
): Promise<T> {
  const started = performance.now();
  endIfAttemptsDieSilently(budgetMs, since);
  const cancelled = cancellationSignal();
  const hangs = new AbortController();
  const limitMs = activityInfo().startToCloseTimeoutMs * endsAtShareOfTime;
  const limit = setTimeout(() => hangs.abort(new NoAnswer(limitMs)), limitMs);
  const { isLocal } = activityInfo();
  // Not at once: a quick call costs no heartbeat, and so no Action. Details that are not sent again are lost.
  const beat = (): void => heartbeat(activityInfo().heartbeatDetails);
  const beating = isLocal ? undefined : setInterval(beat, heartbeatEveryMs);
  try {
    const answer = await Promise.race([
      run(AbortSignal.any([cancelled, hangs.signal])),
      new Promise<never>((_, reject) => {
        hangs.signal.addEventListener('abort', () => {
          const wordsMs = activityInfo().startToCloseTimeoutMs * lastWordsShareOfTime;
          setTimeout(() => reject(hangs.signal.reason as NoAnswer), wordsMs).unref();
        });
      }),
    ]);
    expectToFit(answer);
    return answer;
  } catch (error) {
    if (error instanceof CancelledFailure) throw error;
    if (cancelled.reason instanceof CancelledFailure) throw cancelled.reason;
    if (error instanceof ApplicationFailure) throw error;
    const isOfTheTime = isTypedFailure(error) && error.kind === 'unavailable';
    const failure = hangs.signal.aborted && !isOfTheTime ? (hangs.signal.reason as NoAnswer) : error;
    throw toApplicationFailure(failure, budgetMs, { since, waitsSince, outlastsRefusal, started });
  } finally {
    clearInterval(beating);
    clearTimeout(limit);
  }
}

function toApplicationFailure(
  error: unknown,
  budgetMs: number | null,
  {
    since,
    waitsSince,
    outlastsRefusal,
    started,
  }: {
    readonly since: number;
    readonly waitsSince: number;
    readonly outlastsRefusal: boolean;
    /** By `performance.now`. */
    readonly started: number;
  },
): ApplicationFailure {
  const { attempt: attempts } = activityInfo();
  if (!isTypedFailure(error)) {
    return ApplicationFailure.create({
      message: `unexpected failure: ${error instanceof Error ? error.name : typeof error}`,
      type: 'unknown' satisfies FailureKind,
      nonRetryable: attempts >= unforeseenAttempts,
      details: [attempts],
      ...(error instanceof Error ? { cause: error } : {}),
    });
  }
  const { kind, message, retryable, retryAfterMs } = error;
  if (!retryable) {
    return ApplicationFailure.create({
      message,
      type: kind,
      nonRetryable: true,
      details: [attempts],
      // A person or a newer message coming first is how it should be, nothing to warn of.
      ...(everyday.includes(kind) ? { category: ApplicationFailureCategory.BENIGN } : {}),
    });
  }
  const isOutlasted = kind === 'unauthorized' && outlastsRefusal;
  if (!isOutlasted && exceedsBudget(budgetMs, since, retryAfterMs ?? 0)) {
    return ApplicationFailure.nonRetryable(
      `gave up: ${message}`,
      'budget-used-up' satisfies FailureKind,
      attempts,
    );
  }
  if (budgetMs !== null && !activityInfo().isLocal) carryOver(isOutlasted);
  // What nobody's customer waits for keeps its own pace. A slow one is what the line has anyway.
  const askedMs = kind === 'unauthorized' ? null : retryAfterMs;
  const isInLine = budgetMs !== null && standInLine.includes(kind);
  const inLine = isInLine ? placeInLine(waitsSince, started, askedMs) : null;
  const nextRetryDelay = inLine ?? retryAfterMs;
  return ApplicationFailure.create({
    message,
    type: kind,
    details: [attempts],
    ...(nextRetryDelay === null ? {} : { nextRetryDelay }),
  });
}

function placeInLine(waitsSince: number, started: number, askedMs: number | null): number | null {
  // Whoever has stood in a queue was scheduled earlier; a clock that is behind the server's is wrong.
  const byServer = activityInfo().currentAttemptScheduledTimestampMs + performance.now() - started;
  const now = Math.max(Date.now(), byServer);
  return untilNextPlace(now - waitsSince, now, askedMs);
}

/**
 * An attempt that died with its worker, or whose answer never reached Temporal, counts nothing against the budget. When
 * nothing but such attempts was seen for longer than that, one more would end the same way.
 * @throws ApplicationFailure
 */
function endIfAttemptsDieSilently(budgetMs: number | null, since: number): void {
  const { attempt: attempts, isLocal } = activityInfo();
  if (isLocal || attempts === 1 || !exceedsBudget(budgetMs, since, -longestRoundMs)) return;
  throw ApplicationFailure.nonRetryable(
    'gave up: no attempt came to an end',
    'budget-used-up' satisfies FailureKind,
    attempts - 1,
  );
}

function expectToFit(answer: unknown): void {
  const bytes = answer === undefined ? 0 : Buffer.byteLength(JSON.stringify(answer));
  if (bytes <= largestAnswerBytes) return;
  throw ApplicationFailure.nonRetryable(
    `the answer is larger than Temporal takes (${bytes} bytes)`,
    'rejected' satisfies FailureKind,
    activityInfo().attempt,
  );
}

/** All times are the server's, so that neither a wrong clock here nor a test's virtual time matters. */
function exceedsBudget(budgetMs: number | null, since: number, delayMs: number): boolean {
  const { currentAttemptScheduledTimestampMs: now } = activityInfo();
  const carried = carriedOver();
  const begun = carried === null ? since : (carried.countsFrom ?? now);
  return budgetMs !== null && now - begun + delayMs >= budgetMs;
}

/** A heartbeat is an Action: one when credentials are refused, one when that is over, and none on any other way. */
function carryOver(refused: boolean): void {
  const wasRefused = carriedOver()?.countsFrom === null;
  if (refused === wasRefused) return;
  const countsFrom = refused ? null : activityInfo().currentAttemptScheduledTimestampMs;
  heartbeat({ countsFrom } satisfies CarriedOver);
}

function carriedOver(): CarriedOver | null {
  const details: unknown = activityInfo().heartbeatDetails;
  if (typeof details !== 'object' || details === null || !('countsFrom' in details)) return null;
  const { countsFrom: from } = details;
  return from === null || typeof from === 'number' ? { countsFrom: from } : null;
}

function isTypedFailure(error: unknown): error is TypedFailure {
  return error instanceof Error && 'kind' in error && 'retryable' in error && 'retryAfterMs' in error;
}
