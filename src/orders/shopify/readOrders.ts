/** Orders by number, by customer and by id, each read whole however many lines and parcels it has. */
import type { z } from 'zod';
import { plainNumber } from '../../core/orders/orderNumber';
import { ordersAtMost } from '../port';
import { namespace } from './claims';
import type { AskShopify } from './graphql';
import { mapOrder, type ShopifyOrder } from './mapOrder';
import { findOrders, moreLines, moreParcelItems, readOrder } from './operations';
import {
  moreLinesAnswer,
  moreParcelItemsAnswer,
  orderAnswer,
  ordersAnswer,
  type OrderAnswer,
  type Page,
} from './orderAnswers';

/** So that five orders, or one with all its parcels, stay below the 1,000 points that one query may cost. */
const sizesInList = { lines: 10, parcels: 5, parcelItems: 10, refunds: 10, claims: 10 };
const sizesAlone = { lines: 50, parcels: 30, parcelItems: 10, refunds: 100, claims: 40 };
const ordersAPage = 5;
const pagesAtMost = 8;

/** Null when there is none, or the number is none that a shop could have. */
export async function findByNumber(
  ask: AskShopify,
  number: string,
  signal: AbortSignal,
): Promise<ShopifyOrder | null> {
  const wanted = plainNumber(number);
  // Shopify's search has a syntax: what a customer wrote must not become part of it.
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,39}$/u.test(wanted)) return null;
  const found = await search(ask, `name:"${wanted}"`, ({ name }) => plainNumber(name) === wanted, 1, signal);
  return found[0] ?? null;
}

/** Newest first, at most `ordersAtMost`. */
export async function findByCustomer(
  ask: AskShopify,
  email: string,
  signal: AbortSignal,
): Promise<readonly ShopifyOrder[]> {
  const wanted = email.trim().toLowerCase();
  if (!/^[^\s"\\()<>:]+@[^\s"\\()<>:]+$/.test(wanted)) return [];
  return search(
    ask,
    `email:"${wanted}"`,
    (order) => order.email?.trim().toLowerCase() === wanted,
    ordersAtMost,
    signal,
  );
}

interface Answered<Schema extends z.ZodType> {
  readonly data: z.infer<Schema>;
  readonly now: number;
}

/** Shopify's search may find more than was asked for (`1001` finds `1001-A`): what it finds is looked at again. */
async function search(
  ask: AskShopify,
  text: string,
  fits: (order: OrderAnswer) => boolean,
  most: number,
  signal: AbortSignal,
): Promise<readonly ShopifyOrder[]> {
  const found: ShopifyOrder[] = [];
  let after: string | null = null;
  for (let page = 0; page < pagesAtMost; page += 1) {
    const variables: Record<string, unknown> = {
      search: text,
      first: ordersAPage,
      after,
      namespace,
      ...sizesInList,
    };
    const { data, now }: Answered<typeof ordersAnswer> = await ask(
      findOrders,
      variables,
      ordersAnswer,
      signal,
    );
    for (const order of data.orders.nodes.filter((node) => fits(node)).slice(0, most - found.length)) {
      found.push(mapOrder(await whole(ask, order, signal), now));
    }
    const { hasNextPage, endCursor } = data.orders.pageInfo;
    if (found.length >= most || !hasNextPage || endCursor === null) break;
    after = endCursor;
  }
  return found;
}

/** What did not fit into a list's page is read again, alone and to its end. */
async function whole(ask: AskShopify, inList: OrderAnswer, signal: AbortSignal): Promise<OrderAnswer> {
  if (!isCut(inList)) return inList;
  const { data } = await ask(readOrder, { id: inList.id, namespace, ...sizesAlone }, orderAnswer, signal);
  const order = data.order ?? inList;
  const lines = await allOf(order.lineItems, async (after) => {
    const more = await ask(moreLines, { id: order.id, after }, moreLinesAnswer, signal);
    return more.data.order?.lineItems ?? null;
  });
  const fulfillments: OrderAnswer['fulfillments'] = [];
  for (const fulfillment of order.fulfillments) {
    const items = await allOf(fulfillment.fulfillmentLineItems, async (after) => {
      const more = await ask(moreParcelItems, { id: fulfillment.id, after }, moreParcelItemsAnswer, signal);
      return more.data.fulfillment?.fulfillmentLineItems ?? null;
    });
    fulfillments.push({ ...fulfillment, fulfillmentLineItems: items });
  }
  return { ...order, lineItems: lines, fulfillments };
}

function isCut({ lineItems, fulfillments, refunds, metafields }: OrderAnswer): boolean {
  return (
    lineItems.pageInfo.hasNextPage ||
    fulfillments.length >= sizesInList.parcels ||
    refunds.length >= sizesInList.refunds ||
    metafields.nodes.length >= sizesInList.claims ||
    fulfillments.some(({ fulfillmentLineItems }) => fulfillmentLineItems.pageInfo.hasNextPage)
  );
}

async function allOf<Node>(
  first: Page<Node>,
  next: (after: string) => Promise<Page<Node> | null>,
): Promise<{ nodes: Node[]; pageInfo: Page<Node>['pageInfo'] }> {
  const nodes = [...first.nodes];
  let { pageInfo } = first;
  for (let page = 0; pageInfo.hasNextPage && pageInfo.endCursor !== null && page < pagesAtMost; page += 1) {
    const more = await next(pageInfo.endCursor);
    if (more === null) break;
    nodes.push(...more.nodes);
    pageInfo = more.pageInfo;
  }
  return { nodes, pageInfo };
}
