/** What the clock on the shop's wall shows. */
import type { Facts } from './facts';

/** Making a format takes longer than all else that is done with a message's time. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** No clock in use differs from another by less than a quarter of an hour. */
const quarterMs = 15 * 60_000;
/** What each shop's clock has shown last, and the quarter in which it did. */
const shown = new Map<string, { readonly quarter: number; readonly clock: Facts['clock'] }>();

/** @param timeZone - of the IANA database; the policy's schema lets no other through. */
export function shopClock(at: Date, timeZone: string): Facts['clock'] {
  const quarter = Math.floor(at.getTime() / quarterMs);
  const last = shown.get(timeZone);
  if (last?.quarter === quarter) return last.clock;
  const clock = readClock(at, timeZone);
  shown.set(timeZone, { quarter, clock });
  return clock;
}

function readClock(at: Date, timeZone: string): Facts['clock'] {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return {
    today: `${part('year')}-${part('month')}-${part('day')}`,
    weekday: part('weekday').toLowerCase(),
    hour: Number(part('hour')),
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
    hourCycle: 'h23',
  });
  formats.set(timeZone, format);
  return format;
}
