/**
 * Records as the API shows them (app/views/api/v1) and as webhooks do (`webhook_data` and `push_event_data` of
 * app/models and app/presenters): the one has numbers for the types of messages and seconds, the other words and times.
 */
import type { ChatwootContext } from './context';
import {
  account,
  inboxOf,
  messageTypes,
  type Contact,
  type Conversation,
  type Message,
  type Tables,
  type User,
} from './records';

type View = Record<string, unknown>;
type Shown = Pick<ChatwootContext, 'tables' | 'clock'>;

/** How long WhatsApp takes an answer to what a customer wrote: app/services/conversations/message_window_service.rb */
const windowMs = 24 * 3_600_000;

export function conversationView({ tables, clock }: Shown, conversation: Conversation): View {
  const { id, uuid, inbox_id, status, priority, labels, custom_attributes, additional_attributes } =
    conversation;
  const [last] = messagesOf(tables, id).slice(-1);
  const said = messagesOf(tables, id).filter(({ message_type: type }) => type !== 'activity');
  const times = {
    ...{
      agent_last_seen_at: 0,
      assignee_last_seen_at: 0,
      contact_last_seen_at: 0,
      first_reply_created_at: 0,
    },
    ...{ created_at: seconds(conversation.created_at), updated_at: conversation.updated_at / 1_000 },
    ...{ timestamp: seconds(conversation.last_activity_at), waiting_since: 0 },
    last_activity_at: seconds(conversation.last_activity_at),
  };
  return {
    meta: metaOf(tables, conversation),
    id,
    messages: last === undefined ? [] : [pushMessage(tables, last)],
    ...{ account_id: account.id, uuid, additional_attributes, custom_attributes, inbox_id, labels, status },
    snoozed_until: isoOrNull(conversation.snoozed_until),
    ...{
      can_reply: canReply(tables, conversation, clock()),
      muted: false,
      unread_count: 0,
      priority,
    },
    last_non_activity_message: said.length === 0 ? null : pushMessage(tables, said[said.length - 1] ?? last),
    ...{ sla_policy_id: null, ...times },
  };
}

function canReply(tables: Tables, conversation: Conversation, now: number): boolean {
  if (inboxOf(conversation).channel_type !== 'Channel::Whatsapp') return true;
  return messagesOf(tables, conversation.id).some(
    ({ message_type: type, created_at: at }) => type === 'incoming' && at > now - windowMs,
  );
}

function metaOf(tables: Tables, conversation: Conversation): View {
  const contact = tables.contacts.records.get(conversation.contact_id);
  const assignee = tables.users.records.get(conversation.assignee_id ?? 0);
  const team = tables.teams.records.get(conversation.team_id ?? 0);
  const { channel_type: channel, hmac_verified } = inboxOf(conversation);
  return {
    sender: contact === undefined ? null : contactView(contact),
    channel,
    ...(assignee === undefined ? {} : { assignee: agentView(assignee), assignee_type: 'User' }),
    ...(team === undefined ? {} : { team: { id: team.id, name: team.name, description: null } }),
    hmac_verified,
  };
}

export function messageView(tables: Tables, message: Message, echoId?: string): View {
  const { id, content, conversation_id, content_type, content_attributes, status, source_id } = message;
  const conversation = tables.conversations.records.get(conversation_id);
  return {
    ...{ id, content, inbox_id: conversation?.inbox_id },
    ...(echoId === undefined ? {} : { echo_id: echoId }),
    ...{ conversation_id, message_type: messageTypes.indexOf(message.message_type), content_type, status },
    ...{ content_attributes, created_at: seconds(message.created_at), private: message.private, source_id },
    ...(message.sender === null ? {} : { sender: senderView(tables, message.sender) }),
    ...(message.attachments.length === 0
      ? {}
      : { attachments: message.attachments.map((file) => ({ ...file, message_id: id, thumb_url: '' })) }),
  };
}

/** `push_event_data`: the row of the table, and who wrote it. */
function pushMessage(tables: Tables, message: Message | undefined): View | null {
  if (message === undefined) return null;
  return {
    ...messageView(tables, message),
    ...{
      account_id: account.id,
      sender_type: message.sender?.type ?? null,
      sender_id: message.sender?.id ?? null,
    },
    processed_message_content: message.content,
  };
}

function senderView(tables: Tables, { type, id }: NonNullable<Message['sender']>): View {
  if (type === 'User') {
    const name = tables.users.records.get(id)?.name ?? '';
    return {
      id,
      name,
      available_name: name,
      avatar_url: '',
      type: 'user',
      availability_status: null,
      thumbnail: '',
    };
  }
  const contact = tables.contacts.records.get(id);
  return contact === undefined ? { id, type: 'contact' } : { ...contactView(contact), type: 'contact' };
}

export function contactView({ id, name, email, phone_number, created_at }: Contact): View {
  return {
    ...{
      additional_attributes: {},
      availability_status: 'offline',
      email,
      id,
      name,
      phone_number,
      blocked: false,
    },
    ...{ identifier: null, thumbnail: '', custom_attributes: {}, created_at: seconds(created_at) },
  };
}

export function agentView({ id, name, email, role }: User): View {
  return {
    ...{
      id,
      account_id: account.id,
      availability_status: 'offline',
      auto_offline: true,
      confirmed: true,
      email,
    },
    ...{ available_name: name, name, role, thumbnail: '' },
  };
}

export function messagesOf(tables: Tables, conversationId: number): readonly Message[] {
  return [...tables.messages.records.values()].filter(({ conversation_id: of }) => of === conversationId);
}

/** A conversation in a webhook shows its last public message, whatever the webhook tells of. */
export function webhookConversation({ tables, clock }: Shown, conversation: Conversation): View {
  const { id, inbox_id, status, priority, labels, custom_attributes, additional_attributes } = conversation;
  const chat = messagesOf(tables, id).filter(
    ({ message_type: type, private: isPrivate }) => type !== 'activity' && !isPrivate,
  );
  const last = chat[chat.length - 1];
  return {
    ...{
      additional_attributes,
      can_reply: canReply(tables, conversation, clock()),
      channel: inboxOf(conversation).channel_type,
      id,
      inbox_id,
    },
    ...{ messages: last === undefined ? [] : [pushMessage(tables, last)], labels },
    ...{ meta: metaOf(tables, conversation), status, custom_attributes, priority, unread_count: 0 },
    snoozed_until: isoOrNull(conversation.snoozed_until),
    ...{
      last_activity_at: seconds(conversation.last_activity_at),
      created_at: seconds(conversation.created_at),
    },
    updated_at: conversation.updated_at / 1_000,
    account: account,
  };
}

export function webhookMessage(desk: Shown, conversation: Conversation, message: Message): View {
  const { id, content, content_type, content_attributes, message_type, source_id, sender } = message;
  const { id: inboxId, name } = inboxOf(conversation);
  return {
    ...{ account, additional_attributes: {}, content_attributes, content_type, content, id, message_type },
    conversation: webhookConversation(desk, conversation),
    created_at: new Date(message.created_at).toISOString(),
    ...{ inbox: { id: inboxId, name }, private: message.private, source_id },
    sender: sender === null ? null : senderView(desk.tables, sender),
  };
}

function seconds(ms: number): number {
  return Math.floor(ms / 1_000);
}

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
