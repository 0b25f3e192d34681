/** A ticket that a desk does not have. */
import { RemoteFailure } from '../../remote/failures';
import type { TicketIdRule } from '../ticketIds';

/** @param why - completes "does not have the ticket: ". */
export function missingTicket(deskName: string, why: string): RemoteFailure {
  return new RemoteFailure('ticket-not-found', `${deskName} does not have the ticket: ${why}`, {
    retryable: false,
  });
}

/** @throws RemoteFailure `ticket-not-found` for what cannot be a ticket: people type ids by hand. */
export function numberedTicketPath(
  deskName: string,
  rule: TicketIdRule,
  ticketId: string,
  list = '/tickets',
): string {
  if (!rule.pattern.test(ticketId)) throw missingTicket(deskName, 'its ticket ids are numbers');
  return `${list}/${ticketId}`;
}

/** The ticket was there a moment ago: the next attempt reads it first, and so finds out whether it is gone. */
export function unprovenLoss(error: unknown): unknown {
  return error instanceof RemoteFailure && error.kind === 'ticket-not-found'
    ? new RemoteFailure('unavailable', error.message, { retryable: true, status: error.status })
    : error;
}
