import { numberedTicketId } from '../ticketIds';

/** As people call it. */
export const title = 'Chatwoot';
/** Of a conversation, as agents see it; unique in the account. */
export const chatwootTicketId = numberedTicketId(title);
/** Site, and the account below it: `https://app.chatwoot.com/api/v1/accounts/1`. */
export const apiUrlShape = /^(.+)\/api\/v1(\/accounts\/\d+)$/;
