/** What is known of earlier conversations: src/core/conversation/earlier.ts. */
import type { OrderAction } from '../orders/orderAction';

/** Something that was done to an order. No personal data: an address is left out. */
export interface EarlierDeed {
  /** Its business key: the same deed, wherever it is told. */
  readonly key: string;
  readonly type: OrderAction['type'];
  readonly order: string;
  /** For agents, as of `describeOrderAction`. */
  readonly what: string;
}

/** What a comment of ours leaves on the desk for those who know nothing of it. */
export interface Agreed {
  /** The customer's order that it was about. */
  readonly order?: string;
  /** Oldest first. */
  readonly done?: readonly EarlierDeed[];
}

export interface Earlier {
  /** The closed ticket on which it was; absent: this one. */
  readonly ticketId?: string;
  /** Oldest first. */
  readonly done: readonly EarlierDeed[];
  /** Agents were told of it in a note. */
  readonly isNoted: boolean;
}
