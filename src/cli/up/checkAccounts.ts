/** What `deskhand up` looks at before it starts anything: the worker would find the same, a minute later and in a log. */
import { accountNameInFull, type EngineSettings, type Settings } from '../../config/settings';
import { noMailServerText } from '../../mail/openMailer';
import { demoOrdersOfRealDesk } from '../../orders/openShop';
import { CommandError } from '../failure';
import { policiesOf } from '../policy/policiesOf';
import { checkPolicy } from './checkPolicy';

const brandMend =
  'Mend it and start again, or give its brands another folder, in DESKHAND_BRANDS or the file of accounts.';

/**
 * Says what is wrong with an account among several, which keeps no other from being served.
 * @returns the policy's version, by account.
 * @throws CommandError when none can be served: with the mistakes, each where it stands, and the mend.
 */
export async function checkAccounts(
  { accounts }: Pick<EngineSettings, 'accounts'>,
  print: (line: string) => void,
): Promise<ReadonlyMap<Settings, string>> {
  const versions = new Map<Settings, string>();
  let refusal: unknown = null;
  for (const account of accounts) {
    const of = accounts.length === 1 ? '' : `${accountNameInFull(account)}: `;
    try {
      const { proofs, version } = await checkPolicy(account.policyDir);
      const ofBrands = policiesOf(account).slice(1);
      const proofsOfBrands = await Promise.all(
        ofBrands.map(async ({ folder }) => (await checkPolicy(folder, brandMend)).proofs),
      );
      versions.set(account, version);
      if (account.mail === null && [proofs, ...proofsOfBrands].flat().includes('mailed-code'))
        print(`${of}Mail: ${noMailServerText}.`);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      refusal ??= error;
      if (of !== '') print(`${of}not served until it is mended. ${error.message}`);
    }
    const demoOrders = demoOrdersOfRealDesk(account);
    if (demoOrders !== null) print(`${of}Shop: ${demoOrders}.`);
  }
  if (versions.size === 0) throw refusal;
  return versions;
}
