/**
 * Finds Temporal's command-line program, which carries the server and its Web UI, or obtains it: on PATH, in our
 * cache, by the official download, by `go install`. Each step says in one line what came of it.
 */
import { access, chmod, constants, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { checkCli } from './cliVersion';
import { downloadCli } from './download';
import { goInstallCli } from './goInstall';
import { officialRelease, pinnedVersion, type Release } from './pinned';
import type { OnProgress } from './progress';
import { StepFailed } from './stepFailed';

export interface TemporalCli {
  readonly path: string;
  readonly source: 'path' | 'cache' | 'download' | 'go-install';
  /** Of the server inside, such as `1.29.1`. */
  readonly serverVersion: string;
}

export interface FindOptions {
  readonly onProgress: OnProgress;
  /** Where PATH, HOME and XDG_CACHE_HOME are read; by default the process's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** By default the pinned one on GitHub. */
  readonly release?: Release;
  readonly signal?: AbortSignal;
}

/** Nothing worked. The message is one screen: what was tried, why not, what to do. */
export class TemporalNotFound extends Error {
  override readonly name = 'TemporalNotFound';
}

/** @throws TemporalNotFound */
export async function findTemporalCli(options: FindOptions): Promise<TemporalCli> {
  const { onProgress, env = process.env, release = officialRelease } = options;
  const signal = options.signal ?? new AbortController().signal;
  const cached = cachedCliPath(env);
  const missed: { step: string; why: string; mend: string }[] = [];

  const steps: readonly { name: string; source: TemporalCli['source']; find: () => Promise<string> }[] = [
    { name: 'on PATH', source: 'path', find: () => onPath('temporal', env) },
    { name: 'in the cache', source: 'cache', find: () => existing(cached) },
    {
      name: 'download',
      source: 'download',
      find: () => intoCache(cached, (folder) => downloadCli(release, folder, onProgress, signal)),
    },
    {
      name: 'go install',
      source: 'go-install',
      find: async () => {
        const go = await onPath('go', env);
        onProgress(`Temporal: building ${pinnedVersion} with Go into the cache, several minutes, once.`);
        return intoCache(cached, (folder) => goInstallCli(go, folder, env, onProgress, signal));
      },
    },
  ];
  for (const step of steps) {
    signal.throwIfAborted();
    try {
      const file = await step.find();
      const check = await checkCli(file);
      if (!check.usable) throw new StepFailed(check.why, mendUnusable(step.source, file));
      onProgress(`Temporal: ${step.name}, ${file} (server ${check.serverVersion}).`);
      return { path: file, source: step.source, serverVersion: check.serverVersion };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof StepFailed)) throw error;
      missed.push({ step: step.name, why: error.message, mend: error.mend });
      onProgress(`Temporal ${step.name}: ${error.message}.`);
    }
  }
  throw new TemporalNotFound(
    [
      "Temporal's server was not found on this machine and could not be obtained.",
      '',
      ...missed.flatMap(({ step, why, mend }) => [`  ${step}: ${why}`, `      mend: ${mend}`]),
      '',
      'One of these is enough. Or set TEMPORAL_ADDRESS=host:port to use a server that runs elsewhere.',
    ].join('\n'),
  );
}

/** `~/.cache/deskhand/temporal/1.5.1/temporal`. */
export function cachedCliPath(env: NodeJS.ProcessEnv): string {
  const base = env['XDG_CACHE_HOME'] || path.join(env['HOME'] || os.homedir(), '.cache');
  const name = process.platform === 'win32' ? 'temporal.exe' : 'temporal';
  return path.join(base, 'deskhand', 'temporal', pinnedVersion, name);
}

async function onPath(program: string, env: NodeJS.ProcessEnv): Promise<string> {
  const names = process.platform === 'win32' ? [`${program}.exe`] : [program];
  for (const folder of (env['PATH'] ?? '').split(path.delimiter).filter(Boolean)) {
    for (const name of names) {
      const file = path.join(folder, name);
      if (await isExecutable(file)) return file;
    }
  }
  throw new StepFailed(
    program === 'temporal' ? 'not found' : `${program} is not on PATH`,
    program === 'go' ? 'install Go, https://go.dev/dl' : 'install it, https://docs.temporal.io/cli#install',
  );
}

async function existing(file: string): Promise<string> {
  if (await isExecutable(file)) return file;
  throw new StepFailed(`nothing at ${file}`, `put a temporal ${pinnedVersion} there`);
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/**
 * Makes the program in a folder of its own and moves it into place in one step: of two processes at once both end
 * up with a whole program, and a broken-off attempt leaves nothing that could be taken for one.
 */
async function intoCache(cached: string, make: (folder: string) => Promise<string>): Promise<string> {
  const home = path.dirname(cached);
  try {
    await mkdir(home, { recursive: true });
  } catch (error) {
    throw new StepFailed(
      `${home} cannot be made: ${error instanceof Error ? error.message : String(error)}`,
      'set XDG_CACHE_HOME to a folder that can be written',
    );
  }
  const folder = await mkdtemp(path.join(home, 'making-'));
  try {
    const made = await make(folder);
    const check = await checkCli(made);
    if (!check.usable) throw new StepFailed(check.why, 'install it, https://docs.temporal.io/cli#install');
    await chmod(made, 0o755);
    await rename(made, cached);
    return cached;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function mendUnusable(source: TemporalCli['source'], file: string): string {
  return source === 'cache'
    ? `delete ${file}; it is obtained again`
    : 'update it, https://docs.temporal.io/cli#install';
}
