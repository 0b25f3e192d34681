import { allAuto } from '../../core/modes/mode';
import { connectApi } from '../apiClient';
import { readRunningSettings } from '../runningSettings';
import { modeLines } from './modeLines';
import { readPolicyInForce } from './policyModes';

/** @throws CommandError; SettingsError, ApiTokenError. */
export async function runModeShow({ json = false }: { readonly json?: boolean }): Promise<void> {
  const { settings } = await readRunningSettings(process.env);
  const api = await connectApi(settings);
  const [switched, policy] = await Promise.all([api.modes(), readPolicyInForce(settings)]);
  const ofPolicy = policy === null ? null : (policy.settings.modes ?? allAuto);
  console.log(
    json ? JSON.stringify({ switched, policy: ofPolicy }, null, 2) : modeLines(switched, ofPolicy).join('\n'),
  );
}
