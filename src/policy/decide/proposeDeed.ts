/** From what a rule would do to an order to the exact action, or to why it cannot be proposed. Pure. */
import type { Amounts } from '../../core/orders/moneyLimits';
import { moneyText, type Money, type OrderAction, type RefundLine } from '../../core/orders/orderAction';
import type { Facts, OrderFacts } from '../facts/facts';
import { lineMeant } from '../hear/itemMeant';
import type { OrderDeed } from '../policy';

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
    case 'refund':
      return refund(deed, facts);
    case 'store-credit': {
      const fixed = fixedAmount(deed.amount, order.creditable, order);
      return 'why' in fixed
        ? fixed
        : { action: { type: 'store-credit', order: order.number, amount: fixed.amount } };
    }
  }
}

function refund(deed: Extract<OrderDeed, { type: 'refund' }>, facts: Facts): Proposal {
  const { order } = facts;
  switch (deed.what) {
    case 'item':
      return refundOfItem(facts, deed.atMost);
    case 'whole':
      if (holdsGiftCard(order)) {
        return {
          why: 'it refunds the whole order, and a gift card is in it, whose money may have been spent',
        };
      }
      return refundOf(order, order.refundable, [], deed.atMost);
    case 'amount': {
      const fixed = fixedAmount(deed.amount, order.refundable, order);
      return 'why' in fixed
        ? fixed
        : { action: { type: 'refund', order: order.number, amount: fixed.amount, lines: [] } };
    }
  }
}

/** Less may go back than is left of it: src/orders/fits.ts counts no gift cards. */
function holdsGiftCard({ refundable, total, refund, storeCredit, can }: OrderFacts): boolean {
  return can.includes('refund') && refundable < total - refund - storeCredit;
}

/** Named in the policy, for each currency: it is given as it stands there, or not at all. */
function fixedAmount(
  amounts: Amounts,
  most: number,
  { currency }: OrderFacts,
): { readonly amount: Money } | { readonly why: string } {
  const minor = amounts[currency];
  if (minor === undefined) {
    return { why: `it gives ${namedIn(amounts)}, and the order was paid in ${currency}` };
  }
  const amount = { minor, currency };
  return minor <= most
    ? { amount }
    : {
        why: `it gives ${moneyText(amount)}, and only ${moneyText({ minor: most, currency })} may be given still`,
      };
}

/** "EUR 5.00 or USD 6.00" */
function namedIn(amounts: Amounts): string {
  return Object.entries(amounts)
    .map(([currency, minor]) => moneyText({ minor, currency }))
    .join(' or ');
}

const words: Readonly<Record<OrderDeed['type'], string>> = {
  cancel: 'cancel it',
  refund: 'refund it',
  'change-address': 'change its address',
  'resend-invoice': 'send its invoice again',
  'store-credit': 'give store credit for it',
};

function refundOfItem({ order, said }: Facts, limits: Amounts): Proposal {
  if (said.item === '') return { why: 'it refunds an item, and none of the order is named' };
  if (said.items !== undefined) return refundOfItems(order, said.items, limits);
  const line = lineMeant(order, said.item);
  if (line === null) {
    const isThere = order.lines.some(({ name, left }) => name === said.item && left > 0);
    return {
      why: `it refunds an item, and ${isThere ? 'several lines are' : 'nothing that can go back is'} called so`,
    };
  }
  if (line.price === 0) return { why: 'it refunds an item, and its price is not known' };
  const { pieces } = said;
  if (pieces === 0)
    return { why: `it refunds an item, and how many of its ${line.left} pieces is not known` };
  // Where the whole order cost less than its lines, no more goes back than was paid.
  const minor = Math.min(line.price * pieces, line.refundable);
  return refundOf(order, minor, [{ line: line.line, quantity: pieces }], limits);
}

/** A piece of each: of a line with more, how many was never asked. */
function refundOfItems(order: OrderFacts, names: readonly string[], limits: Amounts): Proposal {
  const lines = names.flatMap((name) => lineMeant(order, name) ?? []);
  if (lines.length < names.length || lines.some(({ left }) => left !== 1)) {
    return { why: 'it refunds several items, and how many pieces of each can go back is not one' };
  }
  if (lines.some(({ price }) => price === 0)) {
    return { why: 'it refunds several items, and the price of one is not known' };
  }
  const prices = lines.reduce((sum, { price }) => sum + price, 0);
  const back = lines.map(({ line }) => ({ line, quantity: 1 }));
  return refundOf(order, Math.min(prices, order.refundable), back, limits);
}

function refundOf(
  { number, currency }: OrderFacts,
  minor: number,
  lines: readonly RefundLine[],
  limits: Amounts,
): Proposal {
  const limit = limits[currency];
  if (limit === undefined) return { why: `it gives nothing in ${currency}` };
  if (minor <= 0) return { why: 'there is nothing left to give back' };
  const amount = { minor, currency };
  return minor <= limit
    ? { action: { type: 'refund', order: number, amount, lines } }
    : {
        why: `it may give at most ${moneyText({ minor: limit, currency })}, and this is ${moneyText(amount)}`,
      };
}
