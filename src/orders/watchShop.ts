/** Refused credentials are the account's matter, not a ticket's: people are told once, and once more when mended. */
import type { Logger } from '../log/logger';
import { RemoteFailure } from '../remote/failures';
import type { Shop } from './port';

export function watchShop(shop: Shop, logger: Logger): Shop {
  let refused = false;

  async function watched<T>(ask: () => Promise<T>): Promise<T> {
    try {
      const answer = await ask();
      if (refused) logger.info('the shop accepts the credentials again');
      refused = false;
      return answer;
    } catch (error) {
      if (error instanceof RemoteFailure && error.kind === 'unauthorized' && !refused) {
        refused = true;
        logger.error(
          `${error.message}. What waits for it goes on by itself once it is mended: check SHOP_API_TOKEN or ` +
            'SHOPIFY_ACCESS_TOKEN, whichever is used, and restart Deskhand if you changed it.',
          { failure: error.kind, ...(error.status === null ? {} : { status: error.status }) },
        );
      }
      throw error;
    }
  }

  return {
    findByNumber: (number, signal) => watched(() => shop.findByNumber(number, signal)),
    findByCustomer: (email, signal) => watched(() => shop.findByCustomer(email, signal)),
    act: (action, key, signal) => watched(() => shop.act(action, key, signal)),
  };
}
