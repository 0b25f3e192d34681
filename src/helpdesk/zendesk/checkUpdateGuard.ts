/** Whether a draft may still be written: nobody else is at work on the ticket, and the customer said nothing new. */
import { compareIds, isCustomerComment, type Author } from '../../core/ticket/ticket';
import { restingStatuses, type UpdateGuard } from '../../core/ticket/update';
import { RemoteFailure } from '../../remote/failures';
import { commentEventsOf, writerOf } from './audits';
import { isMachineMade, type AuthorContext } from './authorship';
import type { ZendeskAudit, ZendeskTicket } from './schemas';

interface WrittenComment {
  readonly id: string;
  readonly author: Author;
  readonly public: boolean;
  readonly machineMade: boolean;
}

/**
 * @param audits - newest first.
 * @throws RemoteFailure `person-active` or `stale-draft`, not retryable.
 */
export function checkUpdateGuard(
  guard: UpdateGuard,
  ticket: ZendeskTicket,
  audits: readonly ZendeskAudit[],
  context: AuthorContext,
): void {
  if (guard.kind === 'any') return;
  const comments = writtenComments(audits, context);
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
  const assignee = ticket.assignee_id ?? null;
  const known = [null, context.ownUserId, guard.knownAssigneeId];
  if (!known.includes(assignee)) {
    throw refused('person-active', 'an agent was assigned since the turn began');
  }
  if (newerThan(comments, guard.knownAgentCommentId).some(({ author }) => author === 'agent')) {
    throw refused('person-active', 'an agent has written since the turn began');
  }
  const { knownStatus, knownGroupId } = guard;
  const put = ticket.status !== knownStatus && restingStatuses.includes(ticket.status);
  if (knownStatus !== undefined && put && isAgentsChange('status', audits, context)) {
    throw refused('person-active', `an agent has set the ticket to ${ticket.status} since the turn began`);
  }
  const moved = (ticket.group_id ?? null) !== knownGroupId;
  if (knownGroupId !== undefined && moved && isAgentsChange('group_id', audits, context)) {
    throw refused('person-active', 'an agent has given the ticket to another group since the turn began');
  }
  refuseOtherRequester(ticket, guard.requesterId);
  refuseNewerWords(comments, guard.newestCustomerCommentId);
}

/** What was written for one customer is not for another one to read. */
function refuseOtherRequester(ticket: ZendeskTicket, known = ticket.requester_id): void {
  if (ticket.requester_id !== known) {
    throw refused('stale-draft', 'the ticket was given to another requester since the draft was made');
  }
}

/** Whoever else writes along may have changed what is to be said; and a draft is soon made anew. */
function refuseNewerWords(comments: readonly WrittenComment[], known: string | null): void {
  const words = newerThan(comments, known).filter(({ machineMade }) => !machineMade);
  if (words.some(isCustomerComment)) {
    throw refused('stale-draft', 'a customer has written again since the draft was made');
  }
}

/** Who changed the field last: our own updates, triggers and automations are no person's decision. */
function isAgentsChange(field: string, audits: readonly ZendeskAudit[], context: AuthorContext): boolean {
  for (const audit of audits) {
    const change = audit.events.find((event) => event.field_name === field);
    if (change !== undefined) return writerOf(audit, change, context) === 'agent';
  }
  // Too long ago to be told: stepping back is the safe mistake.
  return true;
}

/** Oldest first. */
function writtenComments(audits: readonly ZendeskAudit[], context: AuthorContext): readonly WrittenComment[] {
  return audits.toReversed().flatMap((audit) =>
    commentEventsOf(audit).map((event) => ({
      id: event.id,
      author: writerOf(audit, event, context),
      public: event.public !== false,
      machineMade: isMachineMade(audit.metadata),
    })),
  );
}

/** Everything behind the comment of that id. One that is older than everything shown is told by its smaller id. */
function newerThan(comments: readonly WrittenComment[], id: string | null): readonly WrittenComment[] {
  if (id === null) return comments;
  const at = comments.findIndex((comment) => comment.id === id);
  return at >= 0 ? comments.slice(at + 1) : comments.filter((comment) => compareIds(comment.id, id) > 0);
}

function refused(kind: 'person-active' | 'stale-draft', message: string): RemoteFailure {
  return new RemoteFailure(kind, message, { retryable: false });
}
