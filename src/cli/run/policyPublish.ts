/** `deskhand policy publish`: checked, tested, stored, and in force; or refused, and nothing has changed. */
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readSettings } from '../../config/settings';
import { diffPolicies } from '../../policy/diff';
import { diffSummary } from '../../policy/diffText';
import { loadPolicy, type LoadedPolicy } from '../../policy/loadPolicy';
import { openPolicyStore, type PolicyStore } from '../../policy/policyStore';
import { CommandError } from '../failure';
import { findPolicy, isVersion } from '../policy/findPolicy';
import { runPolicyTest } from './policyTest';

export interface PublishOptions {
  /** A folder, or a version published before; null: the folder of DESKHAND_POLICY. */
  readonly source: string | null;
  /** Null: whoever is signed in on this machine. */
  readonly by: string | null;
  /** False: the scenarios are not run. */
  readonly test: boolean;
}

/**
 * @returns whether it is in force; false when its scenarios failed.
 * @throws PolicyError, CommandError
 */
export async function runPolicyPublish({ source, by, test }: PublishOptions): Promise<boolean> {
  const settings = readSettings(process.env);
  const store = openPolicyStore(settings.policyStoreDir);
  const named = source ?? settings.policyDir;
  const policy = isVersion(named) ? await findPolicy(store, named) : await checked(named, test);
  if (policy === null) {
    console.log('Not published: its scenarios fail. What was in force stays in force.');
    return false;
  }
  const before = (await store.history()).at(-1);
  if (before?.version === policy.version) {
    console.log(`${policy.version} is in force already.`);
    return true;
  }
  const folder = isVersion(named) ? null : path.resolve(named);
  if (folder !== null) await keepAsChecked(store, folder, policy);
  await store.bringIntoForce({ version: policy.version, by: by ?? os.userInfo().username, folder });
  const changes = before === undefined ? null : await changesSince(store, before.version, policy);
  console.log(
    [
      `${policy.version} is in force${before === undefined ? '' : `, instead of ${before.version}`}${changes === null ? '' : `: ${changes}`}.`,
      'Running workers take it up within seconds. Open conversations go on under the version they began with: ' +
        `\`deskhand policy migrate --to ${policy.version} --dry-run\` shows what moving them would change.`,
    ].join('\n'),
  );
  return true;
}

/** Null: its scenarios fail. */
async function checked(named: string, test: boolean): Promise<LoadedPolicy | null> {
  const folder = path.resolve(named);
  const policy = await loadPolicy(folder);
  if (policy.intents.length < 2) {
    throw new CommandError(
      `The policy in ${folder} has ${policy.intents.length} intent(s): messages can only be told apart by two or more.`,
    );
  }
  if (!test || !existsSync(path.join(folder, 'scenarios'))) return policy;
  return (await runPolicyTest({ folder })) ? policy : null;
}

async function keepAsChecked(store: PolicyStore, folder: string, policy: LoadedPolicy): Promise<void> {
  const kept = await store.keep(folder);
  if (kept.version === policy.version) return;
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
