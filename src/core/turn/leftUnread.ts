/**
 * A look that failed for good, at a ticket that people have or were called to, or about which only a reminder was due:
 * a desk that was out takes no ticket from anybody. It stays as it is, and is looked at again.
 */
import { changed } from '../changed';
import { followUpBy } from '../conversation/customerSilence';
import { handedOffAt } from '../approval/approvalPath';
import { rungAt } from '../people/ladder';
import type { Deadline, TicketState, Turn } from '../state';
import { endTurn } from './turnEnd';

/** @returns null: somebody may wait for the bot, and people get the ticket. */
export function leftUnread(state: TicketState, turn: Turn, now: number): TicketState | null {
  const due = soonAgain(state, turn, now);
  if (due === null) return null;
  const { silence } = state;
  const next = due.reason === 'follow-up' ? silence?.followUps[0] : undefined;
  return endTurn(next === undefined ? changed(state, { deadline: due }) : followUpBy(state, next, due), now);
}

function soonAgain(
  { stage, settings, approval }: TicketState,
  { cause, resume }: Turn,
  now: number,
): Deadline | null {
  // Tried in vain: that has an end of its own.
  if (cause === 'team-silence') return null;
  const at = now + rungAt(settings, 0).afterMs;
  if (stage === 'with-person') return orEarlier({ at, reason: 'person-check' }, resume);
  if (stage === 'handed-off' || stage === 'escalated') return orEarlier({ at, reason: 'try-again' }, resume);
  if (stage === 'waiting-for-customer' && cause === 'follow-up') return { at, reason: 'follow-up' };
  const since = approval?.since;
  if (stage !== 'waiting-for-approval' || cause !== 'approval-reminder' || since === undefined) return null;
  return orEarlier({ at, reason: 'approval-reminder' }, handedOffAt(settings, since));
}

function orEarlier(one: Deadline, other: Deadline | null): Deadline {
  return other !== null && other.at < one.at ? other : one;
}
