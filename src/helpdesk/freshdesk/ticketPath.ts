import { numberedTicketPath } from '../api/missingTicket';
import { deskName } from './http';
import { freshdeskTicketId } from './ticketId';

/** @throws RemoteFailure `ticket-not-found` */
export function ticketPath(ticketId: string): string {
  return numberedTicketPath(deskName, freshdeskTicketId, ticketId);
}
