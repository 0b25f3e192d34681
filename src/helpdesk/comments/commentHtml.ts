/** Between text and the HTML in which desks keep comments. */
import { convert } from 'html-to-text';
import { shallowHtml } from './shallowHtml';

/** Characters of HTML that are read: desks keep less, but one of that name might not. */
const mostIncomingHtml = 1_000_000;

export function textOfHtml(html: string): string {
  return convert(shallowHtml(html.slice(0, mostIncomingHtml)), {
    wordwrap: false,
    selectors: [
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
      { selector: 'img', format: 'skip' },
    ],
  });
}

/** The words of a comment, by its HTML: a desk's own text runs lines together, by which quotations and signatures are told. */
export function wordsIn(html: string | null | undefined, text: string | null | undefined): string {
  const words = textOfHtml(html ?? '');
  return words.trim() === '' ? (text ?? '') : words;
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
 * Desks expand placeholders (`{{ticket.requester.email}}`, `{% ... %}`) in agents' comments (Zendesk: Liquid); a
 * customer's words in a quotation must not run there. An invisible word joiner between the signs leaves the text as it
 * looks. Braces written as entities are joined too, since a desk may decode them first.
 */
export function withoutPlaceholders(html: string): string {
  return html
    .replaceAll(/&(?:#0*123|#x0*7b|lbrace|lcub);/gi, '{')
    .replaceAll(/&(?:#0*37|#x0*25|percnt);/gi, '%')
    .replaceAll(/\{(?=[{%])/g, '{\u2060');
}
