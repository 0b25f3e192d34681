/**
 * Reads a call of Freshdesk's automation rules. They sign nothing and name no event: a secret in a header is all that
 * proves where it comes from, and the ticket's id all that it is believed.
 * https://support.freshdesk.com/support/solutions/articles/132589
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ticketIdMistake } from '../contracts/ticketIds';
import { sameSecret } from './bearer';
import { parseWebhookJson, refused, type WebhookReading } from './webhookReading';

export const freshdeskSecretHeader = 'x-deskhand-secret';

const ticketId = z.union([z.string().trim(), z.int()]).transform(String);
/** What the rule's "simple" content sends, and what one writes oneself as "advanced". */
const payload = z.union([
  z
    .object({ freshdesk_webhook: z.object({ ticket_id: ticketId }) })
    .transform((body) => body.freshdesk_webhook),
  z.object({ ticket_id: ticketId }),
]);

/** @param given - the header's value; null when there is none. */
export function readFreshdeskWebhook(rawBody: Buffer, given: string | null, secret: string): WebhookReading {
  if (given === null) {
    return refused(
      'bad-secret',
      'The header X-Deskhand-Secret is missing: add it to the rule, under "Custom headers".',
    );
  }
  if (!sameSecret(given, secret)) {
    return refused('bad-secret', 'X-Deskhand-Secret is not what FRESHDESK_WEBHOOK_SECRET says.');
  }
  const parsed = payload.safeParse(parseWebhookJson(rawBody));
  if (!parsed.success) {
    return refused(
      'not-readable',
      'The body names no ticket: send {"ticket_id": "{{ticket.id}}"}, or the simple content with the ticket ID ticked.',
    );
  }
  const { ticket_id: id } = parsed.data;
  const mistake = ticketIdMistake('freshdesk', id);
  if (mistake !== null)
    return refused('not-readable', `The ticket's id cannot be one of Freshdesk's: it ${mistake}.`);
  // Two calls about one ticket look the same, and the second may be of another message: each is a look of its own,
  // which a message that was answered does not outlast.
  return {
    type: 'hint',
    ticketId: id,
    hintId: `freshdesk-${randomUUID()}`,
    kind: 'changed',
    commentId: null,
  };
}
