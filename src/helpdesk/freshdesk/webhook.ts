/**
 * Reads a call of Freshdesk's automation rules. They sign nothing and name no event: a secret in a header is all that
 * proves where it comes from, and the ticket's id all that it is believed.
 * https://support.freshdesk.com/support/solutions/articles/132589
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { sameSecret } from '../../contracts/sameSecret';
import { mistakeInTicketId } from '../ticketIds';
import {
  parseWebhookJson,
  refused,
  type Delivery,
  type WebhookCheck,
  type WebhookReading,
} from '../webhookReading';
import { freshdeskTicketId } from './ticketId';

export const freshdeskSecretHeader = 'x-deskhand-secret';

const ticketId = z.union([z.string().trim(), z.int()]).transform(String);
/** What the rule's "simple" content sends, and what one writes oneself as "advanced". */
const payload = z.union([
  z
    .object({ freshdesk_webhook: z.object({ ticket_id: ticketId }) })
    .transform((body) => body.freshdesk_webhook),
  z.object({ ticket_id: ticketId }),
]);

export function readFreshdeskWebhook(
  { rawBody, header }: Delivery,
  { secret, secretName }: WebhookCheck,
): WebhookReading {
  const given = header(freshdeskSecretHeader);
  if (given === null) {
    return refused(
      'bad-secret',
      'The header X-Deskhand-Secret is missing: add it to the rule, under "Custom headers".',
    );
  }
  if (!sameSecret(given, secret)) {
    return refused('bad-secret', `X-Deskhand-Secret is not what ${secretName} says.`);
  }
  const parsed = payload.safeParse(parseWebhookJson(rawBody));
  if (!parsed.success) {
    return refused(
      'not-readable',
      'The body names no ticket: send {"ticket_id": "{{ticket.id}}"}, or the simple content with the ticket ID ticked.',
    );
  }
  const { ticket_id: id } = parsed.data;
  const mistake = mistakeInTicketId(freshdeskTicketId, id);
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
