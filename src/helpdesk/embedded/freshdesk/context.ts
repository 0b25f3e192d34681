/** What the routes of the embedded Freshdesk share. */
import type { Transaction } from '../common/recordStore';
import type { Sanitizer } from './messageBody';
import type { Conversation, Person, Tables, Ticket } from './records';

export interface FreshdeskLimits {
  /** Of the account, all endpoints together (Enterprise: 700). */
  readonly requestsPerMinute: number;
  readonly bodyBytes: number;
}

export const freshdeskLimits: FreshdeskLimits = { requestsPerMinute: 700, bodyBytes: 2 * 1024 * 1024 };

export interface Written {
  readonly ticket: Ticket;
  readonly conversation: Conversation | null;
  /** Whose doing it was; null: the desk's own. */
  readonly by: Person | null;
}

export interface FreshdeskContext {
  readonly tables: Tables;
  readonly limits: FreshdeskLimits;
  readonly sanitizer: Sanitizer;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Stores what the step writes together with the rule's calls, then tells the rule's target and the page. */
  readonly change: (step: (tx: Transaction) => Written) => Promise<Written>;
}
