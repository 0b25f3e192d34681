/** An order as a policy sees it: without the shop's internals, and true on the day it is read. */
import type { OrderAction } from '../../core/orders/orderAction';
import { left, piecesLeft, whyNot } from '../../orders/fits';
import type { Order, OrderItem, OrderLine, Shipment } from '../../orders/port';
import type { LineFacts, OrderFacts, ParcelFacts } from './facts';

/** @param today - `2026-11-27`: what should have arrived before it is late, whatever the shop still says. */
export function orderFacts(order: Order, today: string): OrderFacts {
  const parcels = order.shipments.map((shipment) => parcelFacts(shipment, today));
  const dates = parcels
    .filter(({ expectedOn, status }) => status !== 'delivered' && expectedOn !== '')
    .map(({ expectedOn }) => expectedOn);
  const latest = dates.toSorted().at(-1) ?? '';
  const isUnderWay = order.status === 'shipped' || order.status === 'in-transit';
  const isOpen = isUnderWay || order.status === 'processing' || order.status === 'partly-shipped';
  const late = order.status === 'late' || (isOpen && parcels.some((parcel) => parcel.late));
  // A day that has passed is said of what is late, and promised of nothing that has not left the shop.
  const isDated = order.status === 'late' || isUnderWay || (isOpen && latest >= today);
  return {
    found: true,
    number: order.number,
    placedOn: order.placedOn,
    items: order.items.map(itemText),
    status: late && isUnderWay ? 'late' : order.status,
    parcels,
    expectedOn: isDated ? latest : '',
    late,
    deliveredOn:
      parcels
        .map(({ deliveredOn }) => deliveredOn)
        .toSorted()
        .at(-1) ?? '',
    trackingUrl: parcels.length === 1 ? (parcels[0]?.trackingUrl ?? '') : '',
    currency: order.total.currency,
    total: order.total.minor,
    refund: order.refund?.amount.minor ?? 0,
    refundCurrency: order.refund?.amount.currency ?? '',
    refundOn: order.refund?.on ?? '',
    refundedLately: order.refund !== null && order.refund.on >= dayBefore(today),
    lines: order.items.map((line) => lineFacts(order, line)),
    refundable: left(order).minor,
    storeCredit: order.storeCredit?.currency === order.total.currency ? order.storeCredit.minor : 0,
    creditable: left(order).minor,
    can: possibleActions(order),
  };
}

/** A shop's day may end hours before or after the policy's. */
function dayBefore(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - 1);
  return at.toISOString().slice(0, 10);
}

function lineFacts(order: Order, entry: OrderLine): LineFacts {
  const { line, name, quantity, refunded = 0 } = entry;
  const price = entry.price?.currency === order.total.currency ? entry.price.minor : 0;
  const pieces = piecesLeft(order, entry);
  const most = Math.min(price * pieces, left(order).minor);
  return { line, name, quantity, price, refunded, left: pieces, refundable: most };
}

function possibleActions(order: Order): readonly string[] {
  const { number } = order;
  const some = { minor: 1, currency: order.total.currency };
  const actions: readonly OrderAction[] = [
    { type: 'cancel', order: number },
    { type: 'refund', order: number, amount: some, lines: [] },
    { type: 'change-address', order: number, address: '' },
    { type: 'resend-invoice', order: number },
    { type: 'store-credit', order: number, amount: some },
  ];
  return actions.filter((action) => whyNot(order, action) === null).map(({ type }) => type);
}

function parcelFacts(shipment: Shipment, today: string): ParcelFacts {
  const expectedOn = shipment.expectedOn ?? '';
  return {
    items: shipment.items.map(itemText),
    status: shipment.status,
    carrier: shipment.carrier ?? '',
    trackingNumber: shipment.tracking?.number ?? '',
    trackingUrl: safeUrl(shipment.tracking?.url ?? ''),
    shippedOn: shipment.shippedOn ?? '',
    expectedOn,
    deliveredOn: shipment.deliveredOn ?? '',
    late: shipment.status !== 'delivered' && expectedOn !== '' && expectedOn < today,
  };
}

function itemText({ name, quantity }: OrderItem): string {
  return quantity === 1 ? name : `${quantity} × ${name}`;
}

/** A link is sent to customers only when it leads to a web page. */
function safeUrl(url: string): string {
  return /^https?:\/\/[^\s<>"']+$/.test(url) ? url : '';
}
