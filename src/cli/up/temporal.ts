/** The Temporal server of `deskhand up`: the one that was named, or one of our own. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Settings } from '../../config/settings';
import { findTemporalCli } from '../../temporal/provision/findTemporalCli';
import type { OnProgress } from '../../temporal/provision/progress';
import { afterLoss, databaseFile, startTemporalServer } from '../../temporal/provision/startTemporalServer';
import { keepTemporal, type Place } from './keepTemporal';
import { keepPreviousLog } from './logFile';

export interface TemporalInUse {
  readonly address: string;
  readonly uiUrl: string | null;
  /** What children find it by. */
  readonly env: NodeJS.ProcessEnv;
  /** Does nothing to a server that is not ours. */
  stop(): Promise<void>;
}

/** Temporal's own defaults. */
const usualPlace: Place = { port: 7233, uiPort: 8233 };

/** @throws TemporalNotFound, ServerStartError */
export async function obtainTemporal(
  settings: Pick<Settings, 'temporal' | 'stateDir'>,
  options: { onProgress: OnProgress; onGivenUp: (why: string) => void; signal: AbortSignal },
): Promise<TemporalInUse> {
  const { address, namespace, uiUrl } = settings.temporal;
  if (address !== null) {
    options.onProgress(`Temporal: ${address} (TEMPORAL_ADDRESS), namespace ${namespace}.`);
    return { address, uiUrl, env: process.env, stop: () => Promise.resolve() };
  }
  const cli = await findTemporalCli({ onProgress: options.onProgress, signal: options.signal });
  const inFolder = (file: string): string => path.join(settings.stateDir, file);
  if (existsSync(inFolder('temporal.log')) && !existsSync(inFolder(databaseFile))) {
    options.onProgress(
      `Temporal: its database is gone from ${settings.stateDir}; it begins anew, and ${afterLoss}.`,
    );
  }
  const { onProgress, onGivenUp } = options;
  const { stateDir } = settings;
  const server = await keepTemporal(usualPlace, {
    onProgress,
    onGivenUp,
    start: (place, onExit) => {
      keepPreviousLog(inFolder('temporal.log'));
      return startTemporalServer({ cli: cli.path, stateDir, namespace, ...place, onProgress, onExit });
    },
  });
  // What was set for another server (TLS, an API key, a profile) does not hold for this one.
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_'));
  const env = {
    ...Object.fromEntries(others),
    TEMPORAL_ADDRESS: server.address,
    TEMPORAL_NAMESPACE: namespace,
    TEMPORAL_UI_URL: server.uiUrl ?? '',
  };
  return { address: server.address, uiUrl: server.uiUrl, env, stop: () => server.stop() };
}
