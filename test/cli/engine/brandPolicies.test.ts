/** `deskhand policy` and the worker where brands have policies of their own: each has its own line of versions. */
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Classifier, IntentExamples } from '../../../src/classify/port';
import { createEmbeddedClassifier } from '../../../src/classify/embedded/embeddedClassifier';
import { brandsAmiss, type BrandAmiss } from '../../../src/cli/engine/brandsAmiss';
import { runPolicyDiff } from '../../../src/cli/policy/diff';
import { runPolicyList } from '../../../src/cli/policy/list';
import { policiesOf } from '../../../src/cli/policy/policiesOf';
import { runPolicyPublish } from '../../../src/cli/policy/publish';
import { policyBehind, policyCalled } from '../../../src/cli/policy/whichPolicy';
import { brandNotice, lookAfterBrands } from '../../../src/cli/engine/lookAfterBrands';
import { intentRefusal, switchText, readPoliciesInForce } from '../../../src/cli/mode/policyModes';
import { policyChecks } from '../../../src/cli/doctor/doctorPolicies';
import { servePolicies, type ServedPolicies } from '../../../src/cli/engine/servedPolicies';
import { checkAccounts } from '../../../src/cli/up/checkAccounts';
import type { Notice } from '../../../src/core/notices/notice';
import { readEngineSettings, readSettings, type Settings } from '../../../src/config/settings';
import { loadPolicy } from '../../../src/policy/load/loadPolicy';
import { policyNamed } from '../../../activities/policyNamed';
import { writeSmallPolicy, type Edits } from '../../policy/smallPolicy';
import { inputOf, order, replyOf, shopOf } from '../../policy/support';
import { cacheFolder } from '../../support/testRun';
import { until } from '../../support/until';

const cacheFile = path.join(cacheFolder, 'brand-policies.json');

let folder: string;
let settings: Settings;
const before = { ...process.env };
const printed: string[] = [];

const says = (name: string): Edits => ({
  'templates/en.yaml': (text) => text.replace('is on its way', `is on its way, says ${name}`),
});
const at = (...names: readonly string[]) => path.join(folder, ...names);

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-brands-'));
  await writeSmallPolicy(at('shop'), says('everybody'));
  await writeSmallPolicy(at('acme'), says('Acme'));
  await writeSmallPolicy(at('bravo'), {
    ...says('Bravo'),
    'intents.yaml': (text) =>
      `${text}gift_card:\n  about: asks for a gift card\n  orders: none\n  examples: [Do you sell gift cards?, I want a voucher, gift card for a friend]\n`,
  });
  Object.assign(process.env, {
    DESKHAND_STATE_DIR: at('state'),
    DESKHAND_POLICY: at('shop'),
    DESKHAND_BRANDS: `Acme=${at('acme')}, Acme Outlet=${at('acme')}, Bravo=${at('bravo')}`,
  });
  settings = readSettings(process.env);
  printed.length = 0;
  jest.spyOn(console, 'log').mockImplementation((text: string) => printed.push(text));
});
afterEach(async () => {
  jest.restoreAllMocks();
  for (const name of ['DESKHAND_STATE_DIR', 'DESKHAND_POLICY', 'DESKHAND_BRANDS']) {
    if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = before[name];
  }
  await rm(folder, { recursive: true, force: true });
});

async function publish(source: string, of: string | null = null): Promise<string> {
  printed.length = 0;
  expect(await runPolicyPublish({ source, of, by: 'maria', test: true })).toBe(true);
  return printed.join('\n');
}
const versionOf = async (name: string) => (await loadPolicy(at(name))).version;

describe('publish', () => {
  test("a brand's folder: it comes into force for its brands, which are named, and for no other", async () => {
    const version = await versionOf('acme');
    expect(await publish(at('acme'))).toContain(
      `${version} of acme, for the brands "Acme", "Acme Outlet", is in force.`,
    );
    const inForce = await readPoliciesInForce(settings);
    expect(inForce.map(({ name, policy }) => [name, policy.version])).toEqual([['acme', version]]);
  });

  test('the policy of all others, as ever, and said to be so', async () => {
    expect(await publish(at('shop'))).toContain('of default, for all other brands, is in force.');
    expect(printed.join('\n')).toContain('--of default --dry-run');
  });

  test('an old version again goes back for the brand that had it', async () => {
    const first = await versionOf('acme');
    await publish(at('acme'));
    await writeFile(at('acme/templates/en.yaml'), (await fileOf('acme')).replace('Acme', 'New Acme'));
    await publish(at('acme'));
    await publish(at('bravo'));
    expect(await publish(first)).toMatch(
      new RegExp(`^${first} of acme, .* is in force, instead of p-[0-9a-f]{12}`, 'm'),
    );
  });

  test('another folder for a brand, which has to be named', async () => {
    await rename(at('acme'), at('acme-2027'));
    await expect(publish(at('acme-2027'))).rejects.toThrow(
      /acme-2027 is the folder of no policy.*--of: "default", "acme" or "bravo"/,
    );
    expect(await publish(at('acme-2027'), 'acme')).toContain('of acme, for the brands');
  });

  test('a version that several have had, only by the name of one', async () => {
    await writeSmallPolicy(at('acme'), says('everybody'));
    const version = await versionOf('shop');
    await publish(at('shop'));
    await publish(at('acme'));
    await expect(publish(version)).rejects.toThrow(
      `Several policies have published the version ${version}: "default" or "acme". Say which with --of`,
    );
    expect(await publish(version, 'acme')).toContain('is in force already');
  });

  test.each([
    ['p-0123456789ab', null, /No policy has published the version p-0123456789ab.*deskhand policy list/],
    ['shop', 'acne', /no policy "acne": brands have "default", "acme" or "bravo"/],
  ])('%s of %s is refused', async (source, of, why) => {
    await expect(publish(source, of)).rejects.toThrow(why);
  });

  test('a broken one is refused, and all others stay as they are', async () => {
    await publish(at('acme'));
    await publish(at('bravo'));
    const versions = async () => (await readPoliciesInForce(settings)).map(({ policy }) => policy.version);
    const inForce = await versions();
    await writeFile(at('bravo/rules.yaml'), 'first: nonsense\n');
    expect(await runPolicyPublish({ source: at('bravo'), of: null, by: 'maria', test: true })).toBe(false);
    expect(printed.join('\n')).toMatch(/rules\.yaml:\d+:\d+ error/);
    expect(await versions()).toEqual(inForce);
    expect(inForce).toHaveLength(2);
  });
});

const fileOf = (name: string): Promise<string> => readFile(at(name, 'templates/en.yaml'), 'utf8');

describe('list and diff', () => {
  test('tell each policy with its brands and versions', async () => {
    await publish(at('acme'));
    printed.length = 0;
    await runPolicyList({ of: null });
    const told = printed.join('\n');
    expect(told).toMatch(/default, for all other brands:\nNothing was published/);
    expect(told).toMatch(/acme, for the brands "Acme", "Acme Outlet":\nVERSION .*\np-\S+ +in force/);
    expect(told).toMatch(/bravo, for the brand "Bravo":\nNothing was published into .*named.bravo/);
    printed.length = 0;
    await runPolicyList({ of: 'acme', json: true });
    expect(JSON.parse(printed[0] ?? '')).toMatchObject([{ policy: 'acme', by: 'maria' }]);
  });

  test('in an account with one policy all is as it was', async () => {
    delete process.env['DESKHAND_BRANDS'];
    expect(await publish(at('acme'))).toMatch(/^p-[0-9a-f]{12} is in force\./m);
    printed.length = 0;
    await runPolicyList({ of: null, json: true });
    expect(JSON.parse(printed[0] ?? '')).toMatchObject([{ by: 'maria', folder: at('acme') }]);
    expect(printed[0]).not.toContain('"policy"');
  });

  test("a brand's folder is compared with what is in force for it", async () => {
    await publish(at('acme'));
    await publish(at('shop'));
    await writeFile(at('acme/templates/en.yaml'), (await fileOf('acme')).replace('Acme', 'New Acme'));
    printed.length = 0;
    await runPolicyDiff({ from: null, to: null, of: 'acme' });
    expect(printed[0]).toBe('Policy acme, for the brands "Acme", "Acme Outlet"');
    expect(printed[1]).toMatch(/on-its-way changed.*\n.*says Acme.* -> .*says New Acme/);
  });
});

test('which policy a folder or a version is', async () => {
  expect((await policyBehind(settings, at('bravo'), null)).name).toBe('bravo');
  expect((await policyBehind(settings, path.relative('.', at('acme')), null)).name).toBe('acme');
  expect(policyCalled(settings, 'default').name).toBeUndefined();
  expect(policiesOf({ ...settings, brands: { Shop: settings.policyDir } })).toHaveLength(1);
});

test('a mode of an intent is refused only where no policy has the intent', async () => {
  await publish(at('acme'));
  await publish(at('bravo'));
  expect(await intentRefusal(settings, 'gift_card')).toBeNull();
  expect(await intentRefusal(settings, 'gift_cart')).toMatch(
    /^None of the policies in force, p-\S+, p-\S+, has an intent "gift_cart"\. Did you mean "gift_card"\?/,
  );
  const text = switchText({ company: null, intents: {} }, await readPoliciesInForce(settings));
  expect(text).toMatch(
    /^Policy acme\n.*Policy bravo\n.*\n\nThe switch is the account's, for all its brands; /s,
  );
});

test('a brand that is renamed while a worker runs is told once, and again after it was mended', async () => {
  const names = ['Acme', 'Bravo', 'Acme Outlet'];
  let [there, isOut, asked] = [names, false, 0];
  const brandNames = () => {
    asked += 1;
    return isOut ? Promise.reject(new Error('503')) : Promise.resolve(there);
  };
  const told: Notice[] = [];
  const troubles: unknown[] = [];
  let isTaken = false;
  const tell = (amiss: BrandAmiss): Promise<void> => {
    if (!isTaken) return Promise.reject(new Error('Temporal did not take it'));
    told.push(brandNotice(amiss, 1));
    return Promise.resolve();
  };
  const looking = lookAfterBrands(
    settings.brands,
    { desk: 'zendesk', brandNames },
    { amiss: tell, trouble: (error) => troubles.push(error) },
    5,
  );
  const twoLooks = async () => {
    const before = asked;
    await until('two more looks', () => Promise.resolve(asked > before + 2 ? true : null));
  };
  await twoLooks();
  expect(told).toEqual([]);
  there = ['Acme', 'Bravo & Sons', 'Acme Outlet'];
  await twoLooks();
  expect(troubles.length).toBeGreaterThan(0);
  isTaken = true;
  await twoLooks();
  expect(told).toEqual([
    {
      ...{ kind: 'failure', key: 'brand-unknown/Bravo', reason: 'brand-unknown', ticket: null, since: 1 },
      what: expect.stringMatching(/^The desk has no brand "Bravo", .*; it has .*Bravo & Sons.*\.$/) as string,
      next: 'Name it as the desk does; it may have been renamed there.',
    },
  ]);
  troubles.length = 0;
  isOut = true;
  await twoLooks();
  isOut = false;
  await twoLooks();
  expect(troubles.length).toBeGreaterThan(0);
  expect(told).toHaveLength(1);
  there = names;
  await twoLooks();
  there = ['Acme', 'Acme Outlet'];
  await twoLooks();
  expect(told).toHaveLength(2);
  await looking.stop();
});

test('without brands in the settings nobody is asked', async () => {
  const brandNames = () => Promise.reject(new Error('asked'));
  const troubles: unknown[] = [];
  const on = { amiss: () => Promise.resolve(), trouble: (error: unknown) => troubles.push(error) };
  await lookAfterBrands({}, { desk: 'zendesk', brandNames }, on, 1).stop();
  expect(troubles).toEqual([]);
});

describe('what the desk has of the brands in the settings', () => {
  const desk = (...names: readonly string[]) => ({
    desk: 'zendesk',
    brandNames: () => Promise.resolve(names),
  });
  const amiss = (of: Parameters<typeof brandsAmiss>[1]) =>
    brandsAmiss(settings.brands, of, new AbortController().signal);

  test('nothing is amiss where it has them all, in whatever case', async () => {
    expect(await amiss(desk('ACME', 'Bravo', 'acme outlet', 'Others'))).toEqual([]);
  });

  test('a brand that it has not is told, with those that it has', async () => {
    expect(await amiss(desk('Acme', 'Bravo'))).toEqual([
      {
        brand: 'Acme Outlet',
        what: 'The desk has no brand "Acme Outlet", so that no ticket goes by its policy; it has "Acme" or "Bravo".',
        next: 'Name it as the desk does; it may have been renamed there.',
      },
    ]);
  });

  test('a desk that knows of no brands, too', async () => {
    expect(await amiss({ desk: 'somedesk' })).toMatchObject([
      { brand: null, what: expect.stringContaining('somedesk tells of no brands') as string },
    ]);
    expect(await brandsAmiss({}, { desk: 'somedesk' }, new AbortController().signal)).toEqual([]);
  });
});

test('the doctor looks at every policy, and tells for whom it is', async () => {
  await publish(at('acme'));
  const checks = policyChecks(settings);
  expect(checks.map(({ name }) => name)).toEqual([
    'policy',
    'policy acme',
    'policy bravo',
    'names',
    'brands',
  ]);
  expect(await checks[1]?.run()).toMatch(/^in force: p-\S+ from .*acme; for Acme, Acme Outlet$/);
  expect(await checks[2]?.run()).toMatch(/brings it into force; for Bravo$/);
});

test('deskhand up starts with no broken policy of a brand, and says which variable names it', async () => {
  await writeFile(at('bravo/rules.yaml'), 'first: nonsense\n');
  const { accounts } = readEngineSettings(process.env);
  await expect(checkAccounts({ accounts }, () => undefined)).rejects.toThrow(
    /bravo has .*rules\.yaml:\d+:\d+ .*DESKHAND_BRANDS/s,
  );
});

describe('a worker', () => {
  let served: ServedPolicies | null = null;
  const learned = new Map<string, Promise<Classifier>>();
  const log: string[] = [];
  const keepLine = (message: string) => {
    log.push(message);
  };
  const logger = { debug: keepLine, info: keepLine, warn: keepLine, error: keepLine };
  // As the threads do: what was learned once is not learned again.
  const learn = (intents: readonly IntentExamples[]): Promise<Classifier> => {
    const key = JSON.stringify(intents.map(({ intent, examples }) => [intent, examples]));
    const known = learned.get(key) ?? createEmbeddedClassifier(intents, { cacheFile });
    learned.set(key, known);
    return known;
  };
  const start = async (): Promise<ServedPolicies> => {
    served = await servePolicies(settings, { learn, stop: () => Promise.resolve() }, logger);
    return served;
  };
  beforeEach(() => {
    log.length = 0;
  });
  afterEach(async () => {
    await served?.stop();
    served = null;
  });

  test('decides by all of them, each by its own words, and says at the start which are in force', async () => {
    const { processor, names } = await start();
    const policy = processor(shopOf(order()), {}, { settleMs: 7 });
    expect(names).toEqual([undefined, 'acme', 'bravo']);
    expect(
      ['Acme', 'acme outlet', 'Bravo', 'Others', undefined].map((b) => policy.brands?.nameFor(b)),
    ).toEqual(['acme', 'acme', 'bravo', undefined, undefined]);
    for (const [name, words] of [
      [undefined, 'everybody'],
      ['acme', 'Acme'],
      ['bravo', 'Bravo'],
    ] as const) {
      const plan = await policyNamed(policy, name).consult(
        inputOf({ numbers: ['48213'] }),
        new AbortController().signal,
      );
      expect(replyOf(plan).text).toContain(`says ${words}`);
      expect(plan.settings).toMatchObject({ settleMs: 7 });
    }
    expect(log).toEqual([
      expect.stringMatching(/^policy in force: p-/),
      expect.stringMatching(/^policy in force: acme p-\S+ from .*acme$/),
      expect.stringMatching(/^policy in force: bravo p-/),
    ]);
  });

  test('describes a message by the intents of the policy that its ticket goes by', async () => {
    const { classifier } = await start();
    const words = { text: 'Do you sell gift cards?', subject: '', attachmentNames: [] };
    const intentOf = async (policy?: string) =>
      (
        await classifier.classify({
          ...{ words, locale: null, question: null },
          ...(policy === undefined ? {} : { policy }),
        })
      ).intent;
    expect(await intentOf('bravo')).toBe('gift_card');
    expect(await intentOf()).not.toBe('gift_card');
    expect(await intentOf('gone')).not.toBe('gift_card');
  });

  test('takes up what is published for one brand, and what is broken of it is nothing to the others', async () => {
    const { processor } = await start();
    const policy = processor(shopOf(order()), {}, {});
    const inForce = async (name: string | undefined) =>
      (await policyNamed(policy, name).consult(inputOf({}), new AbortController().signal)).policyVersion;
    const [shop, bravo] = [await inForce(undefined), await inForce('bravo')];
    await writeFile(at('acme/templates/en.yaml'), (await fileOf('acme')).replace('Acme', 'New Acme'));
    await publish(at('acme'));
    const wanted = await versionOf('acme');
    await until(
      'the worker to follow',
      async () => ((await inForce('acme')) === wanted ? true : null),
      10_000,
    );
    expect([await inForce(undefined), await inForce('bravo')]).toEqual([shop, bravo]);
    expect(log.at(-1)).toBe(`policy acme ${wanted} is in force now`);
  });

  test('a folder that is being edited: what is in force for that brand stays, and is told by its name', async () => {
    await publish(at('bravo'));
    await writeFile(at('bravo/rules.yaml'), 'first: nonsense\n');
    const { processor } = await start();
    expect(log).toContainEqual(
      expect.stringMatching(/^bravo: The policy in .*bravo has .*stays: mend the folder/s),
    );
    expect(processor(shopOf(order()), {}, {}).brands?.named('bravo')).toBeDefined();
  });

  test('a brand whose policy never was in force and is broken: the account is not served, and why is said', async () => {
    await writeFile(at('bravo/rules.yaml'), 'first: nonsense\n');
    await expect(start()).rejects.toThrow(/The policy in .*bravo has/);
  });

  test('with one policy there is nothing to choose', async () => {
    settings = { ...settings, brands: {} };
    const { processor } = await start();
    expect(processor(shopOf(order()), {}, {})).not.toHaveProperty('brands');
  });
});
