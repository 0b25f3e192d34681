/** A file that one living process holds: what it claims falls free when the process is gone, however it ended. */
import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { lock } from 'proper-lockfile';
import { z } from 'zod';
import { hasCode } from '../../contracts/errorCode';
import { identify, isRunning } from './processes';

const schema = z.object({
  pid: z.number().int().positive(),
  started: z.string(),
  /** ISO 8601. */
  since: z.string(),
});
export type LockHolder = z.infer<typeof schema>;

/** Held for one look at a dead holder's file: of two who find it, the second sees who came first. */
const whileTakingOver = {
  realpath: false,
  stale: 5_000,
  retries: { retries: 100, minTimeout: 10, maxTimeout: 100 },
} as const;

/**
 * Takes the file for this process, also from a process that is gone, or from nobody that can be read.
 * @returns null; or who holds it, which may be this process.
 * @throws Error when its folder cannot be written, or the system does not tell when a process was started.
 */
export async function lockForProcess(file: string): Promise<LockHolder | null> {
  const self = await identify(process.pid);
  if (self === null) throw new Error('this system does not tell when a process was started');
  const content = JSON.stringify({ ...self, since: new Date().toISOString() } satisfies LockHolder);
  if (await createExclusively(file, content)) return null;
  const holder = await livingHolder(file);
  if (holder !== null) return holder;
  const release = await lock(file, { ...whileTakingOver, lockfilePath: `${file}.takeover` });
  try {
    for (;;) {
      const meanwhile = await livingHolder(file);
      if (meanwhile !== null) return meanwhile;
      await rm(file, { force: true });
      if (await createExclusively(file, content)) return null;
    }
  } finally {
    await release();
  }
}

/** A link appears whole or not at all: nobody ever reads a lock that is half there. */
async function createExclusively(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(draft, content);
    await link(draft, file);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

async function livingHolder(file: string): Promise<LockHolder | null> {
  try {
    const holder = schema.parse(JSON.parse(await readFile(file, 'utf8')));
    return (await isRunning(holder)) ? holder : null;
  } catch {
    return null;
  }
}
