/**
 * Where the new words end and the history begins. Own code rather than `email-reply-parser`: its patterns span
 * lines, so that 26 KB of hostile text keeps it busy for 25 s unless the native `re2` is there, and it does not know
 * Danish, Swedish or a `Cc` between the headers. Here every pattern looks at one short line: linear by construction.
 */
import {
  forwardedMessage,
  headerLabels,
  originalMessage,
  replyAbove,
  wroteOpener,
  wroteVerb,
} from './mailPhrases';

export interface Parts {
  /** What stands outside every quotation. */
  readonly own: readonly string[];
  /** Lines of a forwarded mail, without its headers; empty when nothing was forwarded. */
  readonly forwarded: readonly string[];
}

/** Longer lines are prose, and no mail program writes such headers. */
const longestMark = 300;

export function separateQuotation(lines: readonly string[]): Parts {
  const own: string[] = [];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (isQuoted(line)) continue;
    if (isRule(line, forwardedMessage)) return { own, forwarded: withoutHeaders(lines.slice(i + 1)) };
    if (isRule(line, originalMessage) || isReplyMark(line)) return { own, forwarded: [] };
    if (isHeaderBlock(lines, i)) {
      return { own: withoutTrailingRule(own), forwarded: withoutHeaders(lines.slice(i)) };
    }
    const attribution = attributionLength(lines, i);
    if (attribution > 0) {
      const next = lines
        .slice(i + attribution, i + attribution + 4)
        .find((follower) => follower.trim() !== '');
      // Without '>' the rest of the mail is the quotation; with it, an answer may stand below or in between.
      if (next === undefined || !isQuoted(next)) return { own, forwarded: [] };
      i += attribution - 1;
      continue;
    }
    own.push(line);
  }
  return { own, forwarded: [] };
}

/** Some webmail puts '>' before the new answer too; a "reply above this line" mark inside tells where it ends. */
export function wordsAboveReplyMark(lines: readonly string[]): readonly string[] | null {
  const bare = lines.map((line) => line.replace(/^[>\s]+/, ''));
  const mark = bare.findIndex(isReplyMark);
  if (mark < 0) return null;
  const above = bare.slice(0, mark).filter((_, i) => attributionLength(bare, i) === 0);
  return above.some((line) => line.trim() !== '') ? above : null;
}

export function isQuoted(line: string): boolean {
  return /^\s{0,3}>/.test(line);
}

function isReplyMark(line: string): boolean {
  return line.length <= longestMark && /^[#\-*_= ]/.test(line) && replyAbove.test(line);
}

/** `-----Original Message-----`, `Begin forwarded message:` */
function isRule(line: string, names: readonly string[]): boolean {
  if (line.length > longestMark) return false;
  const bare = line.trim().toLowerCase();
  const name = bare.replace(/^[-_=* ]+|[-_=*: ]+$/g, '');
  return name !== bare && names.includes(name);
}

function isHeaderBlock(lines: readonly string[], start: number): boolean {
  if (headerKind(lines[start] ?? '') !== 'from') return false;
  const kinds = new Set<string>();
  for (const line of lines.slice(start, start + 9)) {
    const kind = headerKind(line);
    if (kind !== null) kinds.add(kind);
  }
  return kinds.size >= 3 && (kinds.has('sent') || kinds.has('subject'));
}

function headerKind(line: string): keyof typeof headerLabels | null {
  if (line.length > longestMark) return null;
  const match = /^[\s>*]{0,6}([^:：\n]{1,20}?)\*?\s?[:：]/.exec(line);
  const label = match?.[1]?.toLowerCase();
  if (label === undefined) return null;
  for (const kind of ['from', 'sent', 'to', 'copy', 'subject'] as const) {
    if (headerLabels[kind].includes(label)) return kind;
  }
  return null;
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

/** How many lines from `start` say who wrote the quotation and when; mail programs wrap them. 0: none. */
function attributionLength(lines: readonly string[], start: number): number {
  let joined = '';
  for (let count = 1; count <= 3; count++) {
    const line = lines[start + count - 1];
    if (line === undefined || line.trim() === '') return 0;
    joined = `${joined} ${line.trim()}`.trim();
    if (joined.length > longestMark || (count === 1 && !wroteOpener.test(joined))) return 0;
    if (/[:：]$/.test(joined)) {
      const dated = /\d{1,2}[:.h]\d{2}|\b\d{4}\b|<[^<>]+@[^<>]+>/.test(joined);
      return dated && wroteVerb.test(joined) ? count : 0;
    }
  }
  return 0;
}

/** Outlook draws a line above its header block. */
function withoutTrailingRule(lines: readonly string[]): readonly string[] {
  const kept = [...lines];
  while (kept.length > 0 && /^[\s_\-=]*$/.test(kept.at(-1) ?? '')) kept.pop();
  return kept;
}
