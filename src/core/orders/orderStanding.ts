/**
 * How an order stood when something was decided about it, for whoever approves that later: what is done then is done to
 * this order, or not at all. No personal data.
 */
export interface OrderStanding {
  /** What the customer knows, `48213`. */
  readonly order: string;
  readonly status: string;
  /** `EUR 48.00`, here and below. */
  readonly paid: string;
  /** `nothing` while nothing went back. */
  readonly refunded: string;
  readonly storeCredit: string;
  /** What was ordered and has gone back, line by line: `1: 4 pieces, 2 went back`. */
  readonly lines: string;
  /** Fingerprints: they tell another one, and not which. */
  readonly customer: string;
  readonly address: string;
}
