/** What the desk's page sends, `/_desk/...`, in the same words to every desk. */
import { z } from 'zod';
import { ApiError } from './apiError';

export const attachmentBody = z.strictObject({
  file_name: z.string().min(1),
  content_type: z.string().default('application/octet-stream'),
  size: z.int().min(0).default(0),
});

const messageFields = {
  body: z.string().default(''),
  /** Wins over `body`, as in a mail with both. */
  html: z.string().optional(),
  /** In words that each desk has of its own. */
  channel: z.string().default('email'),
  attachments: z.array(attachmentBody).default([]),
};
export const newTicketBody = z.strictObject({
  ...messageFields,
  name: z.string().trim().min(1).max(200),
  /** Null: somebody who called, with a number only. */
  email: z.email().nullable(),
  subject: z.string().trim().max(255).default(''),
});
/** `email` and `name` name somebody else than the requester (a copied person). */
export const customerMessageBody = z.strictObject({
  ...messageFields,
  email: z.email().optional(),
  name: z.string().trim().min(1).max(200).optional(),
});
export type CustomerMessage = z.infer<typeof customerMessageBody>;

export const priorityWords = ['low', 'normal', 'high', 'urgent'] as const;
export const agentBody = z.strictObject({
  agentId: z.int(),
  comment: z.strictObject({ body: z.string(), public: z.boolean() }).optional(),
  /** In words that each desk has of its own. */
  status: z.string().optional(),
  priority: z.enum(priorityWords).optional(),
  assigneeId: z.int().nullable().optional(),
  groupId: z.int().nullable().optional(),
  tags: z.array(z.string()).optional(),
  spam: z.boolean().optional(),
  /** Another customer's address. */
  requester: z.email().optional(),
});
export type AgentChange = z.infer<typeof agentBody>;

export const ratingBody = z.strictObject({
  score: z.enum(['good', 'neutral', 'bad']),
  comment: z.string().optional(),
});

/** @throws ApiError 422, in words that the page shows. */
export function readBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw invalidBody(z.prettifyError(parsed.error));
}

/** @throws ApiError 422 for a word that the desk lacks. */
export function wordIn<T>(words: Readonly<Record<string, T>>, word: string, what: string): T {
  const found = Object.hasOwn(words, word) ? words[word] : undefined;
  if (found !== undefined) return found;
  throw invalidBody(`${what} must be one of ${Object.keys(words).join(', ')}`);
}

/** The word of a number that was found; `''` for none. */
export function wordFor(words: Readonly<Record<string, unknown>>, found: unknown): string {
  return Object.entries(words).find(([, value]) => value === found)?.[0] ?? '';
}

export function invalidBody(description: string): ApiError {
  return new ApiError(422, { description });
}
