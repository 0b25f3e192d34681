/** Hours that are written well and have no opening within a year: what counts in business time would not be due. */
import { nextOpening } from '../../core/hours/businessTime';
import { resolveHours } from '../hours/resolveHours';
import type { ReadPolicy } from '../load/loadPolicy';
import type { Finding } from './finding';

const yearMs = 366 * 86_400_000;

/** @param now - epoch milliseconds. */
export function findNeverOpen({ policy, files }: ReadPolicy, now: number): readonly Finding[] {
  const { schedule } = policy;
  if (schedule === null) return [];
  const opens = nextOpening(resolveHours(schedule, now), now);
  if (opens !== null && opens < now + yearMs) return [];
  const message =
    'has no shift within a year from now, so what counts in business time goes by the clock instead. Name a shift of the week, or days to come';
  return [{ ...files.policy.placeOf(['hours']), severity: 'error', kind: 'never-open', message }];
}
