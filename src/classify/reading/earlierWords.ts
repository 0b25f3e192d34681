/**
 * What was written on the ticket before. Where it comes back it is a quotation, whatever the mail program made of its
 * marks; where quoted lines are not among it, they are a list of the customer's own.
 */
import { toPlainText } from './plainText';

export interface EarlierWords {
  /** True when the line, wrapped or not, stands in what was written before; a short one only as a line of its own. */
  knows(line: string): boolean;
  /** True when these lines, and enough of them to be no mere answer in our words, were all written before. */
  repeats(lines: readonly string[]): boolean;
}

/** Fewer letters stand in any text: "yes", "order". */
const fewestLetters = 10;
/** Whoever is asked "an exchange or your money back?" answers with some of it. */
const fewestToRepeat = 60;
/** The newest ones are quoted. The bounds keep a look-up at some 20 microseconds. */
const mostBodies = 6;
const longestBody = 10_000;
export const mostLines = 400;

/** @param bodies - as the desk stores them, oldest first. Looked at only when a line is asked for. */
export function earlierWords(bodies: readonly string[]): EarlierWords {
  let read: { readonly whole: string; readonly lines: ReadonlySet<string> } | null = null;
  const knowsLetters = (letters: string): boolean => {
    read ??= lettersWithin(bodies);
    return letters.length < fewestLetters ? read.lines.has(letters) : read.whole.includes(letters);
  };
  return {
    knows: (line) => {
      const letters = lettersOf(line);
      return letters !== '' && knowsLetters(letters);
    },
    repeats: (lines) => {
      const written = lines.map(lettersOf).filter((letters) => letters !== '');
      const isEnough = written.length <= mostLines && written.join('').length >= fewestToRepeat;
      return isEnough && written.every(knowsLetters);
    },
  };
}

function lettersWithin(bodies: readonly string[]): { whole: string; lines: ReadonlySet<string> } {
  const texts = bodies.slice(-mostBodies).map((body) => toPlainText(body.slice(0, longestBody)));
  return {
    whole: texts.map(lettersOf).join('\n'),
    lines: new Set(texts.flatMap((text) => text.split('\n').map(lettersOf))),
  };
}

/** Programs wrap lines, and desks change blanks, quotes and dashes. */
function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
