/** Whether a call is the desk's and of this moment, where it signs its calls: bytes and time together, by a shared secret. */
import { sameSecret } from '../../contracts/sameSecret';
import { freshness } from './freshness';
import { refused, type Delivery, type WebhookCheck, type WebhookReading } from './webhookReading';

export interface SignedCalls {
  /** As the desk's documents write them. */
  readonly headers: { readonly signature: string; readonly time: string };
  /** Completes "is missing: only". */
  readonly whoPosts: string;
  /** Which one it is; completes "must be". */
  readonly secret: string;
  /** Where the account may have several in one setting; absent: it is one. */
  readonly secretsIn?: (setting: string) => readonly string[];
  /** @param timestamp - as the header has it. */
  readonly sign: (secret: string, timestamp: string, rawBody: Buffer) => string;
  /** Epoch milliseconds; NaN for what is no time. */
  readonly timeIn: (timestamp: string) => number;
}

/** Null: it is. */
export function refusedSignature(
  { rawBody, header }: Delivery,
  { secret, secretName, now }: WebhookCheck,
  { headers, whoPosts, secret: which, secretsIn = (one) => [one], sign, timeIn }: SignedCalls,
): WebhookReading | null {
  const signature = header(headers.signature.toLowerCase());
  const timestamp = header(headers.time.toLowerCase());
  if (signature === null || timestamp === null) {
    return refused('bad-signature', `${headers.signature} or ${headers.time} is missing: only ${whoPosts}.`);
  }
  if (!secretsIn(secret).some((one) => sameSecret(signature, sign(one, timestamp, rawBody)))) {
    return refused('bad-signature', `The signature does not fit the body: ${secretName} must be ${which}.`);
  }
  const stale = freshness(timeIn(timestamp), now);
  return stale === null ? null : refused('stale', stale);
}
