/** Who wrote a conversation: developers.freshdesk.com/api/#conversations. */
import type { Author } from '../../core/ticket/ticket';
import { conversationSources } from './numbers';
import type { FreshdeskConversation } from './schemas';

export interface AuthorContext {
  /** The agent whose key Deskhand has. */
  readonly ownUserId: string;
  readonly requesterId: string;
  /** The ids of the account's agents, as far as Freshdesk told them. */
  readonly agentIds: ReadonlySet<string>;
}

/**
 * Freshdesk does not tell what an agent wrote by hand from what came through the API with that agent's key: so
 * Deskhand needs an agent of its own.
 */
export function authorOf(
  { user_id: userId = null, incoming, source }: FreshdeskConversation,
  { ownUserId, requesterId, agentIds }: AuthorContext,
): Author {
  // A rating is told as a conversation, and is no message.
  if (userId === null || source === conversationSources.surveyFeedback) return 'system';
  if (userId === ownUserId) return 'bot';
  if (!incoming) return 'agent';
  if (userId === requesterId) return 'requester';
  // A note that an agent entered for somebody else.
  return agentIds.has(userId) ? 'agent' : 'third-party';
}

/** A forwarded mail goes to somebody else, whatever its mark says. */
export function isPublic({ private: isPrivate, source }: FreshdeskConversation): boolean {
  return !isPrivate && source !== conversationSources.forwardedMail;
}
