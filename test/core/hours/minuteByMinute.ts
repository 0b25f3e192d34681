/**
 * Business time the slow way: minute by minute, by what the team's clock shows then. It shares nothing with what it
 * checks: the clock is Intl's, and a shift is on from the minute in which the clock first reaches its begin until it
 * first reaches its end.
 */
import type { BusinessHours } from '../../../src/core/hours/businessHours';

export const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Shifts that began before the first minute must have begun within the walk. */
const leadDays = 3;

export type WrittenHours = Omit<BusinessHours, 'offsets'>;

/** What a clock shows, each minute: local times as milliseconds, as if in UTC. */
export interface Clock {
  readonly timeZone: string;
  /** The first minute, some days before what is asked for. */
  readonly start: number;
  readonly shown: readonly number[];
}

/** The answers are minutes since `from` of the walk. Null: not within it. */
export interface Walk {
  readonly from: number;
  /** The date of the shift that is on; null: closed. */
  readonly open: readonly (string | null)[];
  readonly shown: readonly number[];
  /** The dates with a minute that is open, in their order. */
  readonly days: readonly string[];
}

const clocks = new Map<string, Clock>();

export function clockOf(timeZone: string, from: number, days: number): Clock {
  const key = `${timeZone} ${from} ${days}`;
  const known = clocks.get(key);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const start = from - leadDays * dayMs;
  // Clocks change on the quarter: within one they go on by the minute.
  const shown = Array.from({ length: (leadDays + days) * 96 }, (_, quarter) => {
    const part: Partial<Record<string, number>> = Object.fromEntries(
      format.formatToParts(start + quarter * 15 * minuteMs).map(({ type, value }) => [type, Number(value)]),
    );
    const time = [part['hour'], part['minute']] as const;
    const now = Date.UTC(part['year'] ?? 0, (part['month'] ?? 0) - 1, part['day'], ...time);
    return Array.from({ length: 15 }, (_, minute) => now + minute * minuteMs);
  }).flat();
  const clock = { timeZone, start, shown };
  clocks.set(key, clock);
  return clock;
}

export function walk({ week, dates }: Omit<WrittenHours, 'timeZone'>, { start, shown }: Clock): Walk {
  const begins = new Map<number, { readonly date: string; readonly until: number }>();
  for (let day = Math.floor(start / dayMs) - 2; day * dayMs <= start + shown.length * minuteMs; day += 1) {
    const midnight = new Date(day * dayMs);
    const date = midnight.toISOString().slice(0, 10);
    for (const [from, to] of dates[date] ?? week[midnight.getUTCDay()] ?? []) {
      begins.set(day * dayMs + from * minuteMs, { date, until: day * dayMs + to * minuteMs });
    }
  }
  let furthest = (shown[0] ?? 0) - minuteMs;
  let on: { readonly date: string; readonly until: number } | null = null;
  const open = shown.map((now) => {
    // One minute; a whole hour of them where the clock jumps; none while it shows an hour again.
    for (; furthest < now; furthest += minuteMs) {
      const reached = furthest + minuteMs;
      if (on !== null && on.until <= reached) on = null;
      on = begins.get(reached) ?? on;
    }
    return on?.date ?? null;
  });
  const lead = leadDays * 1440;
  const asked = open.slice(lead);
  const days = [...new Set(asked)].filter((date) => date !== null);
  return { from: start + leadDays * dayMs, open: asked, shown: shown.slice(lead), days };
}

export function firstOpenMinute({ open }: Walk, start: number): number | null {
  for (let index = start; index < open.length; index += 1) {
    if (open[index] !== null) return index;
  }
  return null;
}

export function openMinutesBetween({ open }: Walk, start: number, end: number): number {
  return open.slice(start, end).filter((date) => date !== null).length;
}

/** When so many open minutes have gone by. */
export function afterOpenMinutes({ open }: Walk, start: number, minutes: number): number | null {
  let left = minutes;
  for (let index = start; left > 0; index += 1) {
    const date = open[index];
    if (date === undefined) return null;
    if (date !== null) left -= 1;
    if (left === 0) return index + 1;
  }
  return start;
}

/** The same time of day on the n-th next day with a shift. */
export function afterBusinessDays(walked: Walk, start: number, days: number): number | null {
  const { open, shown, days: dates } = walked;
  const first = firstOpenMinute(walked, start);
  const firstDate = first === null ? null : open[first];
  if (first === null || firstDate === null || firstDate === undefined) return null;
  const index = dates.indexOf(firstDate) + days;
  const date = dates[index];
  // The last day of the walk may go on after it.
  if (date === undefined || dates[index + 1] === undefined) return null;
  const wanted = Date.parse(date) + (shown[first] ?? 0) - Date.parse(firstDate);
  // The clock shows that time, or a later one, for the first time.
  const reached = shown.findIndex((now) => now >= wanted);
  // At the very end of a shift it is due by then, not with the next one.
  if (open[reached - 1] === date) return reached;
  const at = open.indexOf(date, reached === -1 ? open.length : reached);
  return at === -1 ? open.lastIndexOf(date) + 1 : at;
}
