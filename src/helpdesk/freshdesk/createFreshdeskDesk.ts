/**
 * Freshdesk behind the desk port, over its API v2. What Freshdesk does and what its documents leave out is said in the
 * modules beside this one; how often each method asks, in their comments.
 */
import type { Helpdesk } from '../port';
import { applyUpdates, checkUnchanged } from './applyUpdates';
import { changedTickets } from './changedTickets';
import { createDirectory } from './directory';
import { findAgent } from './findAgent';
import { createFreshdeskHttp, type FreshdeskConnection } from './http';
import { readTicket } from './readTicket';
import { reopenTicket } from './reopenTicket';
import { ticketsLeftOpen } from './ticketsLeftOpen';

export interface FreshdeskOptions extends FreshdeskConnection {
  /** Part of workflow ids: the subdomain of `acme.freshdesk.com`. */
  readonly account: string;
  /** The company's own support addresses. */
  readonly companyAddresses: readonly string[];
  /** Where agents read a ticket; null: Freshdesk's agent pages beside the API. */
  readonly ticketUrl: ((ticketId: string) => string) | null;
  /** How long Freshdesk may take to apply a request whose answer was lost, in milliseconds. */
  readonly settleMs?: number;
}

/** Longer than a web server lets a request run. */
const defaultSettleMs = 30_000;

export function createFreshdeskDesk(options: FreshdeskOptions): Helpdesk {
  const request = createFreshdeskHttp(options);
  const directory = createDirectory(request);
  const parts = { request, directory, settleMs: options.settleMs ?? defaultSettleMs };
  const companyAddresses = new Set(options.companyAddresses.map((address) => address.toLowerCase()));
  const site = options.apiUrl.replace(/\/api\/v2\/?$/, '');
  return {
    desk: 'freshdesk',
    account: options.account,
    whoAmI: (call) => directory.whoAmI(call),
    groupNames: (call) => directory.groupNames(call),
    findAgent: (who, call) => findAgent(directory, who, call),
    customFields: (call) => directory.customFields(null, call),
    fetchTicket: (ticketId, call, want) => readTicket(parts, ticketId, companyAddresses, call, want),
    applyUpdates: (ticketId, updates, guard, call) =>
      applyUpdates({ ...parts, ticketId, updates, guard, call }),
    checkUnchanged: (ticketId, guard, call) =>
      checkUnchanged({ ...parts, ticketId, updates: [], guard, call }),
    openFollowUp: (ticketId, followUp, call) => reopenTicket({ ...parts, ticketId, call }, followUp),
    changedTickets: (from, call) => changedTickets(request, from, call),
    ticketsLeftOpen: (since, call) => ticketsLeftOpen(parts, since, call),
    ticketUrl: options.ticketUrl ?? ((ticketId) => `${site}/a/tickets/${ticketId}`),
  };
}
