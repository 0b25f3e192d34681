/** Texts that machines send by themselves. Taken for a customer's words they start mail loops. */
import type { Reading } from '../../core/ticket/ticket';
import {
  autoReplyLabel,
  awayNotice,
  deliveryReportLabel,
  deliverySettled,
  deliveryStillTried,
  receivedNotice,
  standInOffered,
  willBeAnswered,
} from './machinePhrases';

export interface MachineClues {
  readonly text: string;
  readonly subject: string;
  /** The desk's own mark. */
  readonly machineMade: boolean;
  readonly deliveryReport: boolean;
}

/** Null when, as far as the text tells, a person wrote it. */
export function machineReading(
  clues: MachineClues,
): Extract<Reading, 'auto-reply' | 'delivery-report' | 'undeliverable'> | null {
  const { text } = clues;
  const subject = withoutReplyPrefix(clues.subject);
  const firstLines = text
    .slice(0, 1_000)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, 3)
    .map((line) => line.slice(0, 300));
  const isReport = clues.deliveryReport || deliveryReportLabel.test(subject);
  if (isReport || firstLines.some((line) => deliveryReportLabel.test(line))) {
    return hasGivenUp(`${subject}\n${text}`) ? 'undeliverable' : 'delivery-report';
  }
  const labelled = autoReplyLabel.test(subject) || firstLines.some((line) => autoReplyLabel.test(line));
  const isMachines = clues.machineMade || labelled || isAwayNote(text) || isReceipt(text);
  return isMachines ? 'auto-reply' : null;
}

/**
 * Whether the report is final. The status fields (RFC 3464, 2.3.3 and 2.3.4) decide where they are shown, else the
 * words. A report that does not tell counts as final: a person who looks in vain is the smaller mistake.
 */
function hasGivenUp(report: string): boolean {
  const start = report.slice(0, 4_000);
  const action = /^\s*action:\s*(failed|delayed|delivered|relayed|expanded)\b/im
    .exec(start)?.[1]
    ?.toLowerCase();
  if (action !== undefined) return action === 'failed';
  const status = /\bstatus:\s*([245])\.\d{1,3}\.\d{1,3}\b|(?<![\d.])(5)\d\d[ -]#?5\.\d{1,3}\.\d{1,3}\b/i.exec(
    start,
  );
  if (status !== null) return (status[1] ?? status[2]) === '5';
  return !deliveryStillTried.test(start) && !deliverySettled.test(start);
}

/** Away, with a stand-in or a date of return offered, and nothing asked. */
function isAwayNote(text: string): boolean {
  const start = text.slice(0, 2_000);
  return awayNotice.test(start.slice(0, 400)) && standInOffered.test(start) && !/[?？]/.test(start);
}

/** Another help desk has the message, promises an answer, and asks nothing. */
function isReceipt(text: string): boolean {
  const start = text.slice(0, 1_000);
  return receivedNotice.test(start.slice(0, 300)) && willBeAnswered.test(start) && !/[?？]/.test(start);
}

function withoutReplyPrefix(subject: string): string {
  return subject
    .trim()
    .slice(0, 300)
    .replace(/^(?:(?:re|aw|sv|rv|antw|odp|vs|tr|wg|fwd?|r|res|ynt|回复|回覆|答复)\s*[:：]\s*)+/i, '');
}
