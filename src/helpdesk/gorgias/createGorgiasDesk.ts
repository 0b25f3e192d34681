/** Gorgias behind the desk port, over its REST API: developers.gorgias.com/reference. */
import type { TicketUpdate } from '../../core/ticket/update';
import { changedSince } from '../newestFirst';
import type { Helpdesk } from '../port';
import { applyUpdates, checkUnchanged, reopenTicket } from '../stepwise/applyUpdates';
import { newestTickets, ticketsLeftOpen } from './changedTickets';
import { createDirectory } from './directory';
import { createGorgiasHttp, type GorgiasConnection } from './http';
import { readTicket } from './readTicket';
import { stepwiseGorgias } from './stepwiseGorgias';

export interface GorgiasOptions extends GorgiasConnection {
  /** Part of workflow ids: the subdomain of `acme.gorgias.com`. */
  readonly account: string;
  /** The company's own support addresses. */
  readonly companyAddresses: readonly string[];
  /** Where agents read a ticket; null: Gorgias' own pages beside the API. */
  readonly ticketUrl: ((ticketId: string) => string) | null;
  /** How long Gorgias may take to apply a request whose answer was lost, in milliseconds. */
  readonly settleMs?: number;
}

/** Longer than a web server lets a request run. */
const defaultSettleMs = 30_000;

export function createGorgiasDesk(options: GorgiasOptions): Helpdesk {
  const request = createGorgiasHttp(options);
  const directory = createDirectory(request);
  const reading = { request, directory };
  const desk = stepwiseGorgias(reading, options.settleMs ?? defaultSettleMs);
  const companyAddresses = new Set(options.companyAddresses.map((address) => address.toLowerCase()));
  const site = options.apiUrl.replace(/\/api\/?$/, '');
  return {
    ...{ desk: 'gorgias', account: options.account },
    ...{ whoAmI: directory.whoAmI, groupNames: directory.groupNames, findAgent: directory.findAgent },
    customFields: (call) => directory.customFields(null, call),
    fetchTicket: (ticketId, call, want) => readTicket(reading, ticketId, companyAddresses, call, want),
    applyUpdates: (ticketId, updates, guard, call) =>
      applyUpdates({ desk, ticketId, updates: updates.map(withoutHold), guard, call }),
    checkUnchanged: (ticketId, guard, call) => checkUnchanged({ desk, ticketId, guard, call }),
    openFollowUp: (ticketId, followUp, call) => reopenTicket({ desk, ticketId, call }, followUp),
    changedTickets: (from, call) => changedSince(newestTickets(request, call), from),
    ticketsLeftOpen: (since, call) => ticketsLeftOpen(request, since, call),
    ticketUrl: options.ticketUrl ?? ((ticketId) => `${site}/app/ticket/${ticketId}`),
  };
}

/** Gorgias cannot tell it from pending. */
function withoutHold(update: TicketUpdate): TicketUpdate {
  return update.status === 'hold' ? { ...update, status: 'pending' } : update;
}
