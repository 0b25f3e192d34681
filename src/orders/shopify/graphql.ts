/** One GraphQL request to a shop's Admin API, answered by checked data or by a `RemoteFailure`. Never retried here. */
import { z } from 'zod';
import { createRemoteHttp, jsonOf, readAs, type RemoteTimeouts } from '../../remote/http';
import { failureInside, failureOfRefusal, shopName } from './errorAnswers';

export interface ShopifyConnection {
  /** `https://acme.myshopify.com`, without a trailing slash. */
  readonly storeUrl: string;
  /** Of a custom app: shopify.dev/docs/apps/build/authentication-authorization. */
  readonly accessToken: string;
  /** `2026-10`. From 2026-04 on refunds carry an idempotency key: earlier ones are not offered. */
  readonly apiVersion: string;
  readonly timeoutsMs?: RemoteTimeouts;
}

/**
 * @param operation - one named query or mutation, whole.
 * @param answer - what its `data` must look like; fields it does not name are passed over.
 * @returns the data, and Shopify's clock in epoch milliseconds (ours where it tells none).
 */
export type AskShopify = <T>(
  operation: string,
  variables: Readonly<Record<string, unknown>>,
  answer: z.ZodType<T>,
  signal: AbortSignal,
) => Promise<{ readonly data: T; readonly now: number }>;

/** Below the time that an action on an order has: its end is told as what it is. */
const usualTimeoutsMs: RemoteTimeouts = { connect: 5_000, total: 20_000 };
/** An order of hundreds of lines is some 500 kB. */
const largestAnswerBytes = 16 * 1024 * 1024;

export function createShopifyGraphql(connection: ShopifyConnection): AskShopify {
  const send = createRemoteHttp({
    name: shopName,
    baseUrl: connection.storeUrl,
    headers: { 'X-Shopify-Access-Token': connection.accessToken },
    timeoutsMs: connection.timeoutsMs ?? usualTimeoutsMs,
    largestAnswerBytes,
  });
  const path = `/admin/api/${connection.apiVersion}/graphql.json`;
  return async (operation, variables, answer, signal) => {
    const response = await send({ method: 'POST', path, body: { query: operation, variables } }, signal);
    const { status } = response;
    if (status < 200 || status > 299) throw failureOfRefusal(response);
    const body = jsonOf(shopName, response);
    const failure = failureInside(body, response);
    if (failure !== null) throw failure;
    const { data } = readAs(shopName, status, body, z.object({ data: answer }));
    const told = Date.parse(response.date ?? '');
    return { data, now: Number.isNaN(told) ? Date.now() : told };
  };
}
