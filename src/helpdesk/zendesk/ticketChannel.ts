/** Zendesk's word for how a ticket came in. developer.zendesk.com/documentation/ticketing/reference-guides/via-types */
import type { Channel } from '../../core/ticket/channel';
import type { ZendeskComment, ZendeskTicket } from './schemas';

const channels: ReadonlyMap<string, Channel> = new Map([
  ...all('email', ['email', 'mailgun']),
  ...all('form', ['web', 'help_center', 'helpcenter', 'mobile', 'answer_bot_for_web_widget']),
  ...all('chat', ['chat', 'chat_transcript', 'native_messaging', 'mobile_sdk']),
  ...all('messaging', [
    'apple_business_chat',
    'google_business_messages',
    'google_rcs',
    'instagram_dm',
    'kakaotalk',
    'line',
    'messagebird_sms',
    'sms',
    'sunshine_conversations_facebook_messenger',
    'sunshine_conversations_twitter_dm',
    'telegram',
    'twilio_sms',
    'viber',
    'wechat',
    'whatsapp',
  ]),
  ...all('phone', ['voice']),
  ...all('social', ['facebook', 'twitter', 'forum']),
  ...all('api', ['api', 'sunshine_conversations_api']),
]);

/** A page's or an account's own messages are read by nobody else. */
const inPrivate: readonly (string | null)[] = ['message', 'direct_message'];

/** @param newest - how the customer's newest words came. A chat or form that goes on by mail is answered by mail. */
export function ticketChannel(via: ZendeskTicket['via'], newest?: ZendeskComment['via']): Channel {
  if (channels.get(newest?.channel ?? '') === 'email') return 'email';
  const channel = channels.get(via?.channel ?? '') ?? 'other';
  return channel === 'social' && inPrivate.includes(via?.source?.rel ?? null) ? 'messaging' : channel;
}

function all(channel: Channel, words: readonly string[]): readonly (readonly [string, Channel])[] {
  return words.map((word) => [word, channel] as const);
}
