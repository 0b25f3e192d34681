import { ticketIdMistake } from '../../contracts/ticketIds';
import { DeskFailure } from '../failures';

/** @throws DeskFailure `ticket-not-found` for what cannot be a Zendesk ticket: people type ids by hand. */
export function ticketPath(ticketId: string): string {
  if (ticketIdMistake('zendesk', ticketId) !== null) {
    throw new DeskFailure(
      'ticket-not-found',
      'Zendesk does not know the ticket: its ticket ids are numbers',
      {
        retryable: false,
      },
    );
  }
  return `/tickets/${ticketId}`;
}
