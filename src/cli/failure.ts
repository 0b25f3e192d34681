/** How a command ends badly: a few lines that say what is wrong and how to mend it, and exit code 1. */
import { SettingsError } from '../config/settings';

/** A failure whose message is all a person needs. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

export async function explainFailure(error: unknown): Promise<string> {
  if (error instanceof SettingsError) {
    const lines = error.mistakes.map((mistake) => `  - ${mistake}`);
    return ['Some settings are wrong:', ...lines, 'All settings: docs/settings.md'].join('\n');
  }
  const taken = takenPort(error);
  if (taken !== null) {
    // Every command imports this file, and hardly any has to look at ports.
    const { byWhomHeld } = await import('./portHolderWords.js');
    return `Port ${taken} is taken${await byWhomHeld(taken)}. Stop what holds it, or set another port (DESKHAND_PORT, DESKHAND_DESK_PORT).`;
  }
  return error instanceof Error ? error.message : String(error);
}

function takenPort(error: unknown): number | null {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'EADDRINUSE') return null;
  return 'port' in error && typeof error.port === 'number' ? error.port : null;
}
