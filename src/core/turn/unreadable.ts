/** What people are told of messages that have no words, and of the files that came with any. For notes on the ticket only. */
import type { Reading, TicketComment } from '../ticket/ticket';

const unreadable: Readonly<Record<Exclude<Reading, 'words'>, string>> = {
  empty: 'an empty message',
  'attachment-only': 'only a file',
  'signature-only': 'only a signature',
  'quotation-only': 'only a quotation, or what somebody else wrote',
  'auto-reply': 'an automatic answer',
  'delivery-report': 'a delivery report',
  undeliverable: 'a delivery report',
};
const mostFilesNamed = 10;

export function describeUnreadable(comments: readonly TicketComment[]): string {
  const kinds = comments.map(({ reading }) =>
    reading === null || reading === 'words' ? 'a message' : unreadable[reading],
  );
  const files = comments.flatMap((comment) => comment.attachments);
  const count = files.length === 0 ? [] : [`${files.length} attachment${files.length === 1 ? '' : 's'}`];
  return [...new Set(kinds), ...count].join(', ');
}

/** A line below the note; "" without files. */
export function filesNamed(comments: readonly TicketComment[]): string {
  const files = comments.flatMap((comment) => comment.attachments);
  if (files.length === 0) return '';
  const more = files.length > mostFilesNamed ? `, and ${files.length - mostFilesNamed} more` : '';
  return `\nAttached: ${files
    .slice(0, mostFilesNamed)
    .map(({ name, contentType }) => `${name} (${contentType})`)
    .join(', ')}${more}.`;
}
