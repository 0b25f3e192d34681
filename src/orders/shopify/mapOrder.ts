/** From a whole order as Shopify tells it to ours. */
import type { Money } from '../../core/orders/orderAction';
import type { Order, OrderItem, OrderLine, Shipment } from '../port';
import { readClaim } from './claims';
import type { FulfillmentAnswer, OrderAnswer } from './orderAnswers';
import { isPaid, isParcel, isTroubled, orderStatus, parcelStatus } from './orderStatus';

/** An order, and what acting on it needs that a reply does not. */
export interface ShopifyOrder {
  readonly id: string;
  readonly order: Order;
  /** A warehouse was told to send it, with the address it was told. */
  readonly withWarehouse: boolean;
  /** What Deskhand gave or began to give for it: Shopify keeps store credit with the customer, not with the order. */
  readonly credits: readonly Credit[];
}

interface Credit {
  /** Of the claim. */
  readonly key: string;
  readonly amount: Money;
}

/** @param now - epoch milliseconds. Days are UTC days. */
export function mapOrder(answer: OrderAnswer, now: number): ShopifyOrder {
  const fulfillments = answer.fulfillments.filter((fulfillment) => isParcel(fulfillment));
  const parcels = fulfillments.map((fulfillment) => shipmentOf(fulfillment));
  const status = orderStatus(
    {
      cancelledAt: answer.cancelledAt,
      financial: answer.displayFinancialStatus,
      fulfillment: answer.displayFulfillmentStatus,
      parcels: fulfillments.map((fulfillment) => ({
        ...shipmentOf(fulfillment),
        troubled: isTroubled(fulfillment),
      })),
    },
    dayOf(new Date(now).toISOString()),
  );
  const over = status === 'cancelled' || status === 'refunded';
  const credits = creditsOf(answer);
  const order: Order = {
    number: answer.name.replace(/^#\s*/, ''),
    status,
    customerEmail: (answer.email ?? '').trim().toLowerCase(),
    postalCode: textOf(answer.shippingAddress?.zip),
    placedOn: dayOf(answer.processedAt),
    items: answer.lineItems.nodes.map((line): OrderLine => ({
      line: line.id,
      name: line.name,
      quantity: line.quantity,
      price: line.discountedUnitPriceAfterAllDiscountsSet,
      refunded: Math.max(0, line.quantity - line.refundableQuantity),
      ...(line.isGiftCard ? { giftCard: true } : {}),
    })),
    shipments: [...parcels, ...(over ? [] : stillToSend(answer))],
    total: answer.totalPriceSet,
    ...(isPaid(answer.displayFinancialStatus) ? {} : { unpaid: true }),
    refund: refundOf(answer),
    storeCredit: creditSum(credits, answer.totalPriceSet),
  };
  return {
    id: answer.id,
    order,
    withWarehouse: ['IN_PROGRESS', 'PENDING_FULFILLMENT'].includes(answer.displayFulfillmentStatus),
    credits,
  };
}

function creditsOf({ metafields }: OrderAnswer): readonly Credit[] {
  return metafields.nodes.flatMap(({ key, value }) => {
    const claim = readClaim(value);
    return claim === null || claim.state === 'refused' || claim.credit === undefined
      ? []
      : [{ key, amount: claim.credit }];
  });
}

/** All of an order's credit is in its currency. */
export function creditSum(credits: readonly Credit[], { currency }: Money): Money {
  return { currency, minor: credits.reduce((sum, { amount }) => sum + amount.minor, 0) };
}

/** A gift card or a download comes by mail, in the moment it is sent. */
function arrivedByMail({ fulfillmentLineItems: { nodes } }: FulfillmentAnswer): boolean {
  return nodes.length > 0 && nodes.every(({ lineItem }) => !lineItem.requiresShipping);
}

function shipmentOf(fulfillment: FulfillmentAnswer): Shipment {
  const byMail = arrivedByMail(fulfillment);
  const status = byMail ? 'delivered' : parcelStatus(fulfillment);
  const [tracking] = fulfillment.trackingInfo;
  const number = textOf(tracking?.number);
  const deliveredAt = fulfillment.deliveredAt ?? (byMail ? fulfillment.createdAt : null);
  return {
    items: fulfillment.fulfillmentLineItems.nodes.flatMap(({ quantity, lineItem }): OrderItem[] =>
      quantity === null || quantity === 0 ? [] : [{ name: lineItem.name, quantity }],
    ),
    status,
    carrier: textOf(tracking?.company),
    tracking: number === null ? null : { number, url: webAddress(tracking?.url) },
    shippedOn: status === 'preparing' ? null : dayOf(fulfillment.inTransitAt ?? fulfillment.createdAt),
    expectedOn: fulfillment.estimatedDeliveryAt === null ? null : dayOf(fulfillment.estimatedDeliveryAt),
    deliveredOn: deliveredAt === null ? null : dayOf(deliveredAt),
  };
}

/** What no parcel holds yet, as one that is being made ready. */
function stillToSend({ lineItems, displayFulfillmentStatus }: OrderAnswer): readonly Shipment[] {
  if (displayFulfillmentStatus === 'FULFILLMENT_NOT_REQUIRED') return [];
  const items = lineItems.nodes
    .filter(({ unfulfilledQuantity }) => unfulfilledQuantity > 0)
    .map(({ name, unfulfilledQuantity }): OrderItem => ({ name, quantity: unfulfilledQuantity }));
  if (items.length === 0) return [];
  const dates = { shippedOn: null, expectedOn: null, deliveredOn: null };
  return [{ items, status: 'preparing', carrier: null, tracking: null, ...dates }];
}

function refundOf({ totalRefundedSet, refunds, processedAt }: OrderAnswer): Order['refund'] {
  if (totalRefundedSet.minor <= 0) return null;
  const times = refunds.map((refund) => Date.parse(refund.processedAt));
  const last = Math.max(Date.parse(processedAt), ...times);
  return { amount: totalRefundedSet, on: dayOf(new Date(last).toISOString()) };
}

function dayOf(time: string): string {
  return new Date(time).toISOString().slice(0, 10);
}

function textOf(value: string | null | undefined): string | null {
  const text = value?.trim() ?? '';
  return text === '' ? null : text;
}

/** A link of any other kind is not sent to a customer. */
function webAddress(url: string | null | undefined): string | null {
  return typeof url === 'string' && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : null;
}
