/** What the routes of the embedded Chatwoot share. */
import type { Transaction } from '../common/recordStore';
import type { Contact, Conversation, Message, Tables, User } from './records';

export interface ChatwootLimits {
  /** Of one address (RACK_ATTACK_LIMIT). */
  readonly requestsPerMinute: number;
  /** Of one conversation, activities included (CONVERSATION_MESSAGE_PER_MINUTE_LIMIT). */
  readonly messagesPerMinute: number;
  readonly bodyBytes: number;
}

export const chatwootLimits: ChatwootLimits = {
  requestsPerMinute: 3_000,
  messagesPerMinute: 200,
  bodyBytes: 2 * 1024 * 1024,
};

export type Actor =
  { readonly type: 'User'; readonly user: User } | { readonly type: 'Contact'; readonly contact: Contact };

/** Attributes of a conversation by name, before and after. */
export type Changes = Readonly<
  Partial<Record<keyof Conversation, readonly [before: unknown, after: unknown]>>
>;

export interface Written {
  readonly conversation: Conversation;
  readonly isNew: boolean;
  /** Activities are among them. */
  readonly messages: readonly Message[];
  /** Earlier ones, changed. */
  readonly updated?: readonly Message[];
  readonly changes: Changes;
}

export interface ChatwootContext {
  readonly tables: Tables;
  readonly limits: ChatwootLimits;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Whether a bot answers the inboxes: their conversations begin as pending. */
  readonly hasBot: boolean;
  /** Stores what the step writes, then tells the webhooks and the page. */
  readonly change: (step: (tx: Transaction) => Written) => Promise<Written>;
}
