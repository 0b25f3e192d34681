/** A small shop's policy with scenarios of one's own; the classifier is the real one, its answers kept for the file. */
import { appendFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { loadPolicy, PolicyError } from '../../src/policy/load/loadPolicy';
import { openClassificationMemo, type ClassificationMemo } from '../../src/scenarios/classificationMemo';
import { loadScenarios } from '../../src/scenarios/load/loadScenarios';
import { failureText } from '../../src/scenarios/report/report';
import { runScenarios, type ScenarioResult } from '../../src/scenarios/runScenarios';
import { learn } from '../support/classifier';

const lampShop = path.join(__dirname, 'lamp-shop');

let memo: ClassificationMemo | null = null;

/**
 * A copy of the lamp shop's policy; gone after `use`.
 * @param scenarios - the YAML of each file.
 * @param morePolicy - YAML at the end of policy.yaml.
 */
export async function withScenarios<T>(
  scenarios: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<T>,
  morePolicy = '',
): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-scenarios-'));
  try {
    await cp(lampShop, folder, { recursive: true });
    await appendFile(path.join(folder, 'policy.yaml'), `\n${morePolicy}\n`);
    await mkdir(path.join(folder, 'scenarios'));
    for (const [name, content] of Object.entries(scenarios)) {
      await writeFile(path.join(folder, 'scenarios', name), content);
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function run(yaml: string, morePolicy = ''): Promise<readonly ScenarioResult[]> {
  const play = async (folder: string): Promise<readonly ScenarioResult[]> => {
    const policy = await loadPolicy(folder);
    memo ??= await openClassificationMemo({
      file: path.join(folder, 'memo.json'),
      intents: policy.intents,
      classifier: 'test',
      open: () => learn('lamp-shop', policy.intents),
    });
    return runScenarios(await loadScenarios(folder, policy), { policy, classify: memo.classify });
  };
  return withScenarios({ 'some.yaml': yaml }, play, morePolicy);
}

/** What the only scenario says when it fails; "" when it passes. */
export async function failureOf(steps: string, given = '', morePolicy = ''): Promise<string> {
  const [result, ...more] = await run(scenarioOf(steps, given), morePolicy);
  if (result === undefined || more.length > 0) throw new Error('one scenario is wanted');
  return failureText(result);
}

/** @param steps - YAML lines without indentation. */
export function scenarioOf(steps: string, given = ''): string {
  const indented = steps.trim().replace(/^/gm, '      ');
  return `given:\n  orders: [{ number: 48213, status: in-transit }]\nscenarios:\n  - scenario: One\n${given}    steps:\n${indented}\n`;
}

/** The mistakes of a file, as a person reads them. */
export async function mistakesOf(yaml: string): Promise<readonly string[]> {
  return withScenarios({ 'some.yaml': yaml }, async (folder) => {
    try {
      await loadScenarios(folder, await loadPolicy(folder));
      return [];
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      return error.mistakes.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`);
    }
  });
}
