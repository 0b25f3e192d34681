/** Waits of days in a moment, for tests of deadlines. */
import { Worker } from '@temporalio/worker';
import type { waitTwoDays } from './waitingWorkflow';
import { startTimeSkippingTemporal, type TimeSkippingTemporal } from '../../support/timeSkippingServer';
import { quietTemporal } from '../../support/quietTemporal';

quietTemporal();

let temporal: TimeSkippingTemporal;
beforeAll(async () => {
  temporal = await startTimeSkippingTemporal();
});
afterAll(() => temporal.stop());

it('three days pass in a moment', async () => {
  const begin = Date.now();
  const before = await temporal.now();
  await temporal.sleep('3d');
  expect((await temporal.now()) - before).toBeGreaterThanOrEqual(3 * 24 * 3_600_000);
  expect(Date.now() - begin).toBeLessThan(60_000);
});

it('takes workers and clients', async () => {
  const worker = await Worker.create({
    connection: temporal.nativeConnection,
    namespace: temporal.namespace,
    taskQueue: 'waiting',
    workflowsPath: require.resolve('./waitingWorkflow'),
  });
  const waited = await worker.runUntil(
    temporal.client.workflow.execute<typeof waitTwoDays>('waitTwoDays', {
      taskQueue: 'waiting',
      workflowId: 'waiting-1',
    }),
  );
  expect(waited).toBeGreaterThanOrEqual(2 * 24 * 3_600_000);
});
