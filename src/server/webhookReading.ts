/** What a delivery of a desk's webhook says, whichever desk it is. */

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
