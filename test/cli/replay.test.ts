/** `deskhand policy publish, list, diff` and `deskhand replay`, as people run them, on tickets of a real Temporal server. */
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { loadPolicy } from '../../src/policy/loadPolicy';
import { writeSmallPolicy, type Edits } from '../policy/smallPolicy';
import { demoPolicy, withPolicy } from '../policy/support';
import { Deskhand } from '../support/deskhand';
import { Command, type Ended } from './processes';

let folder: string;
let deskhand: Deskhand;
let env: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-replay-'));
  deskhand = await Deskhand.start();
  const { address, namespace } = deskhand.temporal;
  env = { DESKHAND_STATE_DIR: folder, TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace };
  for (const text of ['Where is my order?', 'I want to talk to a human']) {
    const ticketId = await deskhand.ask(text);
    await deskhand.untilStage(ticketId, 'waiting-for-customer', 'handed-off');
  }
}, 60_000);
afterAll(async () => {
  await deskhand.stop();
  await rm(folder, { recursive: true, force: true });
});

function run(...args: readonly string[]): Promise<Ended> {
  return new Command(args, env).ended;
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
  }, 60_000);

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

  it.each([
    ['p-0123456789ab', /is not in the store any more.*deskhand policy list/s],
    ['nowhere', /cannot be read.*ENOENT/s],
  ])('%s is refused', async (source, why) => {
    expect(await refused('policy', 'publish', source)).toMatch(why);
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
    expect(await refused('policy', 'diff', version, 'nowhere')).toMatch(/cannot be read/);
  });
});

describe('replay', () => {
  it('under the version they were decided by nothing would differ', async () => {
    expect(await ok('replay', '--policy', demoPolicy)).toMatch(
      /^2 tickets with 2 messages under p-[0-9a-f]{12}: 0 tickets would differ\.\n$/,
    );
  });

  it('shows per ticket what would differ, with totals, and nothing is sent', async () => {
    const before = await deskhand.publicReplies(1);
    const out = await withPolicy(
      {
        'templates/en.yaml': (text) => text.replace(/^greeting: .*$/m, 'greeting: Ahoy,'),
        'rules.yaml': (text) => text.replace(/(- rule: asked-for-person\n[^]*?group: )Support/, '$1Tier 2'),
      },
      (copy) => ok('replay', '--policy', copy),
    );
    expect(out).toMatch(
      /^zendesk \d+\n {2}\S+ \S+ {2}rule asked-for-person\n {4}reply: hand-off \(en\), in other words\n {4}hand-off: asked-for-human to Support -> asked-for-human to Tier 2$/m,
    );
    expect(out).toMatch(
      /2 tickets with 2 messages .*: 2 tickets would differ\.\nMessages with another: reply 2, hand-off 1\./,
    );
    expect(out).not.toContain('Ahoy');
    expect(await deskhand.publicReplies(1)).toEqual(before);
  });

  it('--words shows the replies; --json a line for each ticket and the totals', async () => {
    await withPolicy(
      { 'templates/en.yaml': (text) => text.replace(/^greeting: .*$/m, 'greeting: Ahoy,') },
      async (copy) => {
        expect(await ok('replay', '--policy', copy, '--words')).toMatch(
          /^ {6}- Hello Ana,$[^]*^ {6}\+ Ahoy,$/m,
        );
        const lines = (await ok('replay', '--policy', copy, '--json')).trim().split('\n');
        const parsed: unknown[] = lines.map((line) => JSON.parse(line));
        expect(parsed).toHaveLength(3);
        expect(parsed[0]).toMatchObject({ messages: [{ differences: [{ aspect: 'reply' }] }] });
        expect(parsed[2]).toMatchObject({
          totals: { tickets: 2, messages: 2, sameTickets: 0, byAspect: { reply: 2 } },
        });
      },
    );
  });

  it('--last and --which choose the tickets', async () => {
    expect(await ok('replay', '--policy', demoPolicy, '--last', '1')).toMatch(/^1 tickets with 1 messages/);
    expect(await ok('replay', '--policy', demoPolicy, '--which', 'finished')).toMatch(/^0 tickets/);
    expect(await ok('replay', '--policy', demoPolicy, '--which', 'open')).toMatch(/^2 tickets/);
  });

  it('says what recorded facts cannot tell: other intents', async () => {
    const { version } = await loadPolicy(demoPolicy);
    await ok('policy', 'publish', demoPolicy, '--no-test');
    const small = await smallFolder('replayed');
    const out = await ok('replay', '--policy', small);
    expect(out).toMatch(new RegExp(`Note: ${version} has other intents or examples`));
  });

  it('exports to a file for its owner alone, and decides from it without Temporal', async () => {
    const file = path.join(folder, 'tickets.jsonl');
    expect(await ok('replay', '--export', file)).toMatch(/^2 tickets in /);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const without = { DESKHAND_STATE_DIR: folder, TEMPORAL_ADDRESS: '127.0.0.1:1' };
    const ended = await new Command(['replay', '--file', file, '--policy', demoPolicy], without).ended;
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toMatch(/^2 tickets with 2 messages.*: 0 tickets would differ/);
    expect(await refused('replay', '--export', file)).toMatch(/it is there already/);
    await chmod(file, 0o600);
  });

  it('a file with something else in it: the line, and what was expected', async () => {
    const good = await readFile(path.join(folder, 'tickets.jsonl'), 'utf8');
    const file = path.join(folder, 'edited.jsonl');
    const [line = ''] = good.split('\n');
    await writeFile(file, `${line}\n\nnonsense\n`);
    expect(await refused('replay', '--file', file, '--policy', demoPolicy)).toMatch(
      /edited\.jsonl:3 is no JSON/,
    );
    await writeFile(file, `${line}\n{"ticket": {"desk": "zendesk"}}\n`);
    expect(await refused('replay', '--file', file, '--policy', demoPolicy)).toMatch(
      /edited\.jsonl:2 is no recorded ticket: ticket\.account/,
    );
    await writeFile(
      file,
      `${JSON.stringify({ ...JSON.parse(line), decisions: [{ at: 'x', plan: { rule: 1 } }] })}\n`,
    );
    expect(await ok('replay', '--file', file, '--policy', demoPolicy)).toMatch(
      /1 messages could not be decided again/,
    );
  });

  it.each([
    [[], /Name what to decide by/],
    [['--policy', 'nowhere'], /cannot be read/],
    [['--policy', demoPolicy, '--last', '0'], /whole number from 1/],
    [['--policy', demoPolicy, '--file', '/nowhere.jsonl'], /there is no such file/],
    [['--export', '/tmp/x', '--policy', demoPolicy], /cannot be used with option/],
  ])('%j is refused with its mend', async (args, why) => {
    expect(await refused('replay', ...args)).toMatch(why);
  });

  it('without a Temporal server it says where it looked', async () => {
    const ended = await new Command(['replay', '--policy', demoPolicy], {
      DESKHAND_STATE_DIR: folder,
      TEMPORAL_ADDRESS: '127.0.0.1:1',
    }).ended;
    expect(ended).toMatchObject({
      code: 1,
      err: expect.stringMatching(/Temporal does not answer at 127\.0\.0\.1:1/) as string,
    });
  });
});
