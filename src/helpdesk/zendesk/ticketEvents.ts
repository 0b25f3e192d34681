/**
 * Zendesk's ticket events, as a webhook is subscribed to them and as its deliveries are read
 * (developer.zendesk.com/api-reference/webhooks/event-types/ticket-events).
 */
const typeOf = (name: string): string => `zen:event-type:ticket.${name}`;

/** After these a ticket is worth a look. Others, other tags and fields above all, change no conversation. */
export const lookEvents: readonly string[] = [
  'created',
  'comment_added',
  'comment_made_private',
  'status_changed',
  'agent_assignment_changed',
  'group_assignment_changed',
  'requester_changed',
  'csat_received',
  'merged',
  'marked_as_spam',
  'soft_deleted',
  'undeleted',
].map(typeOf);

/** Worth a look only for tags by which agents steer. */
export const tagsChangedEvent = typeOf('tags_changed');
