import { readEngineSettings, type EngineSettings } from '../../config/settings';
import { createLogger, type Logger } from '../../log/logger';

/**
 * What a command that runs for long begins with: its settings, and a log that has told what they warn of.
 * @throws SettingsError
 */
export function begin(name: string): { readonly settings: EngineSettings; readonly logger: Logger } {
  const settings = readEngineSettings(process.env);
  const logger = createLogger(name, settings.logLevel);
  for (const warning of settings.warnings) logger.warn(warning);
  return { settings, logger };
}
