/** Numbers that the environment sets hold over the policy's own, wherever a ticket gets them. */
import { createPolicyProcessor } from '../../src/policy/processor';
import type { PolicyProcessor } from '../../src/policy/port';
import { withSettings } from '../../src/policy/withSettings';
import { demo, inputOf, shopOf } from './support';

const change = { alsoTell: ['approval'], workflowsUrl: 'https://temporal.example/workflows' } as const;

it('with the settings, and with each plan', async () => {
  const plain = createPolicyProcessor(await demo(), shopOf());
  const changed = withSettings(plain, change);
  const settings = await plain.settingsOf(null);
  expect(await changed.settingsOf(null)).toEqual({ ...settings, ...change });
  const plan = await changed.consult(inputOf({}), new AbortController().signal);
  expect(plan.settings).toMatchObject({ ...change, handOffGroup: settings.handOffGroup });
});

it('asks for them as it was asked', async () => {
  const plain = createPolicyProcessor(await demo(), shopOf());
  const asked: unknown[][] = [];
  const listening: PolicyProcessor = {
    ...plain,
    settingsOf: (...question) => {
      asked.push(question);
      return plain.settingsOf(...question);
    },
  };
  await withSettings(listening, change).settingsOf('p-3f2a91c07b4e', 1_764_064_800_000);
  expect(asked).toEqual([['p-3f2a91c07b4e', 1_764_064_800_000]]);
});
