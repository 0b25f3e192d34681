/** Order actions as scenarios write them, against those that were done: what is not named may be anything. */
import { assertNever } from '../../core/failure';
import { describeOrderAction, moneyText, type OrderAction } from '../../core/orders/orderAction';
import { readMoney } from '../load/moments';
import type { OrderActionExpected } from '../schema';

/** Names of an order's lines by their ids. */
export type LineNames = (order: string) => ReadonlyMap<string, string>;

export function isExpectedAction(
  expected: OrderActionExpected,
  action: OrderAction,
  lineNames: LineNames,
): boolean {
  if (orderOf(expected) !== action.order) return false;
  switch (action.type) {
    case 'cancel':
      return 'cancel' in expected;
    case 'resend-invoice':
      return 'resend-invoice' in expected;
    case 'change-address':
      return (
        'change-address' in expected &&
        isSame(expected['change-address'].address, oneLine(action.address), oneLine)
      );
    case 'store-credit':
      return (
        'store-credit' in expected &&
        isSame(expected['store-credit'].amount, moneyText(action.amount), plainMoney)
      );
    case 'refund': {
      if (!('refund' in expected)) return false;
      const { amount, items } = expected.refund;
      const names = action.lines.map(({ line }) => lineNames(action.order).get(line) ?? line);
      return (
        isSame(amount, moneyText(action.amount), plainMoney) &&
        (items === undefined || items.toSorted().join('\n') === names.toSorted().join('\n'))
      );
    }
    default:
      return assertNever(action);
  }
}

function isSame(expected: string | undefined, came: string, read: (text: string) => string): boolean {
  return expected === undefined || read(expected) === came;
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*|,\s*/g, ', ').trim();
}

function plainMoney(text: string): string {
  const money = readMoney(text);
  return money === null ? text : moneyText(money);
}

function orderOf(expected: OrderActionExpected): string {
  if ('cancel' in expected) return String(expected.cancel);
  if ('resend-invoice' in expected) return String(expected['resend-invoice']);
  if ('refund' in expected) return String(expected.refund.order);
  if ('change-address' in expected) return String(expected['change-address'].order);
  return String(expected['store-credit'].order);
}

/** In the words of `describeOrderAction`. */
export function describeExpectedAction(expected: OrderActionExpected): string {
  const order = orderOf(expected);
  if ('cancel' in expected) return describeOrderAction({ type: 'cancel', order });
  if ('resend-invoice' in expected) return describeOrderAction({ type: 'resend-invoice', order });
  if ('change-address' in expected) {
    const { address } = expected['change-address'];
    const words = describeOrderAction({ type: 'change-address', order, address: '' });
    return address === undefined ? words : `${words} to ${oneLine(address)}`;
  }
  if ('store-credit' in expected) {
    return `give ${amountText(expected['store-credit'].amount)} of store credit for order ${order}`;
  }
  const { amount, items } = expected.refund;
  const lines = items === undefined || items.length === 0 ? '' : ` (${items.join(', ')})`;
  return `refund ${amountText(amount)} on order ${order}${lines}`;
}

function amountText(amount: string | undefined): string {
  return amount === undefined ? 'any amount' : plainMoney(amount);
}
