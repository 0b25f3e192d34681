/** Customer text shortened for a note to agents, without card numbers, addresses and phone numbers. */
import { maskCardNumbers } from '../../core/redaction';

const excerptLength = 240;

const email = /[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>().,;:]+/gu;
/** Eight digits and more, however they are grouped: phones, accounts, cards. Order numbers are shorter. */
const longNumber = /\+?\d(?:[ ()/.-]*\d){7,}/gu;
/** "9 Harbour Road", "12 rue de la Paix", "Lange Straße 4", "calle Mayor 5": the common forms, not all there are. */
const streets: readonly RegExp[] = [
  /\b\d{1,5}\p{L}?,? (?:\p{Lu}[\p{L}'’.-]* ){1,4}(?:street|st|road|rd|avenue|ave|lane|ln|drive|close|court|square|way|boulevard|terrace|place|crescent|quay)\b/giu,
  /\b\d{1,5}(?: (?:bis|ter))?,? (?:rue|avenue|boulevard|place|chemin|allée|impasse|quai) (?:[\p{L}'’.-]+ ?){1,5}/giu,
  /(?:[\p{L}.-]+ )?[\p{L}.-]*(?:straße|strasse|str\.|weg|allee|gasse|platz|vej|gade|straat|laan) \d{1,4} ?\p{L}?(?!\p{L})/giu,
  /\b(?:calle|avenida|plaza|paseo|via|viale|piazza) (?:[\p{L}'’.-]+ ){1,4}(?:n\.?º? ?)?\d{1,4}\b/giu,
];

export function maskedExcerpt(text: string): string {
  const plain = text
    .replace(/\p{Cf}+/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  const numbers = maskCardNumbers(plain).replace(email, '[e-mail address]').replace(longNumber, '[number]');
  const masked = streets.reduce((words, street) => words.replace(street, '[street]'), numbers);
  const characters = Array.from(masked);
  return characters.length <= excerptLength ? masked : `${characters.slice(0, excerptLength - 1).join('')}…`;
}
