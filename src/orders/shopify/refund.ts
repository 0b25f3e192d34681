/**
 * A refund to where the money came from. Once for a key in two ways: Shopify's own idempotency key, which it remembers
 * for a day, and the mark in the refund's note, which is looked for first and stays for good. A claim says what for.
 * shopify.dev/docs/api/usage/idempotent-requests, .../2026-10/mutations/refundCreate
 */
import { z } from 'zod';
import type { OrderAction, OrderActionOutcome } from '../../core/orders/orderAction';
import { malformedAnswer } from '../../remote/failures';
import { carriesMark, staffMark } from './actionId';
import { begun, claimMetafield, claimPlace, keyTaken, release, setClaim, type Deed } from './claims';
import { userErrorsText, shopName, userErrors } from './errorAnswers';
import type { AskShopify } from './graphql';
import type { ShopifyOrder } from './mapOrder';
import { decimal, moneySet } from './money';
import { createRefund, readRefunds } from './operations';

type Refund = Extract<OrderAction, { type: 'refund' }>;

const transactions = z.object({ nodes: z.array(z.object({ status: z.string() })) });
const refund = z.object({ id: z.string(), note: z.string().nullish(), transactions });
type RefundAnswer = z.infer<typeof refund>;

const suggestedTransaction = z.object({
  gateway: z.string().nullable(),
  amountSet: moneySet,
  maximumRefundableSet: moneySet.nullable(),
  parentTransaction: z.object({ id: z.string() }).nullable(),
});
type SuggestedTransaction = z.infer<typeof suggestedTransaction>;

const refundsAnswer = z.object({
  order: z
    .object({
      refunds: z.array(refund),
      metafield: claimMetafield,
      suggestedRefund: z.object({ suggestedTransactions: z.array(suggestedTransaction) }).nullable(),
    })
    .nullable(),
});
const refundAnswer = z.object({
  refundCreate: z.object({ refund: refund.nullable(), userErrors }).nullable(),
});

/** @param whyNot - asked once it is sure that the refund was not made before. */
export async function refundOrder(
  ask: AskShopify,
  { order }: ShopifyOrder,
  action: Refund,
  deed: Deed,
  whyNot: () => string | null,
): Promise<OrderActionOutcome> {
  const variables = { id: deed.orderId, ...claimPlace(deed.id) };
  const { data } = await ask(readRefunds, variables, refundsAnswer, deed.signal);
  const claim = data.order?.metafield ?? null;
  const earlier = data.order?.refunds.find(({ note }) => carriesMark(note, deed.id));
  const taken = keyTaken(claim, deed, earlier === undefined ? null : { reference: earlier.id });
  if (taken !== null) return taken;
  if (earlier !== undefined) return outcomeOf(earlier);
  const why = whyNot();
  if (why !== null) return { type: 'refused', why };
  const payments = split(action, data.order?.suggestedRefund?.suggestedTransactions ?? []);
  if (payments === null) {
    return { type: 'refused', why: 'Shopify can pay back less than that to where the money came from.' };
  }
  const mine = claim?.state === 'begun' ? claim : await setClaim(ask, deed, claim, begun(claim, deed));
  const input = {
    orderId: deed.orderId,
    note: staffMark(deed.id),
    // Deskhand's own reply tells the customer.
    notify: false,
    currency: order.total.currency,
    // What comes back into the stock is for people to say, once it is there.
    refundLineItems: action.lines.map(({ line, quantity }) => ({
      lineItemId: line,
      quantity,
      restockType: 'NO_RESTOCK',
    })),
    transactions: payments.map((payment) => ({ ...payment, orderId: deed.orderId, kind: 'REFUND' })),
  };
  const created = await ask(createRefund, { input, key: deed.id }, refundAnswer, deed.signal);
  const refusal = userErrorsText(created.data.refundCreate?.userErrors ?? []);
  if (refusal !== null) return release(ask, deed, mine, refusal);
  const made = created.data.refundCreate?.refund ?? null;
  if (made === null) throw malformedAnswer(shopName, 200, 'with neither a refund nor a reason why not');
  return outcomeOf(made);
}

/** A refund is on record even when the payment provider did not pay it: that is for people. */
function outcomeOf({ id, transactions: { nodes } }: RefundAnswer): OrderActionOutcome {
  return nodes.some(({ status }) => status === 'FAILURE' || status === 'ERROR')
    ? { type: 'refused', why: 'The refund is on record in Shopify, but the payment provider did not pay it.' }
    : { type: 'done', reference: id };
}

/** Over the payments in Shopify's order, each to its most; null when they cannot take it all. */
function split({ amount }: Refund, suggested: readonly SuggestedTransaction[]) {
  const payments: { readonly amount: string; readonly gateway: string; readonly parentId: string }[] = [];
  let left = amount.minor;
  for (const { gateway, amountSet, maximumRefundableSet, parentTransaction } of suggested) {
    const most = maximumRefundableSet ?? amountSet;
    const part = most.currency === amount.currency ? Math.min(left, most.minor) : 0;
    if (part <= 0 || gateway === null || parentTransaction === null) continue;
    payments.push({ amount: decimal({ ...amount, minor: part }), gateway, parentId: parentTransaction.id });
    left -= part;
  }
  return left === 0 ? payments : null;
}
