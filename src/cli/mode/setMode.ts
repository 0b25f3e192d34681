import { servedDesk } from '../../helpdesk/openHelpdesk';
import { connectApi } from '../apiClient';
import { CommandError } from '../failure';
import { whoIsSignedIn } from '../policy/whoIsSignedIn';
import { ofEachAccount, type ShownAccount } from '../ofEachAccount';
import { readRunningEngine } from '../runningSettings';
import { intentRefusal, switchText, readPoliciesInForce } from './policyModes';

interface SetModeOptions {
  readonly intent?: string;
  readonly by?: string;
  readonly reason?: string;
  readonly json?: boolean;
}

/**
 * For all accounts, unless one is named: one switch stops everything.
 * @throws CommandError: the policy in force has no such intent, so that nothing would be held back.
 */
export async function runModeSet(
  mode: string,
  { intent, by, reason, json = false }: SetModeOptions,
): Promise<void> {
  const { settings, accounts } = await readRunningEngine(process.env);
  // An intent that only an older version has can still be set free.
  if (intent !== undefined && mode !== 'auto') {
    const refusals = await Promise.all(accounts.map((account) => intentRefusal(account, intent)));
    const [refused] = refusals.filter((why) => why !== null);
    if (refused !== undefined) throw new CommandError(refused);
  }
  const api = await connectApi(settings);
  const shown: ShownAccount[] = [];
  for (const account of accounts) {
    const switched = await api.setMode(servedDesk(account), {
      mode,
      by: by ?? whoIsSignedIn(),
      ...(intent === undefined ? {} : { intent }),
      ...(reason === undefined ? {} : { reason }),
    });
    shown.push({ account, data: switched, text: switchText(switched, await readPoliciesInForce(account)) });
  }
  console.log(ofEachAccount(shown, json));
}
