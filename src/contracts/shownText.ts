/**
 * What agents write about themselves is shown to others: in timelines, in notes, in terminals. Line ends in a name, and
 * marks that hide or reorder words (unicode.org/reports/tr9, explicit directional formatting), would let somebody write
 * what another one seems to have said.
 */
const control = String.raw`\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069`;
const unfitForLine = new RegExp(`[${control}]+`, 'gu');
/** Line ends and tabs may stand in a longer text. */
const unfitForText = new RegExp(`(?:(?![\\n\\t])[${control}])+`, 'gu');

export function isOneLine(text: string): boolean {
  return text.search(unfitForLine) === -1;
}

export function isShownAsWritten(text: string): boolean {
  return text.replace(/\r\n/g, '\n').search(unfitForText) === -1;
}

/** For what was accepted already. Never blank where something was written. */
export function oneLine(text: string): string {
  return text.replace(unfitForLine, ' ').trim() || '?';
}

/** As `oneLine`, over several lines. */
export function asShown(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(unfitForText, ' ').trim() || '?';
}
