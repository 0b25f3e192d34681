/** From whatever a desk stored to clean plain text: no markup, no invisible characters, one kind of line break. */
import { convert } from 'html-to-text';

const tagNames =
  'html|head|body|div|p|br|hr|span|table|tbody|thead|tr|td|th|a|img|b|i|u|strong|em|ul|ol|li|blockquote|script|style|font|h[1-6]|pre|center|meta|title|iframe|svg|form|input|button';
const knownTag = new RegExp(`<\\/?(?:${tagNames})(?=[\\s/>])`, 'i');
/** `<ana@mail.example>` is an address, not a tag: without this the HTML reader would swallow it. */
const notATag = new RegExp(`<(?!\\/?(?:${tagNames})(?=[\\s/>])|!--)`, 'gi');

export function toPlainText(body: string): string {
  return removeInvisible(knownTag.test(body) ? fromHtml(body) : body);
}

function fromHtml(html: string): string {
  return convert(html.replace(notATag, '&lt;'), {
    wordwrap: false,
    preserveNewlines: true,
    // A hostile mail nests ten thousand tags; the converter is recursive.
    limits: { maxDepth: 200, ellipsis: '' },
    selectors: [
      { selector: 'img', format: 'skip' },
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'h1', options: { uppercase: false } },
      { selector: 'h2', options: { uppercase: false } },
      { selector: 'h3', options: { uppercase: false } },
      { selector: 'table', options: { uppercaseHeaderCells: false } },
    ],
  });
}

/** Controls, soft hyphens, zero-width and bidirectional marks, lone surrogates. */
const invisible =
  /(?![\n\t])\p{Cc}|[\u00AD\u061C\u115F\u1160\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|\u034F|\u17B4|\u17B5|\p{Surrogate}/gu;
/** Joiners hold emoji and many scripts together; beside these letters they only hide something. */
const strayJoiners = /(^|[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}\p{P}\s])[\u200C\u200D]+/gu;
/** Invisible copies of ASCII, used to smuggle instructions; only a black flag (England, Wales) carries them rightly. */
const strayTags = /(?<!\u{1F3F4}[\u{E0020}-\u{E007F}]*)[\u{E0000}-\u{E007F}]+/gu;

function removeInvisible(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(invisible, '')
    .replace(strayTags, '')
    .replace(strayJoiners, '$1')
    .replace(/[\u00A0\u2007\u202F\u3000]/g, ' ')
    .normalize('NFC');
}
