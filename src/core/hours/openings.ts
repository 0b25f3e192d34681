/** The hours as a row of instants: open from, open until. */
import { dayMs } from '../spans';
import type { BusinessHours, Shift } from './businessHours';
import { dateOf, dayNumber, instantOf, localTime } from './localTime';

/** Epoch milliseconds; it is closed again at `end`. */
export interface Opening {
  readonly start: number;
  readonly end: number;
  /** The day on which its shift began, also after midnight. Days since 1970-01-01. */
  readonly day: number;
}

const minuteMs = 60_000;
/** A shift begins at most a day before it ends; clocks have been set back by up to another one. */
const shiftReachesDays = 2;
/** Nobody waits longer than this for a team to be at work. */
const looksAheadMs = 20 * 366 * dayMs;

/** In their order, none twice; from the one that is under way at that time, or the next one. */
export function* openingsFrom(
  hours: BusinessHours,
  at: number,
  until = at + looksAheadMs,
): Generator<Opening> {
  const lastDay = Math.min(dayNumber(localTime(hours, until)), lastDayWithShifts(hours));
  let coveredUntil = Number.NEGATIVE_INFINITY;
  for (let day = dayNumber(localTime(hours, at)) - shiftReachesDays; day <= lastDay; day += 1) {
    for (const [from, to] of shiftsOn(hours, day)) {
      // An exception may begin before the shift of the night before has ended.
      const start = Math.max(coveredUntil, instantOf(hours, day * dayMs + from * minuteMs));
      const end = instantOf(hours, day * dayMs + to * minuteMs);
      // A clock can jump over a shift.
      if (end <= start) continue;
      coveredUntil = end;
      if (end > at) yield { start, end, day };
    }
  }
}

function shiftsOn({ week, dates }: BusinessHours, day: number): readonly Shift[] {
  const date = dateOf(day);
  // 1970-01-01 was a Thursday.
  return (Object.hasOwn(dates, date) ? dates[date] : week[(((day + 4) % 7) + 7) % 7]) ?? [];
}

function lastDayWithShifts({ week, dates }: BusinessHours): number {
  if (week.some((shifts) => shifts.length > 0)) return Number.POSITIVE_INFINITY;
  return Math.max(...Object.keys(dates).map((date) => Date.parse(date) / dayMs), Number.NEGATIVE_INFINITY);
}
