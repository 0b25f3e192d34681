/**
 * What the embedded desk keeps, in the field names of Zendesk's Support API v2
 * (developer.zendesk.com/api-reference/ticketing). One schema per record: it is also how a stored record is read
 * back, so that a damaged file is noticed at start and not in the middle of a conversation.
 */
import { z } from 'zod';

const id = z.number().int();
const time = z.string();

const viaSchema = z.object({
  channel: z.string(),
  source: z.object({
    from: z.record(z.string(), z.unknown()),
    to: z.record(z.string(), z.unknown()),
    rel: z.string().nullable(),
  }),
});
export type Via = z.infer<typeof viaSchema>;

const userRoles = ['end-user', 'agent', 'admin'] as const;
export const userSchema = z.object({
  id,
  name: z.string(),
  email: z.string().nullable(),
  role: z.enum(userRoles),
  locale: z.string(),
  created_at: time,
  updated_at: time,
});
export type User = z.infer<typeof userSchema>;

export const groupSchema = z.object({ id, name: z.string(), created_at: time, updated_at: time });
export type Group = z.infer<typeof groupSchema>;

/** Of the brand that every account has. */
export const defaultBrandId = 360_001;
export const brandSchema = z.object({
  id,
  name: z.string(),
  subdomain: z.string(),
  created_at: time,
  updated_at: time,
});
export type Brand = z.infer<typeof brandSchema>;

export const membershipSchema = z.object({
  id,
  user_id: id,
  group_id: id,
  default: z.boolean(),
  created_at: time,
  updated_at: time,
});
export type Membership = z.infer<typeof membershipSchema>;

export const statuses = ['new', 'open', 'pending', 'hold', 'solved', 'closed'] as const;
export const priorities = ['low', 'normal', 'high', 'urgent'] as const;

/** Those that the embedded desk has of developer.zendesk.com/api-reference/ticketing/tickets/ticket_fields. */
export const fieldTypes = [
  'text',
  'textarea',
  'integer',
  'decimal',
  'date',
  'checkbox',
  'regexp',
  'tagger',
] as const;
export const ticketFieldSchema = z.object({
  id,
  type: z.enum(fieldTypes),
  title: z.string(),
  /** For customers, and for agents alone. */
  description: z.string().default(''),
  agent_description: z.string().nullable().default(null),
  active: z.boolean(),
  regexp_for_validation: z.string().nullable(),
  /** Of a checkbox: the tag that a ticket has while it is ticked. */
  tag: z.string().nullable(),
  custom_field_options: z.array(z.object({ id, name: z.string(), value: z.string() })),
  created_at: time,
  updated_at: time,
});
export type TicketField = z.infer<typeof ticketFieldSchema>;

const fieldValueSchema = z.object({ id, value: z.union([z.string(), z.number(), z.boolean()]) });
export type SetFieldValue = z.infer<typeof fieldValueSchema>;

export const ticketSchema = z.object({
  id,
  external_id: z.string().nullable(),
  via: viaSchema,
  created_at: time,
  updated_at: time,
  /** Unix seconds of the last change; unlike `updated_at` never ahead of the clock. */
  generated_timestamp: z.number().int(),
  subject: z.string(),
  description: z.string(),
  priority: z.enum(priorities).nullable(),
  status: z.enum(statuses),
  requester_id: id,
  submitter_id: id,
  assignee_id: id.nullable(),
  group_id: id.nullable(),
  brand_id: id.default(defaultBrandId),
  tags: z.array(z.string()),
  followup_ids: z.array(id),
  /** Those that have a value. */
  custom_fields: z.array(fieldValueSchema).default([]),
  is_public: z.boolean(),
  /** The newest; each has an id of its own. */
  satisfaction_rating: z
    .object({ id, score: z.enum(['good', 'bad']), comment: z.string().nullable() })
    .nullable()
    .default(null),
  /** Grows with every change of any ticket: the order of the incremental export. Not shown. */
  change: z.number().int(),
});
export type Ticket = z.infer<typeof ticketSchema>;

const attachmentSchema = z.object({
  id,
  file_name: z.string(),
  content_type: z.string(),
  size: z.number().int(),
  inline: z.boolean(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

const metadataSchema = z.object({
  system: z.record(z.string(), z.unknown()),
  custom: z.record(z.string(), z.unknown()),
  flags: z.array(z.number().int()).optional(),
});
export type Metadata = z.infer<typeof metadataSchema>;

export const commentSchema = z.object({
  id,
  ticket_id: id,
  audit_id: id,
  author_id: id,
  body: z.string(),
  html_body: z.string(),
  plain_body: z.string(),
  public: z.boolean(),
  attachments: z.array(attachmentSchema),
  via: viaSchema,
  created_at: time,
  metadata: metadataSchema,
});
export type Comment = z.infer<typeof commentSchema>;

const auditEventSchema = z.looseObject({ id, type: z.string() });
export type AuditEvent = z.infer<typeof auditEventSchema>;

export const auditSchema = z.object({
  id,
  ticket_id: id,
  created_at: time,
  author_id: id,
  via: viaSchema,
  metadata: metadataSchema,
  events: z.array(auditEventSchema),
});
export type Audit = z.infer<typeof auditSchema>;

export const webhookSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable().default(null),
  endpoint: z.string(),
  status: z.enum(['active', 'inactive']),
  subscriptions: z.array(z.string()),
  http_method: z.literal('POST'),
  request_format: z.literal('json'),
  custom_headers: z.record(z.string(), z.string()),
  secret: z.string(),
  created_at: time,
  updated_at: time,
  created_by: z.string(),
});
export type Webhook = z.infer<typeof webhookSchema>;

const viewConditionSchema = z.object({
  field: z.enum(['status', 'current_tags', 'assignee_id', 'group_id']),
  operator: z.enum(['is', 'is_not', 'less_than', 'greater_than', 'includes', 'not_includes']),
  value: z.string(),
});
export type ViewCondition = z.infer<typeof viewConditionSchema>;

export const viewSchema = z.object({
  id,
  title: z.string(),
  description: z.string().nullable(),
  active: z.boolean(),
  all: z.array(viewConditionSchema),
  any: z.array(viewConditionSchema),
  created_at: time,
  updated_at: time,
});
export type View = z.infer<typeof viewSchema>;

const triggerConditionSchema = z.object({
  field: z.enum(['update_type', 'role', 'status', 'comment_is_public']),
  operator: z.enum(['is', 'is_not']),
  value: z.string(),
});
export type TriggerCondition = z.infer<typeof triggerConditionSchema>;

/** One that calls a webhook; `value` is the webhook's id, then what is sent, with placeholders. */
export const triggerSchema = z.object({
  id,
  title: z.string(),
  description: z.string().nullable(),
  active: z.boolean(),
  all: z.array(triggerConditionSchema),
  any: z.array(triggerConditionSchema),
  actions: z.array(
    z.object({ field: z.literal('notification_webhook'), value: z.tuple([z.string(), z.string()]) }),
  ),
  created_at: time,
  updated_at: time,
});
export type Trigger = z.infer<typeof triggerSchema>;

/** developer.zendesk.com/api-reference/ticketing/tickets/suspended_tickets */
export const suspendedTicketSchema = z.object({
  id,
  author: z.object({ id: id.nullable(), name: z.string(), email: z.string() }),
  subject: z.string(),
  content: z.string(),
  cause: z.string(),
  cause_id: z.number().int(),
  recipient: z.string(),
  ticket_id: id.nullable(),
  via: viaSchema,
  created_at: time,
  updated_at: time,
});
export type SuspendedTicket = z.infer<typeof suspendedTicketSchema>;

/** A webhook event; `id` is its place in the outbox, the event's own id is in the payload. */
export const outgoingEventSchema = z.object({
  id,
  type: z.string(),
  /** A trigger's is sent as it is. */
  payload: z.union([z.string(), z.record(z.string(), z.unknown())]),
  /** The one that a trigger calls; absent: all that are subscribed. */
  webhook_id: z.string().optional(),
});
export type OutgoingEvent = z.infer<typeof outgoingEventSchema>;

/** The answer of a ticket creation, kept for its `Idempotency-Key`. */
export const keptAnswerSchema = z.object({
  id: z.string(),
  bodyHash: z.string(),
  ticketId: id,
  /** Epoch milliseconds. */
  at: z.number(),
});
export type KeptAnswer = z.infer<typeof keptAnswerSchema>;

/** `2026-01-01T00:00:00Z`: whole seconds, as Zendesk prints every time. */
export function zendeskTime(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

export function isStaff(user: User): boolean {
  return user.role !== 'end-user';
}
