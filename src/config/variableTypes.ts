/** What environment variables are made of: a schema, and what people are told of it. */
import { z } from 'zod';

export interface VariableFacts {
  /** What it is for. */
  readonly about: string;
  /** What holds when it is unset, written as one would set it; null: nothing does. */
  readonly fallback: string | null;
  /** Never printed. */
  readonly secret: boolean;
}

const facts = z.registry<VariableFacts>();

/** Of a variable made here; undefined: of another schema. */
export function factsOfSchema(schema: z.ZodType): VariableFacts | undefined {
  return facts.get(schema);
}

export const text = (): z.ZodString => z.string().trim();

/** What stands in a header as it is. @param shortest - of a secret that somebody makes up: at least 16. */
export function printable(shortest: number): z.ZodString {
  const length = shortest === 1 ? '' : `have at least ${shortest} characters, `;
  return text().regex(
    new RegExp(`^[\\x21-\\x7e]{${shortest},500}$`),
    `must ${length === '' ? 'be ' : length}visible ASCII without spaces`,
  );
}

/** One secret, or two of two senders. */
export function secrets(): z.ZodString {
  return text().regex(
    /^[\x21-\x2b\x2d-\x7e]{16,200}(?:,[\x21-\x2b\x2d-\x7e]{16,200})?$/,
    'must have at least 16 characters, visible ASCII without spaces; a second one goes behind a comma',
  );
}

/** Without a trailing slash, and without a user and a password: those would be sent in place of the credentials. */
export const httpUrl = (): z.ZodType<string, string> =>
  text()
    .pipe(z.url({ protocol: /^https?$/, error: 'must be an http or https address' }))
    .refine(
      (url) => !hasUserinfo(url),
      'must not hold a user or a password: leave out what stands before the @',
    )
    .transform((url) => url.replace(/\/+$/, ''));

/** Also of what is no address at all, as long as it looks like one. */
function hasUserinfo(url: string): boolean {
  return /^https?:\/\/[^/?#]*@/i.test(url);
}

export function integer(min: number, max: number): z.ZodType<number, string> {
  const message = `must be a whole number from ${min} to ${max}`;
  return text()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .pipe(z.number().min(min, message).max(max, message));
}

/** Of an account of a desk. */
export function requestsPerMinute(fallback: string): z.ZodType<number, string> {
  return withDefault(
    integer(1, 100_000),
    'Requests a minute that all workers together may make, until the desk says what it allows.',
    fallback,
  );
}

export function withDefault<Schema extends z.ZodType>(
  schema: Schema,
  about: string,
  fallback: string,
): Schema {
  facts.add(schema, { about, fallback, secret: false });
  return schema;
}

export function optional<Schema extends z.ZodType>(schema: Schema, about: string): z.ZodOptional<Schema> {
  const inner = schema.optional();
  facts.add(inner, { about, fallback: null, secret: false });
  return inner;
}

export function secret<Schema extends z.ZodType>(schema: Schema, about: string): z.ZodOptional<Schema> {
  const inner = schema.optional();
  facts.add(inner, { about, fallback: null, secret: true });
  return inner;
}
