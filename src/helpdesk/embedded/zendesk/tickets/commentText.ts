/**
 * The three bodies of a comment, made the way Zendesk makes them
 * (developer.zendesk.com/api-reference/ticketing/tickets/ticket_comments): `body` is what was sent, `html_body`
 * what is shown, `plain_body` the text of it. Markdown is not rendered; everything else the documents say is.
 */
import { compile } from 'html-to-text';
import { Liquid } from 'liquidjs';
import sanitizeHtml from 'sanitize-html';
import { shallowHtml } from '../../../comments/shallowHtml';

export interface CommentBodies {
  readonly body: string;
  readonly html_body: string;
  readonly plain_body: string;
}

/** Longer bodies are cut there, and nobody is told: bytes of UTF-8. */
const commentBytes = 65_536;

/** What `{{placeholders}}` may name: `ticket.id`, `ticket.requester.name`, `current_user.name` and so on. */
export type PlaceholderValues = Record<string, unknown>;

const toText = compile({
  wordwrap: false,
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    { selector: 'p', options: { leadingLineBreaks: 1, trailingLineBreaks: 2 } },
  ],
});

// Unknown placeholders vanish, as on Zendesk; templates of their own, so that a tag never reads a file.
const limits = { parseLimit: 1_000_000, renderLimit: 200, memoryLimit: 10_000_000, templates: {} };
const htmlPlaceholders = new Liquid({ ...limits, outputEscape: 'escape' });
const textPlaceholders = new Liquid(limits);

/** Plain text as people type it: an agent's is Markdown on Zendesk, so runs of blanks and blank lines collapse. */
export function bodiesOfText(
  text: string,
  author: 'agent' | 'customer',
  values: PlaceholderValues,
): CommentBodies {
  const body = cut(
    author === 'customer' ? text : collapse(expand(textPlaceholders, stripTags(text), values)),
  );
  return { body, html_body: wrap(htmlOfText(body)), plain_body: body };
}

/** HTML is cleaned of everything that runs or loads; its text is the body. */
export function bodiesOfHtml(
  html: string,
  author: 'agent' | 'customer',
  values: PlaceholderValues,
): CommentBodies {
  // Placeholders before entities: `&#123;&#123;` in a customer's quoted words stays what they typed.
  const expanded = author === 'customer' ? html : expand(htmlPlaceholders, html, values);
  const clean = sanitizeHtml(shallowHtml(cut(expanded)));
  const plain = toText(clean);
  return { body: plain, html_body: wrap(clean), plain_body: plain };
}

/** Of a trigger's template: as it is, but for its placeholders. */
export function fillPlaceholders(template: string, values: PlaceholderValues): string {
  return expand(textPlaceholders, template, values);
}

function expand(engine: Liquid, text: string, values: PlaceholderValues): string {
  if (!text.includes('{{') && !text.includes('{%')) return text;
  try {
    return String(engine.parseAndRenderSync(text, values));
  } catch {
    return text; // Braces that are no placeholders.
  }
}

function stripTags(text: string): string {
  return text.replace(/<\/?[a-z][^<>]*>/gi, '');
}

function collapse(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+/g, ' ')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function htmlOfText(text: string): string {
  const escaped = text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
  return escaped
    .split(/\n{2,}/)
    .map((paragraph) => `<p dir="auto">${paragraph.replace(/\n/g, '<br>')}</p>`)
    .join('');
}

const wrap = (html: string): string => `<div class="zd-comment" dir="auto">${html}</div>`;

function cut(text: string): string {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= commentBytes) return text;
  let end = commentBytes;
  // Not in the middle of a character: continuation bytes are 10xxxxxx.
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end).toString('utf8');
}
