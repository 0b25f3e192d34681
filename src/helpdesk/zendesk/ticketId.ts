import { numberedTicketId } from '../ticketIds';

export const zendeskTicketId = numberedTicketId('Zendesk');
