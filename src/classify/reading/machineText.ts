/** Texts that machines send by themselves. Taken for a customer's words they start mail loops. */
import type { Reading } from '../../core/ticket';
import { autoReplyLabel, awayNotice, deliveryReportLabel, standInOffered } from './mailPhrases';

export interface MachineClues {
  readonly text: string;
  readonly subject: string;
  /** The desk's own mark. */
  readonly machineMade: boolean;
}

/** Null when, as far as the text tells, a person wrote it. */
export function machineReading(
  clues: MachineClues,
): Extract<Reading, 'auto-reply' | 'delivery-report'> | null {
  const { text } = clues;
  const subject = withoutReplyPrefix(clues.subject);
  const firstLines = text
    .slice(0, 1_000)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, 3)
    .map((line) => line.slice(0, 300));
  if (deliveryReportLabel.test(subject) || firstLines.some((line) => deliveryReportLabel.test(line))) {
    return 'delivery-report';
  }
  const labelled = autoReplyLabel.test(subject) || firstLines.some((line) => autoReplyLabel.test(line));
  return clues.machineMade || labelled || isAwayNote(text) ? 'auto-reply' : null;
}

/** Away, with a stand-in or a date of return offered, and nothing asked. */
function isAwayNote(text: string): boolean {
  const start = text.slice(0, 2_000);
  return awayNotice.test(start.slice(0, 400)) && standInOffered.test(start) && !/[?？]/.test(start);
}

function withoutReplyPrefix(subject: string): string {
  return subject
    .trim()
    .slice(0, 300)
    .replace(/^(?:(?:re|aw|sv|rv|antw|odp|vs)\s*:\s*)+/i, '');
}
