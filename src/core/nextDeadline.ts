import type { Deadline, TicketState } from './state';

/** When the engine acts by itself: the ticket's own deadline, or, where that is sooner, the one of what is promised. */
export function nextDeadline({ deadline, sla }: Pick<TicketState, 'deadline' | 'sla'>): Deadline | null {
  const promised = sla?.deadline;
  return promised !== undefined && (deadline === null || promised.at < deadline.at) ? promised : deadline;
}
