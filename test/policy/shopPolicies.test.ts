/** The policies that come with Deskhand: what `policy check` says of them, and every conversation beside them. */
import path from 'node:path';
import { proofOf, shippedProofs } from '../../src/cli/engine/provenPolicy';
import { checkPolicy } from '../../src/policy/check/checkPolicy';
import { loadPolicy } from '../../src/policy/load/loadPolicy';
import { openClassificationMemo } from '../../src/scenarios/classificationMemo';
import { coverageOf } from '../../src/scenarios/report/coverage';
import { loadScenarios } from '../../src/scenarios/load/loadScenarios';
import { failureText } from '../../src/scenarios/report/report';
import { runScenarios } from '../../src/scenarios/runScenarios';
import { learn } from '../support/classifier';
import { cacheFolder } from '../support/testRun';

const shops = [
  { name: 'demo-shop', scenarios: 60, languages: ['en', 'de', 'fr', 'es', 'da'] },
  { name: 'coffee-club', scenarios: 80, languages: ['en', 'de'] },
] as const;

const folderOf = (name: string): string => path.resolve('policies', name);

describe.each(shops)('$name', ({ name, scenarios: least, languages }) => {
  test('has no mistake, no unreachable rule, no gap in its words', async () => {
    const { findings } = await checkPolicy(folderOf(name), { classifierOf: null, groups: null });
    expect(findings).toEqual([]);
  });

  test('every conversation goes as it is written, and no rule or template is left out', async () => {
    const policy = await loadPolicy(folderOf(name));
    const scenarios = await loadScenarios(folderOf(name), policy);
    expect(scenarios.length).toBeGreaterThanOrEqual(least);
    const memo = await openClassificationMemo({
      file: path.join(cacheFolder, `${name}-messages.json`),
      intents: policy.intents,
      classifier: 'embedded',
      fresh: true,
      open: () => learn(name, policy.intents),
    });
    const results = await runScenarios(scenarios, { policy, classify: memo.classify });
    expect(results.map(failureText).join('')).toBe('');
    // After a change of the policy or its scenarios, that is to be named in provenPolicy.ts: starts rely on this test.
    expect(shippedProofs).toContain(await proofOf(folderOf(name), policy));

    const coverage = coverageOf(
      policy,
      results.map(({ touched }) => touched),
    );
    expect(coverage.rules.never).toEqual([]);
    expect(coverage.templates.never).toEqual([]);
    expect(coverage.languages.filter(({ used }) => used > 0).map(({ language }) => language)).toEqual(
      languages,
    );
  });
});

test('the demo shop talks about each of its intents', async () => {
  const policy = await loadPolicy(folderOf('demo-shop'));
  const scenarios = JSON.stringify(await loadScenarios(folderOf('demo-shop'), policy));
  const expected = policy.intents
    .map(({ intent }) => intent)
    .filter((intent) => policy.rules.perIntent.has(intent));
  const reached = expected.filter((intent) =>
    [...(policy.rules.perIntent.get(intent) ?? [])].some(({ name }) => scenarios.includes(`"${name}"`)),
  );
  expect(reached).toEqual(expected);
});
