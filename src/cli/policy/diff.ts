/** `deskhand policy diff`: what one version or folder says and another does not. */
import { defaultPolicyName } from '../../config/brandSettings';
import { readSettings } from '../../config/settings';
import { diffPolicies } from '../../policy/compare/diff';
import { diffText } from '../../policy/compare/diffText';
import { CommandError } from '../failure';
import { findPolicy } from './findPolicy';
import { policiesOf } from './policiesOf';
import { policyBehind, policyCalled, policyWithBrands } from './whichPolicy';

export interface DiffOptions {
  /** Null: the version in force. */
  readonly from: string | null;
  /** Null: the folder of DESKHAND_POLICY, or of the policy that is named. */
  readonly to: string | null;
  /** Which of several policies, by name; null: the one whose folder or version is given, or that of all others. */
  readonly of: string | null;
  readonly json?: boolean;
}

/** @throws PolicyError, CommandError */
export async function runPolicyDiff({ from, to, of, json = false }: DiffOptions): Promise<void> {
  const settings = readSettings(process.env);
  const given = to ?? from;
  const policy =
    of === null && given !== null
      ? await policyBehind(settings, given, null)
      : policyCalled(settings, of ?? defaultPolicyName);
  const { store } = policy;
  const before = from ?? (await store.history()).at(-1)?.version;
  if (before === undefined) {
    throw new CommandError(
      `Nothing was published into ${store.folder} yet: name two folders, such as \`deskhand policy diff policies/acme policies/acme-new\`.`,
    );
  }
  const diff = diffPolicies(await findPolicy(store, before), await findPolicy(store, to ?? policy.folder));
  if (!json && policiesOf(settings).length > 1) console.log(`Policy ${policyWithBrands(policy)}`);
  console.log(json ? JSON.stringify(diff, null, 2) : diffText(diff).join('\n'));
}
