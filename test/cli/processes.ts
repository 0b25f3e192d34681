/** `deskhand` as the image runs it: a process of its own, with what it writes and how it ends. */
import { spawn, type ChildProcess } from 'node:child_process';
import net from 'node:net';
import { readTestRun, repository } from '../support/testRun';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export class Command {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  private out = '';
  private err = '';

  constructor(
    args: readonly string[],
    env: Record<string, string>,
    options: { readonly bin?: string; readonly cwd?: string } = {},
  ) {
    this.child = spawn(process.execPath, [options.bin ?? readTestRun().deskhand, ...args], {
      // Nothing of the caller's own settings.
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: options.cwd ?? repository,
    });
    this.child.stdout?.on('data', (chunk: Buffer) => (this.out += chunk.toString()));
    this.child.stderr?.on('data', (chunk: Buffer) => (this.err += chunk.toString()));
    this.ended = new Promise((resolve) =>
      this.child.on('close', (code, signal) => resolve({ code, signal, out: this.out, err: this.err })),
    );
  }

  /** @throws Error with what it said when it ends, or takes more than two minutes. */
  async says(line: RegExp): Promise<string> {
    const end = Date.now() + 120_000;
    for (;;) {
      const found = line.exec(this.out)?.[0];
      if (found !== undefined) return found;
      if (this.child.exitCode !== null || this.child.signalCode !== null || Date.now() > end) {
        throw new Error(`it never said ${String(line)}:\n${this.out}${this.err}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  get errors(): string {
    return this.err;
  }

  stop(signal: NodeJS.Signals): Promise<Ended> {
    this.child.kill(signal);
    return this.ended;
  }

  /** For the end of a test that failed on the way. */
  async kill(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) await this.stop('SIGKILL');
  }
}

export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
