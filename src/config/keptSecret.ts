/** Secrets that Deskhand makes for itself once and keeps in the state folder, for its own user alone. */
import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hasCode } from '../contracts/errorCode';

/** @returns null when the file is missing; '' when it holds no secret. */
export async function readSecret(file: string): Promise<string | null> {
  try {
    const text = (await readFile(file, 'utf8')).trim();
    return /^[\x21-\x7e]{16,500}$/.test(text) ? text : '';
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/**
 * A link appears whole or not at all, and only for the first: whoever comes second reads the first one's, so that
 * processes that start at once agree on one.
 */
export async function makeSecret(file: string): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const secret = randomBytes(32).toString('base64url');
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, `${secret}\n`, { mode: 0o600 });
  try {
    await link(draft, file);
    return secret;
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    return (await readSecret(file)) ?? secret;
  } finally {
    await rm(draft, { force: true });
  }
}
