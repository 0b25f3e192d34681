/** Whether an order allows an action as it stands now: asked before the shop is, and again by the shop. */
import { moneyText, type Money, type OrderAction, type RefundLine } from '../core/orders/orderAction';
import type { Order, OrderLine } from './port';

/** Why not, in a sentence for agents; null when it fits. */
export function whyNot(order: Order, action: OrderAction): string | null {
  switch (action.type) {
    case 'cancel':
      return whyNotCancel(order);
    case 'change-address':
      return order.status === 'processing'
        ? null
        : `The order is ${order.status}: its delivery address cannot be changed.`;
    case 'resend-invoice':
      return null;
    case 'refund':
      return (
        whyUnpaid(order) ??
        tooMuch(action.amount, left(order), 'is left of the order') ??
        wrongLines(order, action)
      );
    case 'store-credit':
      return whyUnpaid(order) ?? tooMuch(action.amount, left(order), 'may be given for the order');
  }
}

function whyUnpaid({ unpaid }: Order): string | null {
  return unpaid === true ? 'The order was not paid yet, or not in full: nothing of it can go back.' : null;
}

/**
 * What a cancelled order cost goes back whole, and with it what was given as store credit would be given twice; so would
 * what was bought with a gift card of the order.
 */
function whyNotCancel({ status, storeCredit, items }: Order): string | null {
  if (status !== 'processing') return `The order is ${status}: it cannot be cancelled.`;
  if (items.some(({ giftCard }) => giftCard === true)) {
    return 'A gift card is in the order, and its money may have been spent: it cannot be cancelled without a person.';
  }
  return storeCredit === undefined || storeCredit.minor === 0
    ? null
    : `${moneyText(storeCredit)} of store credit were given for the order: it cannot be cancelled without a person.`;
}

type Balance = Pick<Order, 'total' | 'unpaid' | 'refund' | 'storeCredit' | 'items'>;

/**
 * What was paid and has not gone back to the customer yet, neither as money nor as store credit: the two together are
 * never more than that. What the shop does not tell counts as none. What gift cards cost is not in it.
 */
export function left({ total, unpaid, refund, storeCredit, items }: Balance): Money {
  if (unpaid === true) return { ...total, minor: 0 };
  return items
    .filter(({ giftCard }) => giftCard === true)
    .reduce((rest, card) => withoutCard(rest, card), less(less(total, refund?.amount), storeCredit));
}

/** Of a card whose price is not known, any part of the rest may be. */
function withoutCard(rest: Money, card: OrderLine): Money {
  const cards = notBack(card);
  if (card.price === null) return cards === 0 ? rest : { ...rest, minor: 0 };
  return less(rest, { ...card.price, minor: card.price.minor * cards });
}

/** Pieces of a line that may go back still: none of a gift card, and none of an order of which all went back. */
export function piecesLeft(order: Balance, line: OrderLine): number {
  return line.giftCard === true || left(order).minor === 0 ? 0 : notBack(line);
}

/** What the shop does not tell to have gone back has not. */
function notBack({ quantity, refunded = 0 }: OrderLine): number {
  return Math.max(0, quantity - refunded);
}

/** What went back in another currency cannot be counted: then nothing more is given without a person. */
function less(from: Money, given: Money | undefined): Money {
  if (given === undefined || given.minor === 0) return from;
  const rest = given.currency === from.currency ? from.minor - given.minor : 0;
  return { ...from, minor: Math.max(0, rest) };
}

function tooMuch(asked: Money, most: Money, whose: string): string | null {
  if (asked.currency !== most.currency) {
    return `The order was paid in ${most.currency}, not ${asked.currency}.`;
  }
  if (!Number.isSafeInteger(asked.minor) || asked.minor <= 0)
    return 'The amount is nothing that can be paid.';
  if (asked.minor <= most.minor) return null;
  return most.minor === 0
    ? `Nothing ${whose}.`
    : `${moneyText(asked)} is more than the ${moneyText(most)} that ${whose}.`;
}

/** Lines that the order has, in pieces that have not gone back, for at most what they cost. */
function wrongLines(
  order: Order,
  { amount, lines }: Extract<OrderAction, { type: 'refund' }>,
): string | null {
  if (lines.length === 0) return null;
  // Null once the price of a line is not known.
  let cost: number | null = 0;
  for (const [line, quantity] of piecesByLine(lines)) {
    const ordered = order.items.find((item) => item.line === line);
    if (ordered === undefined) return `The order has no line ${line}.`;
    if (ordered.giftCard === true) {
      return `Line ${line} is a gift card, and its money may have been spent: it cannot go back without a person.`;
    }
    if (!Number.isSafeInteger(quantity) || quantity <= 0) return `Of line ${line} no whole piece is named.`;
    const most = notBack(ordered);
    if (quantity > most) return `Of line ${line} ${pieces(most, ordered)}.`;
    const price = ordered.price?.currency === amount.currency ? ordered.price.minor : null;
    cost = cost === null || price === null ? null : cost + price * quantity;
  }
  return cost === null || amount.minor <= cost
    ? null
    : `${moneyText(amount)} is more than these lines cost, ${moneyText({ ...amount, minor: cost })}.`;
}

/** A line that is named twice counts twice. */
function piecesByLine(lines: readonly RefundLine[]): ReadonlyMap<string, number> {
  const all = new Map<string, number>();
  // A part that is no whole piece must not hide in a sum.
  for (const { line, quantity } of lines) {
    const valid = Number.isSafeInteger(quantity) && quantity > 0;
    all.set(line, (all.get(line) ?? 0) + (valid ? quantity : Number.NaN));
  }
  return all;
}

function pieces(most: number, { quantity }: OrderLine): string {
  const count = `only ${most} ${most === 1 ? 'piece' : 'pieces'}`;
  return most === quantity ? `${count} ${most === 1 ? 'was' : 'were'} ordered` : `${count} can go back still`;
}
