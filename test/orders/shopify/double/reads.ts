/** How the double answers queries: objects in the shape of Shopify's types, found and cut into pages as Shopify does. */
import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import {
  moneyOf,
  type StoredFulfillment,
  type StoredOrder,
  type StoredRefund,
  type StoredShop,
} from './storedShop';
import { completeCancellation } from './cancellation';

interface PageArguments {
  readonly first?: number;
  readonly after?: string | null;
}

export function readRoots(shop: StoredShop) {
  return {
    orders: (args: PageArguments & { query: string; reverse: boolean; sortKey: string }) => {
      const found = search(shop.orders, args.query).toSorted((a, b) =>
        args.reverse
          ? b.processedAt.localeCompare(a.processedAt)
          : a.processedAt.localeCompare(b.processedAt),
      );
      return page(found, args, (order) => orderNode(shop, order));
    },
    order: ({ id }: { id: string }) => {
      const order = shop.orders.find((candidate) => candidate.id === id);
      return order === undefined ? null : orderNode(shop, order);
    },
    fulfillment: ({ id }: { id: string }) => {
      for (const order of shop.orders) {
        const found = order.fulfillments.find((candidate) => candidate.id === id);
        if (found !== undefined) return fulfillmentNode(order, found);
      }
      return null;
    },
    job: ({ id }: { id: string }) => {
      const job = shop.jobs.get(id);
      if (job === undefined) return null;
      if (job.looksLeft <= 0) completeCancellation(shop, id);
      job.looksLeft -= 1;
      return { id, done: job.looksLeft < 0 };
    },
  };
}

/** As loose as Shopify's: a name that begins with it, an address that holds it. Anything else was not meant to be sent. */
function search(orders: readonly StoredOrder[], query: string): readonly StoredOrder[] {
  const [, field, text = ''] = /^(name|email):"([^"\\]+)"$/.exec(query) ?? [];
  const wanted = text.toLowerCase();
  if (field === 'name') {
    return orders.filter(({ name }) => name.replace(/^#/, '').toLowerCase().startsWith(wanted));
  }
  if (field === 'email') return orders.filter(({ email }) => email?.toLowerCase().includes(wanted));
  throw new GraphQLError(`the double takes no such search: ${query}`);
}

function orderNode(shop: StoredShop, order: StoredOrder) {
  const { currency } = order;
  const back = order.refunds.reduce((sum, { minor }) => sum + minor, 0);
  return {
    ...order,
    displayFulfillmentStatus: order.fulfillmentStatus,
    displayFinancialStatus: order.financialStatus,
    cancellation: order.cancelledAt === null ? null : { staffNote: order.staffNote },
    shippingAddress:
      order.address === null
        ? null
        : {
            ...order.address,
            name: [order.address.firstName, order.address.lastName].filter(Boolean).join(' '),
            countryCodeV2: order.address.countryCode,
          },
    totalPriceSet: moneyOf(order.totalMinor, currency),
    totalRefundedSet: moneyOf(back, currency),
    lineItems: (args: PageArguments) =>
      page(order.lines, args, (line) => ({
        ...line,
        refundableQuantity: line.quantity - line.refunded,
        unfulfilledQuantity: order.cancelledAt === null ? line.quantity - line.fulfilled : 0,
        discountedUnitPriceAfterAllDiscountsSet: {
          presentmentMoney: { amount: line.price, currencyCode: currency },
        },
      })),
    fulfillments: ({ first = 250 }: PageArguments) =>
      order.fulfillments.slice(0, first).map((fulfillment) => fulfillmentNode(order, fulfillment)),
    refunds: ({ first = 250 }: PageArguments) =>
      order.refunds.slice(0, first).map((refund) => refundNode(refund)),
    suggestedRefund: () => ({
      suggestedTransactions: order.payments
        .filter(({ minor, refunded }) => minor > refunded)
        .map(({ id, gateway, minor, refunded }) => ({
          gateway,
          amountSet: moneyOf(minor - refunded, currency),
          maximumRefundableSet: moneyOf(minor - refunded, currency),
          parentTransaction: { id },
        })),
    }),
    metafields: ({ first, namespace }: PageArguments & { namespace: string }) => ({
      nodes: [...order.metafields]
        .filter(([place]) => place.startsWith(`${namespace}.`))
        .slice(0, first)
        .map(([place, { value }]) => ({ key: place.slice(namespace.length + 1), value })),
    }),
    metafield: ({ namespace, key }: { namespace: string; key: string }) =>
      metafieldNode(order, `${namespace}.${key}`),
    customer:
      order.customerId === null
        ? null
        : { id: order.customerId, storeCreditAccounts: () => creditAccounts(shop, order.customerId) },
  };
}

function fulfillmentNode(order: StoredOrder, fulfillment: StoredFulfillment) {
  return {
    ...fulfillment,
    trackingInfo: ({ first = 10 }: PageArguments) => fulfillment.trackingInfo.slice(0, first),
    fulfillmentLineItems: (args: PageArguments) =>
      page(fulfillment.items, args, ({ line, quantity }) => ({
        quantity,
        lineItem: order.lines.find(({ id }) => id === line),
      })),
  };
}

export function refundNode({ statuses, ...refund }: StoredRefund) {
  return { ...refund, transactions: { nodes: statuses.map((status) => ({ status })) } };
}

export function digestOf(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}

export function metafieldNode(order: StoredOrder, place: string) {
  const stored = order.metafields.get(place);
  return stored === undefined ? null : { ...stored, compareDigest: digestOf(stored.value) };
}

function creditAccounts(shop: StoredShop, customerId: string | null) {
  const credits = shop.credits.filter((credit) => credit.customerId === customerId);
  const currencies = [...new Set(credits.map(({ currency }) => currency))];
  return {
    nodes: currencies.map((currency) => ({
      transactions: ({ first = 50 }: PageArguments) => ({
        nodes: credits
          .filter((credit) => credit.currency === currency)
          .toReversed()
          .slice(0, first)
          .map(({ id, createdAt, minor }) => ({
            __typename: 'StoreCreditAccountCreditTransaction',
            id,
            createdAt,
            amount: moneyOf(minor, currency).presentmentMoney,
          })),
      }),
    })),
  };
}

function page<T, Node>(all: readonly T[], { first, after }: PageArguments, node: (entry: T) => Node) {
  if (first === undefined) throw new GraphQLError('you must provide one of first or last');
  const from = typeof after !== 'string' ? 0 : Number(Buffer.from(after, 'base64url').toString());
  const to = from + first;
  return {
    nodes: all.slice(from, to).map((entry) => node(entry)),
    pageInfo: { hasNextPage: to < all.length, endCursor: Buffer.from(String(to)).toString('base64url') },
  };
}
