import { RemoteFailure } from '../../remote/failures';
import { zendeskTicketId } from './ticketId';

/** @throws RemoteFailure `ticket-not-found` for what cannot be a Zendesk ticket: people type ids by hand. */
export function ticketPath(ticketId: string): string {
  if (!zendeskTicketId.pattern.test(ticketId)) {
    throw new RemoteFailure(
      'ticket-not-found',
      'Zendesk does not know the ticket: its ticket ids are numbers',
      {
        retryable: false,
      },
    );
  }
  return `/tickets/${ticketId}`;
}
