/** TCP ports: free ones, and who holds the others. */
import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import net from 'node:net';
import { promisify } from 'node:util';
import { hasCode } from '../../contracts/errorCode';
import { claimPort } from './portClaims';
import { commandLine } from './processes';
import type { OnProgress } from './progress';

const run = promisify(execFile);
const attempts = 50;

export interface PortHolder {
  readonly pid: number;
  readonly command: string;
}

/**
 * `preferred` when it is free on `host`, the next free one otherwise, which is said together with who holds the
 * first; 0 gives any free port. Ports in `taken` are promised to somebody else already, and so are those that another
 * process of Deskhand has chosen.
 *
 * @throws Error when none of the next 50 ports is free.
 */
export async function choosePort(
  preferred: number,
  what: string,
  onProgress: OnProgress,
  options: { host?: string; taken?: readonly number[] } = {},
): Promise<number> {
  const { host = '127.0.0.1', taken = [] } = options;
  if (preferred === 0) return freePort(host);
  let claimant: PortHolder | null = null;
  for (let port = preferred; port < preferred + attempts && port <= 65_535; port++) {
    if (taken.includes(port) || !(await isFree(port, host))) continue;
    const other = await claimPort(port);
    if (other !== null) {
      if (port === preferred) claimant = await toHolder(other.pid);
      continue;
    }
    if (port !== preferred) {
      const holder = taken.includes(preferred) ? null : (claimant ?? (await portHolder(preferred)));
      onProgress(`Port ${preferred} is taken${describeHolder(holder)}; ${what} uses ${port}.`);
    }
    return port;
  }
  const last = Math.min(preferred + attempts - 1, 65_535);
  throw new Error(
    `No free port for ${what} from ${preferred} to ${last}: the first is taken` +
      `${describeHolder(await portHolder(preferred))}. Stop what holds it, or choose another port.`,
  );
}

/**
 * For who is told to listen there, a moment later. A connection that ends from this side leaves the port in TIME_WAIT,
 * for a minute on Linux: until then the system gives it to nobody who asks for any port, and to who asks for this one
 * (RFC 9293, 3.6.1; ip(7)).
 */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  const server = net.createServer((socket) => socket.end());
  await listen(server, 0, host);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  await endedByServer(address.port, host);
  await new Promise((resolve) => server.close(resolve));
  return address.port;
}

function endedByServer(port: number, host: string): Promise<void> {
  return new Promise((resolve) => {
    net
      .connect(port, host)
      // Where it does not come about, the port is as good as any.
      .on('error', () => undefined)
      .on('close', () => resolve())
      .resume();
  });
}

/** ` by node server.js (pid 123)`, or nothing when it cannot be told (another user's process). */
export function describeHolder(holder: PortHolder | null): string {
  if (holder === null) return '';
  const command = holder.command.length > 80 ? `${holder.command.slice(0, 77)}...` : holder.command;
  return ` by ${command} (pid ${holder.pid})`;
}

/** Null when nobody listens there, or when the system does not tell. */
export async function portHolder(port: number): Promise<PortHolder | null> {
  const pid = process.platform === 'linux' ? await holderFromProc(port) : await holderFromLsof(port);
  return pid === null ? null : toHolder(pid);
}

async function toHolder(pid: number): Promise<PortHolder> {
  return { pid, command: (await commandLine(pid)) ?? 'a process' };
}

async function isFree(port: number, host: string): Promise<boolean> {
  const server = net.createServer();
  try {
    await listen(server, port, host);
    await new Promise((resolve) => server.close(resolve));
    return true;
  } catch (error) {
    if (hasCode(error, 'EADDRINUSE', 'EACCES')) return false;
    throw error;
  }
}

function listen(server: net.Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, resolve);
  });
}

/** proc(5): /proc/net/tcp names the listening socket's inode, /proc/<pid>/fd whose it is. */
async function holderFromProc(port: number): Promise<number | null> {
  const listening = '0A';
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const sockets = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const text = await readFile(table, 'utf8').catch(() => '');
    for (const line of text.split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/);
      if (fields[1]?.endsWith(wanted) && fields[3] === listening) sockets.add(`socket:[${fields[9] ?? ''}]`);
    }
  }
  if (sockets.size === 0) return null;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    // Another user's process, or one that has just ended, does not show its files.
    const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const file of files) {
      const target = await readlink(`/proc/${pid}/fd/${file}`).catch(() => '');
      if (sockets.has(target)) return Number(pid);
    }
  }
  return null;
}

async function holderFromLsof(port: number): Promise<number | null> {
  try {
    const { stdout } = await run('lsof', ['-nP', '-t', `-iTCP:${port}`, '-sTCP:LISTEN']);
    const pid = Number(stdout.trim().split('\n')[0]);
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}
