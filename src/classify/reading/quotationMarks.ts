/** The lines that mail programs put above a quotation: who wrote it and when. Every look is at a few short lines. */
import { headerLabels, replyAbove, tellsInPerson, wroteOpener, wroteVerb } from './mailPhrases';

/** Longer lines are prose, and no mail program writes such headers. */
const longestMark = 300;
/** Programs wrap long names and addresses. */
const mostLinesOfAttribution = 4;
const mostLinesOfHeader = 14;

export function isQuoted(line: string): boolean {
  return /^\s{0,3}>/.test(line);
}

export function isReplyMark(line: string): boolean {
  return line.length <= longestMark && /^[#\-*_= ]/.test(line) && replyAbove.test(line);
}

/** `-----Original Message-----`, `Begin forwarded message:` */
export function isRule(line: string, names: readonly string[]): boolean {
  if (line.length > longestMark || !/^\s*[-_=*]|:\s*$/.test(line)) return false;
  const bare = line.trim().toLowerCase().replaceAll('’', "'");
  const name = bare.replace(/^[-_=* ]+/, '').replace(/[-_=*: ]+$/, '');
  return name !== bare && names.includes(name);
}

/**
 * How many lines from `start` are the header of a mail, in whatever order its program writes them; 0: none. An address
 * in it, or a date with a subject, tells it from a list of the customer's own ("From: Berlin, To: Hamburg, Date: Monday").
 */
export function headerBlockLength(lines: readonly string[], start: number): number {
  if (headerKind(lines[start] ?? '') === null) return 0;
  // Within a block: it was looked at from its first line.
  const above = lines[start - 1] ?? '';
  if (!isQuoted(above) && headerKind(above) !== null) return 0;
  const kinds = new Set<string>();
  let end = start;
  for (let i = start; i < Math.min(lines.length, start + mostLinesOfHeader); i++) {
    const line = lines[i] ?? '';
    const kind = headerKind(line);
    if (kind !== null) {
      kinds.add(kind);
      end = i + 1;
    } else if (i > end) break; // A line without a label between two with one: a long list of receivers, or a blank.
  }
  const block = lines.slice(start, end).join('\n');
  const isMail = address.test(block) || (kinds.has('subject') && dated.test(block));
  const isWhole = kinds.size >= 3 && kinds.has('from') && (kinds.has('sent') || kinds.has('subject'));
  return isWhole && isMail ? end - start : 0;
}

export function headerKind(line: string): keyof typeof headerLabels | null {
  if (line.length > longestMark || !/[:：]/.test(line)) return null;
  const match = /^[\s>*]{0,6}([^:：\n]{1,20}?)\*?\s?[:：]/.exec(line);
  const label = match?.[1]?.toLowerCase();
  if (label === undefined) return null;
  for (const kind of ['from', 'sent', 'to', 'copy', 'subject'] as const) {
    if (headerLabels[kind].includes(label)) return kind;
  }
  return null;
}

/** How many lines from `start` say who wrote the quotation and when; mail programs wrap them. 0: none. */
export function attributionLength(lines: readonly string[], start: number): number {
  if (headerKind(lines[start] ?? '') === 'from') return 0;
  let joined = '';
  for (let count = 1; count <= mostLinesOfAttribution; count++) {
    const line = lines[start + count - 1];
    if (line === undefined || line.trim() === '') return 0;
    joined = `${joined} ${line.trim()}`.trim();
    if (joined.length > longestMark) return 0;
    if (!endsAttribution.test(joined)) continue;
    const isBegunLater = Array.from({ length: count - 1 }, (_, skipped) => skipped + 1).some((skipped) =>
      saysWhoWrote(joinLines(lines, start + skipped, start + count), follower(lines, start + count)),
    );
    return !isBegunLater && saysWhoWrote(joined, follower(lines, start + count)) ? count : 0;
  }
  return 0;
}

const endsAttribution = /[:：]$|(?<=\S\s)wrote(?:\s*-{2,})?$/;
const address = /[<([]\s?(?:mailto:)?[^\s<>()[\]@]{1,100}@[^\s<>()[\]@]{1,200}\s?[>)\]]/i;
const angled = /<\s?(?:mailto:)?[^\s<>@]{1,100}@[^\s<>@]{1,200}\s?>/i;
const clockTime = /\d{1,2}[:.h]\d{2}/;
const dated = /\d{1,2}[:.h]\d{2}|\b\d{4}\b|年/;

/** By an address and a time, whatever the language; by a verb, and an address or what programs begin such lines with. */
function saysWhoWrote(line: string, below: string | undefined): boolean {
  const isQuotedBelow = below !== undefined && isQuoted(below);
  const bare = line.replace(/^[-\s]+/, '');
  if (!dated.test(bare)) return false;
  if (!wroteVerb.test(bare)) return angled.test(bare) && clockTime.test(bare);
  return address.test(bare) || isQuotedBelow || (wroteOpener.test(bare) && !tellsInPerson.test(bare));
}

function joinLines(lines: readonly string[], start: number, end: number): string {
  return lines
    .slice(start, end)
    .map((line) => line.trim())
    .join(' ');
}

/** The first mail address in a line, in lower case. */
export function addressOf(line: string): string | null {
  return /[^\s<>()[\]@:;,"]{1,100}@[^\s<>()[\]@:;,"]{1,200}/.exec(line)?.[0].toLowerCase() ?? null;
}

/** The next line that is not empty. */
export function follower(lines: readonly string[], start: number): string | undefined {
  return lines.slice(start, start + 4).find((line) => line.trim() !== '');
}
