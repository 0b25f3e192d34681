/**
 * What may be sent, by the body parameters of developers.gorgias.com/reference/{create-ticket,update-ticket,create-ticket-message}.
 * Everything that is wrong is said at once, by field; an unknown field is wrong.
 */
import { z } from 'zod';
import { badRequest, mistakesOf } from './apiErrors';
import { attachmentSchema, sourceSchema } from './records';

const channels = [
  ...['aircall', 'api', 'chat', 'contact_form', 'email', 'facebook', 'facebook-mention'],
  ...['facebook-messenger', 'facebook-recommendations', 'help-center', 'instagram-ad-comment'],
  ...['instagram-comment', 'instagram-direct-message', 'instagram-mention', 'internal-note', 'phone', 'sms'],
  ...['twitter', 'twitter-direct-message', 'whatsapp', 'yotpo-review'],
];
const vias = [
  ...channels,
  ...['form', 'gorgias_chat', 'helpdesk', 'instagram', 'offline_capture', 'rule', 'self_service', 'shopify'],
  ...['twilio', 'yotpo', 'zendesk'],
];
const time = z
  .string()
  .refine(
    (text) => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text)),
    'Not a valid datetime.',
  );
const meta = z.record(z.string(), z.unknown());
const person = z.strictObject({
  id: z.int().min(0).nullish(),
  email: z.string().max(320).nullish(),
  name: z.string().nullish(),
  ...{ external_id: z.string().nullish(), language: z.string().nullish(), timezone: z.string().nullish() },
  ...{ note: z.string().nullish(), meta: meta.nullish(), channels: z.array(meta).nullish() },
});
export type PersonBody = z.infer<typeof person>;
const assignee = z.strictObject({ id: z.int().min(0).nullable() }).nullish();

const messageFields = {
  channel: z.enum(channels),
  via: z.enum(vias),
  from_agent: z.boolean(),
  public: z.boolean().optional(),
  body_html: z.string().nullish(),
  body_text: z.string().nullish(),
  subject: z.string().nullish(),
  sender: person.nullish(),
  receiver: person.nullish(),
  source: sourceSchema.nullish(),
  integration_id: z.int().min(1).nullish(),
  external_id: z.string().max(255).nullish(),
  message_id: z.string().nullish(),
  headers: z.record(z.string(), z.string()).nullish(),
  attachments: z.array(attachmentSchema).nullish(),
  mention_ids: z.array(z.int()).nullish(),
  meta: meta.nullish(),
  created_datetime: time.nullish(),
  sent_datetime: time.nullish(),
};
export const messageBody = z
  .strictObject(messageFields)
  .refine((body) => (body.body_html ?? body.body_text ?? '') !== '', {
    path: ['body_text'],
    message: 'The message has no body.',
  });
export type MessageBody = z.infer<typeof messageBody>;

const ticketFields = {
  subject: z.string().max(998).nullish(),
  status: z.enum(['open', 'closed']).optional(),
  priority: z.enum(['low', 'normal', 'high', 'critical']).optional(),
  channel: z.enum(channels).optional(),
  via: z.enum(vias).optional(),
  from_agent: z.boolean().nullish(),
  spam: z.boolean().nullish(),
  is_unread: z.boolean().optional(),
  language: z.string().nullish(),
  external_id: z.string().max(255).nullish(),
  meta: meta.nullish(),
  customer: person.nullish(),
  assignee_user: assignee,
  assignee_team: assignee,
  tags: z.array(z.strictObject({ name: z.string().min(1).max(256), decoration: meta.nullish() })).nullish(),
  custom_fields: z.array(z.strictObject({ id: z.int(), value: z.unknown() })).nullish(),
  closed_datetime: time.nullish(),
  snooze_datetime: time.nullish(),
  trashed_datetime: time.nullish(),
};
export const ticketUpdate = z.strictObject(ticketFields);
export type TicketBody = z.infer<typeof ticketUpdate>;
export const newTicket = z.strictObject({
  ...ticketFields,
  messages: z.array(messageBody).min(1).max(500),
});

/** @throws ApiError 400 */
export function read<T>(schema: z.ZodType<T>, given: unknown): T {
  const parsed = schema.safeParse(given ?? {});
  if (parsed.success) return parsed.data;
  throw badRequest(mistakesOf(parsed.error));
}
