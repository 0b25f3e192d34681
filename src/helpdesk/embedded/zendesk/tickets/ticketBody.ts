/**
 * The body of a ticket write: which keys Zendesk takes, which it drops with a word in `X-Zendesk-API-Warn`
 * (developer.zendesk.com/api-reference/ticketing/tickets/tickets/#update-ticket).
 */
import { z } from 'zod';
import { invalidAttribute, recordInvalid } from '../answers/errors';

const id = z.union([z.number().int(), z.string().regex(/^\d+$/).transform(Number)], {
  error: 'must be an integer',
});
const texts = z.union([z.array(z.string()), z.string().transform((text) => text.split(/[\s,]+/))], {
  error: 'must be a list of texts',
});

const commentFields = {
  body: z.string().optional(),
  html_body: z.string().optional(),
  public: z.boolean().optional(),
  author_id: id.optional(),
};
const ticketFields = {
  comment: z.looseObject({ ...commentFields, uploads: z.unknown().optional() }).optional(),
  subject: z.string().optional(),
  status: z.string().nullable().optional(),
  priority: z.string().nullable().optional(),
  assignee_id: id.nullable().optional(),
  assignee_email: z.string().optional(),
  group_id: id.nullable().optional(),
  requester_id: id.optional(),
  brand_id: id.optional(),
  external_id: z
    .union([z.string(), z.number().transform(String)])
    .nullable()
    .optional(),
  tags: texts.optional(),
  custom_fields: z
    .array(z.object({ id, value: z.unknown() }), { error: 'must be a list of { id, value }' })
    .optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
};
const updateFields = {
  ...ticketFields,
  safe_update: z.union([z.boolean(), z.string()]).optional(),
  updated_stamp: z.string().optional(),
};
const creationFields = {
  ...ticketFields,
  via_followup_source_id: id.optional(),
  requester: z
    .object({ name: z.string().optional(), email: z.email(), locale_id: z.unknown().optional() })
    .optional(),
};

const updateSchema = z.looseObject(updateFields);
const creationSchema = z.looseObject(creationFields);
export type TicketUpdateBody = z.infer<typeof updateSchema>;
export type TicketCreationBody = z.infer<typeof creationSchema>;

export interface ParsedBody<T> {
  readonly ticket: T;
  /** Names of the keys that were sent and not taken: `ticket.id`. */
  readonly dropped: readonly string[];
}

/** @throws ApiError 400 when `ticket` is missing or of the wrong shape, 422 for uploads. */
export function parseTicketUpdate(body: unknown): ParsedBody<TicketUpdateBody> {
  return parse(updateSchema, Object.keys(updateFields), body);
}

/** @throws ApiError as for updates. */
export function parseTicketCreation(body: unknown): ParsedBody<TicketCreationBody> {
  return parse(creationSchema, Object.keys(creationFields), body);
}

const tagsSchema = z.looseObject({
  tags: texts,
  safe_update: updateFields.safe_update,
  updated_stamp: updateFields.updated_stamp,
});
export type TagsBody = z.infer<typeof tagsSchema>;

/** @throws ApiError 400 */
export function parseTags(body: unknown): TagsBody {
  const parsed = tagsSchema.safeParse(body);
  if (!parsed.success) throw firstIssue(parsed.error, 'tags');
  return parsed.data;
}

/** Flat (`{"key": "v"}`) and nested (`{"custom": {"key": "v"}}`) metadata mean the same. */
export function customMetadata(metadata: Record<string, unknown> | undefined): Record<string, unknown> {
  const nested = z.object({ custom: z.record(z.string(), z.unknown()) }).safeParse(metadata);
  if (!nested.success) return metadata ?? {};
  const flat = Object.entries(metadata ?? {}).filter(([key]) => key !== 'custom');
  return { ...Object.fromEntries(flat), ...nested.data.custom };
}

function parse<T extends TicketUpdateBody | TicketCreationBody>(
  schema: z.ZodType<T>,
  known: readonly string[],
  body: unknown,
): ParsedBody<T> {
  const wrapped = z.looseObject({ ticket: z.looseObject({}) }).safeParse(body);
  if (!wrapped.success) throw invalidAttribute('ticket', 'must be an object');
  const parsed = schema.safeParse(wrapped.data.ticket);
  if (!parsed.success) throw firstIssue(parsed.error, 'ticket');
  const { comment } = parsed.data;
  if (comment?.uploads !== undefined) {
    throw recordInvalid('comment', 'Uploads: the embedded desk has no uploads endpoint');
  }
  const dropped = [
    ...unknownKeys(parsed.data, known, 'ticket'),
    ...unknownKeys(comment ?? {}, Object.keys(commentFields), 'ticket.comment'),
  ];
  return { ticket: parsed.data, dropped };
}

function unknownKeys(given: object, known: readonly string[], prefix: string): string[] {
  return Object.keys(given)
    .filter((key) => !known.includes(key))
    .map((key) => `${prefix}.${key}`);
}

function firstIssue(error: z.ZodError, fallback: string): Error {
  const issue = error.issues[0];
  return invalidAttribute(issue?.path.map(String).join('.') ?? fallback, issue?.message ?? 'is invalid');
}
