/** What zones and calendars make of a schedule, as the numbers and dates that tickets count with. */
import { defaultSettings } from '../../../src/core/policy/plan';
import { addBusinessDays, isOpen, nextOpening } from '../../../src/core/hours/businessTime';
import { resolveHours, withHours } from '../../../src/policy/hours/resolveHours';
import type { HoursContent } from '../../../src/policy/hours/hoursSchema';
import { openSchedule, type Schedule } from '../../../src/policy/hours/schedule';

const now = Date.parse('2026-11-25T10:00Z');

/** An office week in Berlin, with what is changed of it. */
async function opened(change: Partial<Exclude<HoursContent, 'always'>> = {}): Promise<Schedule> {
  const schedule = await openSchedule({ week: { weekdays: '09:00-17:00' }, ...change }, 'Europe/Berlin');
  if (schedule === null) throw new Error('this team is always at work');
  return schedule;
}
const resolved = async (change: Partial<Exclude<HoursContent, 'always'>>, at = now) =>
  resolveHours(await opened(change), at);
const closedDates = async (change: Partial<Exclude<HoursContent, 'always'>>, at = now) =>
  Object.entries((await resolved(change, at)).dates).flatMap(([date, shifts]) =>
    shifts.length === 0 ? [date] : [],
  );

it('knows when clocks change, around the present', async () => {
  expect((await resolved({})).offsets).toEqual([
    [Date.parse('2026-05-01T00:00Z'), 120],
    [Date.parse('2026-10-25T01:00Z'), 60],
    [Date.parse('2027-03-28T01:00Z'), 120],
    [Date.parse('2027-10-31T01:00Z'), 60],
  ]);
  expect((await resolved({ 'time-zone': 'Asia/Kolkata' })).offsets).toEqual([
    [Date.parse('2026-05-01T00:00Z'), 330],
  ]);
});

describe('public holidays', () => {
  it('of a country, where the team would work otherwise', async () => {
    // 3 October 2026 is a Saturday, 26 December too.
    expect((await closedDates({ holidays: { country: 'DE' } })).slice(0, 4)).toEqual([
      '2026-05-01',
      '2026-05-14',
      '2026-05-25',
      '2026-12-25',
    ]);
  });

  it('of a region, and of a part of it', async () => {
    const inYear = async (region?: string) => {
      const holidays = { country: 'DE', region };
      const closed = await closedDates({ holidays }, Date.parse('2028-02-10'));
      return closed.filter((date) => date.startsWith('2028'));
    };
    expect(await inYear('BE')).toContain('2028-03-08');
    expect(await inYear('BY')).not.toContain('2028-03-08');
    expect(await inYear('BY')).not.toContain('2028-08-08');
    expect(await inYear('BY/A')).toContain('2028-08-08');
    expect(await inYear()).not.toContain('2028-06-15');
    expect(await inYear('BY')).toContain('2028-06-15');
  });

  it('on their substitute days', async () => {
    // 4 July 2027 is a Sunday.
    expect(await closedDates({ holidays: { country: 'US' } })).toContain('2027-07-05');
  });

  it('of half a day: shifts end at noon', async () => {
    const { dates } = await resolved({ holidays: { country: 'GT' } });
    expect(dates['2026-12-24']).toEqual([[540, 720]]);
  });

  it('of several days, and those that begin at sunset count for their days', async () => {
    const closed = await closedDates(
      { week: { 'every-day': '09:00-17:00' }, holidays: { country: 'TR' } },
      Date.parse('2026-02-10'),
    );
    expect(closed).toEqual(expect.arrayContaining(['2026-03-20', '2026-03-21', '2026-03-22']));
    expect(closed).not.toContain('2026-03-23');
  });
});

describe('days of their own', () => {
  const dates = {
    '12-24': 'closed',
    '2027-12-24': '09:00-12:00',
    '12-25': '09:00-17:00',
    '2026-11-28': '10:00-14:00',
    '02-29': 'closed',
  };

  it('come before those of every year, and both before holidays', async () => {
    const hours = await resolved({ dates, holidays: { country: 'DE' } }, Date.parse('2027-03-01'));
    expect(hours.dates['2026-12-24']).toEqual([]);
    expect(hours.dates['2027-12-24']).toEqual([[540, 720]]);
    // A holiday on which this team works: as in any week, so nothing is kept.
    expect(hours.dates['2026-12-25']).toBeUndefined();
    expect(hours.dates['2026-11-28']).toEqual([[600, 840]]);
  });

  it('29 February comes in leap years alone', async () => {
    const leap = await resolved({ dates }, Date.parse('2027-06-01'));
    expect(Object.keys(leap.dates)).toContain('2028-02-29');
    expect(Object.keys(leap.dates)).not.toContain('2027-03-01');
  });
});

it('christmas in Bavaria: three business days from the 23rd are the 30th', async () => {
  const hours = await resolved({ holidays: { country: 'DE', region: 'BY' }, dates: { '12-24': 'closed' } });
  const due = addBusinessDays(hours, Date.parse('2026-12-23T10:00Z'), 3);
  expect(due === null ? null : new Date(due).toISOString()).toBe('2026-12-30T10:00:00.000Z');
  expect(isOpen(hours, Date.parse('2027-01-06T10:00Z'))).toBe(false);
});

it('is worked out once a month, and stays small', async () => {
  const one = await opened({ holidays: { country: 'DE', region: 'BY' } });
  expect(resolveHours(one, now)).toBe(resolveHours(one, Date.parse('2026-11-01T00:00Z')));
  expect(resolveHours(one, Date.parse('2026-12-01T00:00Z'))).not.toBe(resolveHours(one, now));
  expect(JSON.stringify(resolveHours(one, now)).length).toBeLessThan(600);
});

it('settings with their hours are the same ones as long as the hours are', async () => {
  const schedule = await opened();
  const december = Date.parse('2026-12-01T00:00Z');
  const settled = withHours(defaultSettings, schedule, now);
  expect(settled).toEqual({ ...defaultSettings, hours: resolveHours(schedule, now) });
  expect(withHours(defaultSettings, schedule, now + 1)).toBe(settled);
  expect(withHours(defaultSettings, schedule, december).hours).toBe(resolveHours(schedule, december));
  expect(withHours({ ...defaultSettings, settleMs: 1 }, schedule, december).settleMs).toBe(1);
  expect(withHours(defaultSettings, null, now)).toBe(defaultSettings);
});

it('another team under the same settings has its own hours', async () => {
  const [weekdays, saturday] = [await opened(), await opened({ week: { saturday: '10:00-12:00' } })];
  const weekOf = (schedule: Schedule) => withHours(defaultSettings, schedule, now).hours?.week;
  for (const schedule of [weekdays, saturday, weekdays]) {
    expect(weekOf(schedule)).toEqual(resolveHours(schedule, now).week);
  }
});

it('goes on by the week beyond what was worked out', async () => {
  const hours = await resolved({ holidays: { country: 'DE' } });
  const inTenYears = Date.parse('2036-12-20T10:00Z');
  expect(nextOpening(hours, inTenYears)).toBe(Date.parse('2036-12-22T08:00Z'));
});
