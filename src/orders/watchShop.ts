/** Refused credentials of the shop, and a broken file of orders, are said once, and once more when they are mended. */
import type { Logger } from '../log/logger';
import type { OutageWatch } from '../remote/outages';
import { ticketsWait, watchCredentials } from '../remote/watchCredentials';
import { OrderFileError } from './demoOrderFile';
import type { Shop } from './port';

export function watchShop(shop: Shop, logger: Logger, outage?: OutageWatch): Shop {
  const { watched } = watchCredentials<keyof Shop>(logger, {
    who: 'the shop',
    meanwhile: ticketsWait,
    mend: () => 'check SHOP_API_TOKEN or SHOPIFY_ACCESS_TOKEN, whichever is used',
    ...(outage === undefined ? {} : { outage }),
  });
  let broken: string | null = null;
  const sayBroken = async <T>(ask: () => Promise<T>): Promise<T> => {
    try {
      const answer = await ask();
      if (broken !== null) logger.info('the file of orders can be read again');
      broken = null;
      return answer;
    } catch (error) {
      if (error instanceof OrderFileError && error.message !== broken) {
        broken = error.message;
        logger.error(`${error.message} ${ticketsWait}.`, { failure: error.kind });
      }
      throw error;
    }
  };
  const ask = <T>(step: keyof Shop, run: () => Promise<T>): Promise<T> => watched(step, () => sayBroken(run));
  return {
    findByNumber: (number, signal) => ask('findByNumber', () => shop.findByNumber(number, signal)),
    findByCustomer: (email, signal) => ask('findByCustomer', () => shop.findByCustomer(email, signal)),
    act: (action, key, signal) => ask('act', () => shop.act(action, key, signal)),
  };
}
