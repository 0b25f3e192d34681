/** The address of a ticket on the desk's page. @param deskUrl - without a slash at the end. */
export function embeddedTicketUrl(deskUrl: string, ticketId: string): string {
  return `${deskUrl}/#/tickets/${encodeURIComponent(ticketId)}`;
}
