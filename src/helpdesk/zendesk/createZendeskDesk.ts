/**
 * Zendesk Support behind the desk port, over its API v2. What Zendesk does and what its documents leave out is said
 * in the modules beside this one; how often each method asks, in their comments.
 */
import type { AdapterOptions } from '../api/deskCalls';
import type { Helpdesk } from '../port';
import { applyUpdates, checkUnchanged } from './applyUpdates';
import { zendeskBrands } from './brands';
import { changedTickets } from './changedTickets';
import { createDirectory } from './directory';
import { findAgent } from './findAgent';
import { openFollowUp } from './followUp';
import { createZendeskHttp, type ZendeskConnection } from './http';
import { readTicket } from './readTicket';
import { suspendedMessages } from './suspendedMessages';
import { ticketsLeftOpen } from './ticketsLeftOpen';

/** Its writes are conditional: nothing needs time to settle. */
export type ZendeskOptions = ZendeskConnection & Omit<AdapterOptions, keyof ZendeskConnection | 'settleMs'>;

export function createZendeskDesk(options: ZendeskOptions): Helpdesk {
  const request = createZendeskHttp(options);
  const directory = createDirectory(request);
  const parts = { request, directory };
  const brands = zendeskBrands(request, options.brandsAreNeeded ?? false);
  const companyAddresses = new Set(options.companyAddresses.map((address) => address.toLowerCase()));
  const site = options.apiUrl.replace(/\/api\/v2\/?$/, '');
  return {
    desk: 'zendesk',
    account: options.account,
    whoAmI: (call) => directory.whoAmI(call),
    groupNames: (call) => directory.groupNames(call),
    brandNames: (call) => brands.all(call),
    findAgent: (who, call) => findAgent(parts, who, call),
    customFields: (call) => directory.customFields(null, call),
    fetchTicket: (ticketId, call, want) =>
      readTicket({ ...parts, brands }, ticketId, companyAddresses, call, want),
    applyUpdates: (ticketId, updates, guard, call) =>
      applyUpdates({ ...parts, ticketId, updates, guard, call }),
    checkUnchanged: (ticketId, guard, call) =>
      checkUnchanged({ ...parts, ticketId, updates: [], guard, call }),
    openFollowUp: (closedTicketId, followUp, call) => openFollowUp(parts, closedTicketId, followUp, call),
    changedTickets: (from, call) => changedTickets(request, from, call),
    ticketsLeftOpen: (since, call) => ticketsLeftOpen(request, since, call),
    suspended: suspendedMessages(request),
    ticketUrl: options.ticketUrl ?? ((ticketId) => `${site}/agent/tickets/${ticketId}`),
  };
}
