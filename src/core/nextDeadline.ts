import type { Deadline, TicketState } from './state';

/** When the engine acts by itself: the soonest of the ticket's own deadline and those of what is kept beside it. */
export function nextDeadline({
  deadline,
  sla,
  teamSilence,
}: Pick<TicketState, 'deadline' | 'sla' | 'teamSilence'>): Deadline | null {
  return [sla?.deadline, teamSilence?.deadline].reduce<Deadline | null>(
    (soonest, other) =>
      other !== undefined && (soonest === null || other.at < soonest.at) ? other : soonest,
    deadline,
  );
}
