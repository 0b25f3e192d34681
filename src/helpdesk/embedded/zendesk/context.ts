/** What the routes of the desk share. */
import type { FastifyRequest } from 'fastify';
import type { DeskStore, Transaction } from './store/store';
import type { Written } from './tickets/ticketChanges';

/** Zendesk's limits; demos and benchmarks raise them. */
export interface DeskLimits {
  /** Of the account, all endpoints together (Suite Enterprise: 700). */
  readonly requestsPerMinute: number;
  /** `PUT /tickets/{id}` of the account. */
  readonly updatesPerMinute: number;
  /** `PUT /tickets/{id}` of one user on one ticket. */
  readonly updatesPerTicketIn10Minutes: number;
  readonly incrementalPerMinute: number;
  /** The incremental export leaves out what changed less than this many seconds ago. */
  readonly incrementalLagSeconds: number;
  readonly bodyBytes: number;
}

export const zendeskLimits: DeskLimits = {
  requestsPerMinute: 700,
  updatesPerMinute: 100,
  updatesPerTicketIn10Minutes: 30,
  incrementalPerMinute: 10,
  incrementalLagSeconds: 60,
  bodyBytes: 2 * 1024 * 1024,
};

export interface DeskContext {
  readonly store: DeskStore;
  readonly limits: DeskLimits;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Stores what the step writes together with its webhook events, then tells webhooks and the page. */
  readonly change: (step: (tx: Transaction) => Written) => Promise<Written>;
}

/** Scheme and host as the client wrote them: Zendesk's links are absolute, and clients follow them blindly. */
export function origin(request: FastifyRequest): string {
  return `${request.protocol}://${request.host}`;
}
