/** Text between Deskhand and Zendesk's three comment bodies. */
import type { OutgoingComment } from '../../core/ticket/update';
import { RemoteFailure } from '../../remote/failures';
import { escapeHtml, textOfHtml, withoutPlaceholders } from '../comments/commentHtml';
import type { ZendeskComment } from './schemas';

/** Zendesk cuts a longer comment without an error; measured on the HTML, which is what it keeps. */
export const longestCommentBytes = 64 * 1024;
const cutMark = '\n\n[Cut here: the note was longer than the desk keeps.]';

/** A telephone call or a voicemail, in whatever language its description is. */
export function isCall({ type }: ZendeskComment): boolean {
  return type === 'VoiceComment';
}

/**
 * What the author wrote or, in a call, what was said and taken down. `plain_body` is missing on some comments, and an empty
 * form says nothing.
 */
export function incomingText(comment: ZendeskComment): string {
  if (isCall(comment) && comment.data) return comment.data.transcription_text ?? '';
  const written = [comment.plain_body, comment.body].find((body) => body !== undefined && body?.trim());
  if (written) return written;
  return textOfHtml(comment.html_body ?? '');
}

/**
 * The `html_body` to send. `body` would be read as Markdown, and its line breaks collapse.
 *
 * @throws RemoteFailure `rejected` for a public reply over 64 kB; a note of that length is cut, with a mark.
 */
export function outgoingHtml(comment: OutgoingComment): string {
  const html = withoutPlaceholders(comment.html ?? escapeHtml(comment.text));
  if (Buffer.byteLength(html) <= longestCommentBytes) return html;
  if (comment.public) {
    throw new RemoteFailure(
      'rejected',
      `the reply has ${Buffer.byteLength(html)} bytes, and Zendesk keeps ${longestCommentBytes}; shorten the template`,
      { retryable: false },
    );
  }
  return cutNote(comment.text);
}

/** The longest beginning that fits, never half a character. */
function cutNote(text: string): string {
  const characters = Array.from(text.slice(0, longestCommentBytes));
  const htmlOf = (count: number): string =>
    withoutPlaceholders(escapeHtml(characters.slice(0, count).join('') + cutMark));
  let fits = 0;
  let tooMany = characters.length + 1;
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (Buffer.byteLength(htmlOf(middle)) <= longestCommentBytes) fits = middle;
    else tooMany = middle;
  }
  return htmlOf(fits);
}
