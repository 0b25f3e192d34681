/** `deskhand replay`, on tickets of a real Temporal server: what would differ, and that nothing is sent. */
import { mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { exportTickets, ticketsOfFile, ticketsOfTemporal } from '../../../src/cli/replay/recordedTickets';
import { replayTickets, type ReplaySettings } from '../../../src/cli/replay/replayTickets';
import { loadPolicy } from '../../../src/policy/load/loadPolicy';
import { openPolicyStore, type PolicyStore } from '../../../src/policy/store/policyStore';
import type { WhichRuns } from '../../../src/temporal/recordedDecisions';
import { smallPolicy } from '../../policy/smallPolicy';
import { demo, demoPolicy, withPolicy } from '../../policy/support';
import { Deskhand } from '../../support/deskhand';
import { Command, type Ended } from '../processes';

let folder: string;
let store: PolicyStore;
let deskhand: Deskhand;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-replay-'));
  store = openPolicyStore(path.join(folder, 'policies'));
  deskhand = await Deskhand.start();
  for (const text of ['Where is my order?', 'I want to talk to a human']) {
    const ticketId = await deskhand.ask(text);
    await deskhand.untilStage(ticketId, 'waiting-for-customer', 'handed-off');
  }
});
afterAll(async () => {
  await deskhand.stop();
  await rm(folder, { recursive: true, force: true });
});

function recorded({ which = 'all', last = 500 }: { which?: WhichRuns; last?: number } = {}) {
  return ticketsOfTemporal(deskhand.temporal.client, which, last);
}

/** What is printed. */
async function replay(change: Partial<ReplaySettings> = {}, tickets = recorded()): Promise<string> {
  const printed: string[] = [];
  const print = (text: string) => printed.push(text);
  const settings = { policy: await demo(), words: false, json: false, print, progress: () => undefined };
  await replayTickets(tickets, { ...settings, ...change }, store);
  return printed.join('\n');
}

/** The demo policy with another greeting, and another group for who asks for a person. */
function otherWords() {
  return withPolicy(
    {
      'templates/en.yaml': (text) => text.replace(/^greeting: .*$/m, 'greeting: Ahoy,'),
      'rules.yaml': (text) => text.replace(/(- rule: asked-for-person\n[^]*?group: )Support/, '$1Tier 2'),
    },
    loadPolicy,
  );
}

it('under the version they were decided by nothing would differ', async () => {
  expect(await replay()).toMatch(
    /^2 tickets with 2 messages under p-[0-9a-f]{12}: 0 tickets would differ\.$/,
  );
});

it('shows per ticket what would differ, with totals; no words, and nothing is sent', async () => {
  const before = await deskhand.publicReplies(1);
  const out = await replay({ policy: await otherWords() });
  expect(out).toMatch(
    /^zendesk \d+\n {2}\S+ \S+ {2}rule asked-for-person\n {4}reply: hand-off \(en\), in other words\n {4}hand-off: asked-for-human to Support -> asked-for-human to Tier 2$/m,
  );
  expect(out).toMatch(
    /2 tickets with 2 messages .*: 2 tickets would differ\.\nMessages with another: reply 2, hand-off 1\./,
  );
  expect(out).not.toContain('Ahoy');
  expect(await deskhand.publicReplies(1)).toEqual(before);
});

it('with words, whole replies; as JSON a line for each ticket and the totals', async () => {
  const policy = await otherWords();
  expect(await replay({ policy, words: true })).toMatch(/^ {6}- Hello Ana,$[^]*^ {6}\+ Ahoy,$/m);
  const lines = (await replay({ policy, json: true })).split('\n').map((line): unknown => JSON.parse(line));
  expect(lines).toHaveLength(3);
  expect(lines[1]).toMatchObject({ messages: [{ differences: [{ aspect: 'reply' }] }] });
  expect(lines[2]).toMatchObject({
    totals: { tickets: 2, messages: 2, sameTickets: 0, byAspect: { reply: 2, 'hand-off': 1 } },
  });
});

it('takes as many tickets as asked for, open or finished ones', async () => {
  expect(await replay({}, recorded({ last: 1 }))).toMatch(/^1 ticket with 1 message /);
  expect(await replay({}, recorded({ which: 'open' }))).toMatch(/^2 tickets/);
  expect(await replay({}, recorded({ which: 'finished' }))).toMatch(/^0 tickets/);
});

it('says what recorded facts cannot tell: other intents, other rules of identity', async () => {
  const { version } = await store.keep(demoPolicy);
  const out = await replay({ policy: await smallPolicy() });
  expect(out).toMatch(new RegExp(`Note: ${version} has other intents or examples`));
  const proving = await withPolicy(
    { 'policy.yaml': (text) => text.replace(/new-topic-from: [\d.]+/, 'new-topic-from: 0.9') },
    loadPolicy,
  );
  expect(await replay({ policy: proving })).toMatch(/Note: .* other rules of identity or of new topics/);
});

describe('a file', () => {
  let file: string;
  beforeAll(async () => {
    file = path.join(folder, 'tickets.jsonl');
    expect(await exportTickets(recorded(), file)).toBe(2);
  });

  it('is readable by its owner alone, and is never written over', async () => {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await expect(exportTickets(recorded(), file)).rejects.toThrow(/ is there already;/);
  });

  it('is decided as Temporal’s own tickets are', async () => {
    const policy = await otherWords();
    expect(await replay({ policy }, ticketsOfFile(file, 500))).toBe(await replay({ policy }));
    expect(await replay({}, ticketsOfFile(file, 1))).toMatch(/^1 ticket with/);
  });

  it.each([
    ['nonsense', /edited\.jsonl:3 is no JSON/],
    ['{"ticket": {"desk": "zendesk"}}', /edited\.jsonl:3 is no recorded ticket: ticket\.account/],
    ['[]', /edited\.jsonl:3 is no recorded ticket: the line/],
  ])('with %s in it: the line, and what was expected', async (text, why) => {
    const edited = path.join(folder, 'edited.jsonl');
    const [line = ''] = (await readFile(file, 'utf8')).split('\n');
    await writeFile(edited, `${line}\n\n${text}\n`);
    await expect(replay({}, ticketsOfFile(edited, 500))).rejects.toThrow(why);
  });

  it('with a plan that no Deskhand wrote: counted, and the others are decided', async () => {
    const edited = path.join(folder, 'other.jsonl');
    const [line = ''] = (await readFile(file, 'utf8')).split('\n');
    const decisions = [{ at: 'x', plan: { rule: 1 } }];
    const other = { ...(JSON.parse(line) as object), runId: 'other', decisions };
    await writeFile(edited, `${line}\n${JSON.stringify(other)}\n`);
    expect(await replay({}, ticketsOfFile(edited, 500))).toMatch(
      /^2 tickets with 2 messages[^]*1 message could not be decided again: it is not what a Deskhand records\./,
    );
  });

  it('with damaged facts, and with none: each is told as what it is', async () => {
    const edited = path.join(folder, 'damaged.jsonl');
    const [line = ''] = (await readFile(file, 'utf8')).split('\n');
    const ticket = JSON.parse(line) as { decisions: { at: string; plan: object }[] };
    const withFacts = (facts: unknown, index: number) => ({
      ...ticket,
      runId: `run-${index}`,
      decisions: ticket.decisions.map(({ at, plan }) => ({ at, plan: { ...plan, facts } })),
    });
    const tickets = [[{ order: 'lost' }], [{ order: { lines: [null] } }], []].map(withFacts);
    await writeFile(edited, tickets.map((one) => JSON.stringify(one)).join('\n'));
    const said = await replay({}, ticketsOfFile(edited, 500));
    expect(said).toContain(
      '2 messages could not be decided again: the facts are not what a Deskhand records.',
    );
    expect(said).toContain('1 message could not be decided again: an older Deskhand did not keep the facts.');
  });

  it('with a ticket twice (two exports in one file): it counts once, and that is said', async () => {
    const edited = path.join(folder, 'twice.jsonl');
    const text = await readFile(file, 'utf8');
    await writeFile(edited, text + text);
    expect(await replay({}, ticketsOfFile(edited, 500))).toMatch(
      /^2 tickets with 2 messages [^]*Tickets that were there more than once, and count once: 2 more\./,
    );
  });

  it('of another company: all that cannot be told of its versions is said, and not a line for each of a thousand', async () => {
    const edited = path.join(folder, 'foreign.jsonl');
    const [line = ''] = (await readFile(file, 'utf8')).split('\n');
    const ticket = JSON.parse(line) as { decisions: { at: string; plan: object }[] };
    const tickets = Array.from({ length: 30 }, (_, index) => ({
      ...ticket,
      ticket: { desk: '\u001b[2Jzendesk', account: 'another', ticketId: '1' },
      runId: `run-${index}`,
      decisions: ticket.decisions.map(({ at, plan }) => ({
        at,
        plan: {
          ...plan,
          policyVersion: index === 0 ? '\u001b[2Jours' : `p-${String(index).padStart(12, '0')}`,
        },
      })),
    }));
    await writeFile(edited, tickets.map((one) => JSON.stringify(one)).join('\n'));
    const said = await replay({ policy: await otherWords() }, ticketsOfFile(edited, 500));
    expect(said).toContain('Note: p-000000000001 is not in the store of this Deskhand.');
    expect(said.match(/^Note: /gm)).toHaveLength(7);
    expect(said).toContain('there are more such versions, 30 in all');
    // Nothing of a file moves the cursor of a terminal.
    expect(said).not.toContain('\u001b');
  });

  it('with a line that has no end: refused by its place, and never held whole', async () => {
    const edited = path.join(folder, 'endless.jsonl');
    const handle = await open(edited, 'w');
    // Zeros that take no room on the disk.
    await handle.truncate(200 * 1024 * 1024);
    await handle.close();
    const before = process.memoryUsage().rss;
    await expect(replay({}, ticketsOfFile(edited, 500))).rejects.toThrow(
      /endless\.jsonl:1 is no recorded ticket: it is longer than 64 MB/,
    );
    expect(process.memoryUsage().rss - before).toBeLessThan(180 * 1024 * 1024);
  });

  it('that is a folder', async () => {
    await expect(replay({}, ticketsOfFile(folder, 500))).rejects.toThrow(
      /cannot be read: it is no file\. Name the one that `--export` wrote/,
    );
  });
});

describe('on the command line', () => {
  function run(...args: readonly string[]): Promise<Ended> {
    const { address, namespace } = deskhand.temporal;
    return new Command(args, {
      DESKHAND_STATE_DIR: folder,
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: namespace,
    }).ended;
  }

  it('decides the tickets of the running server again', async () => {
    const ended = await run('replay', '--policy', demoPolicy, '--last', '500');
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toMatch(/^2 tickets with 2 messages .*: 0 tickets would differ\.\n$/);
  });

  it('exports, and decides from the file without any Temporal', async () => {
    const file = path.join(folder, 'by-command.jsonl');
    expect((await run('replay', '--export', file)).out).toMatch(/^2 tickets in .*what customers wrote/);
    const ended = await new Command(['replay', '--file', file, '--policy', demoPolicy], {
      DESKHAND_STATE_DIR: folder,
      TEMPORAL_ADDRESS: '127.0.0.1:1',
    }).ended;
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toMatch(/^2 tickets/);
  });

  it.each([
    [[], /Name what to decide by/],
    [['--policy', 'nowhere', '--file', '/nowhere.jsonl'], /does not exist/],
    [['--policy', demoPolicy, '--last', '0'], /whole number from 1/],
    [['--policy', demoPolicy, '--file', '/nowhere.jsonl'], /there is no such file/],
    [['--export', 'x.jsonl', '--policy', demoPolicy], /cannot be used with option/],
  ])('%j is refused with its mend', async (args, why) => {
    const ended = await run('replay', ...args);
    expect(ended.code).toBe(1);
    expect(ended.err).toMatch(why);
  });
});
