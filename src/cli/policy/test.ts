/** `deskhand policy test`: the policy's scenarios, each as one line, and a failed one as its conversation. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readSettings } from '../../config/settings';
import { loadPolicy } from '../../policy/load/loadPolicy';
import { coverageOf } from '../../scenarios/report/coverage';
import { conversationText, coverageText, failureText, resultLine } from '../../scenarios/report/report';
import { expectManyShapes } from '../../scenarios/manyShapes';
import { CommandError } from '../failure';
import { runPolicyScenarios } from './runPolicyScenarios';

export interface PolicyTestOptions {
  /** Null: the settings' policy. */
  readonly folder: string | null;
  readonly filter?: string;
  readonly junit?: string;
  readonly fresh?: boolean;
  /** The conversations of those that passed, too. */
  readonly show?: boolean;
  /** No line for those that passed. */
  readonly onlyFailed?: boolean;
}

/**
 * @returns whether all scenarios passed.
 * @throws PolicyError for mistakes in policy or scenarios; CommandError; SettingsError.
 */
export async function runPolicyTest({
  folder,
  junit,
  show = false,
  onlyFailed = false,
  ...options
}: PolicyTestOptions): Promise<boolean> {
  const settings = readSettings(process.env);
  const where = folder === null ? settings.policyDir : path.resolve(folder);
  const policy = await loadPolicy(where);
  const started = performance.now();
  expectManyShapes();
  const tested = await runPolicyScenarios(where, policy, {
    stateDir: settings.stateDir,
    show,
    ...options,
  });
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  const { results } = tested;
  if (junit !== undefined) {
    // Loaded where it is wanted: what writes XML is large.
    const { junitXml } = await import('../../scenarios/report/junit.js');
    await writeJunit(path.resolve(junit), junitXml(results));
  }

  for (const result of results) {
    if (onlyFailed && result.failed === null) continue;
    console.log(resultLine(result));
    if (result.failed !== null) console.log(`\n${indented(failureText(result))}\n`);
    else if (show) console.log(`\n${indented(conversationText(result.happenings))}\n`);
  }
  const failed = results.filter((result) => result.failed !== null).length;
  const left = tested.all - results.length;
  console.log('');
  if (left === 0) {
    const touched = results.map((result) => result.touched);
    console.log(`${coverageText(coverageOf(policy, touched))}\n`);
  }
  console.log(
    [
      `Policy ${policy.version}: ${results.length - failed} of ${results.length} scenarios passed, ${seconds} s`,
      ...(tested.classified > 0
        ? [`${tested.classified} ${tested.classified === 1 ? 'message' : 'messages'} classified anew`]
        : []),
      ...(left > 0 ? [`${left} left out by the filter`] : []),
    ].join('; ') + '.',
  );
  return failed === 0;
}

async function writeJunit(file: string, xml: string): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, `${xml}\n`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandError(`The results cannot be written to ${file}: ${why}`);
  }
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '    ');
}
