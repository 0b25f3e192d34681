/** From instants to what the team's clock shows, and back. Local times are milliseconds since 1970, as if in UTC. */
import { dayMs } from '../spans';
import type { BusinessHours } from './businessHours';

const minuteMs = 60_000;

type Offsets = Pick<BusinessHours, 'offsets'>;

export function localTime({ offsets }: Offsets, at: number): number {
  const [, minutes] = offsets.findLast(([from]) => from <= at) ?? offsets[0];
  return at + minutes * minuteMs;
}

/**
 * When the clock first shows that time or a later one. So what a clock jumps over comes with the jump, and of an hour
 * that comes twice the first one counts.
 */
export function instantOf({ offsets }: Offsets, local: number): number {
  for (const [index, [from, minutes]] of offsets.entries()) {
    const until = offsets[index + 1]?.[0] ?? Number.POSITIVE_INFINITY;
    const at = Math.max(index === 0 ? Number.NEGATIVE_INFINITY : from, local - minutes * minuteMs);
    if (at < until) return at;
  }
  throw new RangeError('the last offset has no end');
}

/** Days since 1970-01-01. */
export function dayNumber(local: number): number {
  return Math.floor(local / dayMs);
}

/** `2026-12-25`. */
export function dateOf(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}
