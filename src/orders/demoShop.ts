/** The embedded demo shop: orders in a JSON file of the state folder, which people may edit to try things. */
import { endedCall } from '../remote/failures';
import { alone } from './demoLock';
import { readOrderFile, replaceOrderFile } from './demoOrderFile';
import { actOn, orderByNumber, ordersOfCustomer, type KeptShop } from './keptShop';
import type { Shop } from './port';

export { OrderFileError } from './demoOrderFile';
export { demoCustomer, demoCustomers } from './demoOrders';

/**
 * @param options.file - made with invented orders when it is missing. Read anew for each look-up, so that an edit
 * counts at once.
 * @param options.clock - epoch milliseconds: the day the invented orders are made for.
 */
export function openDemoShop(options: { readonly file: string; readonly clock: () => number }): Shop {
  const read = async (signal: AbortSignal): Promise<KeptShop> => {
    if (signal.aborted) throw endedCall('the demo shop', signal);
    return readOrderFile(options.file, options.clock);
  };
  return {
    findByNumber: async (number, signal) => orderByNumber((await read(signal)).orders, number),
    findByCustomer: async (email, signal) => ordersOfCustomer((await read(signal)).orders, email),
    act: async (action, key, signal) => {
      // What cannot be read needs no lock to say so.
      await read(signal);
      return alone(options.file, signal, async () => {
        const file = await read(signal);
        const on = new Date(options.clock()).toISOString().slice(0, 10);
        const { outcome, shop } = actOn(file, { action, key, on, name: 'demo' });
        if (shop !== file) await replaceOrderFile(options.file, shop);
        return outcome;
      });
    },
  };
}
