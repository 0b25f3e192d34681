/** The shop as Deskhand opens it, at the double. */
import { createShopifyShop } from '../../../src/orders/shopify/createShopifyShop';
import type { ShopifyConnection } from '../../../src/orders/shopify/graphql';
import type { OrderAction } from '../../../src/core/orders/orderAction';
import { RemoteFailure } from '../../../src/remote/failures';
import { accessToken, apiVersion, type ShopifyDouble } from './double/startShopifyDouble';

const soon = () => AbortSignal.timeout(20_000);

export function openedShop(double: ShopifyDouble, connection: Partial<ShopifyConnection> = {}) {
  const { storeUrl } = double;
  const shop = createShopifyShop({ storeUrl, accessToken, apiVersion, ...connection });
  return {
    shop,
    byNumber: (number: string) => shop.findByNumber(number, soon()),
    byCustomer: (email: string) => shop.findByCustomer(email, soon()),
    act: (action: OrderAction, key = 'ticket-1/message-1/act') => shop.act(action, key, soon()),
    /** Not by way of Deskhand. */
    send: async (query: string, variables: Record<string, unknown>): Promise<unknown> => {
      const response = await fetch(`${storeUrl}/admin/api/${apiVersion}/graphql.json`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-shopify-access-token': accessToken },
        body: JSON.stringify({ query, variables }),
      });
      return response.json();
    },
  };
}

/** The failure that the call ends in; an error when it does not. */
export async function failureOf(call: Promise<unknown>): Promise<RemoteFailure> {
  try {
    await call;
  } catch (error) {
    if (error instanceof RemoteFailure) return error;
    throw error;
  }
  throw new Error('it did not fail');
}
