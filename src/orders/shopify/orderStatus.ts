/** From Shopify's states of an order and its parcels to ours. */
import type { OrderStatus, Shipment } from '../port';

/** shopify.dev/docs/api/admin-graphql/2026-10/enums/OrderDisplayFulfillmentStatus */
export const fulfillmentStatuses = [
  'FULFILLED',
  'FULFILLMENT_NOT_REQUIRED',
  'IN_PROGRESS',
  'ON_HOLD',
  'OPEN',
  'PARTIALLY_FULFILLED',
  'PENDING_FULFILLMENT',
  'REQUEST_DECLINED',
  'RESTOCKED',
  'SCHEDULED',
  'UNFULFILLED',
] as const;

export interface ShopifyStates {
  readonly cancelledAt: string | null;
  /** Null where Shopify tells none: then nothing was paid or given back. */
  readonly financial: string | null;
  readonly fulfillment: (typeof fulfillmentStatuses)[number];
  /** Those that were sent or are being made ready, without what was called off. */
  readonly parcels: readonly ParcelStates[];
}

interface ParcelStates extends Pick<Shipment, 'status' | 'expectedOn'> {
  readonly troubled: boolean;
}

/**
 * The first that fits. Cancelled and refunded come first, for nothing else matters then. `processing` alone lets an
 * order be cancelled or its address be changed, so nothing for which a parcel exists is called that: a printed label
 * carries the old address.
 * @param today - `2026-11-26`.
 */
export function orderStatus(states: ShopifyStates, today: string): OrderStatus {
  const { cancelledAt, financial, fulfillment, parcels } = states;
  if (cancelledAt !== null) return 'cancelled';
  if (financial === 'REFUNDED') return 'refunded';
  if (parcels.some((parcel) => isLate(parcel, today))) return 'late';
  switch (fulfillment) {
    // A download or a voucher: there is nothing left to send.
    case 'FULFILLMENT_NOT_REQUIRED':
      return 'delivered';
    case 'PARTIALLY_FULFILLED':
      return 'partly-shipped';
    case 'FULFILLED':
      return statusOfSent(parcels);
    // On hold, scheduled and declined are the shop's own affair: for the customer it is not sent yet.
    case 'IN_PROGRESS':
    case 'ON_HOLD':
    case 'OPEN':
    case 'PENDING_FULFILLMENT':
    case 'REQUEST_DECLINED':
    case 'RESTOCKED':
    case 'SCHEDULED':
    case 'UNFULFILLED':
      return parcels.length === 0 ? 'processing' : 'partly-shipped';
  }
}

/**
 * Money that is only authorized, or has come in in part, cannot go back by us.
 * shopify.dev/docs/api/admin-graphql/2026-10/enums/OrderDisplayFinancialStatus
 */
export function isPaid(financial: string | null): boolean {
  return ['PAID', 'PARTIALLY_REFUNDED', 'REFUNDED'].includes(financial ?? '');
}

function statusOfSent(parcels: readonly ParcelStates[]): OrderStatus {
  const statuses = parcels.map(({ status }) => status);
  if (statuses.length > 0 && statuses.every((status) => status === 'delivered')) return 'delivered';
  if (statuses.some((status) => status === 'in-transit' || status === 'delivered')) return 'in-transit';
  return 'shipped';
}

function isLate({ status, expectedOn, troubled }: ParcelStates, today: string): boolean {
  if (status === 'delivered') return false;
  return troubled || (expectedOn !== null && expectedOn < today);
}

export interface FulfillmentStates {
  readonly status: string;
  readonly displayStatus: string | null;
  readonly deliveredAt: string | null;
}

/** Called off, or never came to be: no parcel. */
export function isParcel({ status, displayStatus }: FulfillmentStates): boolean {
  return !['CANCELLED', 'ERROR', 'FAILURE'].includes(status) && displayStatus !== 'CANCELED';
}

/** What the carrier reports that no date would show. */
export function isTroubled({ displayStatus }: FulfillmentStates): boolean {
  return ['DELAYED', 'FAILURE', 'NOT_DELIVERED'].includes(displayStatus ?? '');
}

/**
 * A state that Shopify adds later is taken for `shipped`, which is what a fulfillment is.
 * shopify.dev/docs/api/admin-graphql/2026-10/enums/FulfillmentDisplayStatus
 */
export function parcelStatus({ displayStatus, deliveredAt }: FulfillmentStates): Shipment['status'] {
  if (deliveredAt !== null) return 'delivered';
  switch (displayStatus) {
    case 'DELIVERED':
    case 'PICKED_UP':
      return 'delivered';
    case 'ATTEMPTED_DELIVERY':
    case 'CARRIER_PICKED_UP':
    case 'DELAYED':
    case 'FAILURE':
    case 'IN_TRANSIT':
    case 'NOT_DELIVERED':
    case 'OUT_FOR_DELIVERY':
    case 'READY_FOR_PICKUP':
      return 'in-transit';
    // The carrier does not have it yet.
    case 'CONFIRMED':
    case 'LABEL_PRINTED':
    case 'LABEL_PURCHASED':
    case 'LABEL_VOIDED':
    case 'SUBMITTED':
      return 'preparing';
    default:
      return 'shipped';
  }
}
