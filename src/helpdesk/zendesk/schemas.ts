/**
 * The fields of Zendesk's answers that Deskhand reads, and nothing more: unknown fields are let through, a missing or
 * strange one makes the answer malformed. Shapes: developer.zendesk.com/api-reference/ticketing.
 */
import { z } from 'zod';
import { deskStatuses, priorities } from '../../core/ticket/ticket';

/** Zendesk's ids are numbers in the API; to the rest of Deskhand an id is a string. */
const id = z.union([z.int(), z.string().regex(/^-?\d+$/)]).transform(String);
const time = z.iso.datetime({ offset: true });
const via = z.object({ channel: z.union([z.string(), z.number()]).transform(String) }).nullish();

/** developer.zendesk.com/documentation/ticketing/reference-guides/via-object-reference */
const ticketVia = z
  .object({
    channel: z.union([z.string(), z.number()]).transform(String),
    source: z
      .object({
        rel: z.string().nullish(),
        from: z.object({ ticket_id: id.nullish() }).nullish(),
      })
      .nullish()
      .catch(null),
  })
  .nullish();

/** A rating in a shape that nobody knows is none: the ticket is read all the same. */
const satisfactionRating = z
  .object({ id: id.nullish(), score: z.string(), comment: z.string().nullish() })
  .nullish()
  .catch(null);

const userSchema = z.object({
  id,
  name: z.string().nullish(),
  email: z.string().nullish(),
  role: z.string(),
  locale: z.string().nullish(),
  active: z.boolean().nullish(),
  suspended: z.boolean().nullish(),
});
export type ZendeskUser = z.infer<typeof userSchema>;

const ticketSchema = z.object({
  id,
  status: z.enum(deskStatuses),
  subject: z.string().nullish(),
  priority: z.enum(priorities).nullish(),
  tags: z.array(z.string()),
  group_id: id.nullish(),
  brand_id: id.nullish(),
  assignee_id: id.nullish(),
  requester_id: id,
  via: ticketVia,
  updated_at: time,
  satisfaction_rating: satisfactionRating,
  external_id: z.string().nullish(),
  followup_ids: z.array(id).nullish(),
  custom_fields: z.array(z.object({ id, value: z.unknown() })).nullish(),
});
export type ZendeskTicket = z.infer<typeof ticketSchema>;

/**
 * Marks on a mail or form: developer.zendesk.com/api-reference/ticketing/tickets/ticket_comments/#comment-flags
 */
const flagged = {
  flags: z.array(z.number()).nullish(),
  flags_options: z.record(z.string(), z.object({ trusted: z.boolean().nullish() })).nullish(),
};
const commentMetadata = z.object(flagged);
export type CommentFlags = z.infer<typeof commentMetadata>;

const attachmentSchema = z.object({
  file_name: z.string(),
  content_type: z.string().nullish(),
  size: z.number().nullish(),
});

const commentSchema = z.object({
  id,
  type: z.string().nullish(),
  /** Of a `VoiceComment`: developer.zendesk.com/documentation/ticketing/managing-tickets/adding-voice-comments-to-tickets */
  data: z
    .object({ transcription_text: z.string().nullish(), recording_url: z.string().nullish() })
    .nullish()
    .catch(null),
  author_id: id,
  body: z.string().nullish(),
  html_body: z.string().nullish(),
  plain_body: z.string().nullish(),
  public: z.boolean(),
  created_at: time,
  via,
  metadata: commentMetadata.nullish(),
  attachments: z.array(attachmentSchema).nullish(),
});
export type ZendeskComment = z.infer<typeof commentSchema>;

const auditSchema = z.object({
  id,
  created_at: time,
  author_id: id,
  via,
  metadata: z.object({ ...flagged, custom: z.record(z.string(), z.unknown()).nullish() }).nullish(),
  // Event types are added without notice, and an id belongs to some of them only.
  events: z.array(
    z.object({
      id: id.nullish(),
      type: z.string(),
      author_id: id.nullish(),
      public: z.boolean().nullish(),
      via,
      field_name: z.unknown().optional(),
      value: z.unknown().optional(),
    }),
  ),
});
export type ZendeskAudit = z.infer<typeof auditSchema>;

const pageMeta = z.object({ has_more: z.boolean(), after_cursor: z.string().nullish() }).nullish();
const sideloadedUsers = z.array(userSchema).nullish();

export const meAnswer = z.object({
  user: userSchema.extend({ id: id.nullable() }),
});
export const usersAnswer = z.object({ users: z.array(userSchema) });
export const ticketAnswer = z.object({ ticket: ticketSchema, users: sideloadedUsers });
export const ticketsAnswer = z.object({ tickets: z.array(ticketSchema) });
export const commentsAnswer = z.object({ comments: z.array(commentSchema), users: sideloadedUsers });
export const auditsAnswer = z.object({
  audits: z.array(auditSchema),
  users: sideloadedUsers,
  meta: pageMeta,
});
export const updateAnswer = z.object({ ticket: ticketSchema, audit: auditSchema.nullish() });
export const createAnswer = z.object({ ticket: z.object({ id }) });
export const groupsAnswer = z.object({
  groups: z.array(z.object({ id, name: z.string(), deleted: z.boolean().nullish() })),
  meta: pageMeta,
});
export const brandsAnswer = z.object({
  brands: z.array(z.object({ id, name: z.string() })),
  meta: pageMeta,
});
const ticketFieldSchema = z.object({
  id,
  type: z.string(),
  title: z.string(),
  active: z.boolean().nullish(),
  removable: z.boolean().nullish(),
  tag: z.string().nullish(),
  custom_field_options: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
});
export type ZendeskTicketField = z.infer<typeof ticketFieldSchema>;
export const ticketFieldsAnswer = z.object({ ticket_fields: z.array(ticketFieldSchema), meta: pageMeta });
const setupFieldSchema = ticketFieldSchema.extend({ agent_description: z.string().nullish() });
export type ZendeskSetupField = z.infer<typeof setupFieldSchema>;
export const setupFieldsAnswer = z.object({ ticket_fields: z.array(setupFieldSchema), meta: pageMeta });
export const membershipsAnswer = z.object({ group_memberships: z.array(z.object({ group_id: id })) });
export const searchAnswer = z.object({ results: z.array(z.object({ id })) });
export const suspendedAnswer = z.object({
  suspended_tickets: z.array(z.object({ id, cause_id: z.int().nullish(), created_at: time })),
});
export const exportAnswer = z.object({
  tickets: z.array(z.object({ id, status: z.string(), updated_at: time })),
  after_cursor: z.string().nullish(),
  end_of_stream: z.boolean(),
});
