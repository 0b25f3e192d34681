/** What the guard of an update asks, read from a ticket of Zendesk's and its audits. */
import type { UpdateGuard } from '../../core/ticket/update';
import { checkUpdateGuard as check, type SeenTicket } from '../updateGuard';
import { commentEventsOf, writerOf } from './audits';
import { isMachineMade, type AuthorContext } from './authorship';
import type { ZendeskAudit, ZendeskTicket } from './schemas';

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
  check(guard, {
    ownUserId: context.ownUserId,
    requesterId: ticket.requester_id,
    assigneeId: ticket.assignee_id ?? null,
    status: ticket.status,
    groupId: ticket.group_id ?? null,
    tags: ticket.tags,
    comments: writtenComments(audits, context),
    isAgentsChange: (changed) => isAgentsChange(changed === 'group' ? 'group_id' : 'status', audits, context),
  });
}

/** Who changed the field last. */
function isAgentsChange(field: string, audits: readonly ZendeskAudit[], context: AuthorContext): boolean {
  for (const audit of audits) {
    const change = audit.events.find((event) => event.field_name === field);
    if (change !== undefined) return writerOf(audit, change, context) === 'agent';
  }
  // Too long ago to be told: stepping back is the safe mistake.
  return true;
}

/** Oldest first. */
function writtenComments(audits: readonly ZendeskAudit[], context: AuthorContext): SeenTicket['comments'] {
  return audits.toReversed().flatMap((audit) =>
    commentEventsOf(audit).map((event) => ({
      id: event.id,
      author: writerOf(audit, event, context),
      public: event.public !== false,
      machineMade: isMachineMade(audit.metadata),
    })),
  );
}
