import { allAuto } from '../../core/modes/mode';
import { connectApi } from '../apiClient';
import { CommandError } from '../failure';
import { whoIsSignedIn } from '../policy/whoIsSignedIn';
import { readRunningSettings } from '../runningSettings';
import { modeLines } from './modeLines';
import { intentRefusal, readPolicyInForce } from './policyModes';

interface SetModeOptions {
  readonly intent?: string;
  readonly by?: string;
  readonly reason?: string;
  readonly json?: boolean;
}

/** @throws CommandError: the policy in force has no such intent, so that nothing would be held back. */
export async function runModeSet(
  mode: string,
  { intent, by, reason, json = false }: SetModeOptions,
): Promise<void> {
  const { settings } = await readRunningSettings(process.env);
  const policy = await readPolicyInForce(settings);
  // An intent that only an older version has can still be set free.
  const refused = intent === undefined || mode === 'auto' ? null : await intentRefusal(settings, intent);
  if (refused !== null) throw new CommandError(refused);
  const api = await connectApi(settings);
  const switched = await api.setMode({
    mode,
    by: by ?? whoIsSignedIn(),
    ...(intent === undefined ? {} : { intent }),
    ...(reason === undefined ? {} : { reason }),
  });
  const ofPolicy = policy === null ? null : (policy.settings.modes ?? allAuto);
  console.log(json ? JSON.stringify(switched, null, 2) : modeLines(switched, ofPolicy).join('\n'));
}
