/**
 * The sources, compiled once for the run and laid out as in the image: a `deskhand` that tests start as a process is
 * up in half of the processor's time. What `npm run build` itself makes is the matter of test/deployment.
 */
import { cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { transformFile, type Options } from '@swc/core';
import { repository } from './testRun';

const options: Options = {
  swcrc: false,
  jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
  module: { type: 'commonjs', ignoreDynamic: true, exportInteropAnnotation: true },
};

/** Into a folder of its own. Resolves to the `deskhand` program. */
export async function compileSources(
  folder: string,
  workflowBundle: Promise<{ readonly code: string }>,
): Promise<string> {
  const dist = path.join(folder, 'dist');
  const page = 'src/helpdesk/embedded/page';
  for (const room of ['src', 'activities', 'workflows']) {
    const names = await readdir(path.join(repository, room), { recursive: true });
    const sources = names.filter((name) => name.endsWith('.ts')).map((name) => path.join(room, name));
    for (const source of sources) {
      const { code } = await transformFile(path.join(repository, source), options);
      const target = path.join(dist, source.replace(/ts$/, 'js'));
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, code);
    }
  }
  await cp(path.join(repository, page), path.join(dist, page), { recursive: true });
  await cp(path.join(repository, 'package.json'), path.join(dist, 'package.json'));
  await writeFile(path.join(dist, 'workflow-bundle.js'), (await workflowBundle).code);
  for (const name of ['node_modules', 'policies', 'package.json']) {
    await symlink(path.join(repository, name), path.join(folder, name));
  }
  // A link would lead to the sources.
  await cp(path.join(repository, 'bin'), path.join(folder, 'bin'), { recursive: true });
  return path.join(folder, 'bin/deskhand.mjs');
}
