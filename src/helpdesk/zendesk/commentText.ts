/** Text between Deskhand and Zendesk's three comment bodies. */
import { convert } from 'html-to-text';
import type { OutgoingComment } from '../../core/ticket/update';
import { RemoteFailure } from '../../remote/failures';
import { shallowHtml } from '../shallowHtml';
import type { ZendeskComment } from './schemas';

/** Zendesk cuts a longer comment without an error; measured on the HTML, which is what it keeps. */
export const longestCommentBytes = 64 * 1024;
/** Characters of HTML that are read: Zendesk keeps less, but a desk of that name might not. */
const mostIncomingHtml = 1_000_000;
const cutMark = '\n\n[Cut here: the note was longer than the desk keeps.]';

/** What the author wrote, as text. `plain_body` is missing on some comments, and an empty form says nothing. */
export function incomingText(comment: ZendeskComment): string {
  const written = [comment.plain_body, comment.body].find((body) => body !== undefined && body?.trim());
  if (written) return written;
  return convert(shallowHtml((comment.html_body ?? '').slice(0, mostIncomingHtml)), {
    wordwrap: false,
    selectors: [
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
      { selector: 'img', format: 'skip' },
    ],
  });
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

export function escapeHtml(text: string): string {
  const escaped = text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
  const paragraphs = escaped.replaceAll('\r\n', '\n').split(/\n{2,}/);
  return paragraphs.map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br>')}</p>`).join('');
}

/**
 * Zendesk expands Liquid (`{{ticket.requester.email}}`, `{% ... %}`) in agents' comments; a customer's words in a
 * quotation must not run there. An invisible word joiner between the signs leaves the text as it looks. Braces
 * written as entities are joined too, since Zendesk may decode them first.
 */
function withoutPlaceholders(html: string): string {
  return html
    .replaceAll(/&(?:#0*123|#x0*7b|lbrace|lcub);/gi, '{')
    .replaceAll(/&(?:#0*37|#x0*25|percnt);/gi, '%')
    .replaceAll(/\{(?=[{%])/g, '{\u2060');
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
