/** Whether a draft may still be written: nobody else is at work on the ticket, and the customer said nothing new. */
import { stoppedByTags } from '../core/people/steeringTags';
import { compareIds, isCustomerComment, type Author, type DeskStatus } from '../core/ticket/ticket';
import { restingStatuses, type UpdateGuard } from '../core/ticket/update';
import { RemoteFailure } from '../remote/failures';

interface SeenComment {
  readonly id: string;
  readonly author: Author;
  readonly public: boolean;
  readonly machineMade: boolean;
}

/** The ticket as it was just read. */
export interface SeenTicket {
  readonly ownUserId: string;
  readonly requesterId: string;
  readonly assigneeId: string | null;
  readonly status: DeskStatus;
  readonly groupId: string | null;
  readonly tags: readonly string[];
  /** Oldest first. */
  readonly comments: readonly SeenComment[];
  /** Asked of what has changed: triggers, automations and our own updates are no person's decision. */
  readonly isAgentsChange: (changed: 'status' | 'group') => boolean;
}

/** @throws RemoteFailure `person-active` or `stale-draft`, not retryable. */
export function checkUpdateGuard(guard: UpdateGuard, ticket: SeenTicket): void {
  if (guard.kind === 'any') return;
  const { comments } = ticket;
  const stopped = stoppedByTags(guard, ticket.tags);
  if (stopped !== null) {
    throw refused(stopped, 'a tag that holds Deskhand back was set since the draft was made');
  }
  if (guard.kind === 'no-newer-message') {
    const { knownAgentReplyId: known } = guard;
    const replies = known === undefined ? [] : newerThan(comments, known).filter((comment) => comment.public);
    if (replies.some(({ author }) => author === 'agent')) {
      throw refused('person-active', 'an agent has answered since the draft was made');
    }
    refuseOtherRequester(ticket, guard.requesterId);
    refuseNewerWords(comments, guard.newestCustomerCommentId);
    return;
  }
  const known = [null, ticket.ownUserId, guard.knownAssigneeId];
  if (!known.includes(ticket.assigneeId)) {
    throw refused('person-active', 'an agent was assigned since the turn began');
  }
  if (newerThan(comments, guard.knownAgentCommentId).some(({ author }) => author === 'agent')) {
    throw refused('person-active', 'an agent has written since the turn began');
  }
  const { knownStatus, knownGroupId } = guard;
  const put = ticket.status !== knownStatus && restingStatuses.includes(ticket.status);
  if (knownStatus !== undefined && put && ticket.isAgentsChange('status')) {
    throw refused('person-active', `an agent has set the ticket to ${ticket.status} since the turn began`);
  }
  if (knownGroupId !== undefined && ticket.groupId !== knownGroupId && ticket.isAgentsChange('group')) {
    throw refused('person-active', 'an agent has given the ticket to another group since the turn began');
  }
  refuseOtherRequester(ticket, guard.requesterId);
  refuseNewerWords(comments, guard.newestCustomerCommentId);
}

/** Everything behind the comment of that id. One that is older than everything shown is told by its smaller id. */
export function newerThan<T extends { readonly id: string }>(
  comments: readonly T[],
  id: string | null,
): readonly T[] {
  if (id === null) return comments;
  const at = comments.findIndex((comment) => comment.id === id);
  return at >= 0 ? comments.slice(at + 1) : comments.filter((comment) => compareIds(comment.id, id) > 0);
}

/** What was written for one customer is not for another one to read. */
function refuseOtherRequester({ requesterId }: SeenTicket, known = requesterId): void {
  if (requesterId !== known) {
    throw refused('stale-draft', 'the ticket was given to another requester since the draft was made');
  }
}

/** Whoever else writes along may have changed what is to be said; and a draft is soon made anew. */
function refuseNewerWords(comments: readonly SeenComment[], known: string | null): void {
  const words = newerThan(comments, known).filter(({ machineMade }) => !machineMade);
  if (words.some(isCustomerComment)) {
    throw refused('stale-draft', 'a customer has written again since the draft was made');
  }
}

function refused(kind: 'person-active' | 'stale-draft', message: string): RemoteFailure {
  return new RemoteFailure(kind, message, { retryable: false });
}
