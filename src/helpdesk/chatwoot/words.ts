/** Chatwoot's words for what every desk has: app/models/conversation.rb and the channels of app/models/channel. */
import type { Channel } from '../../core/ticket/channel';
import type { DeskStatus, Priority } from '../../core/ticket/ticket';
import type { TicketUpdate } from '../../core/ticket/update';
import { wordsOf } from '../api/wordsOf';
import type { Conversation } from './schemas';

/** Deskhand's hold has no end, Chatwoot's snoozing until a day has one: it opens again by itself then. */
const holdMs = 7 * 24 * 3_600_000;

const statuses = { open: 'open', pending: 'new', resolved: 'solved' } as const;

/**
 * Chatwoot's pending is a conversation that the bot has and agents do not see: new. Snoozed until the next reply is what
 * others call pending, snoozed until a day is on hold. What is resolved opens with the customer's next message.
 */
export function statusOf({ status, snoozed_until: until = null }: Conversation): DeskStatus {
  if (status !== 'snoozed') return statuses[status];
  return until === null ? 'pending' : 'hold';
}

const settable = { open: 'open', pending: 'snoozed', hold: 'snoozed', solved: 'resolved' } as const;

/** What `toggle_status` takes. @param now - epoch milliseconds. */
export function statusParams(status: NonNullable<TicketUpdate['status']>, now: number) {
  const until = status === 'hold' ? Math.floor((now + holdMs) / 1_000) : undefined;
  return { status: settable[status], snoozed_until: until };
}

export function priorityOf(priority: Conversation['priority']): Priority | null {
  return priority === 'medium' ? 'normal' : (priority ?? null);
}

export function priorityParam(priority: Priority): NonNullable<Conversation['priority']> {
  return priority === 'normal' ? 'medium' : priority;
}

/** The name of an inbox's channel, without `Channel::`. */
const channels = wordsOf<Channel>({
  email: ['Email'],
  chat: ['WebWidget'],
  api: ['Api'],
  social: ['TwitterProfile'],
  messaging: ['Whatsapp', 'TwilioSms', 'Sms', 'Telegram', 'Line', 'FacebookPage', 'Instagram', 'Tiktok'],
});

export function ticketChannel(channel: string | null | undefined): Channel {
  return channels.get((channel ?? '').replace(/^Channel::/, '')) ?? 'other';
}
