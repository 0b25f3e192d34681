/** From an order to what an approved action rests on, and what of that is another by now. Pure. */
import { fingerprint } from '../core/fingerprint';
import { moneyText, type Money, type OrderAction } from '../core/orders/orderAction';
import type { OrderStanding } from '../core/orders/orderStanding';
import type { Order } from './port';

export function standingOf(order: Order): OrderStanding {
  const given = (money: Money | undefined) =>
    money === undefined || money.minor === 0 ? 'nothing' : moneyText(money);
  return {
    order: order.number,
    status: order.status,
    paid: order.unpaid === true ? `nothing of ${moneyText(order.total)}, or a part` : moneyText(order.total),
    refunded: given(order.refund?.amount),
    storeCredit: given(order.storeCredit),
    lines: order.items
      .map(({ line, quantity, refunded = 0 }) => `${line}: ${quantity} pieces, ${refunded} went back`)
      .join('; '),
    customer: fingerprint(order.customerEmail),
    address: fingerprint(order.postalCode ?? ''),
  };
}

type Aspect = Exclude<keyof OrderStanding, 'order'>;

/** What each action rests on: who decides about it would want to know that just this has changed. */
const restsOn: Readonly<Record<OrderAction['type'], readonly Aspect[]>> = {
  cancel: ['customer', 'status', 'paid', 'refunded', 'storeCredit', 'lines'],
  refund: ['customer', 'status', 'paid', 'refunded', 'storeCredit', 'lines'],
  'store-credit': ['customer', 'status', 'paid', 'refunded', 'storeCredit', 'lines'],
  'change-address': ['customer', 'status', 'address'],
  'resend-invoice': ['customer'],
};

/** For agents, whole sentences without their full stop; empty: the action would be done to the order that was approved. */
export function whatChanged(
  { type }: OrderAction,
  before: OrderStanding,
  order: Order | null,
): readonly string[] {
  if (order === null) return ['the shop does not have it any more'];
  const now = standingOf(order);
  return restsOn[type].flatMap((aspect) =>
    before[aspect] === now[aspect] ? [] : [changeText(aspect, before[aspect], now[aspect])],
  );
}

function changeText(aspect: Aspect, before: string, now: string): string {
  switch (aspect) {
    case 'status':
      return `it was ${before} and is ${now}`;
    case 'paid':
      return `it cost ${before} and costs ${now}`;
    case 'refunded':
      return `${before} had gone back and ${now} has by now`;
    case 'storeCredit':
      return `${before} had been given as store credit and ${now} has by now`;
    case 'lines':
      return `its lines were (${before}) and are (${now})`;
    case 'customer':
      return 'it is another customer’s';
    case 'address':
      return 'it goes to another address';
  }
}
