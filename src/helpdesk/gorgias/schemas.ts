/**
 * The fields of Gorgias' answers that Deskhand reads, and nothing more: unknown fields are let through, a missing or
 * strange one makes the answer malformed. Shapes: developers.gorgias.com/reference/the-ticket-object and its neighbours.
 */
import { z } from 'zod';
import { flag, id, lenient, reference, text, whole } from '../api/answerShapes';

/** UTC, with microseconds; with an offset in most answers, without one in others. */
const time = z
  .string()
  .transform((given) => new Date(/(Z|[+-]\d\d:?\d\d)$/.test(given) ? given : `${given}Z`))
  .refine((date) => !Number.isNaN(date.getTime()))
  .transform((date) => date.toISOString().replace('.000Z', 'Z'));
const maybe = time.nullish();

const address = z.object({ address: text, name: text });
const attachment = z.object({ name: text, content_type: text, size: z.number().nullish() });
const messageSchema = z.object({
  /** `channel` of an internal note is `internal-note`; `via` says how it came: `email`, `helpdesk`, `api`, `rule`. */
  ...{ id, channel: z.string(), via: text, public: z.boolean(), from_agent: z.boolean() },
  ...{ rule_id: whole, integration_id: whole, external_id: text, sender: reference },
  source: z
    .object({
      ...{ type: text, from: address.nullish() },
      ...{ to: z.array(address).nullish(), cc: z.array(address).nullish() },
    })
    .nullish(),
  ...{ body_html: text, body_text: text, attachments: z.array(attachment).nullish() },
  headers: lenient(z.record(z.string(), z.unknown())),
  /** A failed one did not reach the customer. */
  ...{ created_datetime: time, failed_datetime: maybe },
});
export type GorgiasMessage = z.infer<typeof messageSchema>;

const listedTicket = z.object({
  ...{ id, status: z.enum(['open', 'closed']), spam: flag, trashed_datetime: maybe },
  ...{ created_datetime: time, updated_datetime: maybe },
});

const ticketSchema = listedTicket.extend({
  ...{ subject: text, priority: text, channel: text, assignee_user: reference, assignee_team: reference },
  customer: z.object({ id, name: text, email: text, language: text }).nullish(),
  tags: z.array(z.object({ name: z.string() })),
  /** By the field's id; only where it was asked for. */
  custom_fields: lenient(z.record(z.string(), z.object({ value: z.unknown() }))),
  /** Which channels can be used to reply. */
  reply_options: z.record(z.string(), z.object({ answerable: flag })).nullish(),
  satisfaction_survey: z.object({ id, score: whole, body_text: text }).nullish(),
  /** Snoozed: closed until then. */
  ...{ snooze_datetime: maybe, closed_datetime: maybe },
});
export type GorgiasTicket = z.infer<typeof ticketSchema>;

const role = z.object({ name: z.string() }).nullish();
const userSchema = z
  .object({ id, name: text, email: text, active: flag, role })
  .transform(({ active, ...user }) => ({ ...user, isActive: active !== false }));
const teamSchema = z.object({ id, name: z.string(), members: z.array(z.object({ id })).nullish() });
export type GorgiasTeam = z.infer<typeof teamSchema>;
const inputSettings = z.object({ choices: z.array(z.unknown()).nullish() }).nullish();
const fieldSchema = z.object({
  ...{ id, label: z.string(), deactivated_datetime: text },
  definition: z.object({ data_type: z.string(), input_settings: inputSettings }),
});
export type GorgiasField = z.infer<typeof fieldSchema>;
/** As whoever sets an account up sees it. */
export const setupFieldSchema = fieldSchema.extend({ description: text });
export type GorgiasSetupField = z.infer<typeof setupFieldSchema>;

export interface List<T> {
  readonly data: readonly T[];
  readonly meta?: { readonly next_cursor?: string | null | undefined } | null | undefined;
}

/** `{data, meta: {next_cursor}}`; some lists of old are bare. */
export function listOf<T extends z.ZodType>(item: T) {
  const data = z.array(item);
  const meta = z.object({ next_cursor: text }).nullish();
  return z.union([z.object({ data, meta }), data.transform((bare) => ({ data: bare, meta: null }))]);
}

export const ticketAnswer = ticketSchema;
export const ticketsAnswer = listOf(listedTicket);
export const messagesAnswer = listOf(messageSchema);
export const messageAnswer = z.object({ id, created_datetime: time });
export const userAnswer = userSchema;
export const usersAnswer = listOf(userSchema);
export const teamsAnswer = listOf(teamSchema);
export const integrationsAnswer = listOf(z.object({ id, name: z.string() }));
export const tagsAnswer = listOf(z.object({ name: z.string() }));
export const customFieldsAnswer = listOf(fieldSchema);
