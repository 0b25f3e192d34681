/**
 * The fields of Chatwoot's answers that Deskhand reads, and nothing more: unknown fields are let through, a missing or
 * strange one makes the answer malformed. Shapes: the templates in app/views/api/v1 of github.com/chatwoot/chatwoot.
 */
import { z } from 'zod';
import { epochSeconds, flag, id, lenient, reference, text } from '../api/answerShapes';

export const conversationAnswer = z.object({
  /** `id`: the number that agents see. */
  ...{ id, inbox_id: id.nullish() },
  status: z.enum(['open', 'resolved', 'pending', 'snoozed']),
  /** A time, or seconds, from version to version. */
  snoozed_until: z.union([z.string(), z.number()]).nullish(),
  ...{ priority: z.enum(['low', 'medium', 'high', 'urgent']).nullish(), labels: z.array(z.string()) },
  custom_attributes: z.record(z.string(), z.unknown()).nullish(),
  additional_attributes: lenient(z.object({ mail_subject: text })),
  ...{ can_reply: flag, last_activity_at: epochSeconds, updated_at: epochSeconds.nullish() },
  meta: z.object({
    sender: z.object({ id, name: text, email: text }),
    ...{ channel: text, assignee: reference, team: reference, hmac_verified: flag },
    /** `AgentBot` where a bot of Chatwoot's has it; older versions do not say. */
    assignee_type: text,
  }),
});
export type Conversation = z.infer<typeof conversationAnswer>;

const mailBody = z.object({ full: text }).nullish();
const addresses = z.array(z.string().toLowerCase()).nullish();
const mail = z.object({ from: addresses, html_content: mailBody, text_content: mailBody, auto_reply: flag });
const survey = z.object({ rating: z.int(), feedback_message: text });
/** A place or a contact card has neither address nor size. */
const attachment = z.object({ file_type: text, data_url: text, file_size: z.number().nullish() });

/** Any program may put anything here under these names: what is strange is not there. */
const contentAttributes = z.object({
  deskhand_key: lenient(z.string()),
  deleted: lenient(z.boolean()),
  /** By an agent, in the app of the channel itself. */
  external_echo: lenient(z.boolean()),
  email: lenient(mail),
  submitted_values: lenient(z.object({ csat_survey_response: survey.nullish() })),
});

const messageSchema = z.object({
  ...{ id, content: text, message_type: z.int(), content_type: text, private: z.boolean() },
  ...{ created_at: epochSeconds, sender: z.object({ id, type: text }).nullish() },
  content_attributes: lenient(contentAttributes),
  attachments: z.array(attachment.nullable()).nullish(),
});
export type Message = z.infer<typeof messageSchema>;

export const messagesAnswer = z.object({ payload: z.array(messageSchema) });
/** Of a field that was set; null, of one that nobody has now. What was not done can be answered 200 as well. */
export const doneAnswer = z
  .object({
    error: z.undefined().optional(),
    payload: z.union([z.object({ success: z.literal(true).nullish() }), z.array(z.string())]).optional(),
  })
  .nullable();
/** Of one just made: less is promised than of one that is listed. */
export const writtenAnswer = z.object({ id, created_at: epochSeconds });
const listed = z.object({ id, last_activity_at: epochSeconds });
export const conversationsAnswer = z.object({
  data: z.object({ meta: z.object({ all_count: z.int() }), payload: z.array(listed) }),
});

const accounts = z.array(z.object({ id, role: text })).nullish();
export const profileAnswer = z.object({ id, name: text, role: text, accounts });
const agent = z
  .object({ id, name: text, email: text, confirmed: flag })
  .transform(({ confirmed, ...known }) => ({ ...known, isActive: confirmed !== false }));
export const agentsAnswer = z.array(agent);
/** Those of which the token's user is a collaborator; of an administrator, all. */
export const inboxesAnswer = z.object({ payload: z.array(z.object({ id, name: z.string() })) });
export const teamsAnswer = z.array(z.object({ id, name: z.string() }));
export const attributesAnswer = z.array(
  z.object({
    ...{ attribute_key: z.string(), attribute_display_name: z.string(), attribute_display_type: z.string() },
    attribute_values: z.array(z.coerce.string()).nullish(),
  }),
);
