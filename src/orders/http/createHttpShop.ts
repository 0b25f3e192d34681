/** Any shop behind the contract of docs/shop-api.openapi.yaml. */
import { z } from 'zod';
import { failureOfStatus, malformedAnswer, type AnswerReading, type AskedFor } from '../../remote/failures';
import {
  createRemoteHttp,
  jsonOf,
  readAs,
  type RemoteRequest,
  type RemoteResponse,
  type RemoteTimeouts,
} from '../../remote/http';
import { plainNumber } from '../../core/orders/orderNumber';
import { ordersAtMost, type Shop } from '../port';
import { idempotencyHeader, ordersAnswer, outcome, problem } from './contract';

export interface HttpShopOptions {
  /** Without a trailing slash. */
  readonly apiUrl: string;
  readonly token: string;
  readonly timeoutsMs?: RemoteTimeouts;
}

const shopName = 'The shop';
/** Below the time that an action on an order has: its end is told as what it is. */
const usualTimeoutsMs: RemoteTimeouts = { connect: 5_000, total: 20_000 };
const largestAnswerBytes = 4 * 1024 * 1024;

export function createHttpShop(options: HttpShopOptions): Shop {
  const send = createRemoteHttp({
    name: shopName,
    baseUrl: options.apiUrl,
    headers: { Authorization: `Bearer ${options.token}` },
    timeoutsMs: options.timeoutsMs ?? usualTimeoutsMs,
    largestAnswerBytes,
  });
  async function ask<T>(
    request: RemoteRequest,
    about: AskedFor,
    answer: z.ZodType<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const response = await send(request, signal);
    const { status } = response;
    if (status < 200 || status > 299) throw failureOfStatus(shopName, response, readProblem(response), about);
    return readAs(shopName, status, jsonOf(shopName, response), answer);
  }
  const orders = async (query: Readonly<Record<string, string>>, signal: AbortSignal) => {
    const answered = await ask({ method: 'GET', path: '/orders', query }, 'account', ordersAnswer, signal);
    return answered.orders.map((order) => ({ ...order, customerEmail: order.customerEmail.toLowerCase() }));
  };
  return {
    findByNumber: async (number, signal) => {
      const wanted = plainNumber(number);
      if (wanted === '') return null;
      const [found = null, ...others] = await orders({ number: number.trim() }, signal);
      if (others.length > 0) throw unasked('several orders of one number');
      // An answer about something else must not be told to somebody who asked for this.
      if (found !== null && plainNumber(found.number) !== wanted) throw unasked('another order');
      return found;
    },
    findByCustomer: async (email, signal) => {
      const customer = email.trim().toLowerCase();
      if (!z.email().safeParse(customer).success) return [];
      const found = await orders({ customer }, signal);
      if (found.some(({ customerEmail }) => customerEmail !== customer)) {
        throw unasked("orders that are not this customer's");
      }
      return found
        .toSorted((one, other) => other.placedOn.localeCompare(one.placedOn))
        .slice(0, ordersAtMost);
    },
    act: (action, key, signal) =>
      ask(
        {
          method: 'POST',
          path: '/actions',
          body: action,
          // An order number may hold letters that no header may.
          headers: { [idempotencyHeader]: encodeURI(key) },
        },
        'order',
        outcome,
        signal,
      ),
  };
}

function unasked(what: string): Error {
  return malformedAnswer(shopName, 200, `it told ${what}`);
}

/** The code alone: a detail may repeat what a customer wrote. */
function readProblem(response: RemoteResponse): AnswerReading {
  try {
    return { special: null, reason: problem.parse(JSON.parse(response.text)).code };
  } catch {
    return { special: null, reason: null };
  }
}
