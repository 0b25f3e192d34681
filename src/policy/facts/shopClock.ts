/** What the clock on the shop's wall shows, and whether the team is at work. */
import type { BusinessHours } from '../../core/hours/businessHours';
import { nextOpening } from '../../core/hours/businessTime';
import type { Facts } from './facts';

/** `2026-11-25`, `wednesday`, 10. */
type ShopClock = Pick<Facts['clock'], 'today' | 'weekday' | 'hour'>;

/** With the time: `10:30`. */
interface WallClock {
  readonly clock: ShopClock;
  readonly time: string;
}

/** Making a format takes longer than all else that is done with a message's time. */
const formats = new Map<string, Intl.DateTimeFormat>();

const minuteMs = 60_000;
/** What each shop's clock shows, by the minute: now, and when it opens next, which is the same all night. */
const shown = new Map<string, Map<number, WallClock>>();
const minutesKept = 100;

/** @param timeZone - of the IANA database; the policy's schema lets no other through. */
export function shopClock(at: Date, timeZone: string): ShopClock {
  return wallClock(at, timeZone).clock;
}

function wallClock(at: Date, timeZone: string): WallClock {
  const minute = Math.floor(at.getTime() / minuteMs);
  const minutes = shown.get(timeZone) ?? new Map<number, WallClock>();
  const known = minutes.get(minute);
  if (known !== undefined) return known;
  const wall = readClock(at, timeZone);
  if (minutes.size >= minutesKept) minutes.clear();
  shown.set(timeZone, minutes.set(minute, wall));
  return wall;
}

/** @param hours - absent: the team is always at work. */
export function clockFacts(at: Date, timeZone: string, hours: BusinessHours | undefined): Facts['clock'] {
  const {
    clock: { today, weekday, hour },
    time,
  } = wallClock(at, timeZone);
  const now = at.getTime();
  const opens = hours === undefined ? now : nextOpening(hours, now);
  if (opens === now) return { today, weekday, hour, open: true, opensOn: today, opensAt: time };
  const next = opens === null ? null : wallClock(new Date(opens), timeZone);
  const [opensOn, opensAt] = next === null ? ['', ''] : [next.clock.today, next.time];
  return { today, weekday, hour, open: false, opensOn, opensAt };
}

function readClock(at: Date, timeZone: string): WallClock {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return {
    clock: {
      today: `${part('year')}-${part('month')}-${part('day')}`,
      weekday: part('weekday').toLowerCase(),
      hour: Number(part('hour')),
    },
    time: `${part('hour')}:${part('minute')}`,
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(timeZone, format);
  return format;
}
