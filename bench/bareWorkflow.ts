/** The yardstick: a Temporal workflow with as many activities as a turn has steps, and nothing in any of them. */
import { proxyActivities } from '@temporalio/workflow';

interface BareActivities {
  step(number: number): Promise<number>;
}

const { step } = proxyActivities<BareActivities>({ startToCloseTimeout: '30 seconds' });

export async function bareWorkflow(steps: number): Promise<number> {
  let done = 0;
  while (done < steps) done = await step(done + 1);
  return done;
}
