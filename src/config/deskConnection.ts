/**
 * What `deskhand connect` has found out or chosen and the server needs: the secret of the desk's webhook, with whose it is.
 * Kept in the state folder for its own user alone.
 */
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { hasCode } from '../contracts/errorCode';
import { deskNameOf } from './deskSettings';
import type { Settings } from './settings';

const connectionSchema = z.object({
  /** The API that was connected. */
  apiUrl: z.string(),
  /** Where the desk reaches this Deskhand, without a trailing slash. */
  publicUrl: z.string(),
  /** What deliveries are checked with. */
  secret: z.string().min(1),
  /** What was made there; of a run that ended early, as far as it came. */
  pieces: z.array(z.object({ kind: z.string(), mark: z.string(), id: z.string() })),
  /** Whether the team's views were made as well; absent in what an older Deskhand wrote, where nobody knows. */
  views: z.boolean().optional(),
  /** Whether the custom fields that the policy sets were made as well; absent as with the views. */
  fields: z.boolean().optional(),
  /** Whether a trigger calls the webhook, instead of event subscriptions; absent: no. */
  trigger: z.boolean().optional(),
});
export type DeskConnectionFile = Readonly<z.infer<typeof connectionSchema>>;

/** As it was when only Zendesk could be connected. */
const olderSchema = connectionSchema
  .omit({ secret: true, pieces: true })
  .extend({ webhookId: z.string(), signingSecret: z.string().min(1) })
  .transform(({ webhookId: id, signingSecret: secret, ...rest }): DeskConnectionFile => {
    const mark = rest.trigger === true ? 'calls' : 'events';
    return { ...rest, secret, pieces: [{ kind: 'webhook', mark, id }] };
  });

class DeskConnectionError extends Error {
  override readonly name = 'DeskConnectionError';
}

type Owner = Pick<Settings, 'desk' | 'stateDir' | 'account' | 'accountsFile'>;

export function deskConnectionFile({ desk, stateDir, account, accountsFile }: Owner): string {
  const of = accountsFile === null ? '' : `.${account}`;
  return path.join(stateDir, `${deskNameOf(desk)}-connection${of}.json`);
}

/**
 * @returns null where nothing was connected.
 * @throws DeskConnectionError when the file cannot be read or is damaged.
 */
export async function readDeskConnection(owner: Owner): Promise<DeskConnectionFile | null> {
  const file = deskConnectionFile(owner);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    const why = error instanceof Error ? error.message : String(error);
    throw new DeskConnectionError(`Cannot read ${file} (${why}): it must be readable by this user.`);
  }
  const parsed = z.union([connectionSchema, olderSchema]).safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new DeskConnectionError(
    `${file} is not what "deskhand connect" writes: delete it and run "deskhand connect ${deskNameOf(owner.desk)}" again; ` +
      'what is on the desk is found and kept.',
  );
}

/** @throws DeskConnectionError when it cannot be written. */
export async function writeDeskConnection(owner: Owner, connection: DeskConnectionFile): Promise<void> {
  const file = deskConnectionFile(owner);
  try {
    await mkdir(owner.stateDir, { recursive: true, mode: 0o700 });
    await writeFileAtomic(file, `${JSON.stringify(connection, null, 2)}\n`, { mode: 0o600 });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new DeskConnectionError(
      `The webhook's secret cannot be kept in ${file} (${why}): make the folder writable for this user, or point ` +
        `DESKHAND_STATE_DIR to one that is, and run "deskhand connect ${deskNameOf(owner.desk)}" again.`,
    );
  }
}

export async function forgetDeskConnection(owner: Owner): Promise<void> {
  await rm(deskConnectionFile(owner), { force: true });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
