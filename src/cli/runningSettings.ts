/** Settings for a command that talks to what runs already: what the environment leaves open, `deskhand up` tells. */
import { readSettings, type Settings } from '../config/settings';
import type { VariableName } from '../config/variables';
import { findRunningDeskhand, type RunningDeskhand } from './up/runningDeskhand';

type Variables = { readonly [Name in VariableName]?: string };

export interface RunningSettings {
  readonly settings: Settings;
  /** What was taken from the running Deskhand and not from the environment. */
  readonly fromRunning: Variables;
}

/**
 * @param env - usually `process.env`.
 * @throws SettingsError
 */
export async function readRunningSettings(env: NodeJS.ProcessEnv): Promise<RunningSettings> {
  const own = readSettings(env);
  const running = await findRunningDeskhand(own.stateDir);
  if (running === null) return { settings: own, fromRunning: {} };
  const fromRunning = variablesOf(running, (name) => (env[name] ?? '').trim() !== '');
  return { settings: readSettings({ ...env, ...fromRunning }), fromRunning };
}

/** What belongs together is taken together or not at all: one's host with another's port leads nowhere. */
function variablesOf(running: RunningDeskhand, isSet: (name: VariableName) => boolean): Variables {
  const { api, embeddedDesk, temporal } = running;
  const isDeskSet = (
    ['ZENDESK_API_URL', 'FRESHDESK_API_URL', 'DESKHAND_DESK', 'DESKHAND_DESK_PORT'] as const
  ).some((name) => isSet(name));
  return {
    ...(isSet('DESKHAND_HOST') || isSet('DESKHAND_PORT')
      ? {}
      : { DESKHAND_HOST: api.host, DESKHAND_PORT: String(api.port) }),
    ...(embeddedDesk === null || isDeskSet
      ? {}
      : { DESKHAND_DESK: embeddedDesk.desk, DESKHAND_DESK_PORT: String(embeddedDesk.port) }),
    ...(isSet('TEMPORAL_ADDRESS')
      ? {}
      : {
          TEMPORAL_ADDRESS: temporal.address,
          ...(isSet('TEMPORAL_NAMESPACE') ? {} : { TEMPORAL_NAMESPACE: temporal.namespace }),
          ...(temporal.uiUrl === null || isSet('TEMPORAL_UI_URL') ? {} : { TEMPORAL_UI_URL: temporal.uiUrl }),
        }),
  };
}
