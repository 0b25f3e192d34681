/**
 * What the server knows of an attempt and of the one before it, asked before something is done that cannot be undone.
 * Asking is no Temporal Action, as a heartbeat would be.
 */
import { activityInfo, CancelledFailure } from '@temporalio/activity';
import { optionalTsToMs } from '@temporalio/common/lib/time';
import { temporal } from '@temporalio/proto';
import type { NativeConnection } from '@temporalio/worker';
import { failureKinds } from '../core/failure';
import { RemoteFailure } from '../remote/failures';

type Pending = temporal.api.workflow.v1.IPendingActivityInfo;

/** Each is for use within the attempt that it was made for. */
export interface ThisAttempt {
  /**
   * A cancellation reaches an attempt with one of its next heartbeats, a second or two late. The server knows of it
   * from the moment an agent is told that their word was taken, because both are recorded in one step.
   *
   * @throws CancelledFailure when the workflow has asked the attempt to stop, or it was given up.
   * @throws RemoteFailure `unavailable` when the server does not answer.
   */
  stillWanted(): Promise<void>;
  /**
   * A worker that stood still, or could not reach the server, may have been taken for dead: its step runs elsewhere.
   * Asked of the server once, and again when the answer is older than it takes to be given up.
   *
   * @throws CancelledFailure when another attempt has taken over.
   * @throws RemoteFailure `unavailable` when the server does not answer.
   */
  stillCurrent(): Promise<void>;
  /**
   * What an attempt had sent when it died, or was shut down, may be carried out yet. One that failed has said itself
   * how long that takes.
   *
   * @throws RemoteFailure `unavailable`, to be repeated then, when an earlier attempt ended without a word less than so
   *   many milliseconds ago.
   */
  settled(withinMs: number): Promise<void>;
}

/** Half of what an attempt must be silent for to be given up (workflows/steps.ts). */
const answerHoldsMs = 6_000;

const { PENDING_ACTIVITY_STATE_STARTED, PENDING_ACTIVITY_STATE_CANCEL_REQUESTED } =
  temporal.api.enums.v1.PendingActivityState;

/** @returns makes one for the attempt that is running. */
export function createThisAttempt({
  workflowService,
}: Pick<NativeConnection, 'workflowService'>): () => ThisAttempt {
  return () => {
    const { namespace, workflowExecution: execution, activityId, attempt } = activityInfo();
    const { currentAttemptScheduledTimestampMs: scheduledMs } = activityInfo();
    const begun = performance.now();
    let answered: { readonly wall: number; readonly steady: number } | null = null;

    const pending = async (): Promise<Pending | undefined> => {
      const asked = { wall: Date.now(), steady: performance.now() };
      const { pendingActivities } = await workflowService.describeWorkflowExecution({
        ...{ namespace, execution: execution ?? null },
      });
      const own = pendingActivities.find((one) => one.activityId === activityId && one.attempt === attempt);
      if (own !== undefined) answered = asked;
      return own;
    };
    const expectState = async (...states: readonly Pending['state'][]): Promise<void> => {
      const own = await pending().catch((error: unknown) => {
        throw notAsked(error, null);
      });
      if (!states.includes(own?.state)) throw new CancelledFailure('CANCELLED');
    };
    const isFresh = (): boolean => {
      if (answered === null) return false;
      // A machine that slept has a steady clock that did, too.
      const age = Math.max(Date.now() - answered.wall, performance.now() - answered.steady);
      return age < answerHoldsMs;
    };

    return {
      stillWanted: () => expectState(PENDING_ACTIVITY_STATE_STARTED),
      stillCurrent: () =>
        isFresh()
          ? Promise.resolve()
          : expectState(PENDING_ACTIVITY_STATE_STARTED, PENDING_ACTIVITY_STATE_CANCEL_REQUESTED),
      settled: async (withinMs) => {
        if (attempt === 1) return;
        const own = await pending().catch((error: unknown) => {
          throw notAsked(error, withinMs);
        });
        if (own === undefined) throw new CancelledFailure('CANCELLED');
        if (hasTold(own.lastFailure)) return;
        // Of one that was given up the server does not keep when; it was before this one was scheduled.
        const queuedMs = (optionalTsToMs(own.lastStartedTime) ?? scheduledMs) - scheduledMs;
        const waitMs = Math.ceil(withinMs - Math.max(0, queuedMs) - (performance.now() - begun));
        if (waitMs <= 0) return;
        throw new RemoteFailure(
          'unavailable',
          'an earlier attempt ended without a word: what it had sent may still be carried out',
          { retryable: true, retryAfterMs: waitMs },
        );
      },
    };
  };
}

/** A timeout has no type, and what the SDK says of a worker that is shut down has one of its own. */
function hasTold(lastFailure: Pending['lastFailure']): boolean {
  return failureKinds.some((kind) => kind === lastFailure?.applicationFailureInfo?.type);
}

function notAsked(cause: unknown, retryAfterMs: number | null): RemoteFailure {
  return new RemoteFailure('unavailable', 'Temporal does not tell whether this is still wanted', {
    ...{ retryable: true, retryAfterMs, cause },
  });
}
