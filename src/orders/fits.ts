/** Whether an order allows an action as it stands now: asked before the shop is, and again by the shop. */
import { moneyText, type Money, type OrderAction } from '../core/orderAction';
import type { Order } from './port';

/** Why not, in a sentence for agents; null when it fits. */
export function whyNot(order: Order, action: OrderAction): string | null {
  switch (action.type) {
    case 'cancel':
      return order.status === 'processing' ? null : `The order is ${order.status}: it cannot be cancelled.`;
    case 'change-address':
      return order.status === 'processing'
        ? null
        : `The order is ${order.status}: its delivery address cannot be changed.`;
    case 'resend-invoice':
      return null;
    case 'refund':
      return wrongLine(order, action.lines) ?? tooMuch(action.amount, refundable(order));
    case 'store-credit':
      return tooMuch(action.amount, order.total);
  }
}

/** What was paid and has not gone back to the customer yet. */
export function refundable({ total, refund }: Pick<Order, 'total' | 'refund'>): Money {
  const back = refund?.amount.currency === total.currency ? refund.amount.minor : 0;
  return { ...total, minor: Math.max(0, total.minor - back) };
}

function tooMuch(asked: Money, most: Money): string | null {
  if (asked.currency !== most.currency) {
    return `The order was paid in ${most.currency}, not ${asked.currency}.`;
  }
  if (asked.minor <= 0) return `${moneyText(asked)} is nothing to pay.`;
  return asked.minor <= most.minor
    ? null
    : `${moneyText(asked)} is more than the ${moneyText(most)} that is left of the order.`;
}

function wrongLine(order: Order, lines: Extract<OrderAction, { type: 'refund' }>['lines']): string | null {
  for (const { line, quantity } of lines) {
    const ordered = order.items.find((item) => item.line === line);
    if (ordered === undefined) return `The order has no line ${line}.`;
    if (quantity > ordered.quantity) {
      return `Of line ${line} only ${ordered.quantity} ${ordered.quantity === 1 ? 'was' : 'were'} ordered.`;
    }
  }
  return null;
}
