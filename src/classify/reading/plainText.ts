/** From whatever a desk stored to clean plain text: no markup, no invisible characters, one kind of line break. */
import { compile, type HtmlToTextOptions } from 'html-to-text';
import { decodedQuotedPrintable } from './quotedPrintable';

const tagNames =
  'html|head|body|div|p|br|hr|span|table|tbody|thead|tr|td|th|a|img|b|i|u|strong|em|ul|ol|li|blockquote|script|style|font|h[1-6]|pre|center|meta|title|iframe|svg|form|input|button';
const knownTag = new RegExp(`<\\/?(?:${tagNames})(?=[\\s/>])`, 'i');
const blockTag = /<(?:div|p|br|tr|li|h[1-6])(?=[\s/>])/i;
/**
 * `<ana@mail.example>` is an address, not a tag: without this the HTML reader would swallow it. Office writes tags of
 * its own, as `<o:p>`.
 */
const notATag = new RegExp(`<(?!\\/?(?:${tagNames}|[a-z]{1,3}:[a-z]{1,20})(?=[\\s/>])|!--)`, 'gi');
const entity = /&(?:[a-z]{2,8}|#\d{1,6}|#x[\da-f]{1,5});/i;

export function toPlainText(body: string): string {
  const text = decodedQuotedPrintable(body);
  return removeInvisible(knownTag.test(text) || entity.test(text) ? fromHtml(text) : text);
}

/** Without what the mail program itself marks as the signature, unless that is all there is. */
function fromHtml(html: string): string {
  const escaped = html.replace(notATag, '&lt;');
  const isMarkedUp = blockTag.test(html);
  const text = hasMarkedSignature.test(html) ? converter(isMarkedUp, signatures)(escaped) : '';
  return text.trim() === '' ? converter(isMarkedUp, [])(escaped) : text;
}

type Selectors = NonNullable<HtmlToTextOptions['selectors']>;

/** Line breaks of the source count where there is no other. */
function converter(isMarkedUp: boolean, more: Selectors): (html: string) => string {
  const key = `${isMarkedUp} ${more.length}`;
  const ready = converters.get(key) ?? compile(optionsOf(isMarkedUp, more));
  converters.set(key, ready);
  return ready;
}
const converters = new Map<string, (html: string) => string>();

function optionsOf(isMarkedUp: boolean, more: Selectors): HtmlToTextOptions {
  return {
    wordwrap: false,
    preserveNewlines: !isMarkedUp,
    // A hostile mail nests ten thousand tags; the converter is recursive.
    limits: { maxDepth: 200, ellipsis: '' },
    selectors: [...selectors, ...more],
  };
}

const onOwnLine = { format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } };
/** Cells of one row stand apart: "Order 48213", not "Order48213". */
const apart = { format: 'inlineSurround', options: { suffix: ' ' } };

const selectors: Selectors = [
  { selector: 'img', format: 'skip' },
  { selector: 'a', options: { ignoreHref: true } },
  { selector: 'h1', options: { uppercase: false } },
  { selector: 'h2', options: { uppercase: false } },
  { selector: 'h3', options: { uppercase: false } },
  { selector: 'table', options: { uppercaseHeaderCells: false } },
  { selector: 'tr', ...onOwnLine },
  { selector: 'td', ...apart },
  { selector: 'th', ...apart },
  // What the writer crossed out must not read as said.
  {
    selector: 'span[style*="line-through"]',
    format: 'inlineSurround',
    options: { prefix: '~~', suffix: '~~' },
  },
  // How mail programs indent what the writer says: no quotation, which has a line at its side.
  { selector: 'blockquote[style*="border:none"]', ...onOwnLine },
  { selector: 'blockquote[style*="border: none"]', ...onOwnLine },
];

/** Gmail's, Outlook's for telephones, Thunderbird's and Proton's. */
const signatures: Selectors = [
  '.gmail_signature',
  '.gmail_signature_prefix',
  '#ms-outlook-mobile-signature',
  '.moz-signature',
  '.protonmail_signature_block',
].map((selector) => ({ selector, format: 'skip' }));
const hasMarkedSignature = /gmail_signature|ms-outlook-mobile-signature|moz-signature|protonmail_signature/;

/** Controls, soft hyphens, zero-width and bidirectional marks, lone surrogates. */
const invisible =
  /(?![\n\t])\p{Cc}|[\u00AD\u061C\u115F\u1160\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|\u034F|\u17B4|\u17B5|\p{Surrogate}/gu;
/** Joiners hold emoji and many scripts together; beside these letters they only hide something. */
const strayJoiners = /(^|[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}\p{P}\s])[\u200C\u200D]+/gu;
/** Invisible copies of ASCII, used to smuggle instructions; only a black flag (England, Wales) carries them rightly. */
const strayTags = /(?<!\u{1F3F4}[\u{E0020}-\u{E007F}]*)[\u{E0000}-\u{E007F}]+/gu;

/** Most mails: there is nothing invisible in them, and looking for it takes long. */
const plainAscii = /^[\n\t\x20-\x7E]*$/;

function removeInvisible(text: string): string {
  if (plainAscii.test(text)) return text;
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(invisible, '')
    .replace(strayTags, '')
    .replace(strayJoiners, '$1')
    .replace(/[\u00A0\u2007\u202F\u3000]/g, ' ')
    .normalize('NFC');
}
