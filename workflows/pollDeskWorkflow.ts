/**
 * Looks for changed tickets at an interval, one workflow per desk account however many servers run: what a lost
 * webhook would have told is found here.
 */
import {
  ApplicationFailure,
  condition,
  continueAsNew,
  defineSignal,
  isCancellation,
  log,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { DeskActivities } from '../activities/types';
import {
  deskTaskQueueOf,
  longestPollSeconds,
  parsePollWorkflowId,
  pollEverySignal,
  type PollWorkflowInput,
} from '../src/contracts/messages';
import { isObject } from '../src/core/isObject';
import type { SuspendedMark } from '../src/core/notices/suspended';
import { priorityKeys } from '../src/contracts/priorities';
import { stepFailureOf } from './steps';

type Looks = Pick<DeskActivities, 'pollDesk' | 'findTicketsLeftOpen'>;

export async function pollDeskWorkflow(given?: unknown): Promise<void> {
  const input = readInput(given);
  const { pollDesk, findTicketsLeftOpen } = proxyActivities<Looks>({
    taskQueue: ownTaskQueue(),
    startToCloseTimeout: '2 minutes',
    heartbeatTimeout: '12 seconds',
    retry: { initialInterval: '5 seconds', backoffCoefficient: 2, maximumInterval: '5 minutes' },
    summary: 'Look for changed tickets',
    priority: { priorityKey: priorityKeys.poll },
  });
  let { cursor, everySeconds, suspended } = input;
  setHandler(defineSignal<[unknown]>(pollEverySignal), (value) => {
    const seconds = readInterval(value);
    if (seconds === null) log.warn(`${pollEverySignal} was not understood: it takes whole seconds, 0 ends`);
    else everySeconds = seconds;
  });
  if (everySeconds > 0 && input.lookBackTo !== undefined) {
    await findTicketsLeftOpen({ since: input.lookBackTo }).catch(sayNotPolled);
  }
  while (everySeconds > 0) {
    const looked = await pollDesk({ cursor, since: input.since, suspended }).catch(sayNotPolled);
    cursor = looked?.cursor ?? cursor;
    suspended = looked?.suspended?.mark ?? suspended;
    if (workflowInfo().continueAsNewSuggested) {
      await continueAsNew<typeof pollDeskWorkflow>({ since: input.since, cursor, everySeconds, suspended });
    }
    const interval = everySeconds;
    if (looked?.complete !== false) {
      await condition(() => everySeconds !== interval, interval * 1000, { summary: 'until the next look' });
    }
  }
}

/** A failure that no retry mends is the desk's or the network's today, not the poll's end. */
function sayNotPolled(error: unknown): null {
  if (isCancellation(error)) throw error;
  const { kind } = stepFailureOf(error);
  log.warn('the desk could not be polled; it is tried again at the next look', { failure: kind });
  return null;
}

/** Null for what is no interval. One typed by hand with too many digits must not end the looking for good. */
function readInterval(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0
    ? Math.min(value, longestPollSeconds)
    : null;
}

/** @throws ApplicationFailure: under another id nobody would find the poll, to end it or to start it again. */
function ownTaskQueue(): string {
  const account = parsePollWorkflowId(workflowInfo().workflowId);
  if (account !== null) return deskTaskQueueOf(account);
  throw ApplicationFailure.nonRetryable('The workflow id must be poll:{desk}:{account}.', 'invalid-input');
}

/** One that is none begins anew: at worst people hear twice of a message. */
function readMark(value: unknown): SuspendedMark | undefined {
  if (!isObject(value)) return undefined;
  const { upTo, lookedAt } = value;
  const isMark = (upTo === null || typeof upTo === 'string') && typeof lookedAt === 'number';
  return isMark ? { upTo, lookedAt } : undefined;
}

/** @throws ApplicationFailure: a poll that was started with nonsense can only end. */
function readInput(given: unknown): PollWorkflowInput {
  const fields: Partial<Record<keyof PollWorkflowInput, unknown>> = isObject(given) ? given : {};
  const { everySeconds, since, cursor, lookBackTo, suspended } = fields;
  const seconds = readInterval(everySeconds);
  if (seconds !== null && typeof since === 'number' && (cursor === null || typeof cursor === 'string')) {
    const back = typeof lookBackTo === 'number' ? { lookBackTo } : {};
    return { everySeconds: seconds, since, cursor, ...back, suspended: readMark(suspended) };
  }
  throw ApplicationFailure.nonRetryable(
    'The input must be {"everySeconds": 60, "since": <epoch milliseconds>, "cursor": null}.',
    'invalid-input',
  );
}
