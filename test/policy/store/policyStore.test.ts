import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { loadPolicy, PolicyError } from '../../../src/policy/load/loadPolicy';
import { startFromFolder } from '../../../src/policy/store/followStore';
import {
  openPolicyStore,
  PolicyStoreError,
  PolicyVersionError,
  type PolicyStore,
} from '../../../src/policy/store/policyStore';
import { smallPolicy, withSmallPolicy, writeSmallPolicy } from '../smallPolicy';

/** A policy, as a company has it. */
let source: string;
let folder: string;
let store: PolicyStore;
beforeAll(async () => {
  source = await mkdtemp(path.join(os.tmpdir(), 'deskhand-source-'));
  await writeSmallPolicy(source);
});
afterAll(() => rm(source, { recursive: true, force: true }));
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-store-'));
  store = openPolicyStore(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const politer = {
  'policy.yaml': (text: string) => text.replace('replies-per-hour: 5', 'replies-per-hour: 15'),
};
const fileOf = (version: string, name: string) => path.join(folder, 'versions', version, name);

async function whyNot(version: string): Promise<string> {
  const error: unknown = await store.load(version).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof PolicyVersionError) return error.message;
  throw new Error('it was loaded, or failed in another way', { cause: error });
}

async function inForce(): Promise<string | undefined> {
  return (await store.history()).at(-1)?.version;
}

describe('a version', () => {
  test('is the hash of what the files say: comments, layout and the order of keys do not change it', async () => {
    const changed = {
      'policy.yaml': (text: string) => `# ours\n\n${text}\n\n`,
      'intents.yaml': (text: string) => text.replaceAll('\n', '\r\n'),
      'templates/en.yaml': (text: string) => {
        const entries = text.split(/\n(?=[a-z-]+: )/);
        return [...entries.slice(1), entries[0] ?? ''].join('\n');
      },
    };
    const version = await withSmallPolicy(changed, async (copy) => (await loadPolicy(copy)).version);
    expect(version).toBe((await smallPolicy()).version);
    expect(version).toMatch(/^p-[0-9a-f]{12}$/);
  });

  test('another word in a template is another version', async () => {
    const changed = { 'templates/en.yaml': (text: string) => text.replace('A colleague', 'Somebody') };
    expect(await withSmallPolicy(changed, async (copy) => (await loadPolicy(copy)).version)).not.toBe(
      (await smallPolicy()).version,
    );
  });
});

describe('keeping', () => {
  test('what is kept is loaded again as it was, though its folder is gone', async () => {
    const kept = await withSmallPolicy(politer, (copy) => store.keep(copy));
    const loaded = await store.load(kept.version);
    expect(loaded.content).toEqual(kept.content);
    expect(loaded.settings.repliesPerHour).toBe(15);
  });

  test('brings nothing into force', async () => {
    await store.keep(source);
    expect(await store.history()).toEqual([]);
  });

  test('the same content twice, and by ten at once, is kept once, with nothing left over', async () => {
    const kept = await Promise.all(Array.from({ length: 10 }, () => store.keep(source)));
    expect(new Set(kept.map(({ version }) => version)).size).toBe(1);
    expect(await readdir(path.join(folder, 'versions'))).toEqual([kept[0]?.version]);
    expect(await readdir(folder)).toEqual(['versions']);
  });

  test('a policy with mistakes is refused whole, and leaves nothing behind', async () => {
    const broken = { 'rules.yaml': (text: string) => `${text}\nnonsense: true\n` };
    await withSmallPolicy(broken, async (copy) => {
      await expect(store.keep(copy)).rejects.toThrow(PolicyError);
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test('what stands beside the policy (scenarios, a README) is not part of it', async () => {
    const { version } = await withSmallPolicy({}, async (copy) => {
      await writeFile(path.join(copy, 'README.md'), 'How we answer');
      await mkdir(path.join(copy, 'scenarios'));
      await writeFile(path.join(copy, 'scenarios/late.yaml'), 'nonsense');
      return store.keep(copy);
    });
    expect(version).toBe((await smallPolicy()).version);
    expect((await readdir(path.join(folder, 'versions', version))).toSorted()).toEqual([
      'intents.yaml',
      'policy.yaml',
      'rules.yaml',
      'templates',
    ]);
  });
});

describe('a version that is not what was published is refused', () => {
  test.each(['p-000000000000'])('%s was never there', async (version) => {
    expect(await whyNot(version)).toBe('is not in the store any more');
  });

  test.each(['', 'p-', 'P-3F2A91C07B4E', '../../../etc', 'p-3f2a91c07b4e/../x', 'latest'])(
    '%j is no version, and no path is made of it',
    async (version) => {
      expect(await whyNot(version)).toBe('is no version of a policy');
    },
  );

  test('one word changed by hand', async () => {
    const { version } = await store.keep(source);
    const file = fileOf(version, 'templates/en.yaml');
    await writeFile(file, (await readFile(file, 'utf8')).replace('A colleague', 'Nobody'));
    expect(await whyNot(version)).toBe('was changed after it was published');
  });

  test('a file added or taken away', async () => {
    const { version } = await store.keep(source);
    await rm(fileOf(version, 'rules.yaml'));
    expect(await whyNot(version)).toBe('cannot be read by this Deskhand');
  });

  test('a comment changes nothing that anybody is told', async () => {
    const { version } = await store.keep(source);
    await appendFile(fileOf(version, 'rules.yaml'), '\n# looked at\n');
    expect((await store.load(version)).version).toBe(version);
  });

  test('cannot be brought into force', async () => {
    const { version } = await store.keep(source);
    await rm(fileOf(version, 'intents.yaml'));
    await expect(store.bringIntoForce({ version, by: 'maria', folder: null })).rejects.toThrow(
      PolicyVersionError,
    );
    expect(await inForce()).toBeUndefined();
  });

  test('is mended by keeping the true one again', async () => {
    const { version } = await store.keep(source);
    await writeFile(fileOf(version, 'templates/en.yaml'), 'hand-off: Oi\n');
    await store.keep(source);
    expect((await store.load(version)).content).toEqual((await smallPolicy()).content);
  });
});

describe('what is in force', () => {
  test('is what was published last, with who and when; an old version again is one more change', async () => {
    const first = await store.keep(source);
    const second = await withSmallPolicy(politer, (copy) => store.keep(copy));
    const began = Date.now();
    await store.bringIntoForce({ version: first.version, by: 'maria', folder: source });
    await store.bringIntoForce({ version: second.version, by: 'tom', folder: source });
    await store.bringIntoForce({ version: first.version, by: 'maria', folder: null });
    const history = await store.history();
    expect(history.map(({ version, by }) => [version, by])).toEqual([
      [first.version, 'maria'],
      [second.version, 'tom'],
      [first.version, 'maria'],
    ]);
    for (const { at } of history) expect(Date.parse(at)).toBeGreaterThanOrEqual(began - 1);
  });

  test('twenty who publish one version at once change what is in force once', async () => {
    const first = await withSmallPolicy(politer, (copy) => store.keep(copy));
    await store.bringIntoForce({ version: first.version, by: 'tom', folder: null });
    const { version } = await store.keep(source);
    const names = Array.from({ length: 20 }, (_, index) => `person-${index}`);
    const replaced = await Promise.all(
      names.map((by) => store.bringIntoForce({ version, by, folder: null })),
    );
    expect((await store.history()).map((change) => change.version)).toEqual([first.version, version]);
    expect(replaced.filter((before) => before?.version === first.version)).toHaveLength(1);
    expect(replaced.filter((before) => before?.version === version)).toHaveLength(19);
    expect((await readdir(folder)).toSorted()).toEqual(['published.json', 'versions']);
  });

  test('of twenty who publish two versions at once, each that changed something stands in the history', async () => {
    const other = await withSmallPolicy(politer, (copy) => store.keep(copy));
    const own = await store.keep(source);
    const published = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const by = `person-${index}`;
        const { version } = index % 2 === 0 ? own : other;
        const before = await store.bringIntoForce({ version, by, folder: null });
        return before?.version === version ? [] : [by];
      }),
    );
    const history = await store.history();
    expect(history.map(({ by }) => by).toSorted()).toEqual(published.flat().toSorted());
    for (const [index, { version }] of history.entries()) {
      expect(version).not.toBe(history[index + 1]?.version);
    }
  });

  test.each(['', '{', '{"published": 1}', '{"published": [{"version": "p-1"}]}'])(
    'a record that holds %j is said, with its mend, and never written over',
    async (text) => {
      const { version } = await store.keep(source);
      const record = path.join(folder, 'published.json');
      await writeFile(record, text);
      await expect(store.history()).rejects.toThrow(
        /published\.json cannot be understood.*no version is lost/,
      );
      await expect(store.bringIntoForce({ version, by: 'maria', folder: null })).rejects.toThrow(
        PolicyStoreError,
      );
      expect(await readFile(record, 'utf8')).toBe(text);
    },
  );
});

test('a store that cannot be written says so, with its mend', async () => {
  const file = path.join(folder, 'a-file');
  await writeFile(file, '');
  await expect(openPolicyStore(file).adopt(source)).rejects.toThrow(
    /a-file cannot be written \(.*\): make it a folder.*DESKHAND_POLICY_STORE/,
  );
});

test.each([
  ['record is a folder', () => mkdir(path.join(folder, 'published.json'))],
  ['versions lie in a circle', () => symlink('versions', path.join(folder, 'versions'))],
])('so does one whose %s', async (_what, spoil) => {
  await spoil();
  const refused = store.adopt(source);
  await expect(refused).rejects.toThrow(PolicyStoreError);
  await expect(refused).rejects.toThrow(/cannot be written \(.*\).*DESKHAND_POLICY_STORE/);
});

describe('a worker that starts from a folder', () => {
  const start = async (copy: string): Promise<string> =>
    (
      await startFromFolder(store, copy, (message) => {
        throw new Error(message);
      })
    ).version;

  test('publishes what is in it', async () => {
    const version = await start(source);
    expect(await store.history()).toMatchObject([{ version, by: 'a worker that started', folder: source }]);
    expect((await store.load(version)).version).toBe(version);
  });

  test('and starts again: nothing is published a second time', async () => {
    await start(source);
    await start(source);
    expect(await store.history()).toHaveLength(1);
  });

  test('goes by the edited folder after a restart, and back when it is edited back', async () => {
    const before = await start(source);
    await withSmallPolicy({}, async (copy) => {
      expect(await start(copy)).toBe(before);
      const file = path.join(copy, 'policy.yaml');
      const text = await readFile(file, 'utf8');
      await writeFile(file, politer['policy.yaml'](text));
      const edited = await start(copy);
      expect(edited).not.toBe(before);
      expect(await inForce()).toBe(edited);
      await writeFile(file, text);
      expect(await start(copy)).toBe(before);
      expect(await inForce()).toBe(before);
    });
  });

  test('leaves in force what was published since, as long as the folder stays as it is', async () => {
    await start(source);
    const published = await withSmallPolicy(politer, (copy) => store.keep(copy));
    await store.bringIntoForce({ version: published.version, by: 'maria', folder: null });
    expect(await start(source)).toBe(published.version);
    expect(await start(source)).toBe(published.version);
    expect(await inForce()).toBe(published.version);
  });

  test('from another folder, and back: what is in the folder it starts from decides, each time', async () => {
    const own = await start(source);
    await withSmallPolicy(politer, async (copy) => {
      const other = await start(copy);
      expect(other).not.toBe(own);
      expect(await start(source)).toBe(own);
      expect(await start(copy)).toBe(other);
      expect(await start(copy)).toBe(other);
      expect(await start(source)).toBe(own);
    });
    const folders = (await store.history()).map(({ folder: from }) => from === source);
    expect(folders).toEqual([true, false, true, false, true]);
  });

  test('from another folder whose policy was published by hand, and back', async () => {
    const own = await start(source);
    await withSmallPolicy(politer, async (copy) => {
      const { version } = await store.keep(copy);
      await store.bringIntoForce({ version, by: 'maria', folder: copy });
      expect(await start(source)).toBe(version);
      expect(await start(copy)).toBe(version);
      expect(await start(source)).toBe(own);
    });
  });

  test('what was published by hand stays, though workers start from two folders in turn', async () => {
    await withSmallPolicy({}, async (copy) => {
      for (const each of [source, copy]) await start(each);
      const { version } = await withSmallPolicy(politer, (edited) => store.keep(edited));
      await store.bringIntoForce({ version, by: 'maria', folder: null });
      for (const each of [source, copy, source, copy]) expect(await start(each)).toBe(version);
    });
  });

  test('also when the folder was first published by hand, before any worker', async () => {
    const { version } = await store.keep(source);
    await store.bringIntoForce({ version, by: 'maria', folder: null });
    await start(source);
    const later = await withSmallPolicy(politer, (copy) => store.keep(copy));
    await store.bringIntoForce({ version: later.version, by: 'maria', folder: null });
    expect(await start(source)).toBe(later.version);
  });

  test('goes on with what is in force when the folder holds a policy half edited, and says what is wrong', async () => {
    await withSmallPolicy({}, async (copy) => {
      const before = await start(copy);
      await appendFile(path.join(copy, 'rules.yaml'), '\n  - [half');
      const said: string[] = [];
      const policy = await startFromFolder(store, copy, (message) => said.push(message));
      expect(policy.version).toBe(before);
      expect(said).toEqual([
        expect.stringMatching(new RegExp(`rules.yaml:\\d+:\\d+ (.|\n)*${before}.*stays`)),
      ]);
      expect(await store.history()).toHaveLength(1);
    });
  });

  test('does not start when nothing is in force either', async () => {
    await withSmallPolicy({ 'rules.yaml': (text) => `${text}\n  - [half` }, async (copy) => {
      await expect(start(copy)).rejects.toThrow(PolicyError);
    });
  });

  test('goes by its folder, and says so, when what is in force cannot be had', async () => {
    const own = await start(source);
    const { version } = await withSmallPolicy(politer, (copy) => store.keep(copy));
    await store.bringIntoForce({ version, by: 'maria', folder: null });
    await rm(path.join(folder, 'versions', version), { recursive: true });
    const said: string[] = [];
    const policy = await startFromFolder(store, source, (message) => said.push(message));
    expect(policy.version).toBe(own);
    expect(said).toEqual([expect.stringMatching(`${version}, is not in the store any more`)]);
  });
});
