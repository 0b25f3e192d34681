/** Does an order action when the company's limits leave room for it: what is over them is a person's to decide. */
import { moneyOf, type MoneyLimits } from '../src/core/moneyLimits';
import type { OrderAction, OrderActionOutcome } from '../src/core/orderAction';
import type { Allowances, Shop } from '../src/orders/port';

/**
 * An outcome that nobody knows keeps what was taken: rather too little is given than too much. The retry, and the
 * step of a worker that died, come with the same key and find it taken already.
 */
export async function actWithinLimits(
  { shop, allowances }: { readonly shop: Shop; readonly allowances: Allowances },
  { action, key }: { readonly action: OrderAction; readonly key: string },
  limits: MoneyLimits | undefined,
  signal: AbortSignal,
): Promise<OrderActionOutcome> {
  const amount = moneyOf(action);
  if (limits === undefined || amount === null) return shop.act(action, key, signal);
  const order = await shop.findByNumber(action.order, signal);
  if (order === null) return { type: 'refused', why: `The shop has no order ${action.order}.` };
  const gift = { key, amount, customer: order.customerEmail };
  const why = await allowances.take(gift, limits);
  if (why !== null) return { type: 'refused', why };
  const outcome = await shop.act(action, key, signal);
  if (outcome.type === 'refused') await allowances.giveBack(gift, limits);
  return outcome;
}
