/** Reads the scenarios beside a policy, with every mistake in them at once. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { hasCode } from '../../contracts/errorCode';
import type { LoadedPolicy } from '../../policy/policy';
import { PolicyError, type Mistake } from '../../policy/policyError';
import { readPolicyFile, type Path, type PolicyFile } from '../../policy/load/policyFiles';
import { checkFile } from '../../policy/load/schemaCheck';
import { checkNames } from './checkNames';
import { scenarioFileSchema, type GivenContent, type StepContent } from '../schema';

const folderName = 'scenarios';

/** What is played. */
export interface ScenarioContent {
  readonly given: GivenContent;
  readonly steps: readonly StepContent[];
}

export interface Scenario extends ScenarioContent {
  readonly name: string;
  /** `scenarios/orders.yaml`. */
  readonly file: string;
  readonly line: number;
  /** Where a step stands, or a part of it. */
  readonly placeOf: (step: number, ...at: Path) => { readonly line: number; readonly column: number };
}

/**
 * @param folder - the policy's, which has a folder `scenarios` of YAML files.
 * @throws PolicyError with all mistakes, each with file, line and column.
 */
export async function loadScenarios(folder: string, policy: LoadedPolicy): Promise<readonly Scenario[]> {
  const mistakes: Mistake[] = [];
  const scenarios: Scenario[] = [];
  for (const name of await scenarioFiles(folder)) {
    const read = await readPolicyFile(folder, name);
    if ('mistakes' in read) mistakes.push(...read.mistakes);
    else scenarios.push(...scenariosOf(read.file, policy, mistakes));
  }
  const seen = new Map<string, Scenario>();
  for (const scenario of scenarios) {
    const first = seen.get(scenario.name);
    if (first === undefined) seen.set(scenario.name, scenario);
    else {
      const message = `"${scenario.name}" is the name of another scenario, ${first.file}:${first.line}. Names must differ`;
      mistakes.push({ file: scenario.file, line: scenario.line, column: 1, message });
    }
  }
  if (mistakes.length > 0) throw new PolicyError(folder, mistakes);
  return scenarios;
}

/**
 * Relative to the policy's folder, sorted.
 * @throws PolicyError when there are none.
 */
export async function scenarioFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(path.join(folder, folderName)).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return [];
    throw error;
  });
  const files = names.filter((name) => /\.ya?ml$/.test(name)).toSorted();
  if (files.length === 0) {
    const message = `has no scenarios. Put some into ${folderName}/orders.yaml, as policies/demo-shop does (docs/policy-tests.md)`;
    throw new PolicyError(folder, [{ file: folderName, line: 1, column: 1, message }]);
  }
  return files.map((name) => `${folderName}/${name}`);
}

function scenariosOf(file: PolicyFile, policy: LoadedPolicy, mistakes: Mistake[]): readonly Scenario[] {
  const checked = checkFile(file, scenarioFileSchema);
  if ('mistakes' in checked) {
    mistakes.push(...checked.mistakes);
    return [];
  }
  const { given, scenarios } = checked.content;
  return scenarios.map((content, index) => {
    const at: Path = ['scenarios', index];
    checkOrder(content.steps, [...at, 'steps'], file, mistakes);
    mistakes.push(...checkNames(content.steps, policy, (...path) => file.placeOf([...at, 'steps', ...path])));
    const merged = mergeGiven(given, content.given);
    mistakes.push(...checkOrders(merged, content.steps, (step) => file.placeOf([...at, 'steps', step])));
    return {
      name: content.scenario,
      file: file.name,
      line: file.placeOf([...at, 'scenario']).line,
      given: merged,
      steps: content.steps,
      placeOf: (step, ...more) => file.placeOf([...at, 'steps', step, ...more]),
    };
  });
}

/** What comes after the last expectation proves nothing, and neither does an expectation of nothing. */
function checkOrder(steps: readonly StepContent[], at: Path, file: PolicyFile, mistakes: Mistake[]): void {
  const last = steps.at(-1);
  if (last !== undefined && !('expect' in last)) {
    const message = 'is the last step, but only an "expect" after it can tell whether it went well. Add one';
    mistakes.push({ ...file.placeOf([...at, steps.length - 1]), message });
  }
  steps.forEach((step, index) => {
    const before = steps[index - 1];
    if ('expect' in step && Object.keys(step.expect).length === 0) {
      const message = 'expects nothing. Say what must have happened: { rule: order-late }';
      mistakes.push({ ...file.placeOf([...at, index, 'expect']), message });
    }
    if (!('expect' in step) || (before !== undefined && !('expect' in before))) return;
    const message = 'expects something before anything happens. Put what the customer says in front of it';
    mistakes.push({ ...file.placeOf([...at, index]), message });
  });
}

function checkOrders(
  { orders = [] }: GivenContent,
  steps: readonly StepContent[],
  placeOf: (step: number) => Omit<Mistake, 'message'>,
): readonly Mistake[] {
  const given = orders.map(({ number }) => String(number));
  return steps.flatMap((step, index) => {
    if (!('order changes' in step)) return [];
    const number = String(step['order changes'].number);
    if (given.includes(number)) return [];
    const message = `changes order ${number}, which is none of the given ones. Given: ${given.join(', ') || 'none'}`;
    return [{ ...placeOf(index), message }];
  });
}

/** The customer's lines are taken one by one; everything else as a whole. */
function mergeGiven(file: GivenContent = {}, own: GivenContent = {}): GivenContent {
  const customer = { ...file.customer, ...own.customer };
  return { ...file, ...own, customer };
}
