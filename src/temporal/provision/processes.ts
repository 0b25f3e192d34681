/** Other processes of this machine: whether they live, who they are, and how they are stopped. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { hasCode } from '../../contracts/errorCode';

const run = promisify(execFile);

/** A process id is given away again; together with its start time it names one process for good. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque; compared for equality only. */
  readonly started: string;
}

/** Null when there is no such process, or only its unreaped remains, which hold no port and no file. */
export async function identify(pid: number): Promise<ProcessIdentity | null> {
  const started = await startTime(pid);
  return started === null ? null : { pid, started };
}

export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  return (await startTime(identity.pid)) === identity.started;
}

/** The command line of a process as people would type it, or null. */
export async function commandLine(pid: number): Promise<string | null> {
  try {
    if (process.platform === 'linux') {
      const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').filter(Boolean);
      return words.length === 0 ? null : words.join(' ');
    }
    const { stdout } = await run('ps', ['-o', 'command=', '-p', String(pid)]);
    return stdout.trim() || null;
  } catch {
    return null;
  }
}

/** Asks with SIGTERM, waits `graceMs`, then SIGKILL. Returns when the process is gone. */
export async function terminate(identity: ProcessIdentity, graceMs: number): Promise<void> {
  if (!(await isRunning(identity))) return;
  signal(identity.pid, 'SIGTERM');
  if (await goneWithin(identity, graceMs)) return;
  signal(identity.pid, 'SIGKILL');
  await goneWithin(identity, 5_000);
}

async function goneWithin(identity: ProcessIdentity, ms: number): Promise<boolean> {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    if (!(await isRunning(identity))) return true;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return !(await isRunning(identity));
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // Gone already is what was wanted.
    if (!hasCode(error, 'ESRCH')) throw error;
  }
}

async function startTime(pid: number): Promise<string | null> {
  try {
    if (process.platform === 'linux') {
      // proc(5): the name, field 2, may hold spaces and brackets; the state is field 3, the number of threads field 20,
      // the start time field 22. A killed process is a zombie while threads of it still end, and its ports are taken.
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const [state, threads, started] = [fields[0], Number(fields[17]), fields[19]];
      const isGone = state === 'X' || (state === 'Z' && threads <= 1);
      return isGone ? null : (started ?? null);
    }
    const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)]);
    return stdout.trim() || null;
  } catch {
    return null;
  }
}
