/** Whether a code that the customer typed is the one that went to the address of an order. */
import { newestCodeFor } from '../../core/orders/mailedCode';
import { isSameOrder } from '../../core/orders/orderNumber';
import type { ConsultInput } from '../../core/effects';
import type { MailedCodes } from '../../mail/port';
import type { Order } from '../../orders/port';

/** Whoever has named so many orders that are not theirs has codes checked by people. */
const mismatchesAtMost = 10;

/**
 * @param typed - "" when the message holds none.
 * @param codes - null: nobody sends any here.
 * @param validMs - for how long a code counts after it was sent.
 */
export function codeCheck(
  { dialogue, codesSent = [], ref, now }: Pick<ConsultInput, 'dialogue' | 'codesSent' | 'ref' | 'now'>,
  typed: string,
  codes: MailedCodes | null,
  validMs: number,
): (order: Order, named: string) => boolean {
  const { proven = [], mismatches } = dialogue;
  return (order, named) => {
    if (proven.some((number) => isSameOrder(number, order.number))) return true;
    const sent = newestCodeFor(named, codesSent);
    if (codes === null || sent === null || typed === '' || mismatches >= mismatchesAtMost) return false;
    if (now - sent.at >= validMs) return false;
    const claim = {
      key: sent.key,
      ticketId: ref.ticketId,
      order: sent.order,
      email: order.customerEmail,
    };
    return codes.isRight(typed, claim);
  };
}
