/** What was agreed in a conversation, as it stands in the metadata of our updates: JSON text, for our own eyes. */
import { z } from 'zod';
import { orderActionTypes } from '../../core/orders/orderAction';
import type { Agreed } from '../../core/conversation/agreed';

/** Beside the business key; it comes back as `metadata.custom`. */
const agreedField = 'deskhand_agreed';

const schema = z.object({
  order: z.string().min(1).max(100).optional(),
  done: z
    .array(
      z.object({
        key: z.string().min(1).max(300),
        type: z.enum(orderActionTypes),
        order: z.string().min(1).max(100),
        what: z.string().min(1).max(300),
      }),
    )
    .max(50)
    .optional(),
});

export function agreedMetadata(agreed: Agreed | undefined): Readonly<Record<string, string>> {
  return agreed === undefined ? {} : { [agreedField]: JSON.stringify(agreed) };
}

/** What is not ours, or of a version that this one does not know, tells nothing. */
export function readAgreed(custom: Readonly<Record<string, unknown>>): { readonly agreed?: Agreed } {
  const text = custom[agreedField];
  if (typeof text !== 'string') return {};
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) return {};
  const { order, done } = parsed.data;
  return {
    agreed: { ...(order === undefined ? {} : { order }), ...(done === undefined ? {} : { done }) },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
