import { assertNever } from '../core/failure';

/** Where orders are looked up and acted on. */
export type ShopSettings =
  | { readonly kind: 'demo' }
  /** `apiUrl`: without a trailing slash. */
  | { readonly kind: 'http'; readonly apiUrl: string; readonly token: string }
  | {
      readonly kind: 'shopify';
      /** `https://acme.myshopify.com`, without a trailing slash. */
      readonly storeUrl: string;
      readonly accessToken: string;
      /** `2026-10`. */
      readonly apiVersion: string;
    };

/** Whoever signs in there. */
export function isSameShop(one: ShopSettings, other: ShopSettings): boolean {
  return addressOf(one) === addressOf(other);
}

/** However it is written: in capital letters, with the port that goes without saying. */
function addressOf(shop: ShopSettings): string {
  switch (shop.kind) {
    case 'demo':
      return 'demo';
    case 'http':
      return new URL(shop.apiUrl).href;
    case 'shopify':
      return shop.storeUrl;
    default:
      return assertNever(shop);
  }
}

type Given = Readonly<Record<string, string | undefined>>;

/** What no single variable shows. */
export function shopMistakes(given: Given): string[] {
  const { SHOPIFY_STORE: store, SHOPIFY_ACCESS_TOKEN: accessToken } = given;
  const { SHOP_API_URL: apiUrl, SHOP_API_TOKEN: token } = given;
  return [
    ...(store !== undefined && apiUrl !== undefined
      ? ['SHOPIFY_STORE and SHOP_API_URL are both set: unset the one whose orders are not meant.']
      : []),
    ...(store !== undefined && accessToken === undefined
      ? [
          'SHOPIFY_STORE is set, but not how to sign in: set SHOPIFY_ACCESS_TOKEN to the Admin API access token of a ' +
            'custom app of that shop.',
        ]
      : []),
    ...(store === undefined && accessToken !== undefined
      ? [
          'SHOPIFY_STORE is not set, but SHOPIFY_ACCESS_TOKEN: set it to <your shop>.myshopify.com, or unset the other ' +
            'to use the demo shop.',
        ]
      : []),
    ...(apiUrl !== undefined && token === undefined
      ? [
          'SHOP_API_URL is set, but not how to sign in: set SHOP_API_TOKEN to the bearer token that your shop expects.',
        ]
      : []),
    ...(apiUrl === undefined && token !== undefined
      ? [
          'SHOP_API_URL is not set, but SHOP_API_TOKEN: set it to the address of your shop (docs/orders.md), or unset ' +
            'the other to use the demo shop.',
        ]
      : []),
  ];
}

/** After `shopMistakes` found none. */
export function shopSettings(values: {
  readonly SHOPIFY_STORE?: string | undefined;
  readonly SHOPIFY_ACCESS_TOKEN?: string | undefined;
  readonly SHOPIFY_API_VERSION: string;
  readonly SHOP_API_URL?: string | undefined;
  readonly SHOP_API_TOKEN?: string | undefined;
}): ShopSettings {
  const { SHOP_API_URL: apiUrl, SHOP_API_TOKEN: token } = values;
  if (apiUrl !== undefined && token !== undefined) return { kind: 'http', apiUrl, token };
  const { SHOPIFY_STORE: storeUrl, SHOPIFY_ACCESS_TOKEN: accessToken } = values;
  if (storeUrl === undefined || accessToken === undefined) return { kind: 'demo' };
  return { kind: 'shopify', storeUrl, accessToken, apiVersion: values.SHOPIFY_API_VERSION };
}

/** `acme`, `acme.myshopify.com` or its address. Plain http on this machine only; undefined: none of these. */
export function parseStoreUrl(text: string): string | undefined {
  const written = text.toLowerCase().replace(/\/+$/, '');
  if (/^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/.test(written)) return written;
  const shop = /^(?:https:\/\/)?([a-z0-9][a-z0-9-]{0,99})(?:\.myshopify\.com)?$/.exec(written)?.[1];
  return shop === undefined ? undefined : `https://${shop}.myshopify.com`;
}
