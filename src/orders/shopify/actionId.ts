/** What Shopify is shown of an action and its key: digests, since keys name tickets and may be longer than it takes. */
import { createHash } from 'node:crypto';
import type { OrderAction } from '../../core/orders/orderAction';

/** The same UUID for the same key, always: version 8 of RFC 9562, made from SHA-256. Shopify recommends UUIDs. */
export function actionId(key: string): string {
  const bytes = createHash('sha256').update(key).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The same for the same action only, in whatever order its fields come. */
export function actionDigest(action: OrderAction): string {
  return createHash('sha256').update(canonical(action)).digest('hex').slice(0, 16);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([name, part]) => `${JSON.stringify(name)}:${canonical(part)}`).join()}}`;
}

/** As staff read it on a refund or a cancellation, and as Deskhand finds its own again. */
export function staffMark(id: string): string {
  return `Deskhand ${id}`;
}

export function carriesMark(note: string | null | undefined, id: string): boolean {
  return note?.includes(staffMark(id)) ?? false;
}
