/** The two bodies of a message: HTML, cleaned as Freshdesk cleans it, and the text of it, its lines run together. */
import sanitizeHtml from 'sanitize-html';
import { escapeHtml, textOfHtml } from '../../comments/commentHtml';
import { shallowHtml } from '../../comments/shallowHtml';

export interface MessageBody {
  readonly body: string;
  readonly body_text: string;
}

/** What the sanitizer leaves of an element: nobody outside Freshdesk knows for certain, so it can be told. */
export type Sanitizer = 'keeps-classes' | 'keeps-no-attributes';

export function bodyOfHtml(html: string, sanitizer: Sanitizer): MessageBody {
  const links = { a: ['href', 'title', 'target'], img: ['src', 'alt'] };
  const body = sanitizeHtml(shallowHtml(html), {
    allowedAttributes: sanitizer === 'keeps-classes' ? { ...links, '*': ['class', 'style', 'dir'] } : links,
  });
  return { body, body_text: textOfHtml(body).replace(/\s+/g, ' ').trim() };
}

export function bodyOfText(text: string): MessageBody {
  return bodyOfHtml(escapeHtml(text), 'keeps-classes');
}
