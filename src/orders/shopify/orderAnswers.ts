/** What Shopify's answers about orders must look like; fields that are not named are passed over. */
import { z } from 'zod';
import { moneySet, unitPriceSet } from './money';
import { fulfillmentStatuses } from './orderStatus';

const id = z.string().min(1);
const time = z.iso.datetime({ offset: true });
const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
const connection = <Node extends z.ZodType>(node: Node) => z.object({ nodes: z.array(node), pageInfo });

const line = z.object({
  id,
  name: z.string(),
  quantity: z.int().min(0),
  isGiftCard: z.boolean(),
  refundableQuantity: z.int().min(0),
  unfulfilledQuantity: z.int().min(0),
  discountedUnitPriceAfterAllDiscountsSet: unitPriceSet,
});
const parcelItem = z.object({
  quantity: z.int().min(0).nullable(),
  lineItem: z.object({ name: z.string(), requiresShipping: z.boolean() }),
});

const fulfillment = z.object({
  id,
  status: z.string(),
  displayStatus: z.string().nullable(),
  createdAt: time,
  inTransitAt: time.nullable(),
  estimatedDeliveryAt: time.nullable(),
  deliveredAt: time.nullable(),
  trackingInfo: z.array(
    z.object({
      company: z.string().nullable(),
      number: z.string().nullable(),
      url: z.string().nullable(),
    }),
  ),
  fulfillmentLineItems: connection(parcelItem),
});

const order = z.object({
  id,
  name: z.string().min(1),
  email: z.string().nullable(),
  processedAt: time,
  cancelledAt: time.nullable(),
  displayFulfillmentStatus: z.enum(fulfillmentStatuses),
  displayFinancialStatus: z.string().nullable(),
  shippingAddress: z.object({ zip: z.string().nullable() }).nullable(),
  totalPriceSet: moneySet,
  totalRefundedSet: moneySet,
  lineItems: connection(line),
  fulfillments: z.array(fulfillment),
  refunds: z.array(z.object({ processedAt: time })),
  metafields: z.object({ nodes: z.array(z.object({ key: z.string(), value: z.string() })) }),
});

export const ordersAnswer = z.object({ orders: connection(order) });
export const orderAnswer = z.object({ order: order.nullable() });
export const moreLinesAnswer = z.object({ order: z.object({ lineItems: connection(line) }).nullable() });
export const moreParcelItemsAnswer = z.object({
  fulfillment: z.object({ fulfillmentLineItems: connection(parcelItem) }).nullable(),
});

export type OrderAnswer = z.infer<typeof order>;
export type FulfillmentAnswer = z.infer<typeof fulfillment>;
export type Page<Node> = {
  readonly nodes: readonly Node[];
  readonly pageInfo: z.infer<typeof pageInfo>;
};
