import { readEngineSettings } from '../../config/settings';
import { runUp, type UpOptions } from '../up/runUp';

/** @returns the exit code. */
export function runEverything(options: UpOptions): Promise<number> {
  const settings = readEngineSettings(process.env);
  for (const warning of settings.warnings) console.error(`Note: ${warning}`);
  return runUp(settings, options);
}
