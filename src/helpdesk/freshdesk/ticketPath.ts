import { ticketIdMistake } from '../../contracts/ticketIds';
import { RemoteFailure } from '../../remote/failures';

/** @throws RemoteFailure `ticket-not-found` for what cannot be a Freshdesk ticket: people type ids by hand. */
export function ticketPath(ticketId: string): string {
  if (ticketIdMistake('freshdesk', ticketId) !== null) {
    throw new RemoteFailure(
      'ticket-not-found',
      'Freshdesk does not know the ticket: its ticket ids are numbers',
      { retryable: false },
    );
  }
  return `/tickets/${ticketId}`;
}
