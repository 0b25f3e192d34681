/** `deskhand policy diff`: what one version or folder says and another does not. */
import { readSettings } from '../../config/settings';
import { diffPolicies } from '../../policy/compare/diff';
import { diffText } from '../../policy/compare/diffText';
import { openPolicyStore } from '../../policy/store/policyStore';
import { CommandError } from '../failure';
import { findPolicy } from './findPolicy';

export interface DiffOptions {
  /** Null: the version in force. */
  readonly from: string | null;
  /** Null: the folder of DESKHAND_POLICY. */
  readonly to: string | null;
  readonly json?: boolean;
}

/** @throws PolicyError, CommandError */
export async function runPolicyDiff({ from, to, json = false }: DiffOptions): Promise<void> {
  const settings = readSettings(process.env);
  const store = openPolicyStore(settings.policyStoreDir);
  const before = from ?? (await store.history()).at(-1)?.version;
  if (before === undefined) {
    throw new CommandError(
      'Nothing was published yet: name two folders, such as `deskhand policy diff policies/acme policies/acme-new`.',
    );
  }
  const diff = diffPolicies(
    await findPolicy(store, before),
    await findPolicy(store, to ?? settings.policyDir),
  );
  console.log(json ? JSON.stringify(diff, null, 2) : diffText(diff).join('\n'));
}
