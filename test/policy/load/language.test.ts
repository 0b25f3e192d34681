/** What the policy's language has beside rules and templates: includes, conditions with a name, close, the shop's time. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { loadPolicy, PolicyError, type LoadedPolicy } from '../../../src/policy/load/loadPolicy';
import { shopClock } from '../../../src/policy/facts/shopClock';
import { writeSmallPolicy, smallPolicy, type Edits } from '../smallPolicy';
import { processorMs } from '../../support/processorMs';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-language-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function withShared(edits: Edits, shared: Readonly<Record<string, string>>): Promise<LoadedPolicy> {
  await writeSmallPolicy(folder, edits);
  await mkdir(path.join(folder, 'shared'));
  for (const [name, text] of Object.entries(shared)) await writeFile(path.join(folder, 'shared', name), text);
  return loadPolicy(folder);
}

async function mistakesOf(loading: Promise<unknown>): Promise<readonly string[]> {
  try {
    await loading;
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return error.mistakes.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`);
  }
  return [];
}

const swap = (from: string, to: string) => (text: string) => text.replace(from, to);
const including = (name: string): Edits => ({
  'rules.yaml': swap('first:\n', `first:\n  - include: ${name}\n`),
});
const rule = (name: string, more = '') =>
  `- rule: ${name}\n  why: It is so.\n  when: '"anger" in signals'\n  then: [{ reply: hand-off }]\n${more}`;

describe('include', () => {
  test('puts the rules of another file in its place', async () => {
    const { rules } = await withShared(including('shared/anger.yaml'), {
      'anger.yaml': rule('anger') + rule('more-anger', '- include: shared/more.yaml\n'),
      'more.yaml': rule('even-more-anger'),
    });
    expect(rules.first.map(({ name }) => name)).toEqual(['anger', 'more-anger', 'even-more-anger', 'safety']);
  });

  test('works among the rules of an intent', async () => {
    const { rules } = await withShared(
      { 'rules.yaml': swap('  refund:\n', '  refund:\n    - include: shared/anger.yaml\n') },
      { 'anger.yaml': rule('anger') },
    );
    expect(rules.perIntent.get('refund')?.map(({ name }) => name)).toEqual(['anger', 'refund-small']);
  });

  test('what it brings belongs to the version', async () => {
    const versionOf = async (text: string) => {
      await rm(path.join(folder, 'shared'), { recursive: true, force: true });
      return (await withShared(including('shared/anger.yaml'), { 'anger.yaml': text })).version;
    };
    expect(await versionOf(rule('anger'))).not.toBe(await versionOf(rule('rage')));
  });

  test('a mistake in it is said where it stands', async () => {
    expect(
      await mistakesOf(
        withShared(including('shared/anger.yaml'), {
          'anger.yaml': rule('anger') + rule('rage').replace('reply: hand-off', 'reply: hand-of'),
        }),
      ),
    ).toEqual([
      expect.stringMatching(
        /^shared\/anger.yaml:8:19 names the template "hand-of".*Did you mean "hand-off"\?/,
      ),
    ]);
    await rm(path.join(folder, 'shared'), { recursive: true });
    expect(
      await mistakesOf(
        withShared(including('shared/anger.yaml'), { 'anger.yaml': rule('anger').replace('why:', 'wy:') }),
      ),
    ).toEqual([
      expect.stringMatching(/^shared\/anger.yaml:1:3 .*why/),
      expect.stringMatching(/^shared\/anger.yaml:2:3 has the unknown key "wy".*Did you mean "why"\?/),
    ]);
  });

  test.each([
    [
      'no such file',
      'shared/angr.yaml',
      /"shared\/angr.yaml", which does not exist.*Did you mean "shared\/anger.yaml"/,
    ],
    ['a file outside', '../secrets.yaml', /Only files of the policy's own folder "shared"/],
    ['an absolute path', '/etc/passwd', /Only files of the policy's own folder "shared"/],
    ['a way out', 'shared/../../secrets.yaml', /Only files of the policy's own folder "shared"/],
  ])('%s', async (_what, name, message) => {
    const mistakes = await mistakesOf(withShared(including(name), { 'anger.yaml': rule('anger') }));
    expect(mistakes[0]).toMatch(message);
    expect(mistakes[0]).toMatch(/^rules.yaml:3:14 /);
  });

  test('a circle, with the way around it', async () => {
    expect(
      await mistakesOf(
        withShared(including('shared/a.yaml'), {
          'a.yaml': '- include: shared/b.yaml\n',
          'b.yaml': '- include: shared/a.yaml\n',
        }),
      ),
    ).toEqual([
      'shared/b.yaml:1:12 goes in a circle: rules.yaml -> shared/a.yaml -> shared/b.yaml -> shared/a.yaml',
    ]);
  });

  test('too deep, with the way down', async () => {
    const next = (name: string) => `- include: shared/${name}.yaml\n`;
    expect(
      await mistakesOf(
        withShared(including('shared/a.yaml'), {
          'a.yaml': next('b'),
          'b.yaml': next('c'),
          'c.yaml': next('d'),
          'd.yaml': rule('deep'),
        }),
      ),
    ).toEqual([
      expect.stringMatching(
        /^shared\/c.yaml:1:12 nests deeper than 3 includes: rules.yaml -> .* -> shared\/d.yaml$/,
      ),
      expect.stringMatching(/^shared\/d.yaml:1:1 is included by no rules/),
    ]);
  });

  test('a file that doubles at each level stops at a number of rules', async () => {
    const many = (name: string) => `- include: shared/${name}.yaml\n`.repeat(200);
    const mistakes = await mistakesOf(
      withShared(including('shared/a.yaml'), {
        'a.yaml': many('b'),
        'b.yaml': many('c'),
        'c.yaml': rule('one').repeat(20),
      }),
    );
    expect(mistakes).toEqual([expect.stringMatching(/^shared\/c.yaml:\d+:3 makes more than 2000 rules/)]);
  });

  test.each([200, 3_000])(
    'files of %i includes that make no rule stop at a number of includes',
    async (times) => {
      const many = (name: string) => `- include: shared/${name}.yaml\n`.repeat(times);
      const files = { 'a.yaml': many('b'), 'b.yaml': many('c'), 'c.yaml': '[]\n' };
      const used = processorMs();
      const mistakes = await mistakesOf(withShared(including('shared/a.yaml'), files));
      expect(used()).toBeLessThan(3_000);
      expect(mistakes).toEqual([
        expect.stringMatching(/^shared\/b.yaml:199:3 makes more than 200 includes\. Include each file once/),
      ]);
    },
  );

  test('a file that nothing includes, and one that is no list', async () => {
    expect(
      await mistakesOf(
        withShared(including('shared/a.yaml'), { 'a.yaml': 'rule: a\n', 'b.yaml': rule('b') }),
      ),
    ).toEqual([
      expect.stringMatching(/^shared\/a.yaml:1:1 must be a list of rules/),
      expect.stringMatching(/^shared\/b.yaml:1:1 is included by no rules/),
    ]);
  });
});

describe('conditions with a name', () => {
  const named = (condition: string, when: string): Edits => ({
    'rules.yaml': (text) =>
      `conditions:\n  isLate: ${condition}\n${text.replace('when: order.found && order.late', `when: ${when}`)}`,
  });

  test('mean what they stand for, whatever stands around them', async () => {
    const { rules, content } = await smallPolicy(
      named('order.late || order.total > 5', 'order.found && is.isLate'),
    );
    expect(rules.perIntent.get('order_status')?.[0]?.condition?.source).toBe(
      'order.found && (order.late || order.total > 5)',
    );
    expect(content.rules['per-intent']['order_status']?.[0]?.when).toBe(
      'order.found && (order.late || order.total > 5)',
    );
  });

  test('are left alone in quotes', async () => {
    const { rules } = await smallPolicy(
      named('order.late', `is.isLate && order.number.contains("is.isLate")`),
    );
    expect(rules.perIntent.get('order_status')?.[0]?.condition?.source).toBe(
      '(order.late) && order.number.contains("is.isLate")',
    );
  });

  test.each([
    [
      'an unknown name',
      'order.late',
      'is.isLat',
      /^rules.yaml:15:13 names the condition "is.isLat".*Did you mean "isLate"/,
    ],
    ['a mistake behind one', 'order.late', 'is.isLate && order.lat', /^rules.yaml:15:\d\d names "lat"/],
    ['a mistake within one', 'order.lat', 'is.isLate', /^rules.yaml:2:17 names "lat".*Did you mean "late"/],
    ['one within another', 'is.other', 'order.late', /^rules.yaml:2:11 names the condition "is.other"/],
  ])('%s is said where it stands', async (_what, condition, when, message) => {
    const mistakes = await mistakesOf(smallPolicy(named(condition, when)));
    expect(mistakes).toEqual([expect.stringMatching(message)]);
  });
});

test('close is the status solved', async () => {
  const { rules } = await smallPolicy({ 'rules.yaml': swap('- set-priority: high', '- close: true') });
  expect(rules.perIntent.get('order_status')?.[0]?.actions).toContainEqual({
    type: 'set-status',
    status: 'solved',
  });
});

describe('words that a fact never is', () => {
  test.each([
    [
      '"angry" in signals',
      /^rules.yaml:13:14 compares signals with "angry", which it never is\. Allowed: "asks-for-human", "anger"/,
    ],
    [
      'order.status == "shiped"',
      /compares order.status with "shiped".*or "" where there is none\. Did you mean "shipped"/,
    ],
    ['order.status != "shiped"', /Did you mean "shipped"/],
    ['order.found && order.status in ["late", "shiped"]', /Did you mean "shipped"/],
    ['lookup.outcome == "several-name"', /Did you mean "several-named"/],
    ['question.slot == "adress"', /Did you mean "address"/],
    ['clock.weekday == "Monday"', /Did you mean "monday"/],
    ['"refunds" in order.can', /Did you mean "refund"/],
    ['intent == "order-status"', /Did you mean "order_status"/],
    ['order.parcels.exists(p, p.status == "in transit")', /compares p.status.*Did you mean "in-transit"/],
    ['orders.list.all(o, o.status == "shiped")', /Did you mean "shipped"/],
    ['signals.exists(s, s == "angr")', /Did you mean "anger"/],
    ['identity.proof == "mail"', /Did you mean "email"/],
  ])('%s', async (when, message) => {
    const quotedWhen = `'${when}'`;
    const mistakes = await mistakesOf(
      smallPolicy({ 'rules.yaml': swap('when: order.found && order.late', `when: ${quotedWhen}`) }),
    );
    expect(mistakes).toEqual([expect.stringMatching(message)]);
  });

  test.each([
    'order.status == ""',
    'order.number == "anything"',
    'ticket.tags.exists(t, t == "vip")',
    'message.text.contains("shiped")',
    'customer.language in ["de", "xx"]',
    'order.parcels.exists(p, p.carrier == "DHL")',
  ])('%s is fine', async (when) => {
    await smallPolicy({ 'rules.yaml': swap('when: order.found && order.late', `when: '${when}'`) });
  });
});

describe("the shop's time", () => {
  test.each([
    ['2026-11-25T23:30:00Z', 'UTC', { today: '2026-11-25', weekday: 'wednesday', hour: 23 }],
    ['2026-11-25T23:30:00Z', 'Europe/Berlin', { today: '2026-11-26', weekday: 'thursday', hour: 0 }],
    ['2026-07-01T22:30:00Z', 'Europe/Berlin', { today: '2026-07-02', weekday: 'thursday', hour: 0 }],
    ['2026-11-25T03:00:00Z', 'America/Los_Angeles', { today: '2026-11-24', weekday: 'tuesday', hour: 19 }],
    ['2026-11-25T20:00:00Z', 'Asia/Kathmandu', { today: '2026-11-26', weekday: 'thursday', hour: 1 }],
  ])('%s in %s', (at, zone, clock) => {
    expect(shopClock(new Date(at), zone)).toEqual(clock);
  });

  test('is UTC where the policy does not say', async () => {
    expect((await smallPolicy()).timeZone).toBe('UTC');
    expect(
      (await smallPolicy({ 'policy.yaml': (text) => `${text}time-zone: Europe/Berlin\n` })).timeZone,
    ).toBe('Europe/Berlin');
  });

  test.each(['Europe/Berln', 'Mars/Olympus', '+02:00', ''])('"%s" is no time zone', async (zone) => {
    const mistakes = await mistakesOf(
      smallPolicy({ 'policy.yaml': (text) => `${text}time-zone: "${zone}"\n` }),
    );
    expect(mistakes).toEqual([expect.stringMatching(/^policy.yaml:18:12 .*time zone of the IANA database/)]);
  });
});

test.each(['EUO', 'XYZ', 'eur'])('"%s" is no currency', async (currency) => {
  const mistakes = await mistakesOf(smallPolicy({ 'rules.yaml': swap('EUR: 5000', `${currency}: 5000`) }));
  expect(mistakes).toEqual([expect.stringMatching(/^rules.yaml:32:\d+ .*ISO 4217 currency code/)]);
});
