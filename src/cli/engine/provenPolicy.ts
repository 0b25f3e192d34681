/**
 * A policy that comes into force because a worker starts from its folder is held against its scenarios first, as
 * `deskhand policy publish` does.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { LoadedPolicy } from '../../policy/policy';
import { UnprovenPolicyError } from '../../policy/store/policyStore';
import { scenarioFiles } from '../../scenarios/load/loadScenarios';
import { runPolicyScenarios } from '../policy/runPolicyScenarios';
import { deskhandVersion } from '../version';

/** The policies and scenarios that come with Deskhand: its own tests play them, and the first start need not. */
export const shippedProofs: readonly string[] = [
  'p-a94b40ef601c s-1a9d44e33f4b',
  'p-0d33f2c09b65 s-b5b857b071c1',
];

const proofsKept = 50;
const keptProofs = z.array(z.string());

/**
 * What was held against what, `p-3f2a91c07b4e s-91c07b4e3f2a`: other scenarios are another proof.
 * @throws PolicyError when there are no scenarios.
 */
export async function proofOf(folder: string, { version }: Pick<LoadedPolicy, 'version'>): Promise<string> {
  const hash = createHash('sha256');
  for (const name of await scenarioFiles(folder)) {
    // Of one that cannot be read, playing them tells.
    const content = await readFile(path.join(folder, name)).catch(() => Buffer.alloc(0));
    hash.update(`${name} ${content.length}\n`).update(content);
  }
  return `${version} s-${hash.digest('hex').slice(0, 12)}`;
}

/**
 * Whether it takes some seconds to tell.
 * @param stateDir - knows what has passed before: `deskhand up` looks first, its worker need not again.
 * @throws PolicyError
 */
export async function isToBeProven(
  folder: string,
  policy: Pick<LoadedPolicy, 'version'>,
  stateDir: string,
): Promise<boolean> {
  if (!existsSync(path.join(folder, 'scenarios'))) return false;
  const proof = await proofOf(folder, policy);
  return !shippedProofs.includes(proof) && !(await readProofs(stateDir)).includes(byThisVersion(proof));
}

const failuresShown = 8;

/**
 * @param stateDir - where what is costly to compute is kept between runs, and what has passed.
 * @throws UnprovenPolicyError when scenarios fail; PolicyError for mistakes in them.
 */
export async function proveByScenarios(
  folder: string,
  policy: LoadedPolicy,
  stateDir: string,
): Promise<void> {
  if (!(await isToBeProven(folder, policy, stateDir))) return;
  const proof = await proofOf(folder, policy);
  const { results, all } = await runPolicyScenarios(folder, policy, { stateDir });
  const failures = results.flatMap(({ scenario: { file, name }, failed }) =>
    failed === null ? [] : [`  - ${file}:${failed.line}:${failed.column} ${name}`],
  );
  if (failures.length === 0) {
    // What was edited meanwhile has not passed.
    if ((await proofOf(folder, policy)) === proof) await keepProof(stateDir, proof);
    return;
  }
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

/** Without the file, or with a damaged one, scenarios are played once more. */
async function readProofs(stateDir: string): Promise<readonly string[]> {
  try {
    return keptProofs.parse(JSON.parse(await readFile(fileOf(stateDir), 'utf8')));
  } catch {
    return [];
  }
}

/** A disk that is full or read-only costs that one time. */
async function keepProof(stateDir: string, proof: string): Promise<void> {
  const kept = [...(await readProofs(stateDir)), byThisVersion(proof)].slice(-proofsKept);
  await writeFileAtomic(fileOf(stateDir), `${JSON.stringify(kept, null, 2)}\n`).catch(() => undefined);
}

/** Another Deskhand may make something else of the same conversation. */
function byThisVersion(proof: string): string {
  return `${deskhandVersion()} ${proof}`;
}

function fileOf(stateDir: string): string {
  return path.join(stateDir, 'proven-policies.json');
}
