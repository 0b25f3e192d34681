/** Spans of time, in milliseconds. */
const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
/** Policies are checked for it; one of an earlier version may say less, and would be waited for again and again. */
export const waitsAtLeastMs = secondMs;

const units = [
  ['day', dayMs],
  ['hour', hourMs],
  ['minute', minuteMs],
] as const;

/** `2 days`, `36 hours`: in the largest unit that tells it whole. */
export function spanText(ms: number, largest: 'day' | 'hour' = 'day'): string {
  const [unit, unitMs] =
    units
      .filter(([name]) => name !== 'day' || largest === 'day')
      .find(([, size]) => ms >= size && ms % size === 0) ?? (['second', secondMs] as const);
  const count = Math.round(ms / unitMs);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
