/** A shop that we keep ourselves, as the demo shop does in a file and scenarios do in memory: what it answers. Pure. */
import type { OrderAction, OrderActionOutcome } from '../core/orders/orderAction';
import { afterAction } from './afterAction';
import { whyNot } from './fits';
import { plainNumber } from '../core/orders/orderNumber';
import { ordersAtMost, type Order } from './port';
import { answerAgain } from './sameKey';

/** What was done, by its key: a second request for the same is answered, not done. */
export interface KeptDeed {
  readonly key: string;
  readonly reference: string;
  /** `2026-11-27`. Null, as `action` is, in files of 0.1.0, which told neither. */
  readonly on: string | null;
  readonly action: OrderAction | null;
}

export interface KeptShop {
  readonly orders: readonly Order[];
  readonly done: readonly KeptDeed[];
}

export function orderByNumber(orders: readonly Order[], number: string): Order | null {
  const wanted = plainNumber(number);
  return orders.find((order) => plainNumber(order.number) === wanted) ?? null;
}

/** Newest first, at most `ordersAtMost`. */
export function ordersOfCustomer(orders: readonly Order[], email: string): readonly Order[] {
  const wanted = email.trim().toLowerCase();
  return orders
    .filter(({ customerEmail }) => customerEmail === wanted)
    .toSorted((one, other) => other.placedOn.localeCompare(one.placedOn))
    .slice(0, ordersAtMost);
}

/**
 * @param deed.name - how references begin: `demo`.
 * @returns the shop as it was, itself, when nothing was done.
 */
export function actOn(
  shop: KeptShop,
  deed: {
    readonly action: OrderAction;
    readonly key: string;
    readonly on: string;
    readonly name: string;
  },
): { readonly outcome: OrderActionOutcome; readonly shop: KeptShop } {
  const { action, key, on, name } = deed;
  const earlier = shop.done.find((done) => done.key === key);
  if (earlier !== undefined) return { outcome: answerAgain(earlier, action), shop };
  const order = orderByNumber(shop.orders, action.order);
  const why = order === null ? `The shop has no order ${action.order}.` : whyNot(order, action);
  if (order === null || why !== null) return { outcome: { type: 'refused', why: why ?? '' }, shop };
  const changed = afterAction(order, action, on);
  const reference = `${name}-${shop.done.length + 1}`;
  return {
    outcome: { type: 'done', reference },
    shop: {
      orders: shop.orders.map((other) => (other === order ? changed : other)),
      done: [...shop.done, { key, reference, on, action }],
    },
  };
}
