/**
 * Looks for changed tickets at an interval, one workflow per desk account however many servers run: what a lost
 * webhook would have told is found here.
 */
import { continueAsNew, proxyActivities, sleep, workflowInfo } from '@temporalio/workflow';
import type { DeskActivities } from '../activities/types';
import { deskTaskQueue, type PollWorkflowInput } from '../src/contracts/messages';

const { pollDesk } = proxyActivities<Pick<DeskActivities, 'pollDesk'>>({
  taskQueue: deskTaskQueue,
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '12 seconds',
  retry: { initialInterval: '5 seconds', backoffCoefficient: 2, maximumInterval: '5 minutes' },
  summary: 'Look for changed tickets',
  priority: { priorityKey: 5 },
});

export async function pollDeskWorkflow(input: PollWorkflowInput): Promise<void> {
  let { cursor } = input;
  for (;;) {
    const looked = await pollDesk({ cursor, since: input.since });
    cursor = looked.cursor;
    if (workflowInfo().continueAsNewSuggested) {
      await continueAsNew<typeof pollDeskWorkflow>({ ...input, cursor });
    }
    if (looked.complete) await sleep(input.everySeconds * 1000, { summary: 'until the next look' });
  }
}
