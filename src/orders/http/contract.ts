/**
 * What Deskhand asks of any shop that speaks HTTP. docs/shop-api.openapi.yaml is made from these schemas; the client
 * checks every answer by them, and the example server every request.
 */
import { z } from 'zod';
import type { OrderActionOutcome } from '../../core/orderAction';
import type { Order } from '../port';
import { date, money, orderStatus, quantity, refund, shipment, text } from '../schemas';

export { orderAction } from '../schemas';

const line = z.strictObject({
  line: text.describe("The shop's id of the line; unique in its order"),
  name: text,
  quantity,
  price: money.nullable().describe('Of one piece; null where it is not known'),
  refunded: z.int().min(0).exactOptional().describe('How many pieces of it went back already'),
});

export const order = z
  .strictObject({
    number: text.describe('What the customer knows, never an internal id'),
    status: orderStatus,
    customerEmail: z.email().describe('Who may hear of the order'),
    postalCode: text.nullable().describe('Of the delivery address: proof of who asks, never said'),
    placedOn: date,
    items: z.array(line).min(1),
    shipments: z.array(shipment),
    total: money,
    refund: refund.nullable().describe('All that went back, and when the last of it did; null: nothing has'),
    storeCredit: money.exactOptional().describe('What was given for it as store credit so far'),
  })
  .meta({ id: 'Order' }) satisfies z.ZodType<Order>;

export const ordersAtMost = 20;

export const ordersQuery = z
  .strictObject({
    number: text.optional().describe('As the customer wrote it: `48213`, `#48213`'),
    customer: z.email().optional().describe('The e-mail address, in any case of letters'),
  })
  .refine(({ number, customer }) => (number === undefined) !== (customer === undefined), {
    error: 'needs exactly one of number and customer',
  });

export const ordersAnswer = z.strictObject({
  orders: z
    .array(order)
    .max(ordersAtMost)
    .describe('By number: the one, or none. By customer: newest first. None is no error'),
});

export const outcome = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('done'),
      reference: text.nullable().describe('Where people find what was done, in the shop'),
    }),
    z.strictObject({
      type: z.literal('refused'),
      why: text.max(300).describe('One sentence for agents, without personal data'),
    }),
  ])
  .meta({ id: 'Outcome' }) satisfies z.ZodType<OrderActionOutcome>;

export const idempotencyHeader = 'idempotency-key';
export const actionHeaders = z.object({
  [idempotencyHeader]: z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 characters of visible ASCII')
    .describe(
      'The same key with the same action is answered as it was the first time, for at least 30 days. ' +
        'The same key with another action is refused. What was refused does not use a key up.',
    ),
});

export const problem = z
  .strictObject({
    code: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,59}$/)
      .describe('Shown to agents and logged; the only part that is'),
    detail: z.string().max(1_000),
  })
  .meta({ id: 'Problem' });
