/** A code sent to an order's own address: who reads it there shows that the order is theirs. */
import { isSameOrder } from './orderNumber';

/**
 * That a code was asked for. It stands here whether or not there is such an order, and the code never does: it is
 * worked out anew from `key` by whoever sends or checks it.
 */
export interface CodeSent {
  /** Ticket, customer comment, order: the same on every attempt. */
  readonly key: string;
  /** The number as the customer named it. */
  readonly order: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** The policy's words to the order's address; `codePlaceholder` stands where the code goes. */
export interface CodeMail {
  readonly subject: string;
  readonly text: string;
}

export const codePlaceholder = '{code}';

/** In one conversation, whatever the policy allows: nobody's mailbox is filled from a ticket. */
export const codesAtMost = 6;

/** @returns null when no code was sent for it. */
export function newestCodeFor(order: string, sent: readonly CodeSent[]): CodeSent | null {
  return sent.findLast((code) => isSameOrder(code.order, order)) ?? null;
}
