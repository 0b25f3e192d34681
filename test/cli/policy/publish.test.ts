/** `deskhand policy publish, list, diff`, as people run them. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { loadPolicy } from '../../../src/policy/load/loadPolicy';
import { writeSmallPolicy, type Edits } from '../../policy/smallPolicy';
import { demoPolicy } from '../../policy/support';
import { Command, type Ended } from '../processes';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-publish-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function run(...args: readonly string[]): Promise<Ended> {
  return new Command(args, { DESKHAND_STATE_DIR: folder }).ended;
}

async function ok(...args: readonly string[]): Promise<string> {
  const ended = await run(...args);
  expect(ended).toMatchObject({ code: 0, err: '' });
  return ended.out;
}

async function refused(...args: readonly string[]): Promise<string> {
  const ended = await run(...args);
  expect(ended.code).toBe(1);
  return ended.err + ended.out;
}

async function smallFolder(name: string, edits: Edits = {}): Promise<string> {
  const at = path.join(folder, name);
  await writeSmallPolicy(at, edits);
  return at;
}

describe('publish', () => {
  const busier = { 'rules.yaml': (text: string) => text.replace('EUR: 5000', 'EUR: 8000') };

  it('checks, stores, brings into force, and says what changed; an old version again is a rollback', async () => {
    const one = await smallFolder('one');
    const two = await smallFolder('two', busier);
    const [first, second] = [(await loadPolicy(one)).version, (await loadPolicy(two)).version];
    expect(await ok('policy', 'publish', one, '--by', 'maria')).toContain(`${first} is in force.`);
    expect(await ok('policy', 'publish', two, '--by', 'tom')).toContain(
      `${second} is in force, instead of ${first}: 1 rule changed.`,
    );
    expect(await ok('policy', 'publish', first, '--by', 'maria')).toContain(
      `${first} is in force, instead of ${second}`,
    );
    expect(await ok('policy', 'publish', first)).toBe(`${first} is in force already.\n`);
    const listed = (await ok('policy', 'list')).split('\n');
    expect(listed[1]).toMatch(new RegExp(`^${first}  in force  \\S+ \\S+ +maria +the store$`));
    expect(listed[2]).toMatch(new RegExp(`^${second}  -  +\\S+ \\S+ +tom +${two}$`));
    expect(JSON.parse(await ok('policy', 'list', '--json'))).toHaveLength(3);
  });

  it('a broken one is refused with every mistake in its place, and what was in force stays', async () => {
    const before = await ok('policy', 'list', '--json');
    const broken = await smallFolder('broken', {
      'rules.yaml': (text) =>
        text.replace('order.late', 'order.lat').replace('reply: refunded', 'reply: refundd'),
    });
    const said = await refused('policy', 'publish', broken);
    expect(said).toMatch(/rules\.yaml:\d+:\d+ .*"lat".*Did you mean "late"/);
    expect(said).toMatch(/rules\.yaml:\d+:\d+ .*"refundd".*Did you mean "refunded"/);
    expect(await ok('policy', 'list', '--json')).toBe(before);
  });

  it('what `policy check` calls an error is refused in its words, with --no-test as well', async () => {
    const before = await ok('policy', 'list', '--json');
    const shadowed = await smallFolder('shadowed', {
      'rules.yaml': (text) => text.replace('when: order.found && order.late', 'when: order.found'),
    });
    const found = (await run('policy', 'check', shadowed, '--no-examples')).out;
    expect(found).toMatch(/rules\.yaml:\d+:\d+ error .*on-its-way/);
    const said = await refused('policy', 'publish', shadowed, '--no-test');
    expect(said).toBe(`${found}Not published: it has errors. What was in force stays in force.\n`);
    expect(await ok('policy', 'list', '--json')).toBe(before);
  });

  it('again, when the files of what is in force were damaged, puts them back', async () => {
    const at = await smallFolder('damaged', {
      'policy.yaml': (text) => text.replace('Bean Club', 'Bean Jar'),
    });
    const { version } = await loadPolicy(at);
    await ok('policy', 'publish', at);
    const files = path.join(folder, 'policies/versions', version);
    await writeFile(path.join(files, 'rules.yaml'), '');
    expect(await refused('policy', 'publish', version)).toMatch(/cannot be read.*publish its folder again/);
    expect(await ok('policy', 'publish', at)).toContain(`${version} is in force already.`);
    expect((await loadPolicy(files)).version).toBe(version);
  });

  it.each([
    ['p-0123456789ab', /is not in the store any more.*deskhand policy list/s],
    ['nowhere', /does not exist/s],
  ])('%s is refused', async (source, why) => {
    expect(await refused('policy', 'publish', source)).toMatch(why);
  });

  it('one whose scenarios fail is refused, with what went otherwise; --no-test publishes it all the same', async () => {
    const at = await smallFolder('untested', {
      'policy.yaml': (text) => text.replace('Bean Club', 'Bean Pot'),
    });
    await mkdir(path.join(at, 'scenarios'));
    const scenario = (rule: string) =>
      [
        'given: { customer: { name: Ana, email: ana@mail.example } }',
        'scenarios:',
        '  - scenario: Nobody has ordered',
        '    steps:',
        '      - customer says: Where is my order?',
        `      - expect: { rule: ${rule} }`,
        '',
      ].join('\n');
    await writeFile(path.join(at, 'scenarios/orders.yaml'), scenario('on-its-way'));
    const before = await ok('policy', 'list', '--json');
    const said = await refused('policy', 'publish', at);
    expect(said).toMatch(/Nobody has ordered[^]*which-order[^]*Not published: its scenarios fail/);
    expect(await ok('policy', 'list', '--json')).toBe(before);
    expect(await ok('policy', 'publish', at, '--no-test')).toContain('is in force');
    await writeFile(path.join(at, 'scenarios/orders.yaml'), scenario('which-order'));
    await writeSmallPolicy(at);
    const tested = await ok('policy', 'publish', at);
    expect(tested).toMatch(/1 of 1 scenarios passed[^]*is in force/);
    expect(tested).not.toContain('Nobody has ordered');
  });

  it('with one intent nothing could be told apart', async () => {
    const single = await smallFolder('single', {
      'intents.yaml': (text) => text.slice(0, text.indexOf('refund:')),
      'rules.yaml': (text) => text.replace(/ {2}refund:\n[^]*?(?=otherwise)/, ''),
    });
    expect(await refused('policy', 'publish', single)).toContain('two or more');
  });
});

describe('diff', () => {
  it('of two folders, in rules; a folder against itself', async () => {
    const one = await smallFolder('diff-one');
    const two = await smallFolder('diff-two', {
      'rules.yaml': (text) =>
        text.replace('order.found && order.late', 'order.found && order.late && customer.known'),
    });
    expect(await ok('policy', 'diff', one, two)).toContain('~ late changed (order_status)');
    expect(await ok('policy', 'diff', one, one)).toContain('the same version');
    expect(JSON.parse(await ok('policy', 'diff', one, two, '--json'))).toMatchObject({
      rules: [{ name: 'late', kind: 'changed', where: 'order_status' }],
      templates: [],
    });
  });

  it('a version and a folder; what cannot be found is said', async () => {
    const one = await smallFolder('diff-three');
    await ok('policy', 'publish', one);
    const { version } = await loadPolicy(one);
    expect(await ok('policy', 'diff', version, demoPolicy)).toMatch(new RegExp(`^${version} -> p-`));
    expect(await refused('policy', 'diff', version, 'p-123')).toMatch(/^"p-123" is no version, such as p-/);
  });
});
