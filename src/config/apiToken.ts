/** The API's bearer token: set by the company, or made once and kept in the state folder for server and CLI. */
import path from 'node:path';
import { makeSecret, readSecret } from './keptSecret';
import type { Settings } from './settings';

export class ApiTokenError extends Error {
  override readonly name = 'ApiTokenError';
}

export function apiTokenFile(stateDir: string): string {
  return path.join(stateDir, 'api-token');
}

/**
 * Two processes that start at once agree on one token.
 * @throws ApiTokenError when the file cannot be read or written, or holds no token.
 */
export async function obtainApiToken(settings: Pick<Settings, 'api' | 'stateDir'>): Promise<string> {
  if (settings.api.token !== null) return settings.api.token;
  const file = apiTokenFile(settings.stateDir);
  try {
    return (await readToken(file)) ?? (await makeSecret(file));
  } catch (error) {
    if (error instanceof ApiTokenError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new ApiTokenError(
      `The API token cannot be kept in ${file} (${why}): make the folder writable for this user, point ` +
        'DESKHAND_STATE_DIR to one that is, or set DESKHAND_API_TOKEN.',
    );
  }
}

/**
 * For a caller of a running server: never makes a token.
 * @throws ApiTokenError
 */
export async function readApiToken(settings: Pick<Settings, 'api' | 'stateDir'>): Promise<string> {
  if (settings.api.token !== null) return settings.api.token;
  const file = apiTokenFile(settings.stateDir);
  const token = await readToken(file);
  if (token !== null) return token;
  throw new ApiTokenError(
    `There is no API token: ${file} is missing. The server makes it when it starts (\`npm start\`, or \`deskhand server\`); ` +
      'of one that runs elsewhere, set DESKHAND_STATE_DIR to its state folder, or DESKHAND_API_TOKEN to its token.',
  );
}

async function readToken(file: string): Promise<string | null> {
  const token = await readSecret(file);
  if (token !== '') return token;
  throw new ApiTokenError(`${file} holds no token: delete it, and the next start makes a new one.`);
}
