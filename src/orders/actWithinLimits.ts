/** Does an order action when the company's limits leave room for it: what is over them is a person's to decide. */
import { createHash, randomUUID } from 'node:crypto';
import { moneyOf, type GiftTerms } from '../core/orders/moneyLimits';
import type { OrderAction, OrderActionOutcome } from '../core/orders/orderAction';
import type { Allowances, Gift, Shop } from './port';

/**
 * An outcome that nobody knows keeps what was taken: rather too little is given than too much. The retry, and the
 * step of a worker that died, come with the same key and find it taken already; once one of them is refused, it
 * goes back.
 * @param terms - absent: no limits over all tickets.
 */
export async function actWithinLimits(
  {
    shop,
    allowances,
  }: { readonly shop: Pick<Shop, 'act' | 'findByNumber'>; readonly allowances: Allowances },
  { action, key }: { readonly action: OrderAction; readonly key: string },
  terms: GiftTerms | undefined,
  signal: AbortSignal,
): Promise<OrderActionOutcome> {
  const amount = moneyOf(action);
  if (terms === undefined || amount === null) return shop.act(action, key, signal);
  const order = await shop.findByNumber(action.order, signal);
  if (order === null) return { type: 'refused', why: `The shop has no order ${action.order}.` };
  const gift: Gift = {
    key: giftKey(key, action),
    amount,
    customer: order.customerEmail,
    terms,
    by: randomUUID(),
  };
  const why = await allowances.take(gift);
  if (why !== null) return { type: 'refused', why };
  const outcome = await shop.act(action, key, signal);
  if (outcome.type === 'refused') await allowances.giveBack(gift);
  return outcome;
}

/**
 * Of exactly this action: a turn that began anew may want another one under the same key. The shop refuses that one,
 * and what the first one took, which may have been given, must stay.
 */
function giftKey(key: string, action: OrderAction): string {
  return `${key}/${createHash('sha256').update(JSON.stringify(action)).digest('hex').slice(0, 12)}`;
}
