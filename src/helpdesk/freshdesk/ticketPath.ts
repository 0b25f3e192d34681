import { RemoteFailure } from '../../remote/failures';
import { freshdeskTicketId } from './ticketId';

/** @throws RemoteFailure `ticket-not-found` for what cannot be a Freshdesk ticket: people type ids by hand. */
export function ticketPath(ticketId: string): string {
  if (!freshdeskTicketId.pattern.test(ticketId)) {
    throw new RemoteFailure(
      'ticket-not-found',
      'Freshdesk does not know the ticket: its ticket ids are numbers',
      { retryable: false },
    );
  }
  return `/tickets/${ticketId}`;
}
