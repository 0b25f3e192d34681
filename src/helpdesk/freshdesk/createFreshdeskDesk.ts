/**
 * Freshdesk behind the desk port, over its API v2. What Freshdesk does and what its documents leave out is said in the
 * modules beside this one; how often each method asks, in their comments.
 */
import type { AdapterOptions } from '../api/deskCalls';
import type { Helpdesk } from '../port';
import { applyUpdates, checkUnchanged, reopenTicket } from '../stepwise/applyUpdates';
import { freshdeskProducts } from './brands';
import { changedTickets } from './changedTickets';
import { createFreshdeskHttp, type FreshdeskConnection } from './http';
import { freshdeskDirectory } from './people';
import { readTicket } from './readTicket';
import { stepwiseFreshdesk } from './stepwiseFreshdesk';
import { ticketsLeftOpen } from './ticketsLeftOpen';

export type FreshdeskOptions = FreshdeskConnection & Omit<AdapterOptions, keyof FreshdeskConnection>;

/** Longer than a web server lets a request run. */
const defaultSettleMs = 30_000;

export function createFreshdeskDesk(options: FreshdeskOptions): Helpdesk {
  const request = createFreshdeskHttp(options);
  const directory = freshdeskDirectory(request);
  const parts = { request, directory };
  const brands = freshdeskProducts(request, options.brandsAreNeeded ?? false);
  const settleMs = options.settleMs ?? defaultSettleMs;
  const desk = stepwiseFreshdesk(parts, settleMs);
  const companyAddresses = new Set(options.companyAddresses.map((address) => address.toLowerCase()));
  const site = options.apiUrl.replace(/\/api\/v2\/?$/, '');
  return {
    desk: 'freshdesk',
    account: options.account,
    settleMs,
    whoAmI: (call) => directory.whoAmI(call),
    groupNames: (call) => directory.groupNames(call),
    brandNames: (call) => brands.all(call),
    findAgent: (who, call) => directory.findAgent(who, call),
    customFields: (call) => directory.customFields(null, call),
    fetchTicket: (ticketId, call, want) =>
      readTicket({ ...parts, brands }, ticketId, companyAddresses, call, want),
    applyUpdates: (ticketId, updates, guard, call) => applyUpdates({ desk, ticketId, updates, guard, call }),
    checkUnchanged: (ticketId, guard, call) => checkUnchanged({ desk, ticketId, guard, call }),
    openFollowUp: (ticketId, followUp, call) => reopenTicket({ desk, ticketId, call }, followUp),
    changedTickets: (from, call) => changedTickets(request, from, call),
    ticketsLeftOpen: (since, call) => ticketsLeftOpen(parts, since, call),
    ticketUrl: options.ticketUrl ?? ((ticketId) => `${site}/a/tickets/${ticketId}`),
  };
}
