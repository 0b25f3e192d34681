/** How long a step that asks shop or classifier is tried, and in which place of the line. */
import type { TicketState, Turn } from '../state';

/** At least, where the policy has so much: a step that is only slow, after a desk that was slow, is no outage. */
const shortestPatienceMs = 2 * 60_000;

export interface Patience {
  /** Epoch milliseconds. */
  readonly waitsSince: number;
  /** Until the customer is told, or, when that is behind it, until the step budget is used up; absent: until that is. */
  readonly patienceMs?: number;
}

export function patienceOf(
  { settings, holding }: Pick<TicketState, 'settings' | 'holding'>,
  { startedAt: waitsSince, cause }: Pick<Turn, 'startedAt' | 'cause'>,
  now: number,
): Patience {
  const { holdingReplyAfterMs: after, stepBudgetMs } = settings;
  // Who is answered another time has an answer already, and what people have is theirs.
  const isOthers = cause === 'reply-again' || cause === 'team-silence';
  if (after === undefined || after >= stepBudgetMs || isOthers) return { waitsSince };
  const leftMs = waitsSince + (holding?.isOpen === true ? stepBudgetMs : after) - now;
  return { waitsSince, patienceMs: Math.max(leftMs, Math.min(shortestPatienceMs, after)) };
}
