/** Hours are the company's, not a conversation's: those in force count, and conditions and templates know them. */
import { readFacts } from '../../../src/policy/compare/recordedPlan';
import { clockFacts } from '../../../src/policy/facts/shopClock';
import { resolveHours } from '../../../src/policy/hours/resolveHours';
import { openSchedule } from '../../../src/policy/hours/schedule';
import type { HoursContent } from '../../../src/policy/hours/hoursSchema';
import type { BusinessHours } from '../../../src/core/hours/businessHours';
import type { LoadedPolicy } from '../../../src/policy/load/loadPolicy';
import { createVersionedProcessor } from '../../../src/policy/processor';
import { smallPolicy } from '../smallPolicy';
import { inForceAndOwn, inputOf, shopOf } from '../support';

const now = Date.parse('2026-11-25T20:00Z');
const weekdays = { week: { weekdays: '09:00-17:30' } } as const;
let hours: BusinessHours;
beforeAll(async () => {
  hours = await hoursOf(weekdays);
});

async function hoursOf(content: HoursContent): Promise<BusinessHours> {
  const schedule = await openSchedule(content, 'Europe/Berlin');
  if (schedule === null) throw new Error('this team is always at work');
  return resolveHours(schedule, now);
}

const withHours = (text: string) => `${text}hours: { week: { weekdays: 09:00-17:30 } }\n`;
const closedRule = (text: string) =>
  text.replace(
    'per-intent:\n',
    `  - rule: closed
    why: Nobody is there.
    when: '!clock.open && clock.opensOn != clock.today'
    then:
      - reply: closed
      - tag: { add: [closed] }
per-intent:
`,
  );
const closedWords = (text: string) =>
  `${text}closed: We are back on {{ clock.opensOn | day }} at {{ clock.opensAt }}.\n`;
const edits = { 'rules.yaml': closedRule, 'templates/en.yaml': closedWords };

describe('what the clock tells', () => {
  test.each([
    ['2026-11-25T10:15Z', true, '2026-11-25', '11:15'],
    ['2026-11-25T05:00Z', false, '2026-11-25', '09:00'],
    ['2026-11-25T20:00Z', false, '2026-11-26', '09:00'],
    ['2026-11-27T20:00Z', false, '2026-11-30', '09:00'],
  ])('at %s', (at, open, opensOn, opensAt) => {
    expect(clockFacts(new Date(at), 'Europe/Berlin', hours)).toMatchObject({ open, opensOn, opensAt });
  });

  it('is the shop’s time, also where the team works in another zone', async () => {
    const theirs = await hoursOf({ 'time-zone': 'America/New_York', ...weekdays });
    expect(clockFacts(new Date('2026-11-25T06:00Z'), 'Europe/Berlin', theirs)).toMatchObject({
      open: false,
      opensOn: '2026-11-25',
      opensAt: '15:00',
    });
  });

  it('is open at any time where the policy has no hours, and never where no shift comes', () => {
    expect(clockFacts(new Date(now), 'UTC', undefined)).toMatchObject({ open: true, opensOn: '2026-11-25' });
    expect(clockFacts(new Date(now), 'UTC', { ...hours, week: [] })).toMatchObject({
      open: false,
      opensOn: '',
      opensAt: '',
    });
  });

  it('was open in what was decided before policies had hours', () => {
    const [facts] = [readFacts({ clock: { today: '2026-11-25', weekday: 'wednesday', hour: 10 } })];
    expect(facts?.clock).toMatchObject({ hour: 10, open: true });
  });
});

describe('a conversation under a version', () => {
  let own: LoadedPolicy;
  let inForce: LoadedPolicy;
  beforeAll(async () => {
    own = await smallPolicy(edits);
    inForce = await smallPolicy({ 'policy.yaml': withHours });
  });
  const under = (current: LoadedPolicy) => createVersionedProcessor(inForceAndOwn(current, own), shopOf());
  const consult = (current: LoadedPolicy, at: number) =>
    under(current).consult(
      { ...inputOf({ text: 'Where is my order?' }), policyVersion: own.version, now: at },
      new AbortController().signal,
    );

  it('is answered by the hours in force', async () => {
    const plan = await consult(inForce, now);
    expect([plan.policyVersion, plan.rule]).toEqual([own.version, 'closed']);
    expect(plan.actions[0]).toMatchObject({ type: 'reply', text: 'We are back on 26 November at 09:00.' });
    expect(plan.settings.hours?.timeZone).toBe('UTC');
    expect((await consult(inForce, Date.parse('2026-11-25T10:00Z'))).rule).toBe('which-order');
    expect((await consult(own, now)).rule).toBe('which-order');
  });

  it('has the same hours in its settings, around the moment that is asked for', async () => {
    const settings = await under(inForce).settingsOf(own.version, Date.parse('2030-06-15'));
    expect(settings.hours?.offsets[0]?.[0]).toBe(Date.parse('2029-12-01'));
    expect('hours' in (await under(own).settingsOf(own.version))).toBe(false);
  });
});
