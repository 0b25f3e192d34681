/** What the fields of desks' answers are made of. */
import { z } from 'zod';

/** Numbers in most APIs; to the rest of Deskhand an id is a string. */
export const id = z.int().transform(String);
/** In webhooks: what somebody's form makes of one, too. */
export const idText = z.union([z.string().trim(), z.int()]).transform(String);
/** Null and absent are the same to whoever reads. */
export const text = z.string().nullish();
export const whole = z.int().nullish();
export const flag = z.boolean().nullish();
/** Somebody, or something, of whom the id is enough. */
export const reference = z.object({ id }).nullish();

/** Where any program may have written: what is strange is not there. */
export const lenient = <Shape extends z.ZodType>(shape: Shape) => shape.nullish().catch(null);

/** Seconds of the epoch, as far as a date can be; to the rest of Deskhand ISO 8601. */
export const epochSeconds = z
  .number()
  .min(0)
  .max(8.64e12)
  .transform((seconds) => new Date(seconds * 1_000).toISOString().replace('.000Z', 'Z'));
