/** Takes away what a mail program or a habit adds below the words: signatures, device lines, confidentiality notices. */
import { closing, confidentialityNotice, sentFromDevice } from './mailPhrases';

const longestSignature = 15;
const longestLine = 300;

export function withoutSignature(lines: readonly string[]): readonly string[] {
  const kept = lines.filter((line) => line.length > longestLine || !sentFromDevice.test(line.trim()));
  const end = Math.min(delimiterAt(kept), noticeAt(kept), closingAt(kept));
  return kept.slice(0, end);
}

/** `-- ` on a line of its own (RFC 3676, 4.3); many programs lose the space. */
function delimiterAt(lines: readonly string[]): number {
  const from = Math.max(0, lines.length - longestSignature);
  const at = lines.findIndex((line, i) => i >= from && /^--\s*$/.test(line));
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
    const saysMore = below.some(
      (other) =>
        other.length > 70 ||
        /^\s*p\.?\s?s\b|[?？]|#\s?\d|(?:order|bestell|commande|pedido|ordine|ordre)\D{0,12}\d/iu.test(other),
    );
    // Thanks are words of their own: "Thank you!" alone must not become an empty message.
    if (!saysMore && (i > 0 || below.some((other) => other.trim() !== '')))
      return /^(?:many )?thank/i.test(line) ? i + 1 : i;
  }
  return lines.length;
}
