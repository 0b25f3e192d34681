/** Settings for a command that talks to what runs already: what the environment leaves open, `deskhand up` tells. */
import {
  accountsMeant,
  readEngineSettings,
  readSettings,
  readSettingsOf,
  type EngineSettings,
  type Settings,
} from '../config/settings';
import type { VariableName } from '../config/variables';
import { deskKinds } from '../helpdesk/deskKinds';
import { deskNames, type DeskName } from '../helpdesk/deskNames';
import { findRunningDeskhand, type RunningDeskhand } from './up/runningDeskhand';

type Variables = { readonly [Name in VariableName]?: string };

export interface RunningSettings {
  readonly settings: Settings;
  /** What was taken from the running Deskhand and not from the environment. */
  readonly fromRunning: Variables;
}

export interface RunningEngine {
  readonly settings: EngineSettings;
  /** Those that the command is about. */
  readonly accounts: readonly [Settings, ...Settings[]];
  readonly fromRunning: Variables;
}

/**
 * Of the one account that the command is about.
 * @param env - usually `process.env`.
 * @param desk - where it is about one kind of desk: its only account needs no name.
 * @throws SettingsError
 */
export async function readRunningSettings(env: NodeJS.ProcessEnv, desk?: DeskName): Promise<RunningSettings> {
  const { fromRunning } = await readRunningEngine(env);
  const all = { ...env, ...fromRunning };
  return { settings: desk === undefined ? readSettings(all) : readSettingsOf(desk, all), fromRunning };
}

/** @throws SettingsError */
export async function readRunningEngine(env: NodeJS.ProcessEnv): Promise<RunningEngine> {
  const running = await findRunningDeskhand(readEngineSettings(env).stateDir);
  const isSet = (name: VariableName): boolean => (env[name] ?? '').trim() !== '';
  const fromRunning = running === null ? {} : variablesOf(running, isSet);
  const settings = readEngineSettings({ ...env, ...fromRunning });
  return { settings, accounts: accountsMeant(settings, env), fromRunning };
}

/** What belongs together is taken together or not at all: one's host with another's port leads nowhere. */
function variablesOf(running: RunningDeskhand, isSet: (name: VariableName) => boolean): Variables {
  const { api, embeddedDesk, temporal } = running;
  const isDeskSet = [
    ...deskNames.map((desk) => deskKinds[desk].keys.address),
    ...(['DESKHAND_ACCOUNTS', 'DESKHAND_DESK', 'DESKHAND_DESK_PORT'] as const),
  ].some((name) => isSet(name));
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
