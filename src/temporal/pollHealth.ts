/** Whether the poll of a desk account looks: one that is dead, paused or refused is missed only when a webhook is lost. */
import { WorkflowNotFoundError, type Client, type WorkflowExecutionDescription } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { pollWorkflowId, type DeskAccount } from '../contracts/messages';
import { failureKinds } from '../core/failure';
import { minuteMs } from '../core/spans';

export interface PollHealth {
  readonly ok: boolean;
  readonly isRunning: boolean;
  /** When the desk has answered it last. Epoch milliseconds; null: not for as long as is looked back. */
  readonly lastLookAt: number | null;
  /** For people. */
  readonly detail: string;
}

type Event = temporal.api.history.v1.IHistoryEvent;

/** Beside three looks: a look that fails is tried again after five minutes at the latest, and takes up to two. */
const patienceMs = 10 * minuteMs;
const eventsAPage = 50;
const pagesAtMost = 20;

/**
 * Costs no Action: a description, and the newest events.
 * @param everySeconds - how often it is to look; 0: not at all.
 * @throws ServiceError when Temporal does not answer.
 */
export async function pollHealth(
  client: Client,
  desk: DeskAccount,
  everySeconds: number,
  now = Date.now(),
): Promise<PollHealth> {
  if (everySeconds === 0) return { ...stopped('is off: a webhook that is lost is not noticed'), ok: true };
  const id = pollWorkflowId(desk.desk, desk.account);
  const poll = await describe(client, id);
  if (poll === null) return stopped(`${id} is gone${startedAgain}`);
  const { name } = poll.status;
  if (name === 'COMPLETED') {
    return stopped(
      `${id} was ended, as by a worker with DESKHAND_POLL_SECONDS=0, but is to look every ${everySeconds} s: give ` +
        'every process the same setting, and start a worker anew',
    );
  }
  if (name !== 'RUNNING' && name !== 'PAUSED') {
    return stopped(`${id} is ${name.toLowerCase().replaceAll('_', ' ')}${startedAgain}`);
  }
  const lateAfterMs = patienceMs + 3 * everySeconds * 1_000;
  const { lastLookAt, begunAt } = await looks(client, poll, now - lateAfterMs);
  const since = lastLookAt ?? begunAt;
  const ok = now - since <= lateAfterMs;
  const known = { ok, isRunning: name === 'RUNNING', lastLookAt };
  const last = lastLookAt === null ? 'no look has ended yet' : `last at ${timeOf(lastLookAt)}`;
  if (ok) return { ...known, detail: `looks for changed tickets every ${everySeconds} s, ${last}` };
  const minutes = Math.floor((now - since) / minuteMs);
  return {
    ...known,
    detail: `${id} has not looked since ${timeOf(since)}, for ${minutes} minutes: ${whyLate(poll)}`,
  };
}

const startedAgain =
  ', and nobody looks for changed tickets: a worker that runs starts it again within a minute, or start one with ' +
  '`deskhand worker`';

function stopped(detail: string): PollHealth {
  return { ok: false, isRunning: false, lastLookAt: null, detail };
}

async function describe(client: Client, id: string): Promise<WorkflowExecutionDescription | null> {
  try {
    return await client.workflow.getHandle(id).describe();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

interface Looks {
  readonly lastLookAt: number | null;
  /** Of the run, or of what is known of it. Epoch milliseconds. */
  readonly begunAt: number;
}

/** The newest look that has ended, no further back than need be. */
async function looks(
  client: Client,
  { workflowId, runId, startTime }: WorkflowExecutionDescription,
  noFurtherThan: number,
): Promise<Looks> {
  let nextPageToken: Uint8Array | undefined;
  let begunAt = startTime.getTime();
  for (let page = 0; page < pagesAtMost; page += 1) {
    const answer = await client.workflowService.getWorkflowExecutionHistoryReverse({
      namespace: client.options.namespace,
      execution: { workflowId, runId },
      maximumPageSize: eventsAPage,
      ...(nextPageToken === undefined ? {} : { nextPageToken }),
    });
    const events = answer.history?.events ?? [];
    const look = events.find((event) => event.activityTaskCompletedEventAttributes);
    if (look !== undefined) return { lastLookAt: timeMs(look), begunAt };
    const oldest = events.at(-1);
    if (oldest !== undefined) begunAt = timeMs(oldest);
    nextPageToken = answer.nextPageToken;
    if (nextPageToken.length === 0 || begunAt < noFurtherThan) break;
  }
  return { lastLookAt: null, begunAt };
}

/** Of the desk's answer no more than its kind: whoever may ask for it is not known. */
function whyLate({ status, raw }: WorkflowExecutionDescription): string {
  const [look] = raw.pendingActivities ?? [];
  if (status.name === 'PAUSED' || look?.paused === true) {
    return "it is paused in Temporal: unpause it there, in the Web UI or with Temporal's CLI";
  }
  const tasks = raw.pendingWorkflowTask?.attempt ?? 0;
  if (tasks > 1) return `its workflow task fails, ${tasks} times by now: the worker's log says why`;
  if (look === undefined) {
    return tasks === 1
      ? 'no worker goes on with it: start one with `deskhand worker`'
      : 'it was told to look less often: start a worker anew, which gives it its interval';
  }
  const type = look.lastFailure?.applicationFailureInfo?.type;
  const attempt = look.attempt ?? 1;
  if (attempt < 2) return 'no worker takes its look: start one with `deskhand worker`';
  const kind = failureKinds.find((known) => known === type) ?? 'no answer in time';
  const times = attempt === 2 ? 'once' : `${attempt - 1} times`;
  return `its look fails (${kind}), ${times} by now, and is tried again: deskhand doctor asks the desk`;
}

function timeMs({ eventTime }: Event): number {
  return Number(eventTime?.seconds ?? 0) * 1_000 + Math.floor((eventTime?.nanos ?? 0) / 1_000_000);
}

function timeOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
