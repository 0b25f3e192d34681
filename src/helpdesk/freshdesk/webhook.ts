/**
 * Reads a call of Freshdesk's automation rules. They sign nothing and name no event.
 * https://support.freshdesk.com/support/solutions/articles/132589
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { idText } from '../api/answerShapes';
import { readSecretWebhook } from '../webhooks/secretWebhook';
import { hint, type Delivery, type WebhookCheck, type WebhookReading } from '../webhooks/webhookReading';
import { freshdeskTicketId, title } from './ticketId';

const named = z.object({ ticket_id: idText });
const form = {
  /** What the rule's "simple" content sends, and what one writes oneself as "advanced". */
  shape: z.union([z.object({ freshdesk_webhook: named }).transform((body) => body.freshdesk_webhook), named]),
  headerAt: 'the rule, under "Custom headers"',
  example: '{"ticket_id": "{{ticket.id}}"}, or the simple content with the ticket ID ticked',
};

export function readFreshdeskWebhook(delivery: Delivery, check: WebhookCheck): WebhookReading {
  // Two calls about one ticket look the same, and the second may be of another message: each is a look of its own,
  // which a message that was answered does not outlast.
  return readSecretWebhook(delivery, check, form, ({ ticket_id: ticketId }) =>
    hint(title, freshdeskTicketId, { ticketId, hintId: `freshdesk-${randomUUID()}`, commentId: null }),
  );
}
