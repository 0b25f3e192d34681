/**
 * How to reach and sign in to the embedded desk: written by the desk, read by whoever talks to it. The token and
 * the webhook secret are made once and kept; only the address changes from start to start.
 */
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { DeskName } from '../../deskNames';
import { errorCode, errorMessage } from './systemError';

const credentialsSchema = z.object({
  /** Base of the API: `http://127.0.0.1:4610/api/v2`. */
  apiUrl: z.url({ protocol: /^https?$/ }),
  /** Whose token it is: the bot's. */
  email: z.email(),
  token: z.string().min(32),
  /** Signs the webhooks of the target that the desk was started with. */
  webhookSecret: z.string().min(1),
});
export type EmbeddedDeskCredentials = Readonly<z.infer<typeof credentialsSchema>>;

export class DeskCredentialsError extends Error {
  override readonly name = 'DeskCredentialsError';
}

/** Each keeps everything in a folder of its own; the first one's is older than the others' names. */
export function deskFolder(stateDir: string, kind: DeskName = 'zendesk'): string {
  return path.join(stateDir, kind === 'zendesk' ? 'desk' : kind);
}

export function credentialsFile(stateDir: string, kind: DeskName = 'zendesk'): string {
  return path.join(deskFolder(stateDir, kind), 'credentials.json');
}

/** @throws DeskCredentialsError when the file is missing or broken, with the mend. */
export async function readEmbeddedDeskCredentials(
  stateDir: string,
  kind: DeskName = 'zendesk',
): Promise<EmbeddedDeskCredentials> {
  const file = credentialsFile(stateDir, kind);
  const credentials = await readIfThere(file);
  if (credentials === null) {
    throw new DeskCredentialsError(
      `There is no embedded desk in ${stateDir}: ${file} is missing. Start one with \`npm start\` or ` +
        '`deskhand desk`, or set DESKHAND_STATE_DIR to the folder of the one that runs.',
    );
  }
  return credentials;
}

/** Token and secret of an earlier start, or new ones. @throws DeskCredentialsError for a broken file. */
export async function keptSecrets(
  stateDir: string,
  kind: DeskName = 'zendesk',
): Promise<{ token: string; webhookSecret: string }> {
  const earlier = await readIfThere(credentialsFile(stateDir, kind));
  return {
    token: earlier?.token ?? randomBytes(24).toString('hex'),
    webhookSecret: earlier?.webhookSecret ?? randomBytes(32).toString('base64url'),
  };
}

export async function writeCredentials(
  stateDir: string,
  credentials: EmbeddedDeskCredentials,
  kind: DeskName = 'zendesk',
): Promise<void> {
  const file = credentialsFile(stateDir, kind);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await chmod(path.dirname(file), 0o700);
  await writeFileAtomic(file, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
}

async function readIfThere(file: string): Promise<EmbeddedDeskCredentials | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw new DeskCredentialsError(
      `Cannot read ${file} (${errorMessage(error)}): it must be readable by this user.`,
    );
  }
  const parsed = credentialsSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join('.')).filter((field) => field !== '');
  throw new DeskCredentialsError(
    `${file} is not what the embedded desk writes (${fields.length === 0 ? 'not a JSON object' : `wrong or missing: ${fields.join(', ')}`}): ` +
      'delete it and start the desk again; it makes a new token.',
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
