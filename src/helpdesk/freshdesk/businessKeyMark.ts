/**
 * How a business key travels with a reply or a note. Freshdesk has no metadata and no idempotency key, so the words
 * themselves carry it: in the attributes of an element around them, twice, and in a note once more as its last line,
 * which agents see. What of it a desk's HTML sanitizer keeps is read back from the conversation.
 */
import { escapeHtml, textOfHtml, withoutPlaceholders } from '../comments/commentHtml';
import type { OutgoingComment } from '../../core/ticket/update';
import { lettersOf } from '../stepwise/findWritten';

/** Only inside a tag: in the text of a message its sign would be escaped, so nobody can write one there. */
const inTag = /<[a-z][^<>]*\bdeskhand-key-([A-Za-z0-9_-]+)/i;
const lastLine = /Deskhand ref\. (\S+)\s*$/;

/** The `body` to send. */
export function markedHtml(comment: OutgoingComment, key: string): string {
  const mark = `deskhand-key-${Buffer.from(key).toString('base64url')}`;
  const line = comment.public ? '' : `<p>Deskhand ref. ${encodeURI(key)}</p>`;
  return `<div class="${mark}" data-deskhand="${mark}">${wordsOf(comment)}${line}</div>`;
}

/** Null: there is none, or it was taken out. Only notes have the line: a reply may end with the words of whoever quotes one. */
export function keyIn(html: string, isPublic: boolean): string | null {
  const [, encoded] = inTag.exec(html) ?? [];
  if (encoded !== undefined) return Buffer.from(encoded, 'base64url').toString('utf8');
  const [, line] = (isPublic ? null : lastLine.exec(textOfHtml(html))) ?? [];
  return line === undefined ? null : decoded(line);
}

/** Whether the desk's HTML says what the comment says, however it was laid out anew. */
export function saysTheSame(html: string, comment: OutgoingComment): boolean {
  const letters = lettersIn(wordsOf(comment));
  return letters !== '' && lettersIn(html).startsWith(letters);
}

function wordsOf(comment: OutgoingComment): string {
  return withoutPlaceholders(comment.html ?? escapeHtml(comment.text));
}

export function lettersIn(html: string): string {
  return lettersOf(textOfHtml(html));
}

function decoded(line: string): string | null {
  try {
    return decodeURI(line);
  } catch {
    return null;
  }
}
