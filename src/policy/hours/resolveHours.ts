/** From the policy's schedule to hours that can be counted over without a time zone database or a calendar. */
import type { BusinessHours, Shift } from '../../core/hours/businessHours';
import type { PolicySettings } from '../../core/policy/plan';
import type { Schedule } from './schedule';

/**
 * What was, for waits that began before; and as far ahead as anybody waits (`durations.ts`). Beyond, the week goes on
 * without holidays and changes of clocks; each look at a ticket brings the hours anew.
 */
const monthsBack = 6;
const monthsAhead = 12;

const dayMs = 86_400_000;

interface Resolved {
  readonly month: number;
  readonly hours: BusinessHours;
}
const resolved = new WeakMap<Schedule, Resolved>();

/** @param now - epoch milliseconds. Within a month (UTC) the same object is returned. */
export function resolveHours(schedule: Schedule, now: number): BusinessHours {
  const today = new Date(now);
  const startOfMonth = (months: number) => Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + months, 1);
  const month = startOfMonth(0);
  const last = resolved.get(schedule);
  if (last?.month === month) return last.hours;
  const from = startOfMonth(-monthsBack);
  const to = startOfMonth(monthsAhead);
  const hours: BusinessHours = {
    timeZone: schedule.timeZone,
    offsets: schedule.zoneOffsets(schedule.timeZone, from, to),
    week: schedule.week,
    dates: datesBetween(schedule, from, to),
  };
  resolved.set(schedule, { month, hours });
  return hours;
}

/** The same settings with the hours that they were asked for last. */
const withLastHours = new WeakMap<PolicySettings, PolicySettings>();

/** @param schedule - of the version in force; null: the team is always at work. */
export function withHours(settings: PolicySettings, schedule: Schedule | null, now: number): PolicySettings {
  if (schedule === null) return settings;
  const hours = resolveHours(schedule, now);
  const last = withLastHours.get(settings);
  if (last?.hours === hours) return last;
  const resolved = { ...settings, hours };
  withLastHours.set(settings, resolved);
  return resolved;
}

/** A date of its own counts before a day of every year, and both before a holiday. */
function datesBetween(schedule: Schedule, from: number, to: number): BusinessHours['dates'] {
  const holidays = holidaysBetween(schedule, from, to);
  const dates: Record<string, readonly Shift[]> = {};
  for (let at = from; at < to; at += dayMs) {
    const day = new Date(at);
    const date = day.toISOString().slice(0, 10);
    const ofTheWeek = schedule.week[day.getUTCDay()] ?? [];
    const shifts =
      schedule.dates.get(date) ?? schedule.dates.get(date.slice(5)) ?? before(ofTheWeek, holidays.get(date));
    if (!isSame(shifts, ofTheWeek)) dates[date] = shifts;
  }
  return dates;
}

/** From which minute on it is closed, by date. */
function holidaysBetween({ holidaysIn }: Schedule, from: number, to: number): ReadonlyMap<string, number> {
  const minutes = new Map<string, number>();
  for (let year = new Date(from).getUTCFullYear(); year <= new Date(to).getUTCFullYear(); year += 1) {
    for (const { date, fromMinute } of holidaysIn(year)) {
      minutes.set(date, Math.min(fromMinute, minutes.get(date) ?? fromMinute));
    }
  }
  return minutes;
}

function before(shifts: readonly Shift[], closedFrom: number | undefined): readonly Shift[] {
  if (closedFrom === undefined) return shifts;
  return shifts.flatMap(([from, to]): readonly Shift[] =>
    from < closedFrom ? [[from, Math.min(to, closedFrom)]] : [],
  );
}

function isSame(one: readonly Shift[], other: readonly Shift[]): boolean {
  return (
    one.length === other.length &&
    one.every(([from, to], index) => from === other[index]?.[0] && to === other[index][1])
  );
}
