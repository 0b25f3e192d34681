/** What mailed codes are worked out from: set by the company, or made once and kept in the state folder. */
import path from 'node:path';
import { makeSecret, readSecret } from './keptSecret';
import type { Settings } from './settings';

export class CodeSecretError extends Error {
  override readonly name = 'CodeSecretError';
}

export function codeSecretFile(stateDir: string): string {
  return path.join(stateDir, 'code-secret');
}

/** @throws CodeSecretError when the file cannot be read or written, or holds no secret. */
export async function obtainCodeSecret({
  codeSecret,
  stateDir,
}: Pick<Settings, 'codeSecret' | 'stateDir'>): Promise<string> {
  if (codeSecret !== null) return codeSecret;
  const file = codeSecretFile(stateDir);
  const secret = await obtain(file);
  if (secret !== '') return secret;
  throw new CodeSecretError(`${file} holds no secret: delete it, and the next start makes a new one.`);
}

async function obtain(file: string): Promise<string> {
  try {
    return (await readSecret(file)) ?? (await makeSecret(file));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CodeSecretError(
      `The secret of mailed codes cannot be kept in ${file} (${why}): make the folder writable for this user, point ` +
        'DESKHAND_STATE_DIR to one that is, or set DESKHAND_CODE_SECRET.',
    );
  }
}
