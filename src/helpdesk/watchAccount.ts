/** Refused credentials of the desk are said once, and once more when they are mended; the tickets wait meanwhile. */
import type { Logger } from '../log/logger';
import type { RemoteFailure } from '../remote/failures';
import type { OutageWatch } from '../remote/outages';
import { ticketsWait, watchCredentials } from '../remote/watchCredentials';
import type { CallContext, Helpdesk } from './port';

export interface WatchedHelpdesk extends Helpdesk {
  /**
   * True while the desk refuses the credentials. The right to poll alone does not count: without it Deskhand goes
   * on by webhooks.
   */
  isRefused(): boolean;
}

type Operation =
  | 'whoAmI'
  | 'groupNames'
  | 'findAgent'
  | 'customFields'
  | 'fetchTicket'
  | 'applyUpdates'
  | 'checkUnchanged'
  | 'openFollowUp'
  | 'changedTickets'
  | 'ticketsLeftOpen';

/** Without the right to poll, webhooks tell of what changes. */
const isVital = (operation: Operation): boolean =>
  operation !== 'changedTickets' && operation !== 'ticketsLeftOpen';

function mendOf(desk: string, status: number | null): string {
  if (desk === 'freshdesk') {
    return status === 403
      ? 'give the agent of FRESHDESK_API_KEY the role that this needs'
      : 'check FRESHDESK_API_URL and FRESHDESK_API_KEY';
  }
  return status === 403
    ? 'give the user of ZENDESK_EMAIL or ZENDESK_OAUTH_TOKEN the role that this needs'
    : 'check ZENDESK_API_URL, ZENDESK_EMAIL and ZENDESK_API_TOKEN, or ZENDESK_OAUTH_TOKEN';
}

export function watchAccount(desk: Helpdesk, logger: Logger, outage?: OutageWatch): WatchedHelpdesk {
  const account = {
    who: 'the desk',
    meanwhile: ticketsWait,
    mend: ({ status }: RemoteFailure) => mendOf(desk.desk, status),
    fields: { desk: desk.desk, account: desk.account },
    ...(outage === undefined ? {} : { outage }),
  };
  const { watched, refused } = watchCredentials<Operation>(logger, account, isVital);

  return {
    desk: desk.desk,
    account: desk.account,
    whoAmI: (call: CallContext) => watched('whoAmI', () => desk.whoAmI(call)),
    groupNames: (call) => watched('groupNames', () => desk.groupNames(call)),
    findAgent: (who, call) => watched('findAgent', () => desk.findAgent(who, call)),
    customFields: (call) => watched('customFields', () => desk.customFields(call)),
    fetchTicket: (ticketId, call, want) =>
      watched('fetchTicket', () => desk.fetchTicket(ticketId, call, want)),
    applyUpdates: (ticketId, updates, guard, call) =>
      watched('applyUpdates', () => desk.applyUpdates(ticketId, updates, guard, call)),
    checkUnchanged: (ticketId, guard, call) =>
      watched('checkUnchanged', () => desk.checkUnchanged(ticketId, guard, call)),
    openFollowUp: (closedTicketId, followUp, call) =>
      watched('openFollowUp', () => desk.openFollowUp(closedTicketId, followUp, call)),
    changedTickets: (from, call) => watched('changedTickets', () => desk.changedTickets(from, call)),
    ticketsLeftOpen: (since, call) => watched('ticketsLeftOpen', () => desk.ticketsLeftOpen(since, call)),
    ticketUrl: (ticketId) => desk.ticketUrl(ticketId),
    isRefused: () => refused().some(isVital),
  };
}
