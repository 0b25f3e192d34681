/**
 * A call of a desk that signs nothing and sends what its owner wrote into a form: a secret in a header is all that proves
 * where it comes from, and the ticket's id all that it is believed.
 */
import type { z } from 'zod';
import { sameSecret } from '../../contracts/sameSecret';
import { readBodyAs, refused, type Delivery, type WebhookCheck, type WebhookReading } from './webhookReading';

export const secretHeader = 'x-deskhand-secret';

export interface SecretForm<T> {
  readonly shape: z.ZodType<T>;
  /** Where the header is added; completes "add it to". */
  readonly headerAt: string;
  /** What the body should have been; completes "send". */
  readonly example: string;
}

/** @param read - of a call that is the desk's and names a ticket. */
export function readSecretWebhook<T>(
  delivery: Delivery,
  { secret, secretName }: WebhookCheck,
  { shape, headerAt, example }: SecretForm<T>,
  read: (form: T) => WebhookReading,
): WebhookReading {
  const given = delivery.header(secretHeader);
  if (given === null) {
    return refused('bad-secret', `The header X-Deskhand-Secret is missing: add it to ${headerAt}.`);
  }
  if (!sameSecret(given, secret)) {
    return refused('bad-secret', `X-Deskhand-Secret is not what ${secretName} says.`);
  }
  return readBodyAs(delivery, shape, `The body names no ticket: send ${example}.`, read);
}
