import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  followStore,
  type FollowedPolicies,
  type FollowOptions,
} from '../../../src/policy/store/followStore';
import type { LoadedPolicy } from '../../../src/policy/load/loadPolicy';
import { openPolicyStore, type PolicyStore } from '../../../src/policy/store/policyStore';
import { createPolicyProcessor, createVersionedProcessor } from '../../../src/policy/processor';
import { until } from '../../support/until';
import { smallPolicy, withSmallPolicy } from '../smallPolicy';
import { inputOf, noteOf, order, replyOf, shopOf } from '../support';

let folder: string;
let store: PolicyStore;
let first: LoadedPolicy;
let second: LoadedPolicy;
let policies: FollowedPolicies | null = null;
const changes: string[] = [];
const troubles: string[] = [];

const wordsOf = (word: string) => ({
  'templates/en.yaml': (text: string) =>
    text.replace('Your order is on its way', `${word}, it is on its way`),
});
const published = (policy: LoadedPolicy) =>
  store.bringIntoForce({ version: policy.version, by: 'maria', folder: null });

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-versions-'));
  store = openPolicyStore(folder);
  first = await withSmallPolicy(wordsOf('First'), (copy) => store.keep(copy));
  second = await withSmallPolicy(wordsOf('Second'), (copy) => store.keep(copy));
  await published(first);
  changes.length = 0;
  troubles.length = 0;
});
afterEach(async () => {
  await policies?.stop();
  await rm(folder, { recursive: true, force: true });
});

function follow(change: Partial<FollowOptions> = {}): FollowedPolicies {
  policies = followStore(store, first, {
    prepare: () => Promise.resolve(),
    onChange: ({ version }) => changes.push(version),
    onTrouble: (message) => troubles.push(message),
    everyMs: 20,
    ...change,
  });
  return policies;
}

/** Whole, as every writer of it does: who looks meanwhile sees no half of it. */
async function writeRecord(change: (text: string) => string): Promise<void> {
  const record = path.join(folder, 'published.json');
  await writeFile(`${record}.new`, change(await readFile(record, 'utf8')));
  await rename(`${record}.new`, record);
}

const becomesTrue = (isSo: () => boolean) =>
  until('the worker to follow', () => Promise.resolve(isSo() ? true : null));
const looks = (count: number) => new Promise((resolve) => setTimeout(resolve, 20 * count + 20));

describe('a running worker', () => {
  test('takes up what is published, and an old version again', async () => {
    const followed = follow();
    await published(second);
    await becomesTrue(() => followed.current().version === second.version);
    await published(first);
    await becomesTrue(() => followed.current().version === first.version);
    expect(changes).toEqual([second.version, first.version]);
    expect(troubles).toEqual([]);
  });

  test('misses nothing that was published between its start and its first look', async () => {
    await published(second);
    const followed = follow();
    await becomesTrue(() => followed.current().version === second.version);
  });

  test('goes on with what it has when the new one is broken, says so once, and takes up the next good one', async () => {
    const followed = follow();
    await writeFile(path.join(folder, 'versions', second.version, 'rules.yaml'), 'first: nonsense\n');
    // As another machine would, whose check this one cannot see.
    await writeRecord((text) => text.replace(first.version, second.version));
    await becomesTrue(() => troubles.length > 0);
    await looks(5);
    expect(troubles).toEqual([
      `policy ${second.version} cannot be taken up: it cannot be read by this Deskhand. ${first.version} stays`,
    ]);
    expect(followed.current().version).toBe(first.version);
    const third = await withSmallPolicy(wordsOf('Third'), (copy) => store.keep(copy));
    await published(third);
    await becomesTrue(() => followed.current().version === third.version);
  });

  test('goes on when the record cannot be understood, and takes up the mended one', async () => {
    const followed = follow();
    await looks(1);
    await writeRecord(() => '{"published": ');
    await becomesTrue(() => troubles.length > 0);
    await looks(5);
    expect(troubles).toHaveLength(1);
    expect(followed.current().version).toBe(first.version);
    await rm(path.join(folder, 'published.json'));
    await published(second);
    await becomesTrue(() => followed.current().version === second.version);
  });

  test('does not decide by a version before everything is ready for it', async () => {
    let ready: () => void = () => undefined;
    const prepared = new Promise<void>((resolve) => (ready = resolve));
    const followed = follow({ prepare: () => prepared });
    await published(second);
    await looks(5);
    expect(followed.current().version).toBe(first.version);
    ready();
    await becomesTrue(() => followed.current().version === second.version);
  });

  test('stays where it is when getting ready fails, and tries again', async () => {
    let tries = 0;
    const prepare = () => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('the disk is full')) : Promise.resolve();
    };
    const followed = follow({ prepare });
    await published(second);
    await becomesTrue(() => followed.current().version === second.version);
    expect(troubles).toEqual([
      `policy ${second.version} cannot be taken up: the disk is full. ${first.version} stays`,
    ]);
    expect(tries).toBe(2);
  });
});

describe('a conversation', () => {
  test('goes on under the version it began with, while new ones begin under the one in force', async () => {
    const followed = follow();
    await published(second);
    await becomesTrue(() => followed.current().version === second.version);
    expect((await followed.find(first.version)).policy.content).toEqual(first.content);
    expect((await followed.find(null)).policy.version).toBe(second.version);
  });

  test('of an old version, read from the store: read once, however many ask at the same time', async () => {
    const followed = follow();
    const found = await Promise.all(Array.from({ length: 20 }, () => followed.find(second.version)));
    expect(new Set(found.map(({ policy }) => policy)).size).toBe(1);
    expect((await followed.find(second.version)).policy).toBe(found[0]?.policy);
  });

  test('of a version that is gone goes on under the one in force; it is looked for again each time', async () => {
    const followed = follow();
    const gone = await followed.find('p-0123456789ab');
    expect(gone.policy.version).toBe(first.version);
    expect(gone.missing).toEqual({ version: 'p-0123456789ab', why: 'is not in the store any more' });
    await rm(path.join(folder, 'versions', second.version), { recursive: true });
    expect((await followed.find(second.version)).missing?.version).toBe(second.version);
    await withSmallPolicy(wordsOf('Second'), (copy) => store.keep(copy));
    expect((await followed.find(second.version)).missing).toBeNull();
  });

  test('a version that was tampered with counts as gone', async () => {
    await writeFile(path.join(folder, 'versions', second.version, 'templates/en.yaml'), 'hand-off: Oi\n');
    expect((await follow().find(second.version)).missing).toMatchObject({ version: second.version });
  });
});

describe('the processor', () => {
  const ask = { numbers: ['48213'] };
  const signal = new AbortController().signal;

  test('answers in the words of the version asked for', async () => {
    const followed = follow();
    const processor = createVersionedProcessor(followed, shopOf(order()));
    const under = async (policyVersion: string | null) => {
      const plan = await processor.consult({ ...inputOf(ask), policyVersion }, signal);
      return [plan.policyVersion, replyOf(plan).text.split(',')[0]];
    };
    expect(await under(null)).toEqual([first.version, 'First']);
    expect(await under(second.version)).toEqual([second.version, 'Second']);
  });

  test('tells people when it had to answer under another version than the conversation began with', async () => {
    const processor = createVersionedProcessor(follow(), shopOf(order()));
    const gone = await processor.consult({ ...inputOf(ask), policyVersion: 'p-0123456789ab' }, signal);
    expect(gone.policyVersion).toBe(first.version);
    expect(noteOf(gone)).toContain(
      `This conversation began under policy p-0123456789ab, which is not in the store any more. It goes on under ${first.version}`,
    );
    const usual = await processor.consult({ ...inputOf(ask), policyVersion: first.version }, signal);
    expect(noteOf(usual)).not.toContain('began under');
  });

  test('gives the settings of the version asked for', async () => {
    const slow = {
      'policy.yaml': (text: string) => text.replace(/settle-window: .*/, 'settle-window: 7s'),
    };
    const { version } = await withSmallPolicy(slow, (copy) => store.keep(copy));
    const processor = createVersionedProcessor(follow(), shopOf());
    expect((await processor.settingsOf(version)).settleMs).toBe(7_000);
    expect((await processor.settingsOf(null)).settleMs).toBe(first.settings.settleMs);
  });

  test('of one policy alone answers as that one, whatever is asked for', async () => {
    const policy = await smallPolicy();
    const processor = createPolicyProcessor(policy, shopOf(order()));
    const plan = await processor.consult({ ...inputOf(ask), policyVersion: first.version }, signal);
    expect(plan.policyVersion).toBe(policy.version);
  });
});
