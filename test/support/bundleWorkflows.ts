/** Bundles the workflows into a file named after their content, so that an unchanged one is not bundled again. */
import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { workflowCode } from '../../src/temporal/workflowCode';
import { cacheFolder, repository } from './testRun';

/** What workflow code may import; the lock file stands for all packages. */
const sources = ['workflows', 'src/core', 'src/contracts', 'activities'];

export async function bundleWorkflows(): Promise<string> {
  const file = path.join(cacheFolder, `workflows-${await contentHash()}.js`);
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere) return file;
  const { code } = await bundleWorkflowCode({
    ...workflowCode,
    logger: new DefaultLogger('WARN'),
  });
  await mkdir(cacheFolder, { recursive: true });
  const partial = `${file}.${process.pid}`;
  await writeFile(partial, code);
  await rename(partial, file);
  return file;
}

async function contentHash(): Promise<string> {
  const hash = createHash('sha256');
  hash.update(await readFile(path.join(repository, 'package-lock.json')));
  for (const folder of sources) {
    const names = await readdir(path.join(repository, folder), { recursive: true });
    for (const name of names.filter((entry) => entry.endsWith('.ts')).sort()) {
      hash.update(name).update(await readFile(path.join(repository, folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}
