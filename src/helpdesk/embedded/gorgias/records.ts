/**
 * What the embedded Gorgias keeps, in the field names of Gorgias' REST API (developers.gorgias.com/reference/the-ticket-object,
 * the-ticketmessage-object, the-user-object, the-customer-object).
 */
import { z } from 'zod';
import { Table } from '../common/recordStore';

const id = z.int();
const time = z.string();

/** Somebody of the company. */
const userSchema = z.object({
  id,
  name: z.string(),
  email: z.string(),
  active: z.boolean(),
  role: z.string(),
  created_datetime: time,
});
export type User = z.infer<typeof userSchema>;

const customerSchema = z.object({
  id,
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  language: z.string().nullable(),
  created_datetime: time,
});
export type Customer = z.infer<typeof customerSchema>;

const teamSchema = z.object({ id, name: z.string(), member_ids: z.array(id), created_datetime: time });
export type Team = z.infer<typeof teamSchema>;

const tagSchema = z.object({ id, name: z.string(), created_datetime: time });
export type Tag = z.infer<typeof tagSchema>;

const ticketSchema = z.object({
  id,
  subject: z.string().nullable(),
  status: z.enum(['open', 'closed']),
  priority: z.enum(['low', 'normal', 'high', 'critical']),
  channel: z.string(),
  via: z.string(),
  from_agent: z.boolean(),
  spam: z.boolean(),
  customer_id: id,
  assignee_user_id: id.nullable(),
  assignee_team_id: id.nullable(),
  tags: z.array(z.string()),
  /** By the field's id. */
  custom_fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  external_id: z.string().nullable(),
  language: z.string().nullable(),
  meta: z.record(z.string(), z.unknown()).nullable(),
  is_unread: z.boolean(),
  survey: z.object({ id, score: id, body_text: z.string().nullable(), scored_datetime: time }).nullable(),
  created_datetime: time,
  updated_datetime: time,
  closed_datetime: time.nullable(),
  snooze_datetime: time.nullable(),
  trashed_datetime: time.nullable(),
  last_message_datetime: time.nullable(),
  last_received_message_datetime: time.nullable(),
});
export type Ticket = z.infer<typeof ticketSchema>;

const address = z.strictObject({ address: z.string().nullish(), name: z.string().nullish() });
export const sourceSchema = z.strictObject({
  type: z.string().optional(),
  from: address.nullish(),
  to: z.array(address).nullish(),
  cc: z.array(address).nullish(),
  bcc: z.array(address).nullish(),
  extra: z.record(z.string(), z.unknown()).nullish(),
});

export const attachmentSchema = z.strictObject({
  url: z.string(),
  name: z.string(),
  content_type: z.string(),
  size: z.int().nullish(),
  public: z.boolean().optional(),
});

const messageSchema = z.object({
  id,
  ticket_id: id,
  channel: z.string(),
  via: z.string(),
  public: z.boolean(),
  from_agent: z.boolean(),
  /** A user where it is from an agent, else a customer. */
  sender_id: id,
  receiver_id: id.nullable(),
  source: sourceSchema.nullable(),
  integration_id: id.nullable(),
  rule_id: id.nullable(),
  external_id: z.string().nullable(),
  message_id: z.string().nullable(),
  subject: z.string().nullable(),
  body_html: z.string(),
  body_text: z.string(),
  headers: z.record(z.string(), z.string()).nullable(),
  attachments: z.array(attachmentSchema),
  meta: z.record(z.string(), z.unknown()).nullable(),
  created_datetime: time,
  sent_datetime: time.nullable(),
  failed_datetime: time.nullable(),
});
export type Message = z.infer<typeof messageSchema>;

/** A call of the HTTP integration that was not taken yet. */
const callSchema = z.object({
  id,
  trigger: z.enum(['ticket-created', 'ticket-updated', 'ticket-message-created']),
  ticket_id: id,
  message_id: id.nullable(),
  attempts: z.int(),
});
export type IntegrationCall = z.infer<typeof callSchema>;

/** What an admin sets up. */
const settingSchema = z.object({
  id,
  kind: z.enum(['integrations', 'views']),
  /** As it was sent. */
  body: z.record(z.string(), z.unknown()),
  created_datetime: time,
});
export type Setting = z.infer<typeof settingSchema>;

/** developers.gorgias.com/reference/the-custom-field-object, of tickets. */
const customFieldSchema = z.object({
  id,
  label: z.string(),
  description: z.string().nullable(),
  priority: z.int(),
  type: z.enum(['text', 'number', 'boolean']),
  /** Null: no drop-down. */
  choices: z.array(z.string()).nullable(),
  deactivated_datetime: time.nullable(),
});
export type CustomField = z.infer<typeof customFieldSchema>;

export const emptyTables = () => ({
  users: new Table('users', userSchema),
  customers: new Table('customers', customerSchema),
  teams: new Table('teams', teamSchema),
  tags: new Table('tags', tagSchema),
  tickets: new Table('tickets', ticketSchema),
  messages: new Table('messages', messageSchema),
  calls: new Table('calls', callSchema),
  settings: new Table('settings', settingSchema),
  customFields: new Table('customFields', customFieldSchema),
});
export type Tables = Readonly<ReturnType<typeof emptyTables>>;

/** `2026-01-01T00:00:00.000000+00:00`: as live accounts print every time (seen in a connector's sample event). */
export function gorgiasTime(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/Z$/, '000+00:00');
}
