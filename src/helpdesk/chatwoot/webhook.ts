/**
 * Reads a call of Chatwoot's: an agent bot's or the account's webhook. app/listeners/{agent_bot,webhook}_listener.rb,
 * lib/webhooks/trigger.rb; signed since 4.11.2, an agent bot's since 4.13.
 */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { hiddenName } from '../../contracts/hiddenName';
import { idText, lenient } from '../api/answerShapes';
import { refusedSignature, type SignedCalls } from '../webhooks/signedWebhook';
import { hasNoticedChange } from '../webhooks/noticedTags';
import {
  hint,
  readBodyAs,
  type Delivery,
  type WebhookCheck,
  type WebhookReading,
} from '../webhooks/webhookReading';
import { chatwootTicketId, title } from './ticketId';

/** @param timestamp - epoch seconds, as the header has them. */
export function signChatwootWebhook(secret: string, timestamp: string, rawBody: Buffer): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.`).update(rawBody).digest('hex')}`;
}

const signedCalls: SignedCalls = {
  headers: { signature: 'X-Chatwoot-Signature', time: 'X-Chatwoot-Timestamp' },
  whoPosts: 'Chatwoot posts here, from version 4.11.2 on (a bot of it from 4.13 on)',
  secret: 'the secret of the webhook or of the agent bot, or both with a comma between',
  // An agent bot and the account's webhook have a secret each.
  secretsIn: (setting) => setting.split(',').flatMap((one) => one.trim() || []),
  sign: signChatwootWebhook,
  timeIn: (timestamp) => (/^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1_000 : Number.NaN),
};

const change = z.object({ previous_value: z.unknown(), current_value: z.unknown() });
const payload = z.object({
  event: z.string(),
  /** Of the message, or of the conversation. */
  id: lenient(idText),
  conversation: z.object({ id: idText }).optional(),
  message_type: lenient(z.string()),
  content_type: lenient(z.string()),
  private: lenient(z.boolean()),
  sender: lenient(z.object({ id: idText, type: z.string().optional() })),
  content_attributes: lenient(z.record(z.string(), z.unknown())),
  status: lenient(z.string()),
  changed_attributes: lenient(z.array(z.record(z.string(), lenient(change)))),
});
type Payload = z.infer<typeof payload>;

export function readChatwootWebhook(delivery: Delivery, check: WebhookCheck): WebhookReading {
  const mend = 'The body is no event of Chatwoot\'s: {"event", "id", "conversation", ...}.';
  const read = (event: Payload) => readEvent(event, delivery, check.botUserId);
  return refusedSignature(delivery, check, signedCalls) ?? readBodyAs(delivery, payload, mend, read);
}

function readEvent(event: Payload, delivery: Delivery, botUserId: string | null): WebhookReading {
  const isNew = event.event === 'message_created';
  const isMessage = isNew || isRating(event);
  if (!isMessage && !matters(event, botUserId)) {
    return { type: 'nothing', outcome: 'ignored-type', why: 'not an event that matters' };
  }
  if (isNew) {
    const { sender, private: isPrivate, message_type: type, content_attributes: more } = event;
    const isOurUser = sender?.type === 'user' && sender.id === botUserId;
    if (type === 'outgoing' && (isOurUser || typeof more?.['deskhand_key'] === 'string')) {
      return { type: 'nothing', outcome: 'own-write', why: 'our own message' };
    }
    if (isPrivate === true || (type !== 'incoming' && type !== 'outgoing')) {
      return { type: 'nothing', outcome: 'ignored-type', why: 'a note, or a message of the desk itself' };
    }
  }
  // The bot and the account are told of the same message, each in a call of its own.
  const isNumbered = chatwootTicketId.pattern.test(event.id ?? '');
  const commentId = isNew && isNumbered ? (event.id ?? null) : null;
  const unnamed = () => hiddenName(delivery.header('x-chatwoot-delivery') ?? '', delivery.rawBody);
  return hint(title, chatwootTicketId, {
    ticketId: (isMessage ? event.conversation?.id : event.id) ?? '',
    hintId: `chatwoot-${commentId === null ? unnamed() : `message-${commentId}`}`,
    commentId,
  });
}

function isRating({ event, content_type: type, content_attributes: more }: Payload): boolean {
  return event === 'message_updated' && type === 'input_csat' && more?.['submitted_values'] !== undefined;
}

/** Nobody tells who did it: so what we often do ourselves is passed over, and looked up where it is needed. */
function matters({ event, status, changed_attributes: changes }: Payload, botUserId: string | null): boolean {
  switch (event) {
    case 'conversation_status_changed':
      return status === 'open' || status === 'resolved';
    case 'conversation_updated':
      return (changes ?? []).some(({ assignee_id: assignee, label_list: labels }) => {
        const to = z.int().safeParse(assignee?.current_value).data;
        const isAgent = to !== undefined && String(to) !== botUserId;
        return isAgent || hasNoticedChange(labels?.previous_value, labels?.current_value);
      });
    default:
      // `conversation_opened` and `conversation_resolved` tell a bot what `conversation_status_changed` tells.
      return event === 'conversation_opened' || event === 'conversation_resolved';
  }
}
