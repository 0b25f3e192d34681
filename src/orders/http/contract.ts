/**
 * What Deskhand asks of any shop that speaks HTTP. docs/shop-api.openapi.yaml is made from these schemas; the client
 * checks every answer by them, and the example server every request.
 */
import { z } from 'zod';
import type { OrderActionOutcome } from '../../core/orders/orderAction';
import { ordersAtMost } from '../port';
import { order, text } from '../schemas';

export { orderAction } from '../schemas';

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
