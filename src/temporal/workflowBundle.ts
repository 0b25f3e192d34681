/**
 * The workflows in the one file that a worker takes them from. Bundling them takes two seconds of computing, so the
 * file is kept between starts, named after what it was made of and what is in it. It is never needed: a missing, torn
 * or outdated one costs the time it would have saved.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { bundleWorkflowCode, type Logger } from '@temporalio/worker';
import writeFileAtomic from 'write-file-atomic';
import { workflowCode } from './workflowCode';

const repository = path.resolve(__dirname, '../..');

/** Where workflow code may be imported from; the lock file stands for all packages. */
export const workflowSources = ['workflows', 'src/core', 'src/contracts', 'activities'] as const;

export interface KeptBundle {
  readonly code: string;
  /** Null where nothing could be kept. */
  readonly file: string | null;
}

/** @throws Error of the bundler, when the sources do not compile. */
export async function bundleWorkflows(folder: string, logger: Logger): Promise<KeptBundle> {
  const make = async (): Promise<string> => (await bundleWorkflowCode({ ...workflowCode, logger })).code;
  const inputs = await hashOfSources().catch(() => null);
  return inputs === null ? { code: await make(), file: null } : keptBundle(folder, inputs, make);
}

/**
 * What `make` makes of `inputs`, from `folder` if it is there. Several processes may ask at once: each is given a
 * whole bundle, and the file of the last one stays.
 * @param inputs - a hash of all that the bundle depends on, in hexadecimal digits.
 */
export async function keptBundle(
  folder: string,
  inputs: string,
  make: () => Promise<string>,
): Promise<KeptBundle> {
  const kept = await find(folder, inputs);
  if (kept !== null) return kept;
  const code = await make();
  return { code, file: await keep(folder, inputs, code) };
}

async function find(folder: string, inputs: string): Promise<KeptBundle | null> {
  for (const name of await bundlesIn(folder)) {
    if (!name.startsWith(`workflows-${inputs}-`)) continue;
    const file = path.join(folder, name);
    const code = await readFile(file, 'utf8').catch(() => '');
    if (name === nameOf(inputs, code)) return { code, file };
  }
  return null;
}

async function keep(folder: string, inputs: string, code: string): Promise<string | null> {
  const file = path.join(folder, nameOf(inputs, code));
  try {
    await mkdir(folder, { recursive: true });
    const outdated = await bundlesIn(folder);
    await writeFileAtomic(file, code);
    for (const name of outdated) {
      if (name !== path.basename(file)) await rm(path.join(folder, name), { force: true });
    }
    return file;
  } catch {
    // A full or read-only disk: the next start bundles again.
    return null;
  }
}

async function bundlesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => /^workflows-[\da-f]+-[\da-f]+\.js$/.test(name));
}

function nameOf(inputs: string, code: string): string {
  return `workflows-${inputs}-${createHash('sha256').update(code).digest('hex').slice(0, 16)}.js`;
}

async function hashOfSources(): Promise<string> {
  const hash = createHash('sha256');
  hash.update(await readFile(path.join(repository, 'package-lock.json')));
  for (const folder of workflowSources) {
    const names = await readdir(path.join(repository, folder), { recursive: true });
    for (const name of names.filter((entry) => entry.endsWith('.ts')).sort()) {
      hash.update(name).update(await readFile(path.join(repository, folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}
