import { connectApi } from '../apiClient';
import { servedDesk } from '../../helpdesk/openHelpdesk';
import { ofEachAccount } from '../ofEachAccount';
import { readRunningEngine } from '../runningSettings';
import { shownName } from '../policy/policiesOf';
import { modesOfPolicy, switchText, readPoliciesInForce } from './policyModes';

/** @throws CommandError; SettingsError, ApiTokenError. */
export async function runModeShow({ json = false }: { readonly json?: boolean }): Promise<void> {
  const { settings, accounts } = await readRunningEngine(process.env);
  const api = await connectApi(settings);
  const shown = await Promise.all(
    accounts.map(async (account) => {
      const [switched, inForce] = await Promise.all([
        api.modes(servedDesk(account)),
        readPoliciesInForce(account),
      ]);
      const [only, ...others] = inForce.map((one) => ({ policy: shownName(one), modes: modesOfPolicy(one) }));
      const ofPolicies =
        others.length === 0 ? { policy: only?.modes ?? null } : { policies: [only, ...others] };
      return { account, data: { switched, ...ofPolicies }, text: switchText(switched, inForce) };
    }),
  );
  console.log(ofEachAccount(shown, json));
}
