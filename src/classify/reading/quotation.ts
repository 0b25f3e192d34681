/**
 * Where the new words end and the history begins. Own code rather than a library's: docs/reading.md has the figures.
 * Every pattern looks at one short line, or at a few of them joined: linear by construction.
 */
import { mostLines, type EarlierWords } from './earlierWords';
import { forwardedMessage, originalMessage } from './mailPhrases';
import {
  addressOf,
  attributionLength,
  follower,
  headerBlockLength,
  headerKind,
  isQuoted,
  isReplyMark,
  isRule,
} from './quotationMarks';

export interface Parts {
  /** What stands outside every quotation. */
  readonly own: readonly string[];
  /** Lines of a forwarded mail, without its headers; empty when nothing was forwarded. */
  readonly forwarded: readonly string[];
  /** Who wrote the forwarded mail, as its header says, in lower case; null when it does not say. */
  readonly forwardedFrom: string | null;
}

/** "发件人:" */
const shortestMark = 4;
const longestList = 12;
const longestListLine = 160;
const mostLists = 20;

/** @param shop - what the shop has written on the ticket so far; without it every quoted line is a quotation. */
export function separateQuotation(lines: readonly string[], shop?: EarlierWords): Parts {
  const own: string[] = [];
  const parts = (): Parts => ({ own: withoutTrailingRule(own), forwarded: [], forwardedFrom: null });
  let isAttributed = false;
  let lists = 0;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (isQuoted(line)) {
      const run = quotedRun(lines, i);
      if (!isAttributed && shop !== undefined && lists++ < mostLists && isOwnList(run, own.at(-1), shop)) {
        own.push(...run.map(asListItem));
      }
      i += run.length - 1;
      continue;
    }
    if (line.length < shortestMark) {
      own.push(line);
      continue;
    }
    if (isRule(line, forwardedMessage)) return { own, ...forwardedMail(lines.slice(i + 1)) };
    if (isRule(line, originalMessage) || isReplyMark(line)) return parts();
    if (headerBlockLength(lines, i) > 0) {
      return { own: withoutTrailingRule(own), ...forwardedMail(lines.slice(i)) };
    }
    const attribution = attributionLength(lines, i);
    if (attribution > 0) {
      const next = follower(lines, i + attribution);
      // Without '>' the rest of the mail is the quotation; with it, an answer may stand below or in between.
      if (next === undefined || !isQuoted(next)) return parts();
      isAttributed = true;
      i += attribution - 1;
      continue;
    }
    own.push(line);
  }
  return parts();
}

function quotedRun(lines: readonly string[], start: number): readonly string[] {
  let end = start;
  while (end < lines.length && isQuoted(lines[end] ?? '')) end++;
  return lines.slice(start, end);
}

/** A few short lines right below words of the customer's, once marked, and none of them the shop's. */
function isOwnList(run: readonly string[], above: string | undefined, shop: EarlierWords): boolean {
  return (
    above !== undefined &&
    above.trim() !== '' &&
    run.length <= longestList &&
    run.every((line) => line.length <= longestListLine && !/^\s*>\s*>/.test(line)) &&
    !run.some((line) => shop.knows(line))
  );
}

function asListItem(line: string): string {
  return line.replace(/^\s*>\s*/, '- ');
}

/**
 * What of a quotation nobody has written on the ticket before, its marks and headers taken away. Most of it must have
 * been: a strange mail that begins with "Hello Kim," as ours did is no answer of Kim's, and neither is a forwarded one.
 */
export function newWordsWithin(lines: readonly string[], all: EarlierWords): readonly string[] | null {
  if (lines.length > mostLines || lines.some((line) => isRule(line, forwardedMessage))) return null;
  const bare = withoutQuoteMarks(lines);
  const kept: string[] = [];
  const known: string[] = [];
  for (let i = 0; i < bare.length; i++) {
    const line = bare[i] ?? '';
    const mark = Math.max(headerBlockLength(bare, i), attributionLength(bare, i));
    if (mark > 0) i += mark - 1;
    else if (all.knows(line)) known.push(line);
    else if (!isReplyMark(line) && !isRule(line, originalMessage)) kept.push(line);
  }
  const said = kept.join('').trim();
  return /\p{L}/u.test(said) && known.join('').length >= said.length ? kept : null;
}

/** Some webmail puts '>' before the new answer too; a "reply above this line" mark inside tells where it ends. */
export function wordsAboveReplyMark(lines: readonly string[]): readonly string[] | null {
  const bare = withoutQuoteMarks(lines);
  const mark = bare.findIndex(isReplyMark);
  if (mark < 0) return null;
  const above = bare.slice(0, mark).filter((_, i) => attributionLength(bare, i) === 0);
  return above.some((line) => line.trim() !== '') ? above : null;
}

function forwardedMail(lines: readonly string[]): Omit<Parts, 'own'> {
  const forwarded = withoutHeaders(lines);
  const header = lines.slice(0, lines.length - forwarded.length);
  const from = header.find((line) => headerKind(line) === 'from');
  return { forwarded, forwardedFrom: from === undefined ? null : addressOf(from) };
}

function withoutHeaders(lines: readonly string[]): readonly string[] {
  let start = 0;
  while (start < Math.min(lines.length, 12)) {
    const line = lines[start] ?? '';
    if (line.trim() !== '' && headerKind(line) === null) break;
    start++;
  }
  return lines.slice(start);
}

function withoutQuoteMarks(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.replace(/^[>\s]+/, ''));
}

/** Programs draw a line above what they quote. */
function withoutTrailingRule(lines: readonly string[]): readonly string[] {
  const kept = [...lines];
  while (kept.length > 0 && /^[\s_\-=]*$/.test(kept.at(-1) ?? '')) kept.pop();
  return kept;
}
