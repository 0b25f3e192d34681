/** A body against its shape: what is wrong is told by field, as Freshdesk does. */
import type { z } from 'zod';
import { validationFailed, type FieldMistake } from './apiErrors';

/** @throws ApiError 400 */
export function readBody<T>(schema: z.ZodType<T>, given: unknown): T {
  const parsed = schema.safeParse(given ?? {});
  if (parsed.success) return parsed.data;
  throw validationFailed(...parsed.error.issues.flatMap(mistakesIn));
}

function mistakesIn(issue: z.core.$ZodIssue): readonly FieldMistake[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      ...{ field: key, message: 'Unexpected/invalid field in request', code: 'invalid_field' as const },
    }));
  }
  const isMissing = issue.code === 'invalid_type' && issue.input === undefined;
  return [
    {
      field: issue.path.map(String).join('.'),
      message: issue.message,
      code: isMissing ? 'missing_field' : 'invalid_value',
    },
  ];
}
