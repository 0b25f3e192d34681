/** One `deskhand up` per state folder: two would fight over the same tickets' files. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { lockForProcess, type LockHolder } from '../../temporal/provision/processLock';
import { CommandError } from '../failure';

/**
 * Holds the folder until `release` is called. A lock whose holder is dead does not count.
 *
 * @throws CommandError naming the holder, or when the folder cannot be written.
 */
export async function lockStateFolder(stateDir: string): Promise<{ release: () => Promise<void> }> {
  const file = path.join(stateDir, 'up.lock');
  const holder = await take(file);
  if (holder !== null) {
    throw new CommandError(
      `Deskhand runs on ${stateDir} already: pid ${holder.pid}, since ${holder.since}. ` +
        'Stop it with Ctrl-C there, or set DESKHAND_STATE_DIR to another folder.',
    );
  }
  return { release: () => rm(file, { force: true }) };
}

async function take(file: string): Promise<LockHolder | null> {
  try {
    return await lockForProcess(file);
  } catch (error) {
    throw new CommandError(
      `The state folder ${path.dirname(file)} cannot be written: ${error instanceof Error ? error.message : String(error)}. ` +
        'Set DESKHAND_STATE_DIR to one that can.',
    );
  }
}
