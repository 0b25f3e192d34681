/** Whom a hand-back found at the ticket, and who counts no more until they come anew. */
import type { TicketState, Turn } from '../state';
import { compareIds, type TicketSnapshot } from '../ticket/ticket';

/** Whoever writes or takes the ticket after it was handed back has not let go of it. */
export function releasedBy(
  state: TicketState,
  turn: Turn,
  snapshot: TicketSnapshot,
): TicketState['released'] {
  // Desks tell whole seconds; in doubt the person wins.
  const second = Math.floor(turn.startedAt / 1_000) * 1_000;
  const known = state.lastKnown.agentCommentId;
  // What was known by then counts whatever the desk's clock says.
  const before = snapshot.comments.filter(
    ({ author, id, at }) =>
      author === 'agent' && (Date.parse(at) < second || (known !== null && compareIds(id, known) <= 0)),
  );
  return { agentCommentId: before.at(-1)?.id ?? null, assigneeId: state.lastKnown.assigneeId };
}

/** Once another assignee was seen, or none, whoever had let go and is assigned again has taken the ticket anew. */
export function stillAway(
  released: TicketState['released'],
  { assignee }: TicketSnapshot,
): TicketState['released'] {
  return released === null || released.assigneeId === assignee?.id
    ? released
    : { ...released, assigneeId: null };
}
