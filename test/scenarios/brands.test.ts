/** `given: brand`: what a rule that asks for the brand makes of the ticket. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadPolicy } from '../../src/policy/load/loadPolicy';
import { failureText } from '../../src/scenarios/report/report';
import { loadScenarios } from '../../src/scenarios/load/loadScenarios';
import { runScenarios } from '../../src/scenarios/runScenarios';
import { learn } from '../support/classifier';
import { mistakesOf, scenarioOf, withScenarios } from './support';

const outlet = `first:
  - rule: outlet
    why: The outlet is another shop.
    when: ticket.brand == "Lamp Outlet"
    then:
      - note: 'Of {{ ticket.brand }}.'
      - hand-off: { reason: policy }
`;
const asked = '- customer says: Where is my order 48213?\n';

async function failuresOf(given: string, rule: string): Promise<readonly string[]> {
  const yaml = scenarioOf(`${asked}- expect: { rule: ${rule} }`, given);
  return withScenarios({ 'some.yaml': yaml }, async (folder) => {
    const rules = path.join(folder, 'rules.yaml');
    await writeFile(rules, (await readFile(rules, 'utf8')).replace(/^first:\n/, outlet));
    const policy = await loadPolicy(folder);
    const classifier = await learn('lamp-shop', policy.intents);
    const parts = { policy, classify: classifier.classify.bind(classifier) };
    const results = await runScenarios(await loadScenarios(folder, policy), parts);
    return results.map(failureText);
  });
}

test.each([
  ['    given: { brand: Lamp Outlet }\n', 'outlet'],
  ['    given: { brand: Lamp Shop }\n', 'order-in-transit'],
  ['', 'order-in-transit'],
])('%j goes by the rule %s', async (given, rule) => {
  expect(await failuresOf(given, rule)).toEqual(['']);
});

test('a brand without a name is a mistake, where it stands', async () => {
  const wrong = scenarioOf(`${asked}- expect: { rule: outlet }`, "    given: { brand: '' }\n");
  expect(await mistakesOf(wrong)).toEqual([
    expect.stringMatching(/^scenarios\/some\.yaml:\d+:\d+ scenarios, entry 1, given\.brand: /),
  ]);
});
