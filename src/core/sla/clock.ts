/**
 * One clock and its target. What it has used is kept both by the clock on the wall and in the team's hours, so that
 * another target, tier or way of counting can be held against it at any time. Instants are epoch milliseconds.
 */
import type { BusinessHours } from '../hours/businessHours';
import { addBusinessDays, addBusinessTime, businessTimeBetween, nextOpening } from '../hours/businessTime';
import { dueAt } from '../hours/wait';
import { dayMs } from '../spans';
import type { SlaTarget } from './targets';

export interface Clock {
  /** From when on the customer waits; a pause does not change it. */
  readonly since: number;
  /** How long it ran before `runsSince`: all of it, and what the team was at work of it. */
  readonly ranMs: number;
  readonly openMs: number;
  /** Null: it stands. */
  readonly runsSince: number | null;
  /** What it waited for has come: it goes on only where the ticket is opened again. */
  readonly over?: true | undefined;
  /** People were told once; absent: not yet. */
  readonly warned?: true;
  readonly breachedAt?: number;
}

export function begun(at: number): Clock {
  return { since: at, ranMs: 0, openMs: 0, runsSince: at };
}

/** The clock itself where it stands already. */
export function stopped(clock: Clock, at: number, hours: BusinessHours | undefined): Clock {
  const { runsSince } = clock;
  if (runsSince === null) return clock;
  const until = Math.max(at, runsSince);
  return {
    ...clock,
    ranMs: clock.ranMs + until - runsSince,
    openMs: clock.openMs + openBetween(runsSince, until, hours),
    runsSince: null,
  };
}

/** The clock itself where it runs already. */
export function goingOn(clock: Clock, at: number): Clock {
  return clock.runsSince === null ? { ...clock, runsSince: Math.max(at, clock.since) } : clock;
}

/** How much of its target is used, and how much that is in all; milliseconds, counted as the target is. */
export function usedOf(
  clock: Clock,
  target: SlaTarget,
  hours: BusinessHours | undefined,
  now: number,
): { readonly usedMs: number; readonly ofMs: number } {
  const counted = countedHours(clock, target, hours);
  const runsFor =
    clock.runsSince === null ? null : { from: clock.runsSince, to: Math.max(now, clock.runsSince) };
  const before = counted === null ? clock.ranMs : clock.openMs;
  const since =
    runsFor === null
      ? 0
      : counted === null
        ? runsFor.to - runsFor.from
        : businessTimeBetween(counted, runsFor.from, runsFor.to);
  return { usedMs: before + since, ofMs: budgetOf(clock, target, counted) };
}

/** When its target is reached if it goes on running; null: it stands. */
export function breachAt(clock: Clock, target: SlaTarget, hours: BusinessHours | undefined): number | null {
  const { runsSince, since, ranMs } = clock;
  if (runsSince === null) return null;
  // Without a pause a business day is over at the same time of day, which open time alone cannot tell.
  if (ranMs === 0 && runsSince === since) return dueAt(hours, since, target);
  const counted = countedHours(clock, target, hours);
  return reachedAt(clock, runsSince, budgetOf(clock, target, counted), counted);
}

/** When people are to be warned; null: it stands, or nobody wants it. */
export function warningAt(clock: Clock, target: SlaTarget, hours: BusinessHours | undefined): number | null {
  const { warn } = target;
  if (warn === undefined || clock.runsSince === null) return null;
  const counted = countedHours(clock, target, hours);
  const budget = budgetOf(clock, target, counted);
  const after = 'share' in warn ? Math.round(budget * warn.share) : Math.max(0, budget - warn.beforeMs);
  return reachedAt(clock, clock.runsSince, after, counted);
}

function reachedAt(
  { ranMs, openMs }: Clock,
  runsSince: number,
  afterMs: number,
  counted: BusinessHours | null,
): number {
  if (counted === null) return runsSince + Math.max(0, afterMs - ranMs);
  const left = Math.max(0, afterMs - openMs);
  return addBusinessTime(counted, runsSince, left) ?? runsSince + left;
}

/** Of business days: the open time until then. */
function budgetOf(
  { since }: Clock,
  { afterMs, countedIn }: SlaTarget,
  counted: BusinessHours | null,
): number {
  if (counted === null || countedIn !== 'business-days') return afterMs;
  const end = addBusinessDays(counted, since, Math.round(afterMs / dayMs));
  return end === null ? afterMs : businessTimeBetween(counted, since, end);
}

/** Null: by the clock, which is how it goes with a team that never comes back. */
function countedHours(
  { since, runsSince }: Clock,
  { countedIn }: SlaTarget,
  hours: BusinessHours | undefined,
): BusinessHours | null {
  if (countedIn === undefined || hours === undefined) return null;
  return nextOpening(hours, runsSince ?? since) === null ? null : hours;
}

function openBetween(from: number, to: number, hours: BusinessHours | undefined): number {
  return hours === undefined ? to - from : businessTimeBetween(hours, from, to);
}
