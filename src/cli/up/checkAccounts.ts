/** What `deskhand up` looks at before it starts anything: the worker would find the same, a minute later and in a log. */
import { accountNameInFull, type EngineSettings, type Settings } from '../../config/settings';
import { noMailServerText } from '../../mail/openMailer';
import { demoOrdersOfRealDesk } from '../../orders/openShop';
import { CommandError } from '../failure';
import { PolicyError } from '../../policy/load/loadPolicy';
import type { LoadedPolicy } from '../../policy/policy';
import { UnprovenPolicyError } from '../../policy/store/policyStore';
import { demoPolicyOfRealDesk } from '../engine/demoPolicyOfRealDesk';
import { isToBeProven, proveByScenarios } from '../engine/provenPolicy';
import { policiesOf, type NamedPolicy } from '../policy/policiesOf';
import { checkPolicy } from './checkPolicy';

const brandMend =
  'Mend it and start again, or give its brands another folder, in DESKHAND_BRANDS or the file of accounts.';

/** The version that a policy's folder holds; what is in force may be another. */
export type CheckedPolicy = NamedPolicy & LoadedPolicy;

/**
 * Says what is wrong with an account among several, which keeps no other from being served.
 * @returns the policies of each account that can be served.
 * @throws CommandError when none can be served: with the mistakes, each where it stands, and the mend.
 */
export async function checkAccounts(
  { accounts }: Pick<EngineSettings, 'accounts'>,
  print: (line: string) => void,
): Promise<ReadonlyMap<Settings, readonly CheckedPolicy[]>> {
  const checked = new Map<Settings, readonly CheckedPolicy[]>();
  let refusal: unknown = null;
  for (const account of accounts) {
    const of = accounts.length === 1 ? '' : `${accountNameInFull(account)}: `;
    try {
      const [usual, ...ofBrands] = policiesOf(account);
      const policies = [
        { ...usual, ...(await checkPolicy(usual.folder)) },
        ...(await Promise.all(
          ofBrands.map(async (policy) => ({ ...policy, ...(await checkPolicy(policy.folder, brandMend)) })),
        )),
      ];
      for (const policy of policies) await proveBeforeFirst(policy, account, (line) => print(`${of}${line}`));
      checked.set(account, policies);
      for (const { version } of policies) {
        const demoPolicy = demoPolicyOfRealDesk(account, version);
        if (demoPolicy !== null) print(`${of}Policy: ${demoPolicy}.`);
      }
      if (account.mail === null && policies.some(({ proofs }) => proofs.includes('mailed-code')))
        print(`${of}Mail: ${noMailServerText}.`);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      refusal ??= error;
      if (of !== '') print(`${of}not served until it is mended. ${error.message}`);
    }
    const demoOrders = demoOrdersOfRealDesk(account);
    if (demoOrders !== null) print(`${of}Shop: ${demoOrders}.`);
  }
  if (checked.size === 0) throw refusal;
  return checked;
}

/**
 * What a worker would refuse to bring into force, told here and now.
 * @throws CommandError when nothing else is in force.
 */
async function proveBeforeFirst(
  policy: CheckedPolicy,
  { stateDir }: Pick<Settings, 'stateDir'>,
  print: (line: string) => void,
): Promise<void> {
  const { folder, store, version } = policy;
  const history = await store.history();
  if (history.some((one) => one.version === version)) return;
  try {
    if (!(await isToBeProven(folder, policy, stateDir))) return;
    print(`Policy: the scenarios of ${folder} run before it comes into force ...`);
    await proveByScenarios(folder, policy, stateDir);
  } catch (error) {
    if (!(error instanceof UnprovenPolicyError || error instanceof PolicyError)) throw error;
    const inForce = history.at(-1);
    if (inForce === undefined) throw new CommandError(error.message);
    print(`Policy: ${error.message}\n${inForce.version}, the policy in force, stays.`);
  }
}
