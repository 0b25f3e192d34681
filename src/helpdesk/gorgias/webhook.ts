/**
 * Reads a call of Gorgias' HTTP integration. It signs nothing and sends what its owner wrote into a form: a secret in a
 * header is all that proves where it comes from, and the ticket's id all that it is believed. Who wrote the message is
 * looked at only to leave alone what is no customer's. docs/gorgias.md has the form.
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
import { gorgiasTicketId } from './ticketId';

export const gorgiasSecretHeader = 'x-deskhand-secret';

/** Placeholders come as text, numbers where somebody left the quotes out. What was not there is empty. */
const filled = z.union([z.string().trim(), z.int()]).transform(String);
const form = z.object({
  ticket_id: filled,
  message_id: filled.optional(),
  channel: filled.optional(),
  via: filled.optional(),
  sender_id: filled.optional(),
});

export function readGorgiasWebhook(
  { rawBody, header }: Delivery,
  { secret, secretName, botUserId }: WebhookCheck,
): WebhookReading {
  const given = header(gorgiasSecretHeader);
  if (given === null) {
    return refused('bad-secret', 'The header X-Deskhand-Secret is missing: add it to the HTTP integration.');
  }
  if (!sameSecret(given, secret)) {
    return refused('bad-secret', `X-Deskhand-Secret is not what ${secretName} says.`);
  }
  const parsed = form.safeParse(parseWebhookJson(rawBody));
  if (!parsed.success) {
    return refused('not-readable', 'The body names no ticket: send {"ticket_id": "{{ticket.id}}"}.');
  }
  const { ticket_id: ticketId, message_id: messageId = '', channel, via, sender_id: sender } = parsed.data;
  const mistake = mistakeInTicketId(gorgiasTicketId, ticketId);
  if (mistake !== null) {
    return refused('not-readable', `The ticket's id cannot be one of Gorgias': it ${mistake}.`);
  }
  if (via === 'api' && sender === botUserId) {
    return { type: 'nothing', outcome: 'own-write', why: 'Deskhand wrote it' };
  }
  if (channel === 'internal-note') {
    return { type: 'nothing', outcome: 'ignored-type', why: 'an internal note says nothing to customers' };
  }
  const commentId = /^\d+$/.test(messageId) ? messageId : null;
  // Of a ticket without a message each call is a look of its own, which a message that was answered does not outlast.
  const hintId = commentId === null ? randomUUID() : `message-${commentId}`;
  return { type: 'hint', ticketId, hintId: `gorgias-${hintId}`, kind: 'changed', commentId };
}
