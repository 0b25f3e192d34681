/**
 * Ports that a process of Deskhand is going to use: between its choice and the moment something listens there lie
 * seconds, in which a second one would choose the same.
 */
import os from 'node:os';
import path from 'node:path';
import { lockForProcess, type LockHolder } from './processLock';

/** Of this machine and user. Programs that are not ours do not look here; they meet when they listen. */
const folder = path.join(os.tmpdir(), `deskhand-ports-${process.getuid?.() ?? 'user'}`);

/** For as long as this process lives. @returns null when it is ours; or whose it is. */
export async function claimPort(port: number): Promise<LockHolder | null> {
  // Where claims cannot be kept there are none, and whoever comes second fails when it listens.
  const holder = await lockForProcess(path.join(folder, String(port))).catch(() => null);
  return holder === null || holder.pid === process.pid ? null : holder;
}
