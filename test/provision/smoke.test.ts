import { startTestTemporal, workflowBundle } from '../support/temporalServer';
it('x', async () => {
  const t = await startTestTemporal();
  console.log(t.namespace, await workflowBundle());
  await t.stop();
});
