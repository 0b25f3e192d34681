/** Refused credentials of the shop are said once, and once more when they are mended. */
import type { Logger } from '../log/logger';
import type { OutageWatch } from '../remote/outages';
import { ticketsWait, watchCredentials } from '../remote/watchCredentials';
import type { Shop } from './port';

export function watchShop(shop: Shop, logger: Logger, outage?: OutageWatch): Shop {
  const { watched } = watchCredentials<keyof Shop>(logger, {
    who: 'the shop',
    meanwhile: ticketsWait,
    mend: () => 'check SHOP_API_TOKEN or SHOPIFY_ACCESS_TOKEN, whichever is used',
    ...(outage === undefined ? {} : { outage }),
  });
  return {
    findByNumber: (number, signal) => watched('findByNumber', () => shop.findByNumber(number, signal)),
    findByCustomer: (email, signal) => watched('findByCustomer', () => shop.findByCustomer(email, signal)),
    act: (action, key, signal) => watched('act', () => shop.act(action, key, signal)),
  };
}
