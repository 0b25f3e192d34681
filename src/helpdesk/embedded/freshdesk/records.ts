/**
 * What the embedded Freshdesk keeps, in the field names of Freshdesk's API v2 (developers.freshdesk.com/api/).
 */
import { z } from 'zod';
import { Table } from '../common/recordStore';
import { ruleBody } from './ruleBody';

const id = z.int();
const time = z.string();

const attachmentSchema = z.object({
  id,
  name: z.string(),
  content_type: z.string(),
  size: z.int(),
  attachment_url: z.string(),
  created_at: time,
  updated_at: time,
});
export type Attachment = z.infer<typeof attachmentSchema>;

const agentTypes = ['support_agent', 'field_agent', 'collaborator'] as const;

/** Contacts and agents are one people: an agent's id is that of the person. */
const personSchema = z.object({
  id,
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  /** Null: a customer. */
  agent: z.object({ type: z.enum(agentTypes), group_ids: z.array(id), deactivated: z.boolean() }).nullable(),
  created_at: time,
  updated_at: time,
});
export type Person = z.infer<typeof personSchema>;

const groupSchema = z.object({
  id,
  name: z.string(),
  description: z.string(),
  created_at: time,
  updated_at: time,
});
export type Group = z.infer<typeof groupSchema>;

/** Freshdesk's name for a brand. */
const productSchema = groupSchema;
export type Product = z.infer<typeof productSchema>;

const ticketSchema = z.object({
  id,
  subject: z.string(),
  description: z.string(),
  description_text: z.string(),
  status: z.int(),
  priority: z.int(),
  source: z.int(),
  type: z.string().nullable(),
  requester_id: id,
  responder_id: id.nullable(),
  group_id: id.nullable(),
  product_id: id.nullable().default(null),
  tags: z.array(z.string()),
  custom_fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  attachments: z.array(attachmentSchema),
  spam: z.boolean(),
  deleted: z.boolean(),
  created_at: time,
  updated_at: time,
  stats: z.object({
    agent_responded_at: time.nullable(),
    requester_responded_at: time.nullable(),
    first_responded_at: time.nullable(),
    status_updated_at: time,
    reopened_at: time.nullable(),
    resolved_at: time.nullable(),
    closed_at: time.nullable(),
    pending_since: time.nullable(),
  }),
});
export type Ticket = z.infer<typeof ticketSchema>;

const conversationSchema = z.object({
  id,
  ticket_id: id,
  user_id: id.nullable(),
  body: z.string(),
  body_text: z.string(),
  incoming: z.boolean(),
  private: z.boolean(),
  source: z.int(),
  support_email: z.string().nullable(),
  from_email: z.string().nullable(),
  to_emails: z.array(z.string()),
  cc_emails: z.array(z.string()),
  bcc_emails: z.array(z.string()),
  attachments: z.array(attachmentSchema),
  created_at: time,
  updated_at: time,
});
export type Conversation = z.infer<typeof conversationSchema>;

const ratingSchema = z.object({
  id,
  survey_id: id,
  user_id: id,
  agent_id: id.nullable(),
  ticket_id: id,
  feedback: z.string().nullable(),
  ratings: z.object({ default_question: z.int() }),
  created_at: time,
  updated_at: time,
});

/** A call of the automation rule that was not taken yet. */
const ruleCallSchema = z.object({ id, ticket_id: id, attempts: z.int() });
export type RuleCall = z.infer<typeof ruleCallSchema>;

const ruleSchema = z.object({
  id,
  /** 1: when a ticket is made, 3: hourly, 4: when it is changed. */
  type: z.int(),
  /** As it was sent. */
  body: ruleBody,
  created_at: time,
  updated_at: time,
});
export type Rule = z.infer<typeof ruleSchema>;

export const customFieldTypes = [
  ...(['custom_text', 'custom_paragraph', 'custom_number', 'custom_decimal', 'custom_date'] as const),
  ...(['custom_checkbox', 'custom_dropdown'] as const),
] as const;
const ticketFieldSchema = z.object({
  id,
  /** The key of `custom_fields`. */
  name: z.string(),
  label: z.string(),
  type: z.enum(customFieldTypes),
  /** Of a drop-down; else empty. */
  choices: z.array(z.object({ id, value: z.string() })),
  /** One of those that were there at first has to be remembered as gone. */
  deleted: z.boolean(),
});
export type TicketField = z.infer<typeof ticketFieldSchema>;

export const emptyTables = () => ({
  people: new Table('people', personSchema),
  groups: new Table('groups', groupSchema),
  products: new Table('products', productSchema),
  tickets: new Table('tickets', ticketSchema),
  conversations: new Table('conversations', conversationSchema),
  ratings: new Table('ratings', ratingSchema),
  ruleCalls: new Table('ruleCalls', ruleCallSchema),
  rules: new Table('rules', ruleSchema),
  ticketFields: new Table('ticketFields', ticketFieldSchema),
});
export type Tables = Readonly<ReturnType<typeof emptyTables>>;

/** `2026-01-01T00:00:00Z`: whole seconds, as Freshdesk prints every time. */
export function freshdeskTime(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
