/** How long something is waited for: by the clock, or while the team is at work. */
import { assertNever } from '../failure';
import { dayMs, spanText } from '../spans';
import type { BusinessHours } from './businessHours';
import { addBusinessDays, addBusinessTime } from './businessTime';

/** `business-days`: the same time of day, so many days with a shift later. */
export type BusinessUnit = 'business-hours' | 'business-days';

export interface Wait {
  /** A business day counts as 24 hours here; so long is waited where the hours cannot tell. */
  readonly afterMs: number;
  /** Absent: by the clock. */
  readonly countedIn?: BusinessUnit;
}

/** A wait as `{ afterMs, countedIn }`, for those who keep the two under other names. */
export function waitOf(afterMs: number, countedIn: BusinessUnit | undefined): Wait {
  return countedIn === undefined ? { afterMs } : { afterMs, countedIn };
}

/** @param hours - absent: the team is always at work; so it is taken to be when it never comes back. */
export function dueAt(hours: BusinessHours | undefined, from: number, { afterMs, countedIn }: Wait): number {
  const byClock = from + afterMs;
  if (hours === undefined || countedIn === undefined) return byClock;
  switch (countedIn) {
    case 'business-hours':
      return addBusinessTime(hours, from, Math.max(0, afterMs)) ?? byClock;
    case 'business-days':
      return addBusinessDays(hours, from, Math.max(0, Math.round(afterMs / dayMs))) ?? byClock;
    default:
      return assertNever(countedIn);
  }
}

/** `2 business hours`, `3 business days`, `4 days`. */
export function waitText({ afterMs, countedIn }: Wait): string {
  if (countedIn === undefined) return spanText(afterMs);
  return spanText(afterMs, countedIn === 'business-days' ? 'day' : 'hour').replace(' ', ' business ');
}
