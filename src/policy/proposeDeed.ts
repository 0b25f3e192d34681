/** From what a rule would do to an order to the exact action, or to why it cannot be proposed. Pure. */
import { moneyText, type Money, type OrderAction } from '../core/orderAction';
import type { Facts, LineFacts } from './facts';
import type { OrderDeed } from './policy';

export type Proposal = { readonly action: OrderAction } | { readonly why: string };

/** @returns `why` for agents, when the order does not allow it, a value is missing, or it is over the rule's limit. */
export function proposeDeed(deed: OrderDeed, facts: Facts): Proposal {
  const { order, said } = facts;
  if (!order.found) return { why: 'it acts on an order, and not exactly one is meant' };
  if (!order.can.includes(deed.type)) {
    return { why: `order ${order.number} is ${order.status}, which does not allow to ${words[deed.type]}` };
  }
  switch (deed.type) {
    case 'cancel':
    case 'resend-invoice':
      return { action: { type: deed.type, order: order.number } };
    case 'change-address':
      return said.address === ''
        ? { why: 'it changes an address, and none was given' }
        : { action: { type: 'change-address', order: order.number, address: said.address } };
    case 'refund': {
      const line = deed.what === 'item' ? lineOf(facts) : null;
      if (deed.what === 'item' && line === null)
        return { why: 'it refunds an item, and none of the order is named' };
      const minor = line === null ? order.refundable : Math.min(line.price * line.quantity, order.refundable);
      const amount = { minor, currency: order.currency };
      const lines = line === null ? [] : [{ line: line.line, quantity: line.quantity }];
      return withinLimit(amount, deed.atMost, { type: 'refund', order: order.number, amount, lines });
    }
    case 'store-credit': {
      const minor = deed.amount[order.currency];
      return minor === undefined
        ? { why: `it gives no store credit in ${order.currency}` }
        : {
            action: {
              type: 'store-credit',
              order: order.number,
              amount: { minor, currency: order.currency },
            },
          };
    }
  }
}

const words: Readonly<Record<OrderDeed['type'], string>> = {
  cancel: 'cancel it',
  refund: 'refund it',
  'change-address': 'change its address',
  'resend-invoice': 'send its invoice again',
  'store-credit': 'give store credit for it',
};

function withinLimit(amount: Money, limits: Readonly<Record<string, number>>, action: OrderAction): Proposal {
  const limit = limits[amount.currency];
  if (limit === undefined) return { why: `it gives nothing in ${amount.currency}` };
  if (amount.minor <= 0) return { why: 'there is nothing left to give back' };
  return amount.minor <= limit
    ? { action }
    : {
        why: `it may give at most ${moneyText({ ...amount, minor: limit })}, and this is ${moneyText(amount)}`,
      };
}

function lineOf({ order, said }: Facts): LineFacts | null {
  return order.lines.find(({ name, price }) => name === said.item && price > 0) ?? null;
}
