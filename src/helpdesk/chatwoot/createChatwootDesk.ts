/**
 * Chatwoot behind the desk port, over its application API. What its public source says (github.com/chatwoot/chatwoot) and
 * its documents leave out stands in the modules beside this one; how often each method asks, in their comments.
 */
import { changedSince } from '../newestFirst';
import type { Helpdesk } from '../port';
import { applyUpdates, checkUnchanged, reopenTicket } from '../stepwise/applyUpdates';
import { newestConversations, ticketsLeftOpen } from './changedTickets';
import { createDirectory } from './directory';
import { apiUrlShape } from './apiUrl';
import { conversationPath, createChatwootHttp, type ChatwootConnection } from './http';
import { readTicket } from './readTicket';
import { stepwiseChatwoot } from './stepwiseChatwoot';

export interface ChatwootOptions extends ChatwootConnection {
  /** Part of workflow ids. */
  readonly account: string;
  /** The company's own support addresses. */
  readonly companyAddresses: readonly string[];
  /** Where agents read a ticket; null: Chatwoot's own pages. */
  readonly ticketUrl: ((ticketId: string) => string) | null;
  /** How long Chatwoot may take to apply a request whose answer was lost, in milliseconds. */
  readonly settleMs?: number;
}

/** Chatwoot ends its own requests after fifteen seconds (config/initializers/rack_timeout.rb). */
const defaultSettleMs = 16_000;

export function createChatwootDesk(options: ChatwootOptions): Helpdesk {
  const [, site = '', accountPath = ''] = apiUrlShape.exec(options.apiUrl) ?? [];
  const request = createChatwootHttp({ ...options, apiUrl: `${site}/api/v1` });
  const directory = createDirectory(request, accountPath);
  const pathOf = (ticketId: string): string => conversationPath(accountPath, ticketId);
  const reading = { request, directory, pathOf };
  const desk = stepwiseChatwoot(reading, options.settleMs ?? defaultSettleMs);
  const companyAddresses = new Set(options.companyAddresses.map((address) => address.toLowerCase()));
  return {
    ...{ desk: 'chatwoot', account: options.account },
    ...{ whoAmI: directory.whoAmI, groupNames: directory.groupNames, findAgent: directory.findAgent },
    customFields: (call) => directory.customFields(null, call),
    fetchTicket: (ticketId, call, want) => readTicket(reading, ticketId, companyAddresses, call, want),
    applyUpdates: (ticketId, updates, guard, call) => applyUpdates({ desk, ticketId, updates, guard, call }),
    checkUnchanged: (ticketId, guard, call) => checkUnchanged({ desk, ticketId, guard, call }),
    openFollowUp: (ticketId, followUp, call) => reopenTicket({ desk, ticketId, call }, followUp),
    changedTickets: (from, call) => changedSince(newestConversations(request, accountPath, call), from),
    ticketsLeftOpen: (since, call) => ticketsLeftOpen(request, accountPath, since, call),
    ticketUrl: options.ticketUrl ?? ((ticketId) => `${site}/app${accountPath}/conversations/${ticketId}`),
  };
}
