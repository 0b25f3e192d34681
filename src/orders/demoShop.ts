/** The embedded demo shop: orders in a JSON file of the state folder, which people may edit to try things. */
import { isDeepStrictEqual } from 'node:util';
import { endedCall } from '../remote/failures';
import { afterAction } from './afterAction';
import { alone } from './demoLock';
import { readOrderFile, replaceOrderFile, type OrderFile } from './demoOrderFile';
import { whyNot } from './fits';
import { plainNumber } from './orderNumber';
import type { Order, Shop } from './port';

export { OrderFileError } from './demoOrderFile';
export { demoCustomer, demoCustomers } from './demoOrders';

const ordersNamed = 20;

/**
 * @param options.file - made with invented orders when it is missing. Read anew for each look-up, so that an edit
 * counts at once.
 * @param options.clock - epoch milliseconds: the day the invented orders are made for.
 */
export function openDemoShop(options: { readonly file: string; readonly clock: () => number }): Shop {
  const read = async (signal: AbortSignal): Promise<OrderFile> => {
    if (signal.aborted) throw endedCall('the demo shop', signal);
    return readOrderFile(options.file, options.clock);
  };
  return {
    findByNumber: async (number, signal) => find((await read(signal)).orders, number),
    findByCustomer: async (email, signal) => {
      const wanted = email.trim().toLowerCase();
      return (await read(signal)).orders
        .filter(({ customerEmail }) => customerEmail === wanted)
        .toSorted((a, b) => b.placedOn.localeCompare(a.placedOn))
        .slice(0, ordersNamed);
    },
    act: async (action, key, signal) => {
      // What cannot be read needs no lock to say so.
      await read(signal);
      return alone(options.file, signal, async () => {
        const file = await read(signal);
        const earlier = file.done.find((done) => done.key === key);
        if (earlier !== undefined) {
          return earlier.action === null || isDeepStrictEqual(earlier.action, action)
            ? { type: 'done', reference: earlier.reference }
            : {
                type: 'refused',
                why: `Something else was done for this message already: ${earlier.reference}.`,
              };
        }
        const order = find(file.orders, action.order);
        if (order === null) return { type: 'refused', why: `The shop has no order ${action.order}.` };
        const why = whyNot(order, action);
        if (why !== null) return { type: 'refused', why };
        const on = new Date(options.clock()).toISOString().slice(0, 10);
        const changed = afterAction(order, action, on);
        const reference = `demo-${file.done.length + 1}`;
        await replaceOrderFile(options.file, {
          orders: file.orders.map((other) => (other === order ? changed : other)),
          done: [...file.done, { key, reference, on, action }],
        });
        return { type: 'done', reference };
      });
    },
  };
}

function find(orders: readonly Order[], number: string): Order | null {
  const wanted = plainNumber(number);
  return orders.find((candidate) => plainNumber(candidate.number) === wanted) ?? null;
}
