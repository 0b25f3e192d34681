/** A cancellation in the double: taken up at once, carried out a few looks later, as at Shopify. */
import { newId, orderOf, timeOf, type StoredShop } from './storedShop';

export function cancel(shop: StoredShop, { orderId, staffNote }: { orderId: string; staffNote: string }) {
  const order = orderOf(shop, orderId);
  const parcels = order.fulfillments.some(({ status }) => status === 'SUCCESS');
  const message =
    order.cancelledAt !== null
      ? 'The order was already cancelled.'
      : parcels
        ? 'The order has fulfillments that cannot be cancelled.'
        : staffNote.length > 255
          ? 'Staff note is too long.'
          : null;
  if (message !== null) {
    return { job: null, orderCancelUserErrors: [{ field: ['orderId'], message, code: 'INVALID' }] };
  }
  const id = newId('Job');
  shop.jobs.set(id, { orderId, note: staffNote, looksLeft: shop.cancelLooks });
  return { job: { id }, orderCancelUserErrors: [] };
}

/** A moment later, as Shopify does it: all that was paid goes back. */
export function completeCancellation(shop: StoredShop, jobId: string): void {
  const job = shop.jobs.get(jobId);
  const order = shop.orders.find(({ id }) => id === job?.orderId);
  if (job === undefined || order === undefined || order.cancelledAt !== null) return;
  order.cancelledAt = timeOf(shop);
  order.staffNote = job.note;
  let minor = 0;
  for (const payment of order.payments) {
    minor += payment.minor - payment.refunded;
    payment.refunded = payment.minor;
  }
  const processedAt = timeOf(shop);
  order.refunds = [
    ...order.refunds,
    { id: newId('Refund'), note: null, processedAt, minor, statuses: ['SUCCESS'] },
  ];
  order.financialStatus = 'REFUNDED';
}
