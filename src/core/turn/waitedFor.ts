/** Whether, and since when, a customer waits while a person has the ticket. */
import type { Deadline, TicketState, Turn } from '../state';
import { isNewer, type TicketComment, type TicketSnapshot } from '../ticket/ticket';
import { waitingFor } from './guard';

/** Nobody's name is on it, and the customer waits: it is looked at again soon. */
export function isWaitedFor(
  state: TicketState,
  snapshot: TicketSnapshot,
  comments: readonly TicketComment[],
): boolean {
  return snapshot.assignee?.kind !== 'agent' && waitingFor(state, snapshot, comments).length > 0;
}

/** The check that was due before stands while the same customer words wait: who writes on does not wait longer. */
export function checkDue(
  state: TicketState,
  { resume }: Turn,
  snapshot: TicketSnapshot,
  waiting: readonly TicketComment[],
): Deadline | null {
  const known = snapshot.comments.find(({ id }) => id === state.lastKnown.customerCommentId);
  const [oldest] = waiting;
  if (resume?.reason !== 'person-check' || known === undefined || oldest === undefined) return null;
  return isNewer(oldest, known) ? null : resume;
}
