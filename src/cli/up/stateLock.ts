/** One `deskhand up` per state folder: two would fight over the same tickets' files. */
import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { hasCode } from '../../contracts/errorCode';
import { identify, isRunning } from '../../temporal/provision/processes';
import { CommandError } from '../failure';

const schema = z.object({
  pid: z.number().int().positive(),
  started: z.string(),
  /** ISO 8601. */
  since: z.string(),
});

/**
 * Holds the folder until `release` is called. A lock whose holder is dead does not count.
 *
 * @throws CommandError naming the holder, or when the folder cannot be written.
 */
export async function lockStateFolder(stateDir: string): Promise<{ release: () => Promise<void> }> {
  const file = path.join(stateDir, 'up.lock');
  const self = await identify(process.pid);
  if (self === null) throw new CommandError('This system does not tell when a process was started.');
  const content = JSON.stringify({ ...self, since: new Date().toISOString() });
  for (let attempt = 0; attempt < 5; attempt++) {
    if (await createExclusively(file, content)) return { release: () => rm(file, { force: true }) };
    const holder = await readHolder(file);
    if (holder !== null && (await isRunning(holder))) {
      throw new CommandError(
        `Deskhand runs on ${stateDir} already: pid ${holder.pid}, since ${holder.since}. ` +
          'Stop it with Ctrl-C there, or set DESKHAND_STATE_DIR to another folder.',
      );
    }
    await rm(file, { force: true });
  }
  throw new CommandError(`${file} cannot be taken: other processes take it at the same time. Start again.`);
}

async function createExclusively(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    // Linked, not written in place: nobody ever reads a lock that is half there.
    await writeFile(draft, content);
    await link(draft, file);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw new CommandError(
      `The state folder ${path.dirname(file)} cannot be written: ${error instanceof Error ? error.message : String(error)}. ` +
        'Set DESKHAND_STATE_DIR to one that can.',
    );
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

async function readHolder(file: string): Promise<z.infer<typeof schema> | null> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}
