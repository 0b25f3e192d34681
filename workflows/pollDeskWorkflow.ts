/**
 * Looks for changed tickets at an interval, one workflow per desk account however many servers run: what a lost
 * webhook would have told is found here.
 */
import {
  condition,
  continueAsNew,
  defineSignal,
  log,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { DeskActivities } from '../activities/types';
import { deskTaskQueue, pollEverySignal, type PollWorkflowInput } from '../src/contracts/messages';

const { pollDesk } = proxyActivities<Pick<DeskActivities, 'pollDesk'>>({
  taskQueue: deskTaskQueue,
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '12 seconds',
  retry: { initialInterval: '5 seconds', backoffCoefficient: 2, maximumInterval: '5 minutes' },
  summary: 'Look for changed tickets',
  priority: { priorityKey: 5 },
});

export async function pollDeskWorkflow(input: PollWorkflowInput): Promise<void> {
  let { cursor, everySeconds } = input;
  setHandler(defineSignal<[number]>(pollEverySignal), (seconds) => {
    if (Number.isInteger(seconds) && seconds >= 0) everySeconds = seconds;
  });
  while (everySeconds > 0) {
    const looked = await pollDesk({ cursor, since: input.since }).catch(() => null);
    // A failure that no retry mends is the desk's or the network's today, not the poll's end.
    if (looked === null) log.warn('the desk could not be polled; it is tried again at the next look');
    cursor = looked?.cursor ?? cursor;
    if (workflowInfo().continueAsNewSuggested) {
      await continueAsNew<typeof pollDeskWorkflow>({ ...input, cursor, everySeconds });
    }
    const interval = everySeconds;
    if (looked?.complete !== false) {
      await condition(() => everySeconds !== interval, interval * 1000, { summary: 'until the next look' });
    }
  }
}
