import { numberedTicketId } from '../ticketIds';

export const chatwootTicketId = numberedTicketId('Chatwoot');
