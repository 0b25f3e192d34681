/** Freshdesk's numbers for what others have words for: developers.freshdesk.com/api/#ticket_attributes. */
import { assertNever } from '../../core/failure';
import type { Channel } from '../../core/ticket/channel';
import { priorities, type DeskStatus, type Priority } from '../../core/ticket/ticket';

const statusNumbers = { open: 2, pending: 3, resolved: 4, closed: 5 } as const;
const priorityNumbers: Readonly<Record<Priority, number>> = { low: 1, normal: 2, high: 3, urgent: 4 };

/** The names of the account's own statuses, by number; 6 and above. */
export type StatusNames = ReadonlyMap<number, string>;

/**
 * Closed is solved here: a closed ticket of Freshdesk's can still be changed, and its customer's next message opens it.
 * A status of the account's own says by its name whom it waits for.
 */
export function statusOf(status: number, names: StatusNames): Exclude<DeskStatus, 'new' | 'closed'> {
  switch (status) {
    case statusNumbers.open:
      return 'open';
    case statusNumbers.pending:
      return 'pending';
    case statusNumbers.resolved:
    case statusNumbers.closed:
      return 'solved';
    default: {
      const name = (names.get(status) ?? '').toLowerCase();
      if (/wait|await/.test(name) && /customer|client|requester/.test(name)) return 'pending';
      return /wait|await|hold/.test(name) ? 'hold' : 'open';
    }
  }
}

export function isOwnStatus(status: number): boolean {
  return status > statusNumbers.closed;
}

/** `hold` is a status of the account's own; where there is none, pending comes nearest. */
export function numberOfStatus(status: Exclude<DeskStatus, 'new' | 'closed'>, names: StatusNames): number {
  switch (status) {
    case 'open':
      return statusNumbers.open;
    case 'pending':
      return statusNumbers.pending;
    case 'solved':
      return statusNumbers.resolved;
    case 'hold':
      return (
        [...names.keys()].find((number) => isOwnStatus(number) && statusOf(number, names) === 'hold') ??
        statusNumbers.pending
      );
    default:
      return assertNever(status);
  }
}

export function priorityOf(priority: number | null | undefined): Priority | null {
  return priorities.find((known) => priorityNumbers[known] === priority) ?? null;
}

export function numberOfPriority(priority: Priority): number {
  return priorityNumbers[priority];
}

/** An agent entered it for somebody who called. */
export const phoneCall = 3;

/** Of a ticket: how it came in. 2 is the portal, 9 the feedback widget, 13 WhatsApp. */
const channels: ReadonlyMap<number, Channel> = new Map([
  [1, 'email'],
  [2, 'form'],
  [phoneCall, 'phone'],
  [5, 'social'],
  [6, 'social'],
  [7, 'chat'],
  [9, 'form'],
  [10, 'email'],
  [13, 'messaging'],
  [15, 'chat'],
]);

/** An agent's own mail began the ticket. */
export const outboundMail = 10;

export function ticketChannel(source: number | null | undefined): Channel {
  return channels.get(source ?? 0) ?? 'other';
}

/** Of a conversation. */
export const conversationSources = { surveyFeedback: 6, forwardedMail: 8 } as const;
