/** One process of `deskhand up`: started, found healthy, started again when it dies, stopped. */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { sayingProgress, type OnProgress } from '../../temporal/provision/progress';
import { CommandError } from '../failure';
import { isReadyWord } from '../sayReady';
import { boundLog, keepPreviousLog } from './logFile';

export interface ChildOptions {
  /** As people call it: `worker`. */
  readonly name: string;
  /** The program and its arguments. */
  readonly command: readonly [string, ...string[]];
  readonly env: NodeJS.ProcessEnv;
  /** Gets what it writes; that of the last run is kept beside it, and neither grows without bounds. */
  readonly logFile: string;
  /** By default 10 MB. */
  readonly maxLogBytes?: number;
  /** Asked every 100 ms until it is true; or the child says so itself (src/cli/sayReady.ts). */
  readonly isHealthy: ((pid: number) => Promise<boolean>) | 'says-so';
  readonly healthyWithinMs: number;
  /** Between SIGTERM and SIGKILL. */
  readonly graceMs: number;
  readonly onProgress: OnProgress;
}

export interface RunningChild {
  readonly name: string;
  /** Null while it is down. */
  pid(): number | null;
  /** SIGTERM, and SIGKILL when it has not ended within its grace. */
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): void;
}

const firstPauseMs = 1_000;
const longestPauseMs = 30_000;
const usualLogBytes = 10_000_000;
const logCheckMs = 2_000;
/** Whoever lived this long starts anew with the first pause. */
const stableMs = 60_000;

/** @throws CommandError with the end of its log when it does not become healthy. */
export async function startChild(options: ChildOptions): Promise<RunningChild> {
  const { name, onProgress } = options;
  const stopping = new AbortController();
  keepPreviousLog(options.logFile);
  let current: Process | null = launch(options);
  const first = current;

  try {
    await sayingProgress(`${name} starts`, onProgress, healthy(options, first));
  } catch (error) {
    first.child.kill('SIGKILL');
    await first.ended;
    throw error;
  }

  const keepRunning = async (): Promise<void> => {
    let pause = firstPauseMs;
    for (let running = first; ;) {
      const how = await running.ended;
      current = null;
      if (stopping.signal.aborted) return;
      if (Date.now() - running.since > stableMs) pause = firstPauseMs;
      onProgress(
        `${name} ended (${how}); it starts again in ${pause / 1_000} s. Its log: ${options.logFile}`,
      );
      await delay(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (isAborted(stopping.signal)) return;
      pause = Math.min(pause * 2, longestPauseMs);
      running = launch(options);
      current = running;
      await healthy(options, running).then(
        () => onProgress(`${name} runs again.`),
        () => running.child.kill('SIGKILL'),
      );
    }
  };
  const kept = keepRunning();
  const { logFile, maxLogBytes = usualLogBytes } = options;
  const bounding = setInterval(() => boundLog(logFile, maxLogBytes), logCheckMs).unref();

  return {
    name,
    pid: () => current?.child.pid ?? null,
    kill: () => void current?.child.kill('SIGKILL'),
    async stop() {
      stopping.abort();
      const running = current;
      running?.child.kill('SIGTERM');
      const timer = setTimeout(() => {
        onProgress(`${name} did not end within ${options.graceMs / 1_000} s and is killed.`);
        running?.child.kill('SIGKILL');
      }, options.graceMs);
      await kept;
      clearTimeout(timer);
      clearInterval(bounding);
    },
  };
}

interface Process {
  readonly child: ChildProcess;
  readonly since: number;
  readonly ended: Promise<string>;
  readonly hasSaidReady: () => boolean;
}

function launch(options: ChildOptions): Process {
  const [program, ...args] = options.command;
  const log = openSync(options.logFile, 'a');
  try {
    const child = spawn(program, args, {
      env: options.env,
      // The channel tells the child that we are gone, should we be killed.
      stdio: ['ignore', log, log, 'ipc'],
      // In a process group of its own: Ctrl-C reaches us alone, and we stop the children in order.
      detached: true,
    });
    const ended = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code ?? 'unknown'}`));
    });
    let isReady = false;
    child.on('message', (message) => {
      isReady ||= isReadyWord(message);
    });
    return { child, since: Date.now(), ended, hasSaidReady: () => isReady };
  } finally {
    closeSync(log);
  }
}

async function healthy(options: ChildOptions, running: Process): Promise<void> {
  const ended: string[] = [];
  void running.ended.then((how) => ended.push(how));
  const end = Date.now() + options.healthyWithinMs;
  for (;;) {
    const { pid } = running.child;
    const isHealthy =
      options.isHealthy === 'says-so'
        ? running.hasSaidReady()
        : pid !== undefined && (await options.isHealthy(pid).catch(() => false));
    if (isHealthy) return;
    if (ended[0] !== undefined) throw await failure(options, `ended at once (${ended[0]})`);
    if (Date.now() > end) {
      throw await failure(options, `was not ready within ${options.healthyWithinMs / 1_000} s`);
    }
    await delay(100);
  }
}

async function failure({ name, logFile }: ChildOptions, what: string): Promise<CommandError> {
  const log = (await readFile(logFile, 'utf8').catch(() => '')).trim();
  const lines = log === '' ? [] : ['Its last words:', ...log.split('\n').slice(-8)];
  return new CommandError([`The ${name} ${what}. Its log is ${logFile}.`, ...lines].join('\n  '));
}

/** A function, so that the compiler does not take the first answer for the last. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
