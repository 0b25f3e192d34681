import { numberedTicketId } from '../ticketIds';

export const freshdeskTicketId = numberedTicketId('Freshdesk');
