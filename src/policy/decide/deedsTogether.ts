/** Whether all that one rule would do to an order can be done, one after the other. Pure. */
import { moneyOf } from '../../core/orders/moneyLimits';
import { moneyText, type OrderAction } from '../../core/orders/orderAction';
import type { OrderFacts } from '../facts/facts';
import type { OrderDeed } from '../policy';

type DeedType = OrderDeed['type'];

/**
 * Of each kind one is done to an order for one message, and with a cancellation all goes back.
 * @returns why no order allows these together, to go behind "it"; null where one may.
 */
export function neverTogether(types: readonly DeedType[]): string | null {
  const twice = types.find((type, place) => types.indexOf(type) < place);
  if (twice !== undefined) return `does ${twice} twice, and for one message it is done to an order once`;
  const other = types.find((type) => type !== 'cancel' && type !== 'resend-invoice');
  return types.includes('cancel') && other !== undefined
    ? `does ${other} to an order that it cancels, and with a cancellation all goes back`
    : null;
}

/** @returns why this order does not allow these together, for agents; null when it does. */
export function whyNotTogether(
  deeds: readonly OrderAction[],
  { currency, refundable }: Pick<OrderFacts, 'currency' | 'refundable'>,
): string | null {
  if (deeds.length < 2) return null;
  const never = neverTogether(deeds.map(({ type }) => type));
  if (never !== null) return `it ${never}`;
  const given = deeds.map((deed) => moneyOf(deed)?.minor ?? 0).reduce((sum, minor) => sum + minor, 0);
  return given <= refundable
    ? null
    : `it gives ${moneyText({ minor: given, currency })} in all, and only ${moneyText({ minor: refundable, currency })} may be given still`;
}
