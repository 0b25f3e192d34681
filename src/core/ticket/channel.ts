/** How a customer writes, in words that every desk shares: a ticket has one, from its beginning to its end. */

/**
 * `form`: on a page of the shop's or the desk's; `chat`: live, beside the shop; `messaging`: in a messenger or by text
 * message, such as WhatsApp; `phone`: a call or a voicemail, put into words; `social`: in public, such as a comment
 * under a post; `api`: a program made the ticket; `other`: the desk does not say, or has a word of its own.
 */
export const channels = ['email', 'form', 'chat', 'messaging', 'phone', 'social', 'api', 'other'] as const;
export type Channel = (typeof channels)[number];

/** What tickets were read with before there was one list. Zendesk's and Freshdesk's words. */
const olderWords: ReadonlyMap<string, Channel> = new Map([
  ['web', 'form'],
  ['whatsapp', 'messaging'],
  ['twitter', 'social'],
  ['facebook', 'social'],
]);

/** @param word - of a ticket as it was read, by this Deskhand or an earlier one. */
export function channelOf(word: string): Channel {
  return channels.find((channel) => channel === word) ?? olderWords.get(word) ?? 'other';
}
