import { numberedTicketId } from '../ticketIds';

/** As people call it. */
export const title = 'Gorgias';
export const gorgiasTicketId = numberedTicketId(title);
