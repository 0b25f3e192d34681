/** Takes away what a mail program or a habit adds below the words: signatures, device lines, confidentiality notices. */
import { closing, confidentialityNotice, device, sayingWord, sentFrom, smallInNames } from './mailPhrases';

const longestSignature = 15;
const longestLine = 300;
const longestOfSignature = 70;
const longestDeviceLine = 140;
const fewWords = 5;

export function withoutSignature(lines: readonly string[]): readonly string[] {
  const kept = lines.filter((line) => !isDeviceLine(line.trim()));
  const written = kept.slice(0, Math.min(delimiterAt(kept), noticeAt(kept)));
  return written.slice(0, closingAt(written));
}

/** "Sent from my iPhone. Do not cancel it": written behind it, and it may turn all above round. */
const takesBack =
  /(?<!\p{L})(?:no|not|don['’]?t|stop|wait|nein|nicht|kein\p{L}*|doch|halt|non|ne|pas|attendez|esperen?|nej|ikke|vent)(?!\p{L})/iu;

/** What a program adds is short, and asks nothing. */
function isDeviceLine(line: string): boolean {
  const isShort = line.length <= longestDeviceLine && !/[?？¿]/.test(line);
  return isShort && sentFrom.test(line) && device.test(line) && !takesBack.test(line);
}

/** `-- ` on a line of its own (RFC 3676, 4.3); many programs lose the space, and people draw such lines too. */
function delimiterAt(lines: readonly string[]): number {
  const from = Math.max(0, lines.length - longestSignature);
  const at = lines.findIndex(
    (line, i) => i >= from && /^--\s*$/.test(line) && isSignature(lines.slice(i + 1), 'in part'),
  );
  return at < 0 ? lines.length : at;
}

function noticeAt(lines: readonly string[]): number {
  const at = lines.findIndex((line) => confidentialityNotice.test(line.trim().slice(0, longestLine)));
  return at < 0 ? lines.length : at;
}

/** "Kind regards," and the name and address below it; not a postscript or an order number put there. */
function closingAt(lines: readonly string[]): number {
  const from = Math.max(0, lines.length - 9);
  for (let i = from; i < lines.length; i++) {
    const line = (lines[i] ?? '').trim();
    if (line.length > 60 || !closing.test(line)) continue;
    const below = lines.slice(i + 1);
    const saysMore =
      !isSignature(below, 'whole') ||
      isOneWord(lines.slice(0, i), below) ||
      below.some((other) =>
        /^\s*p\.?\s?s\b|#\s?\d|(?:order|bestell|commande|pedido|ordine|ordre)\D{0,12}\d/iu.test(other),
      );
    // Thanks are words of their own: "Thank you!" alone must not become an empty message.
    if (!saysMore && (i > 0 || below.some((other) => other.trim() !== '')))
      return /^(?:many )?thank/i.test(line) ? i + 1 : i;
  }
  return lines.length;
}

/** "Yes, thanks, Red": below so few words, whether one more is a name only who knows the requester's can tell. */
function isOneWord(above: readonly string[], below: readonly string[]): boolean {
  return wordsOf(above).length <= fewWords && wordsOf(below).length === 1;
}

function wordsOf(lines: readonly string[]): readonly string[] {
  return lines.join('\n').match(/[\p{L}\p{N}]+/gu) ?? [];
}

function isSignature(lines: readonly string[], how: 'whole' | 'in part'): boolean {
  const written = lines.filter((line) => line.trim() !== '');
  return how === 'whole'
    ? written.every(looksSigned)
    : written.length === 0 || written.some((line) => looksSigned(line));
}

/** Names, titles, companies, addresses, telephone numbers and links are written large; sentences are not. */
function looksSigned(line: string): boolean {
  if (line.length > longestOfSignature || /[?？!¡¿]/u.test(line) || sayingWord.test(line)) return false;
  const plain = line.replace(/\S+@\S+|(?:https?:|www\.)\S+|\S+\.\p{L}{2,}\/?(?=\s|$)/gu, ' ');
  const words = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.every((word) => /[\p{Lu}\p{N}]/u.test(word) || word.length === 1 || smallInNames.has(word));
}
