/** What `deskhand ticket show` prints: where a ticket stands, what comes next, what happened. */
import type { TicketView } from '../../contracts/messages';
import { modeWords } from '../../core/modes/mode';
import { deadlineSummary } from '../../core/story';
import { approvalLines } from './approval';

/** Times are UTC, and said to be. */
export function ticketLines(view: TicketView): readonly string[] {
  // How sure one is of nothing says nothing.
  const confidence =
    view.intent === null || view.confidence === null ? '' : ` (${Math.round(view.confidence * 100)} %)`;
  return [
    `Ticket ${view.ref.ticketId} of ${view.ref.desk} (${view.ref.account})`,
    `Stage     ${view.stage}${view.turnPhase === null ? '' : `, ${view.turnPhase}`}`,
    `Intent    ${view.intent ?? '-'}${confidence}`,
    `Rule      ${view.rule ?? '-'}`,
    ...(view.mode === undefined || view.mode === 'auto' ? [] : [`Mode      ${modeWords[view.mode]}`]),
    ...proposalLines(view),
    ...(view.handOff === null
      ? []
      : [`Hand-off  ${view.handOff.reason}, level ${view.handOff.level}: ${view.handOff.detail}`]),
    ...approvalLines(view),
    `Next      ${nextOf(view)}`,
    ...clockLines(view),
    '',
    'What happened (UTC)',
    ...view.timeline.map(({ at, kind, text }) => `${timeOf(at)}  ${kind.padEnd(11)} ${text}`),
  ];
}

function proposalLines({ proposal = null, comparisons = [] }: TicketView): readonly string[] {
  const sent = comparisons.map(({ mode, rule, result, similarity }) => {
    const share = similarity === null ? '' : `, ${Math.round(similarity * 100)} % of the words`;
    return `Sent      ${result}${share}, where ${mode} had proposed by ${rule}`;
  });
  return [...(proposal === null ? [] : [`Proposed  ${proposal.deeds.join(', ')}`]), ...sent];
}

function nextOf({ nextDeadline }: TicketView): string {
  return nextDeadline === null ? '-' : `${timeOf(nextDeadline.at)} UTC: ${deadlineSummary(nextDeadline)}`;
}

function clockLines({ clocks = [] }: TicketView): readonly string[] {
  return clocks.map(({ clock, tier, target, status, why, until, usedMs, targetMs, breachedAt }) => {
    const share = `${Math.round((100 * usedMs) / Math.max(1, targetMs))} % used`;
    const due =
      until === null ? '' : `, due ${new Date(until).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    const late = breachedAt === null ? '' : ', breached';
    return `SLA       ${tier ?? '-'}: ${clock} within ${target}, ${status}${late}, ${share}${due}: ${why}`;
  });
}

function timeOf(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
