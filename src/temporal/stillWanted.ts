/**
 * The last look before words or money go out: whether the workflow still wants what this attempt is about to do. A
 * cancellation reaches an activity with one of its next heartbeats, a second or two late. The server knows of it from
 * the moment an agent is told that their word was taken, because both are recorded in one step.
 */
import { activityInfo, CancelledFailure } from '@temporalio/activity';
import { temporal } from '@temporalio/proto';
import type { NativeConnection } from '@temporalio/worker';
import { RemoteFailure } from '../remote/failures';

/**
 * Asks the server what the run is waiting for. That is no Temporal Action, as a heartbeat would be.
 * @returns for use within activities: throws CancelledFailure when the attempt was asked to stop, or was given up and
 *   may be running elsewhere by now; RemoteFailure when the server does not answer.
 */
export function createStillWanted({
  workflowService,
}: Pick<NativeConnection, 'workflowService'>): () => Promise<void> {
  return async () => {
    const { namespace, workflowExecution: execution, activityId, attempt } = activityInfo();
    if (execution === undefined) return;
    const { pendingActivities } = await workflowService
      .describeWorkflowExecution({ namespace, execution })
      .catch((error: unknown) => {
        throw notAsked(error);
      });
    const own = pendingActivities.find((pending) => pending.activityId === activityId);
    const { PENDING_ACTIVITY_STATE_STARTED } = temporal.api.enums.v1.PendingActivityState;
    if (own?.state !== PENDING_ACTIVITY_STATE_STARTED || own.attempt !== attempt) {
      throw new CancelledFailure('CANCELLED');
    }
  };
}

function notAsked(cause: unknown): RemoteFailure {
  return new RemoteFailure('unavailable', 'Temporal does not tell whether this is still wanted', {
    retryable: true,
    cause,
  });
}
