/** The same results as `dayjs-business-time` gives, for hours that it can tell: one clock, shifts within a day. */
import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc';
import dayjsBusinessTime from 'dayjs-business-time';
import fc from 'fast-check';
import type { Shift } from '../../../src/core/hours/businessHours';
import {
  addBusinessTime,
  businessTimeBetween,
  isOpen,
  nextOpening,
} from '../../../src/core/hours/businessTime';

dayjs.extend(utc);
dayjs.extend(dayjsBusinessTime);

const minute = 60_000;
const office: readonly Shift[] = [[540, 1020]];
const withLunch: readonly Shift[] = [
  [540, 720],
  [780, 1080],
];
const hours = {
  timeZone: 'UTC',
  offsets: [[0, 0]] as const,
  week: [[], office, withLunch, office, withLunch, [[480, 840]] as const, []],
  dates: { '2026-12-25': [], '2027-01-01': [], '2027-01-06': [] },
};

beforeAll(() => {
  const time = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00`;
  const segments = (day: number) =>
    (hours.week[day] ?? []).map(([from, to]) => ({ start: time(from), end: time(to) }));
  dayjs.setBusinessTime({
    sunday: null,
    monday: segments(1),
    tuesday: segments(2),
    wednesday: segments(3),
    thursday: segments(4),
    friday: segments(5),
    saturday: null,
  });
  dayjs.setHolidays(Object.keys(hours.dates));
});

const start = Date.parse('2026-11-23T00:00Z');
const moment = fc.integer({ min: 0, max: 60 * 1440 }).map((minutes) => start + minutes * minute);

it('adds business minutes as the library does', () => {
  fc.assert(
    fc.property(moment, fc.integer({ min: 1, max: 3_000 }), (from, minutes) => {
      const theirs = dayjs.utc(from).addBusinessMinutes(minutes).valueOf();
      const ours = addBusinessTime(hours, from, minutes * minute) ?? 0;
      // At the end of a shift they go on to the next one: no business time lies between the two.
      expect(businessTimeBetween(hours, ours, theirs)).toBe(0);
      expect(theirs).toBeGreaterThanOrEqual(ours);
      expect(isOpen(hours, ours) ? theirs : nextOpening(hours, ours)).toBe(
        isOpen(hours, ours) ? ours : theirs,
      );
    }),
    { numRuns: 300, seed: 1 },
  );
});

it('counts the minutes between as the library does', () => {
  fc.assert(
    fc.property(moment, moment, (one, other) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)];
      const theirs = dayjs.utc(from).businessMinutesDiff(dayjs.utc(to));
      expect(businessTimeBetween(hours, from, to) / minute).toBe(theirs);
    }),
    { numRuns: 100, seed: 1 },
  );
});
