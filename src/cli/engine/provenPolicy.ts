/**
 * A policy that comes into force because a worker starts from its folder is held against its scenarios first, as
 * `deskhand policy publish` does.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { LoadedPolicy } from '../../policy/policy';
import { UnprovenPolicyError } from '../../policy/store/policyStore';
import { runPolicyScenarios } from '../policy/runPolicyScenarios';

/** As they come with Deskhand: its own tests run their scenarios, and the first start need not. */
export const shippedVersions: readonly string[] = ['p-8454a3ae0716', 'p-0d33f2c09b65'];

const failuresShown = 8;

/** Whether it takes some seconds to tell. */
export function isToBeProven(folder: string, { version }: Pick<LoadedPolicy, 'version'>): boolean {
  return !shippedVersions.includes(version) && existsSync(path.join(folder, 'scenarios'));
}

/**
 * @param stateDir - where what is costly to compute is kept between runs.
 * @throws UnprovenPolicyError when scenarios fail; PolicyError for mistakes in them.
 */
export async function proveByScenarios(
  folder: string,
  policy: LoadedPolicy,
  stateDir: string,
): Promise<void> {
  if (!isToBeProven(folder, policy)) return;
  const { results, all } = await runPolicyScenarios(folder, policy, { stateDir });
  const failures = results.flatMap(({ scenario: { file, name }, failed }) =>
    failed === null ? [] : [`  - ${file}:${failed.line}:${failed.column} ${name}`],
  );
  if (failures.length === 0) return;
  const more = failures.length - failuresShown;
  throw new UnprovenPolicyError(
    [
      `The policy in ${folder} (${policy.version}) fails ${failures.length} of its ${all} scenarios, and does not come into force:`,
      ...failures.slice(0, failuresShown),
      ...(more > 0 ? [`  ... and ${more} more`] : []),
      `\`deskhand policy test ${folder}\` shows them. Mend it and start again, or bring it into force as it is: ` +
        `\`deskhand policy publish ${folder} --no-test\`.`,
    ].join('\n'),
  );
}
