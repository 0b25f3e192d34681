/** Orders and what may be done to them, as they stand in JSON: in the demo shop's file and between us and a shop. */
import { z } from 'zod';
import type { OrderAction } from '../core/orders/orderAction';
import {
  orderStatuses,
  parcelStatuses,
  type Order,
  type OrderItem,
  type OrderLine,
  type Shipment,
} from './port';

export const text = z.string().min(1).max(1_000);
export const date = z.iso.date();
const quantity = z.int().min(1);
export const money = z
  .strictObject({
    minor: z.int().min(0).describe("In the currency's minor unit: 1299 is 12.99 EUR, and 1,299 JPY"),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .describe('ISO 4217'),
  })
  .meta({ id: 'Money' });

const item = z.strictObject({ name: text, quantity }) satisfies z.ZodType<OrderItem>;

const shipment = z
  .strictObject({
    items: z.array(item),
    status: z.enum(parcelStatuses),
    carrier: text.nullable(),
    tracking: z.strictObject({ number: text, url: z.url({ protocol: /^https?$/ }).nullable() }).nullable(),
    shippedOn: date.nullable(),
    expectedOn: date.nullable(),
    deliveredOn: date.nullable(),
  })
  .meta({ id: 'Shipment', description: 'One parcel' }) satisfies z.ZodType<Shipment>;

/** What was ordered, as the shop can refund it. */
export const orderLine = z.strictObject({
  line: text.describe("The shop's id of the line; unique in its order"),
  name: text,
  quantity,
  price: money.nullable().describe('Of one piece; null where it is not known'),
  refunded: z.int().min(0).exactOptional().describe('How many pieces of it went back already'),
  giftCard: z
    .boolean()
    .exactOptional()
    .describe('A gift card, whose money may have been spent: only people give it back; left out: goods'),
}) satisfies z.ZodType<OrderLine>;

export const order = z
  .strictObject({
    number: text.describe('What the customer knows, never an internal id'),
    status: z.enum(orderStatuses),
    customerEmail: z.email().describe('Who may hear of the order'),
    postalCode: text.nullable().describe('Of the delivery address: proof of who asks, never said'),
    placedOn: date,
    items: z.array(orderLine).min(1),
    shipments: z.array(shipment),
    total: money,
    unpaid: z
      .boolean()
      .exactOptional()
      .describe('What it costs has not come in, or not all of it; false or left out: it was paid'),
    refund: z
      .strictObject({ amount: money, on: date })
      .nullable()
      .describe('All that went back, and when the last of it did; null: nothing has'),
    storeCredit: money.exactOptional().describe('What was given for it as store credit so far'),
  })
  .meta({ id: 'Order' }) satisfies z.ZodType<Order>;

const refundLines = z
  .array(z.strictObject({ line: text, quantity }))
  .describe('Which lines it is for; empty: an amount of the whole order');

export const orderAction = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('cancel'), order: text }),
    z.strictObject({ type: z.literal('refund'), order: text, amount: money, lines: refundLines }),
    z.strictObject({
      type: z.literal('change-address'),
      order: text,
      address: text.describe('As the customer wrote it, lines joined by a line break'),
    }),
    z.strictObject({ type: z.literal('resend-invoice'), order: text }),
    z.strictObject({ type: z.literal('store-credit'), order: text, amount: money }),
  ])
  .meta({ id: 'OrderAction' }) satisfies z.ZodType<OrderAction>;
