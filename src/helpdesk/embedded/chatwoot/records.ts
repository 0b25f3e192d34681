/** What the embedded Chatwoot keeps, in the field names of its tables (github.com/chatwoot/chatwoot, db/schema.rb). */
import { z } from 'zod';
import { Table } from '../common/recordStore';

const id = z.int();
/** Epoch milliseconds; Chatwoot prints seconds, and whole ones mostly. */
const time = z.int();

const userSchema = z.object({
  id,
  name: z.string(),
  email: z.string(),
  role: z.enum(['agent', 'administrator']),
});
export type User = z.infer<typeof userSchema>;

const teamSchema = z.object({ id, name: z.string(), member_ids: z.array(id) });

const contactSchema = z.object({
  id,
  name: z.string(),
  /** Null: somebody who gave a number only. */
  email: z.string().nullable(),
  phone_number: z.string().nullable(),
  created_at: time,
});
export type Contact = z.infer<typeof contactSchema>;

export const statuses = ['open', 'resolved', 'pending', 'snoozed'] as const;
export const priorities = ['low', 'medium', 'high', 'urgent'] as const;

const conversationSchema = z.object({
  /** The `display_id`: one row for each account, and here is one account. */
  id,
  uuid: z.string(),
  inbox_id: id,
  contact_id: id,
  assignee_id: id.nullable(),
  team_id: id.nullable(),
  status: z.enum(statuses),
  snoozed_until: time.nullable(),
  priority: z.enum(priorities).nullable(),
  labels: z.array(z.string()),
  custom_attributes: z.record(z.string(), z.unknown()),
  additional_attributes: z.record(z.string(), z.unknown()),
  created_at: time,
  updated_at: time,
  last_activity_at: time,
});
export type Conversation = z.infer<typeof conversationSchema>;

export const messageTypes = ['incoming', 'outgoing', 'activity', 'template'] as const;

const attachmentSchema = z.object({
  id,
  file_type: z.enum(['image', 'audio', 'video', 'file']),
  data_url: z.string(),
  file_size: z.int(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

const messageSchema = z.object({
  id,
  conversation_id: id,
  content: z.string(),
  message_type: z.enum(messageTypes),
  content_type: z.string(),
  content_attributes: z.record(z.string(), z.unknown()),
  private: z.boolean(),
  status: z.enum(['sent', 'failed']),
  source_id: z.string().nullable(),
  /** Null: an activity, or an automation. */
  sender: z.object({ type: z.enum(['User', 'Contact']), id }).nullable(),
  attachments: z.array(attachmentSchema),
  created_at: time,
});
export type Message = z.infer<typeof messageSchema>;

/** A call of the agent bot's address that was not taken yet. */
const botCallSchema = z.object({
  id,
  /** `X-Chatwoot-Delivery`, the same on every try. */
  delivery: z.string(),
  event: z.enum(['message_created', 'message_updated', 'conversation_opened', 'conversation_resolved']),
  conversation_id: id,
  /** Null: it tells of the conversation. */
  message_id: id.nullable(),
  attempts: z.int(),
});
export type BotCall = z.infer<typeof botCallSchema>;

const webhookSchema = z.object({
  id,
  url: z.string(),
  name: z.string().nullable(),
  subscriptions: z.array(z.string()),
  secret: z.string(),
});
export type Webhook = z.infer<typeof webhookSchema>;

const labelSchema = z.object({
  id,
  title: z.string(),
  description: z.string().nullable(),
  color: z.string(),
  show_on_sidebar: z.boolean(),
});
export type Label = z.infer<typeof labelSchema>;

export const attributeTypes = [
  ...(['text', 'number', 'currency', 'percent', 'link', 'date', 'list', 'checkbox'] as const),
] as const;
const attributeSchema = z.object({
  id,
  attribute_key: z.string(),
  attribute_display_name: z.string(),
  attribute_description: z.string().nullable(),
  attribute_display_type: z.enum(attributeTypes),
  attribute_values: z.array(z.string()),
  /** One of those that were there at first has to be remembered as gone. */
  deleted: z.boolean(),
});
export type Attribute = z.infer<typeof attributeSchema>;

export const emptyTables = () => ({
  users: new Table('users', userSchema),
  teams: new Table('teams', teamSchema),
  contacts: new Table('contacts', contactSchema),
  conversations: new Table('conversations', conversationSchema),
  messages: new Table('messages', messageSchema),
  botCalls: new Table('botCalls', botCallSchema),
  webhooks: new Table('webhooks', webhookSchema),
  labels: new Table('labels', labelSchema),
  attributes: new Table('attributes', attributeSchema),
});
export type Tables = Readonly<ReturnType<typeof emptyTables>>;

/** The account and its inboxes: made once, for all there is to try. */
export const account = { id: 1, name: 'Demo Shop' };

export const inboxes = [
  { id: 1, name: 'Care', channel_type: 'Channel::Email', hmac_verified: false },
  { id: 2, name: 'Shop', channel_type: 'Channel::WebWidget', hmac_verified: false },
  { id: 3, name: 'App', channel_type: 'Channel::Api', hmac_verified: true },
  { id: 4, name: 'WhatsApp', channel_type: 'Channel::Whatsapp', hmac_verified: false },
] as const;
export type Inbox = (typeof inboxes)[number];

export function inboxOf({ inbox_id: wanted }: Pick<Conversation, 'inbox_id'>): Inbox {
  return inboxes.find(({ id: known }) => known === wanted) ?? inboxes[0];
}
