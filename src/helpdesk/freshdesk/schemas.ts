/**
 * The fields of Freshdesk's answers that Deskhand reads, and nothing more: unknown fields are let through, a missing or
 * strange one makes the answer malformed. Shapes: developers.freshdesk.com/api/.
 */
import { z } from 'zod';

/** Numbers in the API; to the rest of Deskhand an id is a string. */
const id = z.union([z.int(), z.string().regex(/^\d+$/)]).transform(String);
const time = z.iso.datetime({ offset: true });

const attachments = z
  .array(z.object({ name: z.string(), content_type: z.string().nullish(), size: z.number().nullish() }))
  .nullish();

const ticketSchema = z.object({
  id,
  subject: z.string().nullish(),
  /** HTML: the first message, which is no conversation. */
  description: z.string().nullish(),
  description_text: z.string().nullish(),
  status: z.int(),
  priority: z.int().nullish(),
  source: z.int().nullish(),
  requester_id: id,
  responder_id: id.nullish(),
  group_id: id.nullish(),
  product_id: id.nullish(),
  tags: z.array(z.string()),
  custom_fields: z.record(z.string(), z.unknown()).nullish(),
  spam: z.boolean().nullish(),
  /** There only when it is true. */
  deleted: z.boolean().nullish(),
  created_at: time,
  updated_at: time,
  attachments,
  requester: z.object({ id, name: z.string().nullish(), email: z.string().nullish() }).nullish(),
  stats: z.object({ status_updated_at: time.nullish() }).nullish(),
});
export type FreshdeskTicket = z.infer<typeof ticketSchema>;

const conversationSchema = z.object({
  id,
  /** Null: Freshdesk itself. */
  user_id: id.nullish(),
  body: z.string().nullish(),
  body_text: z.string().nullish(),
  incoming: z.boolean(),
  private: z.boolean(),
  source: z.int().nullish(),
  from_email: z.string().nullish(),
  created_at: time,
  attachments,
});
export type FreshdeskConversation = z.infer<typeof conversationSchema>;

const agentSchema = z.object({
  id,
  type: z.string().nullish(),
  deactivated: z.boolean().nullish(),
  group_ids: z.array(id).nullish(),
  contact: z.object({
    name: z.string().nullish(),
    email: z.string().nullish(),
    active: z.boolean().nullish(),
  }),
});
export type FreshdeskAgent = z.infer<typeof agentSchema>;

/** Of a drop-down a list of texts, of `status` an object by number, of other kinds something else or nothing. */
const ticketFieldSchema = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  choices: z.unknown().optional(),
});
export type FreshdeskTicketField = z.infer<typeof ticketFieldSchema>;

export const ticketAnswer = ticketSchema;
export const conversationsAnswer = z.array(conversationSchema);
/** Of a reply or a note just made: less is promised than of one that is listed. */
export const writtenAnswer = z.object({ id, created_at: time });
export const agentAnswer = agentSchema;
export const agentsAnswer = z.array(agentSchema);
export const productsAnswer = z.array(z.object({ id, name: z.string() }));
export const groupsAnswer = z.array(z.object({ id, name: z.string() }));
export const ticketFieldsAnswer = z.array(ticketFieldSchema);
const setupFieldSchema = ticketFieldSchema.extend({ id });
export type FreshdeskSetupField = z.infer<typeof setupFieldSchema>;
export const setupFieldsAnswer = z.array(setupFieldSchema);
export const ticketListAnswer = z.array(
  z.object({
    id,
    status: z.int(),
    updated_at: time,
    deleted: z.boolean().nullish(),
    spam: z.boolean().nullish(),
  }),
);
/** `ratings.default_question`: 103 is extremely happy, 100 neutral, -103 extremely unhappy. */
export const ratingsAnswer = z.array(
  z.object({
    id,
    feedback: z.string().nullish(),
    ratings: z.object({ default_question: z.int().nullish() }).nullish(),
    created_at: time,
  }),
);
export const searchAnswer = z.object({ total: z.int() });
