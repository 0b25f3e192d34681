import { durationMs } from '../../../src/policy/hours/durations';
import { loadPolicy } from '../../../src/policy/load/loadPolicy';
import { demo, mistakesOf, withPolicy } from '../support';
import { processorMs } from '../../support/processorMs';

const change = (from: string | RegExp, to: string) => ({
  'policy.yaml': (text: string) => {
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`policy.yaml has no ${String(from)}`);
    return changed;
  },
});

test.each([
  ['500ms', 500],
  ['3s', 3_000],
  ['0s', 0],
  ['30m', 1_800_000],
  ['4h', 14_400_000],
  ['4d', 345_600_000],
  ['9999d', 863_913_600_000],
])('%s is %d milliseconds', (text, ms) => {
  expect(durationMs(text)).toBe(ms);
});

describe('each setting refuses what it cannot be', () => {
  test.each([
    ['settle-window', '3', /settings\.settle-window: is 3, but it must be text/],
    ['settle-window', '3 s', /settings\.settle-window: is "3 s", but it must be a duration such as "3s"/],
    ['fragment-window', '-1s', /settings\.fragment-window: is "-1s".*duration/],
    ['customer-silence', '1.5d', /settings\.customer-silence: is "1\.5d".*duration/],
    ['customer-silence', '4w', /is "4w".*"30m", "4h" or "2d"/],
    ['person-check', 'daily', /settings\.person-check: is "daily"/],
    ['approval-time', '99999h', /settings\.approval-time: is "99999h"/],
    ['step-budget', '~', /settings\.step-budget: is empty, but it must be text/],
    ['settle-window', '0s', /settings\.settle-window: is "0s", but it must be from "100ms" to "1d"/],
    ['fragment-window', '99ms', /settings\.fragment-window: is "99ms", but it must be from "100ms" to "1d"/],
    ['customer-silence', '0d', /settings\.customer-silence: is "0d", but it must be from "1m" to "9999d"/],
    ['person-check', '0ms', /settings\.person-check: is "0ms", but it must be from "1m"/],
    ['approval-time', '59s', /settings\.approval-time: is "59s", but it must be from "1m"/],
    ['step-budget', '0h', /settings\.step-budget: is "0h", but it must be from "1s"/],
    ['replies-per-hour', '0', /settings\.replies-per-hour: is 0, but it must be at least 1/],
    ['replies-per-hour', '61', /settings\.replies-per-hour: is 61, but it may be at most 60/],
    ['replies-per-hour', '2.5', /settings\.replies-per-hour: is 2\.5, but it must be a whole number/],
    ['replies-per-hour', 'five', /settings\.replies-per-hour: is "five", but it must be a number/],
    ['hand-off-group', '" Support"', /settings\.hand-off-group: is " Support".*without spaces around it/],
    ['hand-off-group', '""', /settings\.hand-off-group: is "", but it must have at least 1 characters/],
    ['new-topic-from', '1.1', /settings\.new-topic-from: is 1\.1, but it may be at most 1/],
    ['new-topic-from', '-0.1', /settings\.new-topic-from: is -0\.1, but it must be at least 0/],
  ])('%s: %s', async (name, value, words) => {
    const mistakes = await mistakesOf(change(new RegExp(`  ${name}: [^#\\n]*`), `  ${name}: ${value} `));
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toMatch(/^policy\.yaml:\d+:\d+ /);
    expect(mistakes[0]).toMatch(words);
  });

  test.each([
    [
      'a rung at once',
      'after: 30m',
      'after: 0m',
      /escalation, entry 1, after: is "0m", but it must be from "1m"/,
    ],
    ['a rung without a time', 'after: 30m, ', '', /escalation, entry 1, after: is missing/],
    [
      'a rung of an unknown priority',
      'priority: high',
      'priority: hihg',
      /escalation, entry 1, priority: is "hihg", but allowed is "low", .*"urgent"/,
    ],
    [
      'a tag with a space',
      'tag: deskhand_escalated }',
      'tag: too late }',
      /escalation, entry 1, tag: .*without spaces/,
    ],
    [
      'an unknown key of a rung',
      'after: 30m,',
      'afer: 30m, after: 30m,',
      /unknown key "afer".*Did you mean "after"\?/,
    ],
    [
      'an unknown setting',
      'settle-window: 3s',
      'settle-windw: 3s',
      /unknown key "settle-windw".*Did you mean "settle-window"\?/,
    ],
    [
      'a link that is no web address',
      'delivery: https://demo-shop.example/delivery',
      'delivery: javascript:alert(1)',
      /shop\.links\.delivery: .*must be a web address/,
    ],
    [
      'a link with a strange name',
      'delivery: https',
      'De Livery: https',
      /has the name "De Livery", which must be lower-case words/,
    ],
    [
      'a language of three letters',
      '[en, de',
      '[eng, en, de',
      /languages, entry 1: is "eng".*two-letter language code/,
    ],
    ['no languages', /languages: \[.*\]/, 'languages: []', /languages: .*at least 1 entries/],
  ])('%s', async (_what, from, to, words) => {
    expect((await mistakesOf(change(from, to))).join('\n')).toMatch(words);
  });

  test.each([
    ['0', /settings\.replies-without-person: is 0, but it must be at least 1/],
    ['91', /settings\.replies-without-person: is 91, but it may be at most 90/],
    ['many', /settings\.replies-without-person: is "many", but it must be a number/],
  ])('replies-without-person: %s', async (value, words) => {
    const mistakes = await mistakesOf(
      change(/ {2}replies-per-hour: [^\n]*/, `  replies-per-hour: 5\n  replies-without-person: ${value}`),
    );
    expect(mistakes.join('\n')).toMatch(words);
  });

  test('replies without a person may be counted, or left to the hours', async () => {
    const counted = change(
      / {2}replies-per-hour: [^\n]*/,
      '  replies-per-hour: 5\n  replies-without-person: 8',
    );
    await withPolicy(counted, async (folder) => {
      expect((await loadPolicy(folder)).settings).toMatchObject({
        repliesPerHour: 5,
        repliesWithoutPerson: 8,
      });
    });
    await withPolicy({}, async (folder) => {
      expect((await loadPolicy(folder)).settings).not.toHaveProperty('repliesWithoutPerson');
    });
  });

  test('a group of nobody is allowed', async () => {
    await withPolicy(change('hand-off-group: Support', 'hand-off-group: ~'), async (folder) => {
      expect((await loadPolicy(folder)).settings.handOffGroup).toBeNull();
    });
  });
});

describe('a language', () => {
  test('without greeting or sign-off is a mistake: no reply mixes two languages', async () => {
    const mistakes = await mistakesOf({ 'templates/fr.yaml': (text) => text.replace(/^greeting: .*$/m, '') });
    expect(mistakes).toEqual([
      'templates/fr.yaml:1:1 lacks "greeting", which templates/en.yaml puts around every reply. Add it',
    ]);
  });

  test('a policy may do without greetings', async () => {
    const without = (text: string) =>
      text.replace(/^greeting: .*$/m, '').replace(/^sign-off: \|\n(?: .*\n)+/m, '');
    const files = Object.fromEntries(
      ['en', 'de', 'fr', 'es', 'da'].map((code) => [`templates/${code}.yaml`, without]),
    );
    await withPolicy(files, async (folder) => {
      const { templates } = await loadPolicy(folder);
      expect(templates.has('greeting') || templates.has('sign-off')).toBe(false);
    });
  });

  test('that is not listed is a mistake, and so is a listed one without a file', async () => {
    expect((await mistakesOf({ 'templates/it.yaml': () => 'hand-off: Ciao\n' })).join()).toMatch(
      /templates\/it\.yaml:1:1 is not used: policy\.yaml does not list "it"/,
    );
    expect((await mistakesOf(change('[en, de', '[en, it, de'))).join()).toMatch(
      /policy\.yaml:\d+:\d+ lists "it", but there is no file templates\/it\.yaml/,
    );
  });
});

describe('reading a policy', () => {
  test('is quick enough for every start of a worker', async () => {
    await demo();
    const used = processorMs();
    for (let round = 0; round < 5; round += 1) await loadPolicy('policies/demo-shop');
    expect(used() / 5).toBeLessThan(1_000);
  });

  test('two readings are the same version; so is another order of keys', async () => {
    const { version } = await demo();
    const swapped = (text: string) =>
      text.replace(/(languages: .*\n)/, '').concat('\nlanguages: [en, de, fr, es, da]\n');
    await withPolicy({ 'policy.yaml': swapped }, async (folder) => {
      expect((await loadPolicy(folder)).version).toBe(version);
    });
  });

  test('another order of a list is another version', async () => {
    const { version } = await demo();
    const turned = (text: string) => text.replace('languages: [en, de, fr', 'languages: [en, fr, de');
    await withPolicy({ 'policy.yaml': turned }, async (folder) => {
      expect((await loadPolicy(folder)).version).not.toBe(version);
    });
  });
});
