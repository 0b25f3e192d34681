import { numberedTicketId } from '../ticketIds';

export const gorgiasTicketId = numberedTicketId('Gorgias');
