import { numberedTicketId } from '../ticketIds';

/** As people call it. */
export const title = 'Freshdesk';
export const freshdeskTicketId = numberedTicketId(title);
