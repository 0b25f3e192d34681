/**
 * What `deskhand connect zendesk` has found out and the server needs: the webhook's signing secret, with whose it is. Kept
 * in the state folder for its own user alone.
 */
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { hasCode } from '../contracts/errorCode';
import type { Settings } from './settings';

const connectionSchema = z.object({
  /** The API that the webhook belongs to. */
  apiUrl: z.string(),
  /** Where Zendesk reaches this Deskhand, without a trailing slash. */
  publicUrl: z.string(),
  webhookId: z.string(),
  signingSecret: z.string().min(1),
  /** Whether the team's views were made as well; absent in what an older Deskhand wrote, where nobody knows. */
  views: z.boolean().optional(),
  /** Whether a trigger calls the webhook, instead of event subscriptions; absent: no. */
  trigger: z.boolean().optional(),
});
export type ZendeskConnectionFile = Readonly<z.infer<typeof connectionSchema>>;

class ZendeskConnectionError extends Error {
  override readonly name = 'ZendeskConnectionError';
}

type Owner = Pick<Settings, 'stateDir' | 'account' | 'accountsFile'>;

export function zendeskConnectionFile({ stateDir, account, accountsFile }: Owner): string {
  const of = accountsFile === null ? '' : `.${account}`;
  return path.join(stateDir, `zendesk-connection${of}.json`);
}

/**
 * @returns null where nothing was connected.
 * @throws ZendeskConnectionError when the file cannot be read or is damaged.
 */
export async function readZendeskConnection(owner: Owner): Promise<ZendeskConnectionFile | null> {
  const file = zendeskConnectionFile(owner);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    const why = error instanceof Error ? error.message : String(error);
    throw new ZendeskConnectionError(`Cannot read ${file} (${why}): it must be readable by this user.`);
  }
  const parsed = connectionSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new ZendeskConnectionError(
    `${file} is not what "deskhand connect" writes: delete it and run "deskhand connect zendesk" again; what is on ` +
      'Zendesk is found and kept.',
  );
}

/** @throws ZendeskConnectionError when it cannot be written. */
export async function writeZendeskConnection(owner: Owner, connection: ZendeskConnectionFile): Promise<void> {
  const file = zendeskConnectionFile(owner);
  try {
    await mkdir(owner.stateDir, { recursive: true, mode: 0o700 });
    await writeFileAtomic(file, `${JSON.stringify(connection, null, 2)}\n`, { mode: 0o600 });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ZendeskConnectionError(
      `The signing secret cannot be kept in ${file} (${why}): make the folder writable for this user, or point ` +
        'DESKHAND_STATE_DIR to one that is, and run "deskhand connect zendesk" again.',
    );
  }
}

export async function forgetZendeskConnection(owner: Owner): Promise<void> {
  await rm(zendeskConnectionFile(owner), { force: true });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
