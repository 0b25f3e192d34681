/**
 * The official release archive of the Temporal CLI: fetched, checked, unpacked.
 * https://github.com/temporalio/cli/releases
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import path from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import axios from 'axios';
import { pinnedVersion, type Release } from './pinned';
import { sayingProgress, type OnProgress } from './progress';
import { StepFailed } from './stepFailed';

const run = promisify(execFile);
const connectTimeoutMs = 10_000;

/** `temporal_cli_1.5.1_linux_amd64.tar.gz`; null where Temporal publishes none. */
export function archiveName(platform: NodeJS.Platform, arch: string): string | null {
  const systems: Partial<Record<NodeJS.Platform, string>> = {
    linux: 'linux',
    darwin: 'darwin',
    win32: 'windows',
  };
  const machines: Record<string, string> = { x64: 'amd64', arm64: 'arm64' };
  const [system, machine] = [systems[platform], machines[arch]];
  if (system === undefined || machine === undefined) return null;
  return `temporal_cli_${pinnedVersion}_${system}_${machine}.${system === 'windows' ? 'zip' : 'tar.gz'}`;
}

/**
 * Leaves the program in `folder` and returns its path.
 *
 * @throws StepFailed when it cannot be reached, read or trusted.
 */
export async function downloadCli(
  release: Release,
  folder: string,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<string> {
  const name = archiveName(process.platform, process.arch);
  if (name === null) {
    throw new StepFailed(
      `Temporal publishes no program for ${process.platform} on ${process.arch}`,
      'build it with Go (https://go.dev/dl), or set TEMPORAL_ADDRESS to a server elsewhere',
    );
  }
  const url = `${release.url}/${name}`;
  const wanted = release.sha256[name] ?? (await publishedChecksum(release, name, signal));
  const archive = path.join(folder, name);
  await fetchFile(url, archive, onProgress, signal);
  const found = await sha256(archive);
  if (found !== wanted) {
    throw new StepFailed(
      `${url} has SHA-256 ${found}, expected ${wanted}; it was thrown away`,
      'try again; if it stays, something between you and GitHub changes downloads',
    );
  }
  // bsdtar, which Windows ships as tar, reads zip archives too.
  await run('tar', ['-xf', archive, '-C', folder]).catch((error: unknown) => {
    throw new StepFailed(`tar could not unpack ${name}: ${reasonOf(error)}`, 'install tar');
  });
  return path.join(folder, process.platform === 'win32' ? 'temporal.exe' : 'temporal');
}

async function fetchFile(
  url: string,
  file: string,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<void> {
  let bytes = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const work = async (): Promise<void> => {
    const body = await request<Readable>(url, 'stream', signal);
    await pipeline(body, counting, createWriteStream(file), { signal });
  };
  await sayingProgress(
    'downloading Temporal',
    onProgress,
    work(),
    () => `${(bytes / 1e6).toFixed(0)} MB`,
  ).catch((error: unknown) => {
    throw error instanceof StepFailed ? error : unreachable(url, error);
  });
}

/** `checksums.txt` of a release: one `<sha256>  <archive>` a line. */
async function publishedChecksum(release: Release, name: string, signal: AbortSignal): Promise<string> {
  const url = `${release.url}/checksums.txt`;
  const text = await request<string>(url, 'text', signal);
  for (const line of text.split('\n')) {
    const [sum, archive] = line.trim().split(/\s+\*?/);
    if (archive === name && sum !== undefined && /^[0-9a-f]{64}$/.test(sum)) return sum;
  }
  throw new StepFailed(`${url} does not list ${name}`, 'build it with Go, or set TEMPORAL_ADDRESS');
}

/** Obeys HTTPS_PROXY; gives up on a server that does not answer within 10 seconds. */
async function request<T>(url: string, responseType: 'stream' | 'text', signal: AbortSignal): Promise<T> {
  const answered = new AbortController();
  const timer = setTimeout(() => {
    answered.abort(new Error(`no answer within ${connectTimeoutMs / 1_000} s`));
  }, connectTimeoutMs);
  try {
    const response = await axios.get<T>(url, {
      responseType,
      signal: AbortSignal.any([signal, answered.signal]),
    });
    return response.data;
  } catch (error) {
    throw unreachable(url, answered.signal.aborted ? answered.signal.reason : error);
  } finally {
    clearTimeout(timer);
  }
}

function unreachable(url: string, error: unknown): StepFailed {
  return new StepFailed(
    `${url} cannot be had: ${reasonOf(error)}`,
    `let this machine reach ${new URL(url).host} (HTTPS_PROXY is obeyed)`,
  );
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0] ?? text;
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
