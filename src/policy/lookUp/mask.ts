/** Customer text shortened for a note to agents, without card numbers, addresses and phone numbers. */
import { maskCardNumbers } from '../../core/conversation/redaction';

const excerptLength = 240;
/** Of a text that may fill a book, this is looked at: what is masked gets shorter. */
const lookedAt = 2_000;
/** What may lie across the end of that, and would be known for what it is only by its other half. */
const longestMasked = 120;

/** All but the single space that is there already. */
const gaps = /(?! (?![\p{Cc}\s]))[\p{Cc}\s]+/gu;
const email = /(?<![^\s@<>()])[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>().,;:]+/gu;
/** Eight digits and more, however they are grouped: phones, accounts, cards. Order numbers are shorter. */
const longNumber = /\+?\d(?:[ ()/.-]*\d){7,}/gu;
/** "9 Harbour Road", "12 rue de la Paix", "Lange Straße 4", "calle Mayor 5": the common forms, not all there are. */
const numberFirst: readonly RegExp[] = [
  /\b\d{1,5}\p{L}?,? (?:\p{Lu}[\p{L}'’.-]* ){1,4}(?:street|st|road|rd|avenue|ave|lane|ln|drive|close|court|square|way|boulevard|terrace|place|crescent|quay)\b/giu,
  /\b\d{1,5}(?: (?:bis|ter))?,? (?:rue|avenue|boulevard|place|chemin|allée|impasse|quai) (?:[\p{L}'’.-]+ ?){1,5}/giu,
];
const nameFirst =
  /(?:[\p{L}.-]+ )?[\p{L}.-]*(?:straße|strasse|str\.|weg|allee|gasse|platz|vej|gade|straat|laan) \d{1,4} ?\p{L}?(?!\p{L})/giu;
/** What that cannot be without; before it may stand any word of a text, and looking at each takes long. */
const nameEnds = /(?:straße|strasse|str\.|weg|allee|gasse|platz|vej|gade|straat|laan) \d/iu;
const wayFirst =
  /\b(?:calle|avenida|plaza|paseo|via|viale|piazza) (?:[\p{L}'’.-]+ ){1,4}(?:n\.?º? ?)?\d{1,4}\b/giu;

export function maskedExcerpt(text: string): string {
  const plain = text
    .slice(0, 5 * lookedAt)
    .replace(/\p{Cf}+/gu, '')
    .replace(gaps, ' ')
    .trim();
  const isCut = plain.length > lookedAt || text.length > 5 * lookedAt;
  const looked = maskCardNumbers(plain.slice(0, lookedAt));
  const named = looked.includes('@') ? looked.replace(email, '[e-mail address]') : looked;
  // Each form has a number, and looking for one takes long.
  const masked = /\d/.test(named) ? withoutStreets(named.replace(longNumber, '[number]')) : named;
  if (!isCut && masked.length <= excerptLength) return masked;
  const characters = Array.from(isCut ? masked.slice(0, -longestMasked) : masked);
  if (!isCut && characters.length <= excerptLength) return masked;
  return `${characters.slice(0, excerptLength - 1).join('')}…`;
}

function withoutStreets(text: string): string {
  const left = numberFirst.reduce((words, street) => words.replace(street, '[street]'), text);
  const named = nameEnds.test(left) ? left.replace(nameFirst, '[street]') : left;
  return named.replace(wayFirst, '[street]');
}
