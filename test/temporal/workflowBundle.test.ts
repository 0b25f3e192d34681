/** The bundled workflows in their file: made once, found again, and never half of one. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { keptBundle, workflowSources } from '../../src/temporal/workflowBundle';
import { readTestRun } from '../support/testRun';

let folder: string;
let made: number;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-bundle-'));
  made = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function making(code: string): () => Promise<string> {
  return () => {
    made += 1;
    return Promise.resolve(code);
  };
}

const bundles = async (): Promise<readonly string[]> => (await readdir(folder)).sort();

test('it is made once for the same sources, and found by the next start', async () => {
  const first = await keptBundle(folder, 'aaaa', making('workflows()'));
  const second = await keptBundle(folder, 'aaaa', making('workflows()'));
  expect(second).toEqual(first);
  expect(first.code).toBe('workflows()');
  expect(await readFile(first.file ?? '', 'utf8')).toBe('workflows()');
  expect(made).toBe(1);
});

test('other sources have another, which takes its place', async () => {
  const before = await keptBundle(folder, 'aaaa', making('before()'));
  const after = await keptBundle(folder, 'bbbb', making('after()'));
  expect(after.code).toBe('after()');
  expect(await bundles()).toEqual([path.basename(after.file ?? '')]);
  // Back to the sources of before, as one does with git.
  expect(await keptBundle(folder, 'aaaa', making('before()'))).toEqual(before);
  expect(made).toBe(3);
});

test.each([
  ['cut off', (code: string) => code.slice(0, 4)],
  ['emptied', () => ''],
  ['written into', (code: string) => `${code}\nmore()`],
])('one that was %s is made again, and mended', async (_what, damage) => {
  const { file, code } = await keptBundle(folder, 'aaaa', making('workflows()'));
  await writeFile(file ?? '', damage(code));
  expect(await keptBundle(folder, 'aaaa', making('workflows()'))).toEqual({ file, code });
  expect(await readFile(file ?? '', 'utf8')).toBe('workflows()');
  expect(made).toBe(2);
});

test('many that start at once all have a whole one, and one file stays', async () => {
  const code = 'workflows();'.repeat(50_000);
  const all = await Promise.all(Array.from({ length: 12 }, () => keptBundle(folder, 'aaaa', making(code))));
  expect(all.every((each) => each.code === code)).toBe(true);
  expect(await bundles()).toHaveLength(1);
  await keptBundle(folder, 'aaaa', making(code));
  expect(made).toBe(12);
});

test('two that differ at once both have theirs, whosever file stays', async () => {
  const [one, two] = await Promise.all([
    keptBundle(folder, 'aaaa', making('one()')),
    keptBundle(folder, 'bbbb', making('two()')),
  ]);
  expect([one.code, two.code]).toEqual(['one()', 'two()']);
  expect((await bundles()).length).toBeGreaterThan(0);
});

test('a folder that is not there is made; what else is in it stays', async () => {
  const deep = path.join(folder, 'not', 'yet');
  const { file } = await keptBundle(deep, 'aaaa', making('workflows()'));
  await writeFile(path.join(deep, 'workflows-of-mine.js'), 'mine');
  await keptBundle(deep, 'bbbb', making('others()'));
  expect(await readdir(deep)).toHaveLength(2);
  expect(await readdir(deep)).toContain('workflows-of-mine.js');
  expect(await readdir(deep)).not.toContain(path.basename(file ?? ''));
});

test('where nothing can be kept, it is made all the same', async () => {
  const taken = path.join(folder, 'taken');
  await writeFile(taken, 'a file, not a folder');
  const bundle = await keptBundle(taken, 'aaaa', making('workflows()'));
  expect(bundle).toEqual({ code: 'workflows()', file: null });
});

test('nothing is kept of what could not be made', async () => {
  const failing = () => Promise.reject(new Error('does not compile'));
  await expect(keptBundle(folder, 'aaaa', failing)).rejects.toThrow('does not compile');
  expect(await bundles()).toEqual([]);
});

describe('the real one', () => {
  let code: string;
  beforeAll(async () => {
    code = await readFile(readTestRun().bundle, 'utf8');
  });

  test('is named after its sources, and bears its own sum', () => {
    expect(path.basename(readTestRun().bundle)).toMatch(/^workflows-[\da-f]{16}-[\da-f]{16}\.js$/);
  });

  test('is made of nothing but the sources that its name stands for, and packages', () => {
    const modules = [...code.matchAll(/!\*\*\* (\S+) /g)].map(([, name = '']) => name);
    const ours = modules.filter((name) => name.startsWith('./') && !name.includes('node_modules'));
    const elsewhere = ours.filter((name) => !workflowSources.some((from) => name.startsWith(`./${from}/`)));
    expect(elsewhere).toEqual([]);
    for (const from of workflowSources.slice(0, 3)) {
      expect(ours.some((name) => name.startsWith(`./${from}/`))).toBe(true);
    }
  });
});
