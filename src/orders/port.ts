/**
 * What Deskhand asks of a shop. Amounts are integers in the currency's minor unit, with the currency beside them.
 * Only what a reply can need: no street, no phone, no payment data crosses this port.
 */
import type { GiftTerms, MoneyLimits } from '../core/orders/moneyLimits';
import type { Money, OrderAction, OrderActionOutcome } from '../core/orders/orderAction';

export const orderStatuses = [
  'processing',
  'partly-shipped',
  'shipped',
  'in-transit',
  'late',
  'delivered',
  'cancelled',
  'refunded',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

export const parcelStatuses = ['preparing', 'shipped', 'in-transit', 'delivered'] as const;

export interface OrderItem {
  readonly name: string;
  readonly quantity: number;
}

/** What was ordered, as the shop can refund it. */
export interface OrderLine extends OrderItem {
  /** The shop's id of the line; unique in its order. */
  readonly line: string;
  /** Of one piece; null where the shop does not tell. */
  readonly price: Money | null;
  /** How many pieces of it went back already; absent where the shop does not tell. */
  readonly refunded?: number;
  /** A card with money on it, which may have been spent: only people give it back. Absent or false: goods. */
  readonly giftCard?: boolean;
}

/** One parcel. What has no tracking number has no link either: never an empty one. */
export interface Shipment {
  readonly items: readonly OrderItem[];
  readonly status: (typeof parcelStatuses)[number];
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
  /** Of the delivery address: proof of who asks, never said. Null where the shop does not tell. */
  readonly postalCode: string | null;
  readonly placedOn: string;
  readonly items: readonly OrderLine[];
  readonly shipments: readonly Shipment[];
  readonly total: Money;
  /** What it costs has not come in, or not all of it: nothing of it can go back. Absent or false: it was paid. */
  readonly unpaid?: boolean;
  /** All that went back to the customer, and when the last of it did; null while nothing has. */
  readonly refund: { readonly amount: Money; readonly on: string } | null;
  /** What was given for it as store credit so far; absent where the shop does not tell. */
  readonly storeCredit?: Money;
}

/** Of one customer, in one answer. */
export const ordersAtMost = 20;

export interface OrderBook {
  /** Exactly this number, in any spelling the customer may use (`#48213`, `48213`); null when there is none. */
  findByNumber(number: string, signal: AbortSignal): Promise<Order | null>;
  /** Newest first, at most `ordersAtMost`. */
  findByCustomer(email: string, signal: AbortSignal): Promise<readonly Order[]>;
}

/** How often a postal code was tried for one order, over all tickets and workers. */
export interface PostalCodeGuesses {
  /**
   * Counts one, once for its key.
   * @param order - as the customer named it; there need not be such an order.
   * @returns false when there were too many already: then no code opens it.
   * @throws RemoteFailure when the ledger cannot be asked.
   */
  take(order: string, key: string): Promise<boolean>;
}

/** A shop that can be acted on. Every method throws a failure of src/remote/failures.ts's kinds, and nothing else. */
export interface Shop extends OrderBook {
  /**
   * Does what `action` says once for a `key`, however often it is asked: by the shop's own idempotency key, or by
   * reading back. What the order does not allow (any more) is refused, not thrown, and uses no key up. A key that
   * stands for another action is refused.
   */
  act(action: OrderAction, key: string, signal: AbortSignal): Promise<OrderActionOutcome>;
}

/** Money that an action gives away. What stands here is the same on every attempt, but for `by`. */
export interface Gift {
  /** Of the order action: the same gift however often it is asked for. */
  readonly key: string;
  readonly amount: Money;
  /** Whose order it is: the e-mail address, lower case. It is kept as a hash only. */
  readonly customer: string;
  readonly terms: GiftTerms;
  /** Another one for each attempt: a late give-back takes nothing from the attempt after it. */
  readonly by: string;
}

/** The ledgers of what was given away, over all tickets and workers. */
export interface Allowances {
  /**
   * Takes the gift out of the ledgers that its limits name, once for its key.
   * @returns why it may not be given, a sentence for agents; null when it was taken.
   * @throws RemoteFailure when a ledger cannot be asked: it may have taken the gift.
   */
  take(gift: Gift): Promise<string | null>;
  /** It was not given after all. */
  giveBack(gift: Gift): Promise<void>;
  /**
   * What may still be given without a person.
   * @returns minor units of `currency`; null: nothing limits it.
   * @throws RemoteFailure when a ledger cannot be asked.
   */
  left(
    whom: { readonly customer: string; readonly currency: string; readonly at: number },
    limits: MoneyLimits,
  ): Promise<number | null>;
}
