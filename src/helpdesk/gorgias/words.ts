/** Gorgias' words for what every desk has: developers.gorgias.com/reference/{the-ticket-object,the-ticketmessage-object}. */
import type { Channel } from '../../core/ticket/channel';
import { priorities, type Author, type DeskStatus, type Priority } from '../../core/ticket/ticket';
import { wordsOf } from '../api/wordsOf';
import type { GorgiasMessage, GorgiasTicket } from './schemas';

/** Waiting has an end at Gorgias: the ticket opens again by itself then, and people see it. */
const snoozeMs = 30 * 24 * 3_600_000;

/** Gorgias has open and closed. What is snoozed is closed until then, or until the customer writes: pending. */
export function statusOf({ status, snooze_datetime: until }: GorgiasTicket): 'open' | 'pending' | 'solved' {
  if (status === 'open') return 'open';
  return until !== null && until !== undefined && Date.parse(until) > Date.now() ? 'pending' : 'solved';
}

/** On hold is snoozed as well: Gorgias does not know for whom one waits. */
export function statusFields(status: Exclude<DeskStatus, 'new' | 'closed'>): Record<string, unknown> {
  const isSnoozed = status === 'pending' || status === 'hold';
  return {
    status: status === 'open' ? 'open' : 'closed',
    snooze_datetime: isSnoozed ? new Date(Date.now() + snoozeMs).toISOString() : null,
  };
}

export function priorityOf({ priority }: GorgiasTicket): Priority | null {
  if (priority === 'critical') return 'urgent';
  return priorities.find((known) => known === priority) ?? null;
}

export function priorityWord(priority: Priority): string {
  return priority === 'urgent' ? 'critical' : priority;
}

export const noteChannel = 'internal-note';

const channels = wordsOf<Channel>({
  email: ['email'],
  form: ['contact_form', 'help-center'],
  chat: ['chat'],
  messaging: ['facebook-messenger', 'instagram-direct-message', 'sms', 'twitter-direct-message', 'whatsapp'],
  phone: ['phone', 'aircall'],
  social: [
    ...['facebook', 'facebook-mention', 'facebook-recommendations', 'yotpo-review', 'twitter'],
    ...['instagram-ad-comment', 'instagram-comment', 'instagram-mention'],
  ],
  api: ['api'],
});

export function ticketChannel({ channel }: GorgiasTicket): Channel {
  return channels.get(channel ?? '') ?? 'other';
}

/** @param customerId - the ticket's; an incoming message of somebody else is a third party's. */
export function authorOf(
  { from_agent: isOurSide, rule_id: rule, via, sender, external_id: key }: GorgiasMessage,
  ownUserId: string,
  customerId: string,
): Author {
  if (!isOurSide) return sender?.id === customerId ? 'requester' : 'third-party';
  if ((rule ?? null) !== null || via === 'rule') return 'system';
  // By hand under the same user, a person; by another program with the same key, without one of ours.
  return sender?.id === ownUserId && via === 'api' && (key ?? '') !== '' ? 'bot' : 'agent';
}
