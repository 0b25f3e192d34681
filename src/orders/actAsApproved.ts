/** Does an action that somebody has approved, to the order that they approved it for: it is read again, right before. */
import type { GiftTerms } from '../core/orders/moneyLimits';
import type { OrderAction, OrderStepOutcome } from '../core/orders/orderAction';
import type { OrderStanding } from '../core/orders/orderStanding';
import { RemoteFailure } from '../remote/failures';
import { actWithinLimits } from './actWithinLimits';
import { whyNot } from './fits';
import type { Allowances, Order, Shop } from './port';
import { whatChanged } from './standing';

/**
 * @param approved.standing - how the order stood when it was decided; absent: nobody had to approve it.
 * @param approved.attempt - from 1.
 * @throws RemoteFailure also where the order has changed and an earlier attempt may be what changed it, when asking the
 *   shop once more could do it a second time for somebody who has done the same by hand.
 */
export async function actAsApproved(
  ports: { readonly shop: Pick<Shop, 'act' | 'findByNumber'>; readonly allowances: Allowances },
  deed: { readonly action: OrderAction; readonly key: string },
  terms: GiftTerms | undefined,
  { standing, attempt }: { readonly standing: OrderStanding | undefined; readonly attempt: number },
  signal: AbortSignal,
): Promise<OrderStepOutcome> {
  if (standing === undefined) return actWithinLimits(ports, deed, terms, signal);
  const { action } = deed;
  const order = await ports.shop.findByNumber(action.order, signal);
  const changes = whatChanged(action, standing, order);
  const ask = () => actWithinLimits(ports, deed, terms, signal);
  if (changes.length === 0) return ask();
  if (attempt === 1) {
    // After a reset the approval is carried out once more, and what has changed the order may be that itself.
    const outcome = isWholeAndDone(order, action) ? await ask() : null;
    return outcome?.type === 'done' ? outcome : { type: 'order-changed', changes };
  }
  // The shop knows what an earlier attempt has done, by its key; an order that allows it no more is safe to ask about.
  if (order !== null && whyNot(order, action) !== null) return ask();
  throw new RemoteFailure(
    'rejected',
    `the order has changed since this was approved (${changes.join('; ')}), perhaps by an earlier attempt`,
    { retryable: false },
  );
}

/** No shop does it a second time under any key, so that asking by ours only tells whose doing it was. */
function isWholeAndDone(order: Order | null, { type }: OrderAction): boolean {
  return (
    (type === 'cancel' && order?.status === 'cancelled') ||
    (type === 'refund' && order?.status === 'refunded')
  );
}
