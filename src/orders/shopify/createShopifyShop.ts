/** A shop at Shopify, by its GraphQL Admin API. */
import type { OrderAction, OrderActionOutcome } from '../../core/orders/orderAction';
import { whyNot } from '../fits';
import type { Order, Shop } from '../port';
import { actionDigest, actionId } from './actionId';
import { cancel } from './cancel';
import { changeAddress } from './changeAddress';
import { claimPlace, type Deed } from './claims';
import { createShopifyGraphql, type AskShopify, type ShopifyConnection } from './graphql';
import { creditSum, type ShopifyOrder } from './mapOrder';
import { findByCustomer, findByNumber } from './readOrders';
import { refundOrder } from './refund';
import { resendInvoice } from './resendInvoice';
import { giveCredit } from './storeCredit';

export function createShopifyShop(connection: ShopifyConnection): Shop {
  const ask = createShopifyGraphql(connection);
  return {
    findByNumber: async (number, signal) => (await findByNumber(ask, number, signal))?.order ?? null,
    findByCustomer: async (email, signal) =>
      (await findByCustomer(ask, email, signal)).map(({ order }) => order),
    act: async (action, key, signal) => {
      const order = await findByNumber(ask, action.order, signal);
      if (order === null) return { type: 'refused', why: `The shop has no order ${action.order}.` };
      return act(ask, order, action, {
        orderId: order.id,
        id: actionId(key),
        of: actionDigest(action),
        signal,
      });
    },
  };
}

function act(
  ask: AskShopify,
  order: ShopifyOrder,
  action: OrderAction,
  deed: Deed,
): Promise<OrderActionOutcome> {
  // Asked only after what was done before was looked for: a cancelled order could no longer be cancelled.
  const reasonNot = () => whyNot(withoutOwn(order, deed), action);
  switch (action.type) {
    case 'cancel':
      return cancel(ask, deed, reasonNot);
    case 'refund':
      return refundOrder(ask, order, action, deed, reasonNot);
    case 'change-address':
      return changeAddress(ask, order, action, deed, reasonNot);
    case 'resend-invoice':
      return resendInvoice(ask, deed);
    case 'store-credit':
      return giveCredit(ask, action, deed, reasonNot);
  }
}

/** As the order stands without what this very deed began to give. */
function withoutOwn({ order, credits }: ShopifyOrder, { id }: Deed): Order {
  const others = credits.filter(({ key }) => key !== claimPlace(id).key);
  return { ...order, storeCredit: creditSum(others, order.total) };
}
