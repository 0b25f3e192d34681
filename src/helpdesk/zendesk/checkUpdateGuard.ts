/** Whether a draft may still be written: nobody else is at work on the ticket, and the customer said nothing new. */
import { compareIds, type Author } from '../../core/ticket';
import type { UpdateGuard } from '../../core/update';
import { RemoteFailure } from '../../remote/failures';
import { commentEventsOf } from './audits';
import { authorOf, isMachineMade, type AuthorContext } from './authorship';
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
  refuseNewerWords(comments, guard.newestCustomerCommentId);
}

function refuseNewerWords(comments: readonly WrittenComment[], known: string | null): void {
  const words = newerThan(comments, known).filter(({ machineMade }) => !machineMade);
  if (words.some(({ author }) => author === 'requester')) {
    throw refused('stale-draft', 'the customer has written again since the draft was made');
  }
}

/** Oldest first. */
function writtenComments(audits: readonly ZendeskAudit[], context: AuthorContext): readonly WrittenComment[] {
  return audits.toReversed().flatMap((audit) =>
    commentEventsOf(audit).map((event) => ({
      id: event.id,
      author: authorOf(
        event.author_id ?? audit.author_id,
        event.via?.channel ?? audit.via?.channel ?? null,
        context,
      ),
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
