/**
 * What Deskhand asks of a shop. Amounts are integers in the currency's minor unit, with the currency beside them.
 * Only what a reply can need: no street, no phone, no payment data crosses this port.
 */
export type OrderStatus =
  | 'processing'
  | 'partly-shipped'
  | 'shipped'
  | 'in-transit'
  | 'late'
  | 'delivered'
  | 'cancelled'
  | 'refunded';

interface Money {
  readonly minor: number;
  /** ISO 4217. */
  readonly currency: string;
}

export interface OrderItem {
  readonly name: string;
  readonly quantity: number;
}

/** One parcel. What has no tracking number has no link either: never an empty one. */
export interface Shipment {
  readonly items: readonly OrderItem[];
  readonly status: 'preparing' | 'shipped' | 'in-transit' | 'delivered';
  readonly carrier: string | null;
  readonly tracking: { readonly number: string; readonly url: string | null } | null;
  /** ISO 8601 dates, `2026-11-27`. */
  readonly shippedOn: string | null;
  readonly expectedOn: string | null;
  readonly deliveredOn: string | null;
}

export interface Order {
  /** What the customer knows, `48213`; never the shop's internal id. */
  readonly number: string;
  readonly status: OrderStatus;
  /** Lower case; compared with the ticket's requester before anything is said about the order. */
  readonly customerEmail: string;
  readonly placedOn: string;
  readonly items: readonly OrderItem[];
  readonly shipments: readonly Shipment[];
  readonly total: Money;
  /** Given when the order was cancelled or refunded. */
  readonly refund: { readonly amount: Money; readonly on: string } | null;
}

export interface OrderBook {
  /** Exactly this number, in any spelling the customer may use (`#48213`, `48213`); null when there is none. */
  findByNumber(number: string, signal: AbortSignal): Promise<Order | null>;
  /** Newest first, at most 20. */
  findByCustomer(email: string, signal: AbortSignal): Promise<readonly Order[]>;
}
