/** `hours` in policy.yaml: what a support lead may write, and what is said of each slip, where it stands. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { checkPolicy } from '../../../src/policy/check/checkPolicy';
import { smallPolicy, writeSmallPolicy, type Edits } from '../smallPolicy';
import { PolicyError } from '../../../src/policy/policyError';

const withHours = (hours: string, edits: Edits = {}): Edits => ({
  ...edits,
  'policy.yaml': (text) => `${(edits['policy.yaml'] ?? String)(text)}${hours.trim()}\n`,
});
const scheduleOf = async (hours: string) => (await smallPolicy(withHours(hours))).schedule;
async function mistakesOf(edits: Edits): Promise<readonly string[]> {
  try {
    await smallPolicy(edits);
    return [];
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return error.mistakes.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`);
  }
}

/** One in each hour. */
const shifts = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const hour = String(index).padStart(2, '0');
    return `${hour}:00-${hour}:30`;
  });
const dated = (days: number, each: number) =>
  `hours:\n  week: { monday: 09:00-17:00 }\n  dates:\n${Array.from({ length: days }, (_, index) => {
    const date = new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10);
    return `    ${date}: [${shifts(each).join(', ')}]\n`;
  }).join('')}`;

describe('what can be written', () => {
  it('shifts of weekdays, and of days that differ', async () => {
    expect(
      await scheduleOf(`
hours:
  week:
    weekdays: 9:00-17:30
    friday: [09:00-12:00, 13:00 - 16:00]
    saturday: closed
`),
    ).toMatchObject({
      timeZone: 'UTC',
      week: [
        [],
        [[540, 1050]],
        [[540, 1050]],
        [[540, 1050]],
        [[540, 1050]],
        [
          [540, 720],
          [780, 960],
        ],
        [],
      ],
      dates: new Map(),
    });
  });

  it('shifts past midnight, the whole day, holidays, exceptions and a zone of the team', async () => {
    const schedule = await scheduleOf(`
hours:
  time-zone: America/New_York
  week:
    every-day: 00:00-24:00
    friday: 22:00-06:00 next day
    saturday: [08:00-12:00]
  holidays: { country: US, region: CA }
  dates:
    2026-12-24: 09:00-12:00
    12-31: closed
    02-29: closed
`);
    expect(schedule).toMatchObject({
      timeZone: 'America/New_York',
      dates: new Map([
        ['2026-12-24', [[540, 720]]],
        ['12-31', []],
        ['02-29', []],
      ]),
    });
    expect(schedule?.holidaysIn(2027)).toContainEqual({ date: '2027-03-31', fromMinute: 0 });
    expect(schedule?.week.slice(4)).toEqual([[[0, 1440]], [[1320, 1800]], [[480, 720]]]);
  });

  it('always, which is the same as no hours', async () => {
    expect(await scheduleOf('hours: always')).toBeNull();
    expect((await smallPolicy()).schedule).toBeNull();
  });

  test.each([
    [
      'customer-silence: 4d',
      'customer-silence: 3 business days',
      { customerSilenceMs: 259_200_000, countedIn: { customerSilence: 'business-days' } },
    ],
    [
      'approval-time: 4h',
      'approval-time: 2 business hours',
      { approvalMs: 7_200_000, countedIn: { approval: 'business-hours' } },
    ],
    [
      'approval-time: 4h',
      'approval-time: 1 business hour',
      { approvalMs: 3_600_000, countedIn: { approval: 'business-hours' } },
    ],
    [
      'after: 30m',
      'after: 30 business minutes',
      {
        ladder: [
          {
            afterMs: 1_800_000,
            countedIn: 'business-hours',
            group: 'Support',
            priority: 'high',
            tag: 'escalated',
          },
        ],
      },
    ],
  ])('%s as %s', async (by, business, settings) => {
    const policy = await smallPolicy(
      withHours('hours: always', { 'policy.yaml': (text) => text.replace(by, business) }),
    );
    expect(policy.settings).toMatchObject(settings);
  });

  it('follow-ups and waits of rules in business time', async () => {
    const policy = await smallPolicy(
      withHours('hours: always', {
        'rules.yaml': (text) =>
          text.replace(
            '- ask: { for: order-number',
            '- follow-up: { after: 2 business days, with: which-order }\n        - wait: 5 business days\n        - ask: { for: order-number',
          ),
      }),
    );
    const actions = policy.rules.perIntent.get('order_status')?.at(-1)?.actions;
    expect(actions?.slice(0, 2)).toEqual([
      {
        type: 'follow-up',
        afterMs: 172_800_000,
        countedIn: 'business-days',
        template: 'which-order',
        close: false,
      },
      { type: 'wait', ms: 432_000_000, countedIn: 'business-days' },
    ]);
  });
});

/** Of the small policy: `line` below counts within the hours. */
const linesBefore = 17;

describe('each slip is told where it stands, with its mend', () => {
  const week = (line: string, more = '') => `hours:\n  week:\n    ${line}\n${more}`;

  test.each([
    [
      'a shift that ends before it begins',
      week('monday: 17:00-09:00'),
      3,
      /hours\.week\.monday: is "17:00-09:00", but it ends before it begins\. Where it ends after midnight, write "17:00-09:00 next day"/,
    ],
    ['a shift that lasts no time', week('monday: 09:00-09:00'), 3, /lasts no time\. Write "closed"/],
    ['a shift longer than a day', week('monday: 09:00-10:00 next day'), 3, /lasts longer than a day/],
    ['a time that no clock shows', week('monday: 09:00-25:00'), 3, /names a time that no clock shows/],
    [
      'a minute that no clock shows',
      week('monday: [09:60-10:00]'),
      3,
      /hours\.week\.monday, entry 1: .*no clock shows/,
    ],
    ['no shift', week('monday: nine to five'), 3, /must be a shift such as "09:00-17:30"/],
    ['closed within a list', week('monday: [closed]'), 3, /"closed" stands alone/],
    ['a number', week('monday: 9'), 3, /hours\.week\.monday: is 9/],
    [
      'a day that there is not',
      week('mnoday: 09:00-17:00'),
      3,
      /unknown key "mnoday".*Did you mean "monday"\?/,
    ],
    [
      'shifts over each other',
      week('monday: [09:00-13:00, 12:00-17:00]'),
      3,
      /has 09:00-13:00 and 12:00-17:00, which overlap\. Make them one/,
    ],
    [
      'more shifts than anybody has breaks between',
      week(`monday: [${shifts(13).join(', ')}]`),
      3,
      /hours\.week\.monday: is a list, but it may have at most 12 entries/,
    ],
    [
      'the same shift twice',
      week('weekdays: [09:00-13:00, 09:00-13:00]'),
      3,
      /has 09:00-13:00 and 09:00-13:00, which overlap/,
    ],
    [
      'a night over the next morning',
      week('monday: 22:00-09:30 next day', '    tuesday: 09:00-17:00'),
      3,
      /22:00-09:30 next day of monday goes on while 09:00-17:00 of tuesday has begun/,
    ],
    ['no shift at all', week('weekdays: closed'), 3, /is closed on every day.*"hours: always"/],
    [
      'an unknown zone',
      `hours:\n  time-zone: Europe/Berln\n  week: { monday: 09:00-17:00 }`,
      2,
      /must be a time zone of the IANA database/,
    ],
    [
      'an unknown country',
      week('monday: 09:00-17:00', '  holidays: { country: XX }'),
      4,
      /country "XX", whose holidays are not known.*ISO 3166/,
    ],
    [
      'a country by its name',
      week('monday: 09:00-17:00', '  holidays: { country: germany }'),
      4,
      /Did you mean "DE"\?/,
    ],
    [
      'an unknown region',
      week('monday: 09:00-17:00', '  holidays: { country: DE, region: BX }'),
      4,
      /region "BX", which DE does not have\. Known: "BB",.*Did you mean "BB"\?/,
    ],
    [
      'a region of a country without any',
      week('monday: 09:00-17:00', '  holidays: { country: DK, region: X }'),
      4,
      /holidays of DK are the same everywhere\. Leave it out/,
    ],
    [
      'a date that does not exist',
      week('monday: 09:00-17:00', '  dates: { 2027-02-29: closed }'),
      4,
      /"2027-02-29", which is no day of the calendar/,
    ],
    [
      'a day of no year',
      week('monday: 09:00-17:00', '  dates: { 02-30: closed }'),
      4,
      /"02-30", which is no day of the calendar/,
    ],
    [
      'a date in another order',
      week('monday: 09:00-17:00', '  dates: { 24.12.2026: closed }'),
      4,
      /must be a date such as "2026-12-24", or "12-24" for every year/,
    ],
    ['other hours than always', 'hours: sometimes', 1, /hours: is "sometimes", but allowed is "always"/],
    [
      'hours without a week',
      'hours: { holidays: { country: DE } }',
      1,
      /hours\.week: is missing, .*such as week: \{ weekdays: 09:00-17:30 \}/,
    ],
  ])('%s', async (_, hours, line, message) => {
    const [first, ...others] = await mistakesOf(withHours(hours));
    expect(first).toMatch(message);
    expect(first).toMatch(new RegExp(`^policy\\.yaml:${linesBefore + line}:\\d+ `));
    expect(others).toEqual([]);
  });

  test.each([
    ['customer-silence', '91 business days', /or from "1 business day" to "90 business days"/],
    ['customer-silence', '0 business days', /must be from "1 business minute"/],
    [
      'customer-silence',
      '-2 business hours',
      /must be a duration such as .*"2 business hours" or "3 business days"/,
    ],
    ['approval-time', '2 business weeks', /must be a duration such as/],
    ['approval-time', '721 business hours', /from "1 business minute" to "720 business hours"/],
    ['person-check', '1 business day', /must go by the clock.*business time is for customer-silence/],
    ['settle-window', '1 business minute', /must go by the clock/],
  ])('%s: %s', async (setting, value, message) => {
    const edits = {
      'policy.yaml': (text: string) => text.replace(new RegExp(`${setting}: .*`), `${setting}: ${value}`),
    };
    const mistakes = await mistakesOf(withHours('hours: always', edits));
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toMatch(message);
  });

  it('business time in a policy that does not say when its team is at work', async () => {
    const mistakes = await mistakesOf({
      'policy.yaml': (text) => text.replace('after: 30m', 'after: 2 business hours'),
      'rules.yaml': (text) =>
        text.replace(
          '- ask: { for: order-number',
          '- wait: 2 business days\n        - ask: { for: order-number',
        ),
    });
    expect(mistakes).toEqual([
      expect.stringMatching(
        /^policy\.yaml:17:\d+ waits "2 business hours", but .*Add "hours", or "hours: always"/,
      ),
      expect.stringMatching(/^rules\.yaml:\d+:\d+ waits "2 business days"/),
    ]);
  });
});

describe('hours with no shift to come', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-hours-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('can be loaded, since time alone makes them so, and are an error of the check', async () => {
    await writeSmallPolicy(folder, withHours('hours: { week: {}, dates: { 2020-12-24: 09:00-17:00 } }'));
    const { version, findings } = await checkPolicy(folder, { classifierOf: null, groups: null });
    expect(version).toMatch(/^p-/);
    expect(findings).toEqual([
      expect.objectContaining({
        severity: 'error',
        kind: 'never-open',
        file: 'policy.yaml',
        line: 18,
        message: expect.stringMatching(/no shift within a year from now/) as string,
      }),
    ]);
  });
});

describe('days that differ from the week', () => {
  it.each([
    ['400 days of two shifts', 400, 2],
    ['66 days of twelve', 66, 12],
  ])('%s are taken', async (_what, days, each) => {
    expect((await scheduleOf(dated(days, each)))?.dates.size).toBe(days);
  });

  it.each([
    ['too many days', 401, 1, '401 days with 401 shifts'],
    ['too many shifts', 67, 12, '67 days with 804 shifts'],
  ])('%s are a mistake, with what to take out', async (_what, days, each, counted) => {
    expect(await mistakesOf(withHours(dated(days, each)))).toEqual([
      expect.stringMatching(
        new RegExp(
          `^policy\\.yaml:\\d+:\\d+ has ${counted}, but 400 days with 800 shifts are the most\\. Take out days that are over`,
        ),
      ),
    ]);
  });
});
