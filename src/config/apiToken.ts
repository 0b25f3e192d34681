/** The API's bearer token: set by the company, or made once and kept in the state folder for server and CLI. */
import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hasCode } from '../contracts/errorCode';
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
    return (await readToken(file)) ?? (await makeToken(file));
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
    `There is no API token: ${file} is missing. The server makes it when it starts; set DESKHAND_STATE_DIR to its ` +
      'state folder, or DESKHAND_API_TOKEN to its token.',
  );
}

async function readToken(file: string): Promise<string | null> {
  let text: string;
  try {
    text = (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
  if (/^[\x21-\x7e]{16,500}$/.test(text)) return text;
  throw new ApiTokenError(`${file} holds no token: delete it, and the next start makes a new one.`);
}

/** A link appears whole or not at all, and only for the first: whoever comes second reads the first one's. */
async function makeToken(file: string): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const token = randomBytes(32).toString('base64url');
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, `${token}\n`, { mode: 0o600 });
  try {
    await link(draft, file);
    return token;
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    return (await readToken(file)) ?? token;
  } finally {
    await rm(draft, { force: true });
  }
}
