/** What an action that was done makes of an order: in shops of our own, which have nobody else to tell them. */
import type { Money, OrderAction } from '../core/orders/orderAction';
import type { Order, OrderLine } from './port';

/**
 * The order as it stands when the action was done. Neither a new address nor an invoice is part of an order here.
 * @param on - `2026-11-27`.
 */
export function afterAction(order: Order, action: OrderAction, on: string): Order {
  switch (action.type) {
    case 'cancel':
      return { ...order, status: 'cancelled', shipments: [], refund: { amount: order.total, on } };
    case 'refund': {
      const back = (order.refund?.amount.minor ?? 0) + action.amount.minor;
      return {
        ...order,
        items: order.items.map((item) => ({ ...item, ...refundedOf(item, action.lines) })),
        status: back >= order.total.minor ? 'refunded' : order.status,
        refund: { amount: { ...action.amount, minor: back }, on },
      };
    }
    case 'store-credit':
      return { ...order, storeCredit: sum(order.storeCredit, action.amount) };
    case 'change-address':
    case 'resend-invoice':
      return order;
  }
}

function refundedOf(
  { line, refunded = 0 }: OrderLine,
  lines: Extract<OrderAction, { type: 'refund' }>['lines'],
): { readonly refunded?: number } {
  const back = lines
    .filter((entry) => entry.line === line)
    .reduce((all, { quantity }) => all + quantity, refunded);
  return back === 0 ? {} : { refunded: back };
}

function sum(before: Money | undefined, more: Money): Money {
  return { ...more, minor: more.minor + (before?.minor ?? 0) };
}
