/** What a delivery of a desk's webhook says, whichever desk it is. */
import type { z } from 'zod';
import { mistakeInTicketId, type TicketIdRule } from '../ticketIds';

export type WebhookOutcome =
  | 'accepted'
  | 'own-write'
  | 'ignored-type'
  | 'bad-signature'
  | 'bad-secret'
  | 'stale'
  | 'not-readable'
  | 'temporal-unavailable'
  | 'not-set-up';

/** One call of the desk's, as it came. */
export interface Delivery {
  readonly rawBody: Buffer;
  /** By its name in lower case; null: it is missing or empty. */
  readonly header: (name: string) => string | null;
}

export interface WebhookCheck {
  readonly secret: string;
  /** What whoever set the secret calls it: `ZENDESK_WEBHOOK_SECRET`. */
  readonly secretName: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /**
   * Who Deskhand is on the desk; null while that is not known: its own writes are then hints, too, which costs a look at
   * the ticket and nothing else.
   */
  readonly botUserId: string | null;
}

type Refusal = 'bad-signature' | 'bad-secret' | 'stale' | 'not-readable';

export type WebhookReading =
  | {
      readonly type: 'hint';
      readonly ticketId: string;
      readonly hintId: string;
      readonly kind: 'created' | 'changed';
      readonly commentId: string | null;
    }
  | { readonly type: 'nothing'; readonly outcome: 'own-write' | 'ignored-type'; readonly why: string }
  | { readonly type: 'refused'; readonly outcome: Refusal; readonly why: string };

export function refused(outcome: Refusal, why: string): WebhookReading {
  return { type: 'refused', outcome, why };
}

interface Named {
  readonly ticketId: string;
  /** The same for what must not be looked at twice. */
  readonly hintId: string;
  readonly commentId: string | null;
}

/** @param title - of the desk, for whoever sends. */
export function hint(title: string, rule: TicketIdRule, named: Named): WebhookReading {
  const mistake = mistakeInTicketId(rule, named.ticketId);
  if (mistake === null) return { type: 'hint', kind: 'changed', ...named };
  return refused('not-readable', `The id cannot be that of a ticket on ${title}: it ${mistake}.`);
}

/** @param mend - what the body should have been. @param read - of one of that shape. */
export function readBodyAs<T>(
  { rawBody }: Delivery,
  shape: z.ZodType<T>,
  mend: string,
  read: (body: T) => WebhookReading,
): WebhookReading {
  const parsed = shape.safeParse(parseWebhookJson(rawBody));
  return parsed.success ? read(parsed.data) : refused('not-readable', mend);
}

/** JSON is UTF-8 (RFC 8259, section 8.1): other bytes are a mistake, not question marks. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Null for what is no JSON. */
export function parseWebhookJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch {
    return null;
  }
}
