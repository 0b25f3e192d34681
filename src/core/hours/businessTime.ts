/**
 * Counting in business time. Instants are epoch milliseconds, durations milliseconds. Every function is pure and total
 * over valid hours; null says that the team never comes back to work, as far as anybody can know.
 */
import { dayMs } from '../spans';
import type { BusinessHours } from './businessHours';
import { instantOf, localTime } from './localTime';
import { openingsFrom, type Opening } from './openings';

export function isOpen(hours: BusinessHours, at: number): boolean {
  return nextOpening(hours, at) === at;
}

/** The first instant at or after `at` at which it is open: `at` itself while it is. */
export function nextOpening(hours: BusinessHours, at: number): number | null {
  for (const { start } of openingsFrom(hours, at)) return Math.max(at, start);
  return null;
}

/**
 * When so much open time has gone by since `from`.
 * @param ms - at least 0.
 * @throws RangeError for another number.
 */
export function addBusinessTime(hours: BusinessHours, from: number, ms: number): number | null {
  if (!(ms >= 0)) throw new RangeError(`A business duration must be 0 or more milliseconds, not ${ms}.`);
  if (ms === 0) return from;
  let left = ms;
  for (const { start, end } of openingsFrom(hours, from)) {
    const begin = Math.max(from, start);
    if (begin + left <= end) return begin + left;
    left -= end - begin;
  }
  return null;
}

/**
 * The same time of day, so many business days later. A business day is one on which a shift begins, that shift's time
 * after midnight included. What begins while it is closed begins with the next opening. Where it is closed at that
 * time of the last day: when it opens again on that day, or, after its last shift, when that ends.
 * @param days - a whole number, at least 0.
 * @throws RangeError for another number.
 */
export function addBusinessDays(hours: BusinessHours, from: number, days: number): number | null {
  if (!Number.isInteger(days) || days < 0) {
    throw new RangeError(`Business days must be a whole number from 0, not ${days}.`);
  }
  if (days === 0) return from;
  let first: Opening | null = null;
  let last: Opening | null = null;
  let count = 0;
  let wanted = from;
  for (const opening of openingsFrom(hours, from)) {
    first ??= opening;
    const isNewDay = opening.day !== (last ?? first).day;
    if (isNewDay && count === days) break;
    if (isNewDay) {
      count += 1;
      const timeOfDay = localTime(hours, Math.max(from, first.start)) - first.day * dayMs;
      wanted = instantOf(hours, opening.day * dayMs + timeOfDay);
    }
    last = opening;
    if (count === days && wanted <= opening.end) return Math.max(wanted, opening.start);
  }
  return count === days && last !== null ? last.end : null;
}

/** How much of the time between was open; negative where `to` is the earlier one. */
export function businessTimeBetween(hours: BusinessHours, from: number, to: number): number {
  if (to < from) return -businessTimeBetween(hours, to, from);
  let open = 0;
  for (const { start, end } of openingsFrom(hours, from, to)) {
    if (start >= to) break;
    open += Math.min(end, to) - Math.max(start, from);
  }
  return open;
}
