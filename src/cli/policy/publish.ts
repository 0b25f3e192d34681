/** `deskhand policy publish`: checked, tested, stored, and in force; or refused, and nothing has changed. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { readSettings } from '../../config/settings';
import { diffPolicies } from '../../policy/compare/diff';
import { diffSummary } from '../../policy/compare/diffText';
import type { LoadedPolicy } from '../../policy/policy';
import type { PolicyStore } from '../../policy/store/policyStore';
import { CommandError } from '../failure';
import { runPolicyCheck } from './check';
import { findPolicy, isVersion } from './findPolicy';
import { policiesOf, shownName } from './policiesOf';
import { runPolicyTest } from './test';
import { policyBehind, policyCalled, policyWithBrands } from './whichPolicy';
import { whoIsSignedIn } from './whoIsSignedIn';

export interface PublishOptions {
  /** A folder, or a version published before; null: the folder of DESKHAND_POLICY. */
  readonly source: string | null;
  /** Which of several policies it is for, by name; null: the one whose folder, or version, `source` is. */
  readonly of: string | null;
  /** Null: whoever is signed in on this machine. */
  readonly by: string | null;
  /** False: the scenarios are not run. */
  readonly test: boolean;
  /** Ask the desk for its groups, as `policy check --desk` does. */
  readonly desk?: boolean;
}

/**
 * @returns whether it is in force; false when it has errors or its scenarios fail.
 * @throws PolicyError, CommandError
 */
export async function runPolicyPublish({ source, of, by, ...checks }: PublishOptions): Promise<boolean> {
  const settings = readSettings(process.env);
  const named = source ?? (of === null ? settings.policyDir : policyCalled(settings, of).folder);
  const target = await policyBehind(settings, named, of);
  const { store } = target;
  const several = policiesOf(settings).length > 1;
  const inForce = (version: string): string =>
    several ? `${version} of ${policyWithBrands(target)},` : version;
  const folder = isVersion(named) ? null : path.resolve(named);
  const version = folder === null ? (await findPolicy(store, named)).version : await checked(folder, checks);
  if (version === null) return false;
  // Kept before anything is said of it: the files of the one in force may be damaged.
  const policy = folder === null ? await store.load(version) : await kept(store, folder, version);
  if ((await store.history()).at(-1)?.version === version) return saidInForce(inForce(version));
  const before = await store.bringIntoForce({ version, by: by ?? whoIsSignedIn(), folder });
  // Somebody else published it meanwhile.
  if (before?.version === version) return saidInForce(inForce(version));
  const changes = before === null ? null : await changesSince(store, before.version, policy);
  console.log(
    [
      `${inForce(version)} is in force${before === null ? '' : `, instead of ${before.version}`}${changes === null ? '' : `: ${changes}`}.`,
      'Running workers take it up within seconds. Open conversations go on under the version they began with: ' +
        `\`deskhand policy migrate --to ${version}${several ? ` --of ${shownName(target)}` : ''} --dry-run\` shows what moving them would change.`,
    ].join('\n'),
  );
  return true;
}

function saidInForce(what: string): true {
  console.log(`${what} is in force already.`);
  return true;
}

/** Its version; null: it may not be published, and why is told. */
async function checked(
  folder: string,
  { test, desk = false }: Pick<PublishOptions, 'test' | 'desk'>,
): Promise<string | null> {
  // Its examples can give warnings, but no error: `policy check` takes the time to try them.
  const version = await runPolicyCheck({ folder, desk, examples: false });
  if (version === null) {
    console.log('Not published: it has errors. What was in force stays in force.');
    return null;
  }
  if (!test || !existsSync(path.join(folder, 'scenarios'))) return version;
  if (await runPolicyTest({ folder, onlyFailed: true })) return version;
  console.log('Not published: its scenarios fail. What was in force stays in force.');
  return null;
}

/** What is kept is what was checked. */
async function kept(store: PolicyStore, folder: string, version: string): Promise<LoadedPolicy> {
  const policy = await store.keep(folder);
  if (policy.version === version) return policy;
  throw new CommandError(`${folder} changed while it was being checked. Publish it again.`);
}

/** Null when the version before cannot be read any more. */
async function changesSince(
  store: PolicyStore,
  version: string,
  policy: LoadedPolicy,
): Promise<string | null> {
  return store.load(version).then(
    (before) => diffSummary(diffPolicies(before, policy)),
    () => null,
  );
}
