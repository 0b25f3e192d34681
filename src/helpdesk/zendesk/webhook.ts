/**
 * Reads a delivery of Zendesk's webhooks: is it Zendesk's, is it fresh, and which ticket does it speak of.
 * https://developer.zendesk.com/documentation/webhooks/verifying/
 * https://developer.zendesk.com/api-reference/webhooks/event-types/ticket-events/
 */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { hiddenName } from '../../contracts/hiddenName';
import { lookEvents, tagsChangedEvent } from './ticketEvents';
import { idText } from '../api/answerShapes';
import { refusedSignature, type SignedCalls } from '../webhooks/signedWebhook';
import { isNoticedTag } from '../webhooks/noticedTags';
import { mistakeInTicketId } from '../ticketIds';
import {
  refused,
  parseWebhookJson,
  type Delivery,
  type WebhookCheck,
  type WebhookReading,
} from '../webhooks/webhookReading';
import { zendeskTicketId } from './ticketId';

/** Base64 of HMAC-SHA256 over the timestamp and the bytes as they came. */
export function signZendeskWebhook(secret: string, timestamp: string, rawBody: Buffer): string {
  return createHmac('sha256', secret).update(timestamp).update(rawBody).digest('base64');
}

const signedCalls: SignedCalls = {
  headers: { signature: 'X-Zendesk-Webhook-Signature', time: 'X-Zendesk-Webhook-Signature-Timestamp' },
  whoPosts: 'Zendesk posts here',
  secret: "the webhook's signing secret",
  sign: signZendeskWebhook,
  // ISO 8601; the text itself is signed.
  timeIn: Date.parse,
};

export function readZendeskWebhook(delivery: Delivery, check: WebhookCheck): WebhookReading {
  return refusedSignature(delivery, check, signedCalls) ?? readBody(delivery, check.botUserId);
}

/** Of what is not needed to find the ticket: one that is none, or was not filled in, is passed over. */
const id = idText
  .pipe(z.string().regex(/^\d{1,20}$/))
  .optional()
  .catch(undefined);

const eventPayload = z.object({
  id: z.string().min(1).max(100),
  type: z.string().startsWith('zen:event-type:'),
  subject: z.string(),
  detail: z
    .object({ id: idText.optional().catch(undefined), actor_id: id })
    .optional()
    .catch(undefined),
  event: z
    .object({
      comment: z
        .object({
          id,
          author: z.object({ id }).optional().catch(undefined),
        })
        .optional(),
      tags_added: z.array(z.string()).optional().catch(undefined),
      tags_removed: z.array(z.string()).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});

/** What our trigger's template sends: ids only, since texts in a template break its JSON. */
const triggerPayload = z.object({ ticket_id: idText, comment_id: id });

function isWorthALook({ type, event }: z.output<typeof eventPayload>): boolean {
  if (lookEvents.includes(type)) return true;
  if (type !== tagsChangedEvent) return false;
  const { tags_added: added = [], tags_removed: removed = [] } = event ?? {};
  return [...added, ...removed].some(isNoticedTag);
}

function readBody(delivery: Delivery, botUserId: string | null): WebhookReading {
  const body = parseWebhookJson(delivery.rawBody);
  const trigger = triggerPayload.safeParse(body);
  if (trigger.success) {
    return hintFor(trigger.data.ticket_id, {
      hintId: `zendesk-${invocationOf(delivery) ?? digestOf(delivery)}`,
      kind: 'changed',
      commentId: trigger.data.comment_id ?? null,
    });
  }
  const event = eventPayload.safeParse(body);
  if (!event.success) {
    return refused(
      'not-readable',
      'The body is neither a Zendesk event ({"id", "type", "subject": "zen:ticket:<id>", ...}) nor what the trigger ' +
        'sends: {"ticket_id": "{{ticket.id}}"}.',
    );
  }
  const { type, subject, detail } = event.data;
  const ticketId = /^zen:ticket:(.+)$/.exec(subject)?.[1] ?? detail?.id;
  if (!isWorthALook(event.data))
    return { type: 'nothing', outcome: 'ignored-type', why: 'not an event that matters' };
  if (ticketId === undefined) {
    return refused('not-readable', 'The event names no ticket: subject must be zen:ticket:<id>.');
  }
  const comment = event.data.event?.comment;
  const author = comment?.author?.id ?? detail?.actor_id;
  if (botUserId !== null && author === botUserId) {
    return { type: 'nothing', outcome: 'own-write', why: 'our own update' };
  }
  return hintFor(ticketId, {
    hintId: `zendesk-${event.data.id}`,
    kind: type === 'zen:event-type:ticket.created' ? 'created' : 'changed',
    commentId: comment?.id ?? null,
  });
}

function hintFor(
  ticketId: string,
  hint: { readonly hintId: string; readonly kind: 'created' | 'changed'; readonly commentId: string | null },
): WebhookReading {
  const mistake = mistakeInTicketId(zendeskTicketId, ticketId);
  return mistake === null
    ? { type: 'hint', ticketId, ...hint }
    : refused('not-readable', `The ticket's id cannot be one of Zendesk's: it ${mistake}.`);
}

/** The same on every retry of a delivery. The header is not signed: it becomes a part of an id only if it looks like one. */
function invocationOf({ header }: Delivery): string | null {
  const invocationId = header('x-zendesk-webhook-invocation-id');
  return invocationId !== null && /^[\w-]{1,100}$/.test(invocationId) ? invocationId : null;
}

function digestOf(delivery: Delivery): string {
  return hiddenName(delivery.header('x-zendesk-webhook-signature-timestamp') ?? '', delivery.rawBody);
}
