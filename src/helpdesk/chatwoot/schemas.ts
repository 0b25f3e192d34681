/**
 * The fields of Chatwoot's answers that Deskhand reads, and nothing more: unknown fields are let through, a missing or
 * strange one makes the answer malformed. Shapes: the templates in app/views/api/v1 of github.com/chatwoot/chatwoot.
 */
import { z } from 'zod';

/** Numbers in the API; to the rest of Deskhand an id is a string. */
const id = z.int().transform(String);
/** Of the epoch; what a date can be. */
const seconds = z.number().min(0).max(8.64e12);

const contact = z.object({
  id,
  name: z.string().nullish(),
  email: z.string().nullish(),
});

export const conversationAnswer = z.object({
  /** The number that agents see; unique in the account. */
  id,
  status: z.enum(['open', 'resolved', 'pending', 'snoozed']),
  /** A time, or seconds, from version to version. */
  snoozed_until: z.union([z.string(), z.number()]).nullish(),
  priority: z.enum(['low', 'medium', 'high', 'urgent']).nullish(),
  labels: z.array(z.string()),
  custom_attributes: z.record(z.string(), z.unknown()).nullish(),
  additional_attributes: z.object({ mail_subject: z.string().nullish() }).nullish().catch(null),
  can_reply: z.boolean().nullish(),
  last_activity_at: seconds,
  updated_at: seconds.nullish(),
  meta: z.object({
    sender: contact,
    channel: z.string().nullish(),
    assignee: z.object({ id }).nullish(),
    /** `AgentBot` where a bot of Chatwoot's has it; older versions do not say. */
    assignee_type: z.string().nullish(),
    team: z.object({ id }).nullish(),
    hmac_verified: z.boolean().nullish(),
  }),
});
export type ChatwootConversation = z.infer<typeof conversationAnswer>;

const mailBody = z.object({ full: z.string().nullish() }).nullish();
const mail = z.object({
  from: z.array(z.string()).nullish(),
  html_content: mailBody,
  text_content: mailBody,
  auto_reply: z.boolean().nullish(),
});
const survey = z.object({ rating: z.int(), feedback_message: z.string().nullish() });

/** A place or a contact card has neither address nor size. */
const attachment = z.object({
  file_type: z.string().nullish(),
  data_url: z.string().nullish(),
  file_size: z.number().nullish(),
});
export type ChatwootAttachment = z.infer<typeof attachment>;

/** Any program may put anything here under these names: what is strange is not there. */
const contentAttributes = z.object({
  deskhand_key: z.string().nullish().catch(null),
  deleted: z.boolean().nullish().catch(null),
  /** By an agent, in the app of the channel itself. */
  external_echo: z.boolean().nullish().catch(null),
  email: mail.nullish().catch(null),
  submitted_values: z.object({ csat_survey_response: survey.nullish() }).nullish().catch(null),
});

const messageSchema = z.object({
  id,
  content: z.string().nullish(),
  message_type: z.int(),
  content_type: z.string().nullish(),
  private: z.boolean(),
  created_at: seconds,
  sender: z.object({ id, type: z.string().nullish() }).nullish(),
  content_attributes: contentAttributes.nullish().catch(null),
  attachments: z.array(attachment.nullable()).nullish(),
});
export type ChatwootMessage = z.infer<typeof messageSchema>;

export const messagesAnswer = z.object({ payload: z.array(messageSchema) });
/** Of one just made: less is promised than of one that is listed. */
export const writtenAnswer = z.object({ id, created_at: seconds });
export const conversationsAnswer = z.object({
  data: z.object({
    meta: z.object({ all_count: z.int() }),
    payload: z.array(z.object({ id, last_activity_at: seconds })),
  }),
});
export const profileAnswer = z.object({
  id,
  name: z.string().nullish(),
  role: z.string().nullish(),
  accounts: z.array(z.object({ id, role: z.string().nullish() })).nullish(),
});
export const agentsAnswer = z.array(
  z.object({ id, name: z.string().nullish(), email: z.string().nullish(), confirmed: z.boolean().nullish() }),
);
export const teamsAnswer = z.array(z.object({ id, name: z.string() }));
export const attributesAnswer = z.array(
  z.object({
    attribute_key: z.string(),
    attribute_display_name: z.string(),
    attribute_display_type: z.string(),
    attribute_values: z.array(z.coerce.string()).nullish(),
  }),
);
