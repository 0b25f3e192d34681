/** What the routes of the embedded Gorgias share. */
import type { Transaction } from '../common/recordStore';
import type { Message, Tables, Ticket, User } from './records';

/**
 * A leaky bucket: 40 requests with an API key, which take 20 seconds to run out; 80 for an OAuth app
 * (developers.gorgias.com/reference/limitations).
 */
export interface GorgiasLimits {
  readonly bucket: number;
  readonly windowSeconds: number;
  readonly bodyBytes: number;
}

export const gorgiasLimits: GorgiasLimits = { bucket: 40, windowSeconds: 20, bodyBytes: 2 * 1024 * 1024 };

export interface Written {
  readonly ticket: Ticket;
  readonly message: Message | null;
  readonly isNew: boolean;
}

export interface GorgiasContext {
  readonly tables: Tables;
  readonly limits: GorgiasLimits;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Whose key it is. */
  readonly me: () => User;
  /** Stores what the step writes together with the integration's calls, then makes them and tells the page. */
  readonly change: (step: (tx: Transaction) => Written) => Promise<Written>;
}
