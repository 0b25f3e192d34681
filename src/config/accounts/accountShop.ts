/** The shop of an account that has one of its own. */
import type { z } from 'zod';
import type { VariableName } from '../variables';
import { factsOf } from '../variables';
import type { ShopSettings } from '../shopSettings';
import type { commonSchema } from './accountSchema';

type Written = NonNullable<z.infer<typeof commonSchema>['shop']>;
type At = readonly (string | number)[];

/** Null: mistakes were told. */
export function accountShop(
  { shopify, accessToken, apiVersion, address, token }: Written,
  secretAt: (at: At, variable: VariableName) => string | null,
  tell: (at: At, message: string) => void,
): ShopSettings | null {
  if ((shopify === undefined) === (address === undefined)) {
    tell(
      ['shop'],
      'shop must have "shopify" or "address": the shop at Shopify, or your own behind the contract of docs/orders.md',
    );
    return null;
  }
  const foreign = shopify === undefined ? { accessToken, apiVersion } : { token };
  for (const [key, value] of Object.entries(foreign)) {
    if (value !== undefined) {
      tell(
        ['shop', key],
        `shop.${key} belongs to ${shopify === undefined ? 'a shop at Shopify' : 'a shop of your own, at "address"'}. Remove it`,
      );
      return null;
    }
  }
  if (shopify !== undefined) {
    if (accessToken === undefined) return tellLacking('accessToken', tell);
    const read = secretAt(['shop', 'accessToken'], 'SHOPIFY_ACCESS_TOKEN');
    const version = apiVersion ?? factsOf('SHOPIFY_API_VERSION').fallback ?? '';
    return read === null
      ? null
      : { kind: 'shopify', storeUrl: shopify, accessToken: read, apiVersion: version };
  }
  if (token === undefined) return tellLacking('token', tell);
  const read = secretAt(['shop', 'token'], 'SHOP_API_TOKEN');
  return read === null || address === undefined ? null : { kind: 'http', apiUrl: address, token: read };
}

function tellLacking(key: string, tell: (at: At, message: string) => void): null {
  tell(
    ['shop'],
    `shop does not say how to sign in: give "${key}", a reference such as { env: ACME_SHOP_TOKEN }`,
  );
  return null;
}
