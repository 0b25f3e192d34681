/**
 * Reads a call of Gorgias' HTTP integration. Who wrote the message is looked at only to leave alone what is no customer's.
 * docs/gorgias.md has the form.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { idText } from '../api/answerShapes';
import { readSecretWebhook } from '../webhooks/secretWebhook';
import { hint, type Delivery, type WebhookCheck, type WebhookReading } from '../webhooks/webhookReading';
import { gorgiasTicketId, title } from './ticketId';

/** Placeholders come as text, numbers where somebody left the quotes out. What was not there is empty. */
/** What nobody filled in, in whatever way, is passed over: the ticket is what counts. */
const perhaps = idText.optional().catch(undefined);
const shape = z.object({
  ticket_id: idText,
  message_id: perhaps,
  channel: perhaps,
  via: perhaps,
  sender_id: perhaps,
});
const form = { shape, headerAt: 'the HTTP integration', example: '{"ticket_id": "{{ticket.id}}"}' };

export function readGorgiasWebhook(delivery: Delivery, check: WebhookCheck): WebhookReading {
  return readSecretWebhook(delivery, check, form, (sent) => {
    const { ticket_id: ticketId, message_id: messageId = '', channel, via, sender_id: sender } = sent;
    if (via === 'api' && sender === check.botUserId) {
      return { type: 'nothing', outcome: 'own-write', why: 'Deskhand wrote it' };
    }
    if (channel === 'internal-note') {
      return { type: 'nothing', outcome: 'ignored-type', why: 'an internal note says nothing to customers' };
    }
    const commentId = /^\d{1,20}$/.test(messageId) ? messageId : null;
    // Of a ticket without a message each call is a look of its own, which a message that was answered does not outlast.
    const hintId = `gorgias-${commentId === null ? randomUUID() : `message-${commentId}`}`;
    return hint(title, gorgiasTicketId, { ticketId, hintId, commentId });
  });
}
