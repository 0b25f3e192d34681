/** The days on which hours go wrong: one example each, worked out by hand. */
import type { BusinessHours, Shift } from '../../../src/core/hours/businessHours';
import {
  addBusinessDays,
  addBusinessTime,
  businessTimeBetween,
  isOpen,
  nextOpening,
} from '../../../src/core/hours/businessTime';
import { dueAt, waitText } from '../../../src/core/hours/wait';

const hour = 3_600_000;
const minute = 60_000;
const day = 24 * hour;

const nineToFive: readonly Shift[] = [[540, 1020]];
const officeWeek = [[], nineToFive, nineToFive, nineToFive, nineToFive, nineToFive, []];

/** As those zones' clocks are ahead of UTC, in minutes, until 2029. */
const offsets: Readonly<Record<string, BusinessHours['offsets']>> = {
  UTC: [[0, 0]],
  'Asia/Kolkata': [[0, 330]],
  'Europe/Berlin': [
    [Date.parse('2025-10-26T01:00Z'), 60],
    [Date.parse('2026-03-29T01:00Z'), 120],
    [Date.parse('2026-10-25T01:00Z'), 60],
    [Date.parse('2027-03-28T01:00Z'), 120],
    [Date.parse('2027-10-31T01:00Z'), 60],
    [Date.parse('2028-03-26T01:00Z'), 120],
    [Date.parse('2028-10-29T01:00Z'), 60],
  ],
};

function hoursIn(
  timeZone: string,
  week: readonly (readonly Shift[])[] = officeWeek,
  dates: Readonly<Record<string, readonly Shift[]>> = {},
): BusinessHours {
  return { timeZone, week, dates, offsets: offsets[timeZone] ?? [[0, 0]] };
}
const everyDay = (...shifts: readonly Shift[]) => Array.from({ length: 7 }, () => shifts);
const never = everyDay();
const at = (text: string) => Date.parse(text);
const shown = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString());

describe('a week at the office in Berlin', () => {
  const hours = hoursIn('Europe/Berlin');

  test.each([
    ['two hours in the middle of a day', '2026-11-25T09:00Z', 2 * hour, '2026-11-25T11:00:00.000Z'],
    ['two hours from Friday at four', '2026-11-27T15:00Z', 2 * hour, '2026-11-30T09:00:00.000Z'],
    ['an hour from Saturday', '2026-11-28T12:00Z', hour, '2026-11-30T09:00:00.000Z'],
    ['exactly until closing', '2026-11-25T15:00Z', hour, '2026-11-25T16:00:00.000Z'],
    ['a minute more', '2026-11-25T15:00Z', hour + minute, '2026-11-26T08:01:00.000Z'],
    ['a working week', '2026-11-25T09:00Z', 40 * hour, '2026-12-02T09:00:00.000Z'],
    ['no time at all, on a Sunday', '2026-11-29T09:00Z', 0, '2026-11-29T09:00:00.000Z'],
  ])('%s', (_, from, ms, due) => {
    expect(shown(addBusinessTime(hours, at(from), ms))).toBe(due);
  });

  test.each([
    ['Wednesday, and one day', '2026-11-25T09:30Z', 1, '2026-11-26T09:30:00.000Z'],
    ['Friday, and one day', '2026-11-27T15:30Z', 1, '2026-11-30T15:30:00.000Z'],
    ['Sunday, and one day: Monday is when it begins', '2026-11-29T15:30Z', 1, '2026-12-01T08:00:00.000Z'],
    ['Wednesday night, and two days', '2026-11-25T22:00Z', 2, '2026-11-30T08:00:00.000Z'],
    ['no days', '2026-11-29T15:30Z', 0, '2026-11-29T15:30:00.000Z'],
  ])('%s', (_, from, days, due) => {
    expect(shown(addBusinessDays(hours, at(from), days))).toBe(due);
  });

  it('is open from the minute it opens until the minute it closes', () => {
    expect(
      ['07:59', '08:00', '15:59', '16:00'].map((time) => isOpen(hours, at(`2026-11-25T${time}Z`))),
    ).toEqual([false, true, true, false]);
    expect(shown(nextOpening(hours, at('2026-11-27T16:00Z')))).toBe('2026-11-30T08:00:00.000Z');
    expect(nextOpening(hours, at('2026-11-27T10:00Z'))).toBe(at('2026-11-27T10:00Z'));
  });

  it('counts the time between two moments, both ways', () => {
    const [friday, monday] = [at('2026-11-27T15:00Z'), at('2026-11-30T10:00Z')];
    expect(businessTimeBetween(hours, friday, monday)).toBe(3 * hour);
    expect(businessTimeBetween(hours, monday, friday)).toBe(-3 * hour);
  });
});

describe('when clocks change in Berlin', () => {
  const night = (...shifts: readonly Shift[]) => hoursIn('Europe/Berlin', everyDay(...shifts));
  const spring = at('2026-03-28T23:00Z'); // 29 March, midnight
  const autumn = at('2026-10-24T22:00Z'); // 25 October, midnight

  it('a shift of which clocks skip the beginning begins with the jump', () => {
    expect(shown(nextOpening(night([150, 600]), spring))).toBe('2026-03-29T01:00:00.000Z');
  });

  it('a shift that clocks skip altogether does not take place', () => {
    expect(shown(nextOpening(night([135, 165]), spring))).toBe('2026-03-30T00:15:00.000Z');
  });

  it('a shift over the skipped hour is an hour shorter, one over the doubled hour an hour longer', () => {
    const hours = night([60, 300]);
    expect(businessTimeBetween(hours, spring, spring + 12 * hour)).toBe(3 * hour);
    expect(businessTimeBetween(hours, autumn, autumn + 12 * hour)).toBe(5 * hour);
  });

  it('a shift that begins or ends in the doubled hour does so the first time', () => {
    expect(shown(nextOpening(night([150, 300]), autumn))).toBe('2026-10-25T00:30:00.000Z');
    expect(businessTimeBetween(night([60, 150]), autumn, autumn + 12 * hour)).toBe(1.5 * hour);
  });

  it('the same time of day stays the same on the clock', () => {
    expect(shown(addBusinessDays(hoursIn('Europe/Berlin'), at('2026-03-27T09:00Z'), 1))).toBe(
      '2026-03-30T08:00:00.000Z',
    );
  });
});

describe('shifts of all kinds', () => {
  it('a shift past midnight belongs to the day on which it begins', () => {
    const fridayNight = [[], [], [], [], [], [[1320, 1800]] as const, []];
    const hours = hoursIn('UTC', fridayNight, { '2026-11-28': [] });
    expect(businessTimeBetween(hours, at('2026-11-27T00:00Z'), at('2026-11-29T00:00Z'))).toBe(8 * hour);
    // In the night to Saturday it is Friday still: the next business day is the Friday after, its night included.
    expect(shown(addBusinessDays(hours, at('2026-11-28T02:00Z'), 1))).toBe('2026-12-05T02:00:00.000Z');
    expect(isOpen({ ...hours, dates: { '2026-11-27': [] } }, at('2026-11-28T02:00Z'))).toBe(false);
  });

  it('a lunch break is closed, and what would be due in it is due after it', () => {
    const hours = hoursIn('UTC', [
      [],
      nineToFive,
      [
        [540, 720],
        [780, 1020],
      ],
      [],
      [],
      [],
      [],
    ]);
    expect(shown(addBusinessTime(hours, at('2026-11-24T11:30Z'), hour))).toBe('2026-11-24T13:30:00.000Z');
    expect(shown(addBusinessDays(hours, at('2026-11-23T12:30Z'), 1))).toBe('2026-11-24T13:00:00.000Z');
  });

  it('what would be due after the last shift of a shorter day is due when that ends', () => {
    const hours = hoursIn('UTC', [[], nineToFive, [[540, 720]], [], [], [], []]);
    expect(shown(addBusinessDays(hours, at('2026-11-23T16:00Z'), 1))).toBe('2026-11-24T12:00:00.000Z');
  });

  it('an exception that begins during the shift of the night before counts each minute once', () => {
    const hours = hoursIn('UTC', everyDay([1320, 1800]), { '2026-11-28': [[240, 600]] });
    expect(businessTimeBetween(hours, at('2026-11-27T22:00Z'), at('2026-11-28T12:00Z'))).toBe(12 * hour);
  });

  it('of a team that is always at work, a day has as many hours as the clock gives it', () => {
    const hours = hoursIn('Europe/Berlin', everyDay([0, 1440]));
    expect(businessTimeBetween(hours, at('2026-03-28T23:00Z'), at('2026-03-29T22:00Z'))).toBe(23 * hour);
    expect(addBusinessTime(hours, at('2026-11-27T22:17Z'), 5 * day)).toBe(at('2026-12-02T22:17Z'));
  });

  it('29 February is a day like any other', () => {
    expect(shown(addBusinessDays(hoursIn('UTC'), at('2028-02-28T10:00Z'), 1))).toBe(
      '2028-02-29T10:00:00.000Z',
    );
    expect(shown(addBusinessDays(hoursIn('UTC'), at('2028-02-29T10:00Z'), 1))).toBe(
      '2028-03-01T10:00:00.000Z',
    );
  });

  it('half-hour zones open at their own nine', () => {
    expect(shown(nextOpening(hoursIn('Asia/Kolkata'), at('2026-11-24T20:00Z')))).toBe(
      '2026-11-25T03:30:00.000Z',
    );
  });
});

describe('a team that does not come back', () => {
  const last = hoursIn('UTC', never, { '2026-11-27': nineToFive });

  it('has no next opening after its last day', () => {
    expect(shown(nextOpening(last, at('2026-11-26T00:00Z')))).toBe('2026-11-27T09:00:00.000Z');
    expect(nextOpening(last, at('2026-11-27T17:00Z'))).toBeNull();
    expect(addBusinessTime(last, at('2026-11-27T16:00Z'), 2 * hour)).toBeNull();
    expect(addBusinessDays(last, at('2026-11-27T16:00Z'), 1)).toBeNull();
    expect(nextOpening(hoursIn('UTC', never), at('2026-11-26T00:00Z'))).toBeNull();
  });

  it('lets nobody wait for ever: a wait for it goes by the clock', () => {
    const from = at('2026-11-27T16:00Z');
    expect(dueAt(last, from, { afterMs: 2 * hour, countedIn: 'business-hours' })).toBe(from + 2 * hour);
    expect(dueAt(last, from, { afterMs: 3 * day, countedIn: 'business-days' })).toBe(from + 3 * day);
  });
});

describe('a wait', () => {
  const friday = at('2026-11-27T15:00Z');
  const hours = hoursIn('UTC');

  test.each([
    [{ afterMs: 4 * hour }, '2026-11-27T19:00:00.000Z', '4 hours'],
    [{ afterMs: 4 * hour, countedIn: 'business-hours' }, '2026-11-30T11:00:00.000Z', '4 business hours'],
    [
      { afterMs: 30 * minute, countedIn: 'business-hours' },
      '2026-11-27T15:30:00.000Z',
      '30 business minutes',
    ],
    [{ afterMs: 24 * hour, countedIn: 'business-hours' }, '2026-12-02T15:00:00.000Z', '24 business hours'],
    [{ afterMs: day, countedIn: 'business-days' }, '2026-11-30T15:00:00.000Z', '1 business day'],
    [{ afterMs: 3 * day, countedIn: 'business-days' }, '2026-12-02T15:00:00.000Z', '3 business days'],
  ] as const)('%j', (wait, due, words) => {
    expect(shown(dueAt(hours, friday, wait))).toBe(due);
    expect(waitText(wait)).toBe(words);
  });

  it('goes by the clock where no hours are given', () => {
    expect(dueAt(undefined, friday, { afterMs: 2 * day, countedIn: 'business-days' })).toBe(friday + 2 * day);
  });
});

describe('durations that are none', () => {
  const hours = hoursIn('UTC');

  test.each([-1, Number.NaN, Number.NEGATIVE_INFINITY])('%d milliseconds', (ms) => {
    expect(() => addBusinessTime(hours, 0, ms)).toThrow(/must be 0 or more milliseconds/);
  });
  test.each([-1, 0.5, Number.NaN])('%d days', (days) => {
    expect(() => addBusinessDays(hours, 0, days)).toThrow(/whole number from 0/);
  });
});
