/**
 * What Freshdesk's error bodies say: `{description, errors: [{field, message, code}]}` of a refused request,
 * `{code, message}` of a refused caller, nothing at all with a 404, a line of text with a 429
 * (developers.freshdesk.com/api/#error).
 */
import { isObject } from '../../core/isObject';
import type { AnswerReading } from '../../remote/failures';
import { objectIn } from '../api/deskHttp';

const codeShape = /^[a-z][a-z0-9_]{0,59}$/;
const fieldShape = /^[a-z][a-z0-9_.[\]]{0,59}$/i;
const mostFields = 5;

/** Only codes and the names of fields are quoted: messages repeat what was sent, a customer's address for one. */
export function readErrorBody(body: string): AnswerReading {
  const parsed = objectIn(body);
  const { code, errors } = parsed;
  const entries = Array.isArray(errors) ? errors.filter((entry) => isObject(entry)) : [];
  const parts = [
    ...(isShaped(code, codeShape) ? [code] : []),
    ...entries.slice(0, mostFields).flatMap((entry) => {
      const { field, code: why } = entry;
      const known = isShaped(why, codeShape) ? why : 'refused';
      return isShaped(field, fieldShape) ? [`${field}: ${known}`] : [known];
    }),
  ];
  return { special: null, reason: parts.length === 0 ? null : [...new Set(parts)].join(', ') };
}

function isShaped(value: unknown, shape: RegExp): value is string {
  return typeof value === 'string' && shape.test(value);
}
