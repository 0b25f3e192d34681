/**
 * Gorgias' refusals. The statuses and their meanings are documented (developers.gorgias.com/reference/errors), the body
 * only as "the error attribute": its inside, `{msg, data}`, is what public clients read.
 */
import type { z } from 'zod';
import { ApiError } from '../common/apiError';

export type FieldMistakes = Readonly<Record<string, readonly string[]>>;

const refusal = (status: number, msg: string, data?: FieldMistakes, retryAfter: number | null = null) =>
  new ApiError(status, { error: { msg, ...(data === undefined ? {} : { data }) } }, retryAfter);

export const badRequest = (data: FieldMistakes): ApiError => refusal(400, 'Invalid data.', data);
export const unreadable = (): ApiError => refusal(400, 'The request body is not valid JSON.');
export const unauthorized = (): ApiError => refusal(401, 'Unauthorized.');
export const notFound = (what: string): ApiError => refusal(404, `${what} not found.`);
export const refusedBy = (status: number, msg: string): ApiError => refusal(status, msg);
export const tooManyRequests = (retryAfter: number): ApiError =>
  refusal(429, 'Too many requests.', undefined, retryAfter);
export const internalError = (): ApiError => refusal(500, 'The embedded desk failed; its log says where.');

/** Unknown parameters are refused, too. */
export function mistakesOf(error: z.ZodError): FieldMistakes {
  const data: Record<string, string[]> = {};
  for (const issue of error.issues) {
    const names =
      issue.code === 'unrecognized_keys' ? issue.keys : [issue.path.map(String).join('.') || '_schema'];
    const said = issue.code === 'unrecognized_keys' ? 'Unknown field.' : issue.message;
    for (const name of names) (data[name] ??= []).push(said);
  }
  return data;
}
