/**
 * Reads a call of Chatwoot's: an agent bot's or the account's webhook. app/listeners/{agent_bot,webhook}_listener.rb,
 * lib/webhooks/trigger.rb; signed since 4.11.2, an agent bot's since 4.13.
 */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { hiddenName } from '../../contracts/hiddenName';
import { sameSecret } from '../../contracts/sameSecret';
import { freshness } from '../freshness';
import { isSteeringTag } from '../steeringTags';
import { mistakeInTicketId } from '../ticketIds';
import {
  parseWebhookJson,
  refused,
  type Delivery,
  type WebhookCheck,
  type WebhookReading,
} from '../webhookReading';
import { chatwootTicketId } from './ticketId';

/** @param timestamp - epoch seconds, as the header has them. */
export function signChatwootWebhook(secret: string, timestamp: string, rawBody: Buffer): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.`).update(rawBody).digest('hex')}`;
}

const id = z.union([z.string(), z.int()]).transform(String);
const change = z.object({ previous_value: z.unknown(), current_value: z.unknown() });
const payload = z.object({
  event: z.string(),
  /** Of the message, or of the conversation. */
  id: id.optional().catch(undefined),
  conversation: z.object({ id }).optional(),
  message_type: z.string().optional().catch(undefined),
  content_type: z.string().nullish().catch(null),
  private: z.boolean().optional().catch(undefined),
  sender: z.object({ id, type: z.string().optional() }).nullish().catch(null),
  content_attributes: z.record(z.string(), z.unknown()).nullish().catch(null),
  status: z.string().optional().catch(undefined),
  changed_attributes: z
    .array(z.record(z.string(), change.optional().catch(undefined)))
    .nullish()
    .catch(null),
});
type Payload = z.infer<typeof payload>;

export function readChatwootWebhook(
  delivery: Delivery,
  { secret, secretName, now, botUserId }: WebhookCheck,
): WebhookReading {
  const signature = delivery.header('x-chatwoot-signature');
  const timestamp = delivery.header('x-chatwoot-timestamp');
  if (signature === null || timestamp === null) {
    return refused(
      'bad-signature',
      'X-Chatwoot-Signature or X-Chatwoot-Timestamp is missing: only Chatwoot posts here, from version 4.13 on.',
    );
  }
  // An agent bot and the account's webhook have a secret each.
  const fits = secret
    .split(',')
    .filter((one) => one.trim() !== '')
    .some((one) => sameSecret(signature, signChatwootWebhook(one.trim(), timestamp, delivery.rawBody)));
  if (!fits) {
    return refused(
      'bad-signature',
      `The signature does not fit the body: ${secretName} must be the secret of the webhook or of the agent bot, or both with a comma between.`,
    );
  }
  const stale = freshness(/^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1_000 : Number.NaN, now);
  if (stale !== null) return refused('stale', stale);
  const parsed = payload.safeParse(parseWebhookJson(delivery.rawBody));
  if (!parsed.success) {
    return refused(
      'not-readable',
      'The body is no event of Chatwoot\'s: {"event", "id", "conversation", ...}.',
    );
  }
  return readEvent(parsed.data, delivery, botUserId);
}

function readEvent(event: Payload, delivery: Delivery, botUserId: string | null): WebhookReading {
  const isMessage = event.event === 'message_created' || isRating(event);
  if (!isMessage && !isWorthALook(event, botUserId)) {
    return { type: 'nothing', outcome: 'ignored-type', why: 'not an event that matters' };
  }
  if (event.event === 'message_created') {
    const { sender, private: isPrivate, message_type: type, content_attributes: more } = event;
    const isOurUser = sender?.type === 'user' && sender.id === botUserId;
    if (type === 'outgoing' && (isOurUser || typeof more?.['deskhand_key'] === 'string')) {
      return { type: 'nothing', outcome: 'own-write', why: 'our own message' };
    }
    if (isPrivate === true || (type !== 'incoming' && type !== 'outgoing')) {
      return { type: 'nothing', outcome: 'ignored-type', why: 'a note, or a message of the desk itself' };
    }
  }
  const ticketId = isMessage ? event.conversation?.id : event.id;
  const mistake = ticketId === undefined ? 'is missing' : mistakeInTicketId(chatwootTicketId, ticketId);
  if (ticketId === undefined || mistake !== null) {
    return refused('not-readable', `The conversation's id cannot be one of Chatwoot's: it ${mistake}.`);
  }
  // The bot and the account are told of the same message, each in a call of its own.
  const commentId = event.event === 'message_created' ? (event.id ?? null) : null;
  const name =
    commentId === null
      ? hiddenName(delivery.header('x-chatwoot-delivery') ?? '', delivery.rawBody)
      : `message-${commentId}`;
  return { type: 'hint', ticketId, hintId: `chatwoot-${name}`, kind: 'changed', commentId };
}

function isRating({ event, content_type: type, content_attributes: more }: Payload): boolean {
  return event === 'message_updated' && type === 'input_csat' && more?.['submitted_values'] !== undefined;
}

/** Nobody tells who did it: so what we often do ourselves is passed over, and looked up where it is needed. */
function isWorthALook(
  { event, status, changed_attributes: changes }: Payload,
  botUserId: string | null,
): boolean {
  switch (event) {
    case 'conversation_status_changed':
      return status === 'open' || status === 'resolved';
    case 'conversation_updated':
      return (changes ?? []).some(({ assignee_id: assignee, label_list: labels }) => {
        const to = z.int().safeParse(assignee?.current_value).data;
        const isAgent = to !== undefined && String(to) !== botUserId;
        const [before, after] = [tagsIn(labels?.previous_value), tagsIn(labels?.current_value)];
        const differ = [...before, ...after].filter((tag) => before.includes(tag) !== after.includes(tag));
        return isAgent || differ.some(isSteeringTag);
      });
    default:
      // `conversation_opened` and `conversation_resolved` tell a bot what `conversation_status_changed` tells.
      return event === 'conversation_opened' || event === 'conversation_resolved';
  }
}

function tagsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((tag) => typeof tag === 'string') : [];
}
