/** What is remembered of a classifier's answers holds as long as nothing changes that they depend on. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { classifierIdentity } from '../../src/classify/embedded/classifierIdentity';

const root = path.resolve(__dirname, '../..');
let parts: { readonly code: string; readonly manifest: string };

beforeEach(async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-identity-'));
  parts = { code: path.join(folder, 'embedded'), manifest: path.join(folder, 'package.json') };
  await cp(path.join(root, 'src/classify/embedded'), parts.code, { recursive: true });
  await cp(path.join(root, 'package.json'), parts.manifest);
});
afterEach(() => rm(path.dirname(parts.manifest), { recursive: true, force: true }));

async function edit(file: string, change: (text: string) => string): Promise<void> {
  const text = await readFile(file, 'utf8');
  const changed = change(text);
  expect(changed).not.toBe(text);
  await writeFile(file, changed);
}

test('the same wherever the same code lies', async () => {
  expect(await classifierIdentity(parts)).toBe(await classifierIdentity());
  expect(await classifierIdentity()).toMatch(/^embedded@\d+ [0-9a-f]{12}$/);
});

test.each([
  [
    'a word more that is understood',
    () => edit(path.join(parts.code, 'refusals.ts'), (text) => `${text}\n//`),
  ],
  ['a part more', () => writeFile(path.join(parts.code, 'moreWords.ts'), 'export const words = [];')],
  ['a part less', () => rm(path.join(parts.code, 'clauses.ts'))],
  [
    'another version of the model',
    () => edit(parts.manifest, (text) => text.replace(/(model-embeddings-en": ")[^"]*/, '$19.9.9')),
  ],
])('another with %s', async (_what, change) => {
  const before = await classifierIdentity(parts);
  await change();
  expect(await classifierIdentity(parts)).not.toBe(before);
});

test('the same with another version of what does not classify', async () => {
  const before = await classifierIdentity(parts);
  await edit(parts.manifest, (text) => text.replace(/"version": "[^"]*"/, '"version": "77.0.0"'));
  await edit(parts.manifest, (text) => text.replace(/("pino": ")[^"]*/, '$199.0.0'));
  await writeFile(path.join(parts.code, 'notes.md'), 'not code');
  expect(await classifierIdentity(parts)).toBe(before);
});
