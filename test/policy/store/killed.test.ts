/** What a publish that was killed leaves behind: a store that is whole, and free for the next one. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openPolicyStore, type PolicyStore } from '../../../src/policy/store/policyStore';
import { writeSmallPolicy } from '../smallPolicy';

let folder: string;
let at: string;
let store: PolicyStore;
let sources: readonly string[];
let child: ChildProcess | null = null;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-killed-'));
  // The only thing beside the sources: whatever a publish writes is within it.
  at = path.join(folder, 'mounted', 'store');
  store = openPolicyStore(at);
  sources = [path.join(folder, 'one'), path.join(folder, 'two')];
  for (const [index, source] of sources.entries()) {
    await writeSmallPolicy(source, {
      'policy.yaml': (text) => text.replace('replies-per-hour: 5', `replies-per-hour: 1${index}`),
    });
  }
});
afterEach(async () => {
  child?.kill('SIGKILL');
  child = null;
  await rm(folder, { recursive: true, force: true });
});

/** As long ago as a lock may be held without a sign of life, or a draft may lie. */
async function leaveAlone(hours: number): Promise<void> {
  const then = new Date(Date.now() - hours * 3_600_000);
  for (const name of await readdir(at)) {
    if (name !== 'versions' && name !== 'published.json') await utimes(path.join(at, name), then, then);
  }
}

test('killed with -9 in the middle: what was said to be in force is, each version is whole, the next publish goes on', async () => {
  for (const ms of [2, 9]) {
    const script = path.join(__dirname, 'publishProcess.ts');
    child = spawn(process.execPath, ['--import', 'tsx', script, at, ...sources], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const said: string[] = [];
    child.stdout?.on('data', (chunk: Buffer) => said.push(...chunk.toString().trim().split('\n')));
    await once(child.stdout as NodeJS.ReadableStream, 'data');
    await wait(ms);
    child.kill('SIGKILL');
    await once(child, 'close');

    const [before, inForce] = (await store.history()).slice(-2).map(({ version }) => version);
    // The last change may have been made and not told of.
    expect([before, inForce]).toContain(said.at(-1));
    for (const version of await readdir(path.join(at, 'versions'))) {
      expect((await store.load(version)).version).toBe(version);
    }
    await leaveAlone(2);
    for (const source of sources) {
      const { version } = await store.keep(source);
      await store.bringIntoForce({ version, by: 'tom', folder: null });
      expect((await store.history()).at(-1)?.version).toBe(version);
    }
  }
});

test('who holds the store holds it within the store, where all machines that share it see that', async () => {
  const { version } = await store.keep(sources[0] ?? '');
  await mkdir(path.join(at, 'published.lock'));
  const publishing = store.bringIntoForce({ version, by: 'tom', folder: null });
  expect(await Promise.race([publishing, wait(60, 'waiting')])).toBe('waiting');
  expect(await store.history()).toEqual([]);
  await rm(path.join(at, 'published.lock'), { recursive: true });
  await publishing;
  expect(await store.history()).toHaveLength(1);
  expect(await readdir(path.dirname(at))).toEqual(['store']);
});

test('what was left half-written is removed by the next publish; what may be another one at work is not', async () => {
  await mkdir(path.join(at, 'draft-00000000-0000-4000-8000-000000000000', 'templates'), { recursive: true });
  await writeFile(path.join(at, 'published.json.123456'), '{');
  await writeFile(path.join(at, 'README.md'), 'ours');
  await leaveAlone(2);
  const young = 'draft-11111111-1111-4111-8111-111111111111';
  await mkdir(path.join(at, young));
  await store.keep(sources[0] ?? '');
  expect((await readdir(at)).toSorted()).toEqual(['README.md', young, 'versions']);
});
