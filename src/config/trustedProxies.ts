/** Which reverse proxies may say, in X-Forwarded-For, whom they speak for. */
import { isIP } from 'node:net';

export type TrustedProxies =
  | { readonly type: 'addresses'; readonly addresses: readonly string[] }
  /** So many stand before the server, whatever their addresses. */
  | { readonly type: 'hops'; readonly hops: number };

export const trustProxyAllowed =
  'must be off, the number of proxies before the server (1 to 9), or addresses and networks with commas between, such as 10.0.0.7, 172.16.0.0/12';

/** Undefined: not allowed; null: no proxy is trusted. */
export function parseTrustedProxies(text: string): TrustedProxies | null | undefined {
  if (text === 'off') return null;
  if (/^[1-9]$/.test(text)) return { type: 'hops', hops: Number(text) };
  const addresses = text.split(',').map((address) => address.trim());
  return addresses.every(isAddressOrNetwork) ? { type: 'addresses', addresses } : undefined;
}

/** A network of all addresses is none: every caller could then claim to be another. */
function isAddressOrNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || address.includes('%') || rest.length > 0) return false;
  if (prefix === undefined) return true;
  return /^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128);
}
