/**
 * The order's invoice, by Shopify's own mail. Shopify tells nobody reliably whether a mail went out, so it is asked once
 * for a key: without an answer a person looks, rather than that the customer gets it twice.
 * shopify.dev/docs/api/admin-graphql/2026-10/mutations/orderInvoiceSend
 */
import { z } from 'zod';
import type { OrderActionOutcome } from '../../core/orders/orderAction';
import { begun, claimMetafield, claimPlace, keyTaken, release, setClaim, type Deed } from './claims';
import { userErrorsText, userErrors } from './errorAnswers';
import type { AskShopify } from './graphql';
import { readClaim, sendInvoice } from './operations';

const claimAnswer = z.object({ order: z.object({ metafield: claimMetafield }).nullable() });
const sendAnswer = z.object({ orderInvoiceSend: z.object({ userErrors }).nullable() });

export async function resendInvoice(ask: AskShopify, deed: Deed): Promise<OrderActionOutcome> {
  const variables = { id: deed.orderId, ...claimPlace(deed.id) };
  const { data } = await ask(readClaim, variables, claimAnswer, deed.signal);
  const claim = data.order?.metafield ?? null;
  const taken = keyTaken(claim, deed);
  if (taken !== null) return taken;
  if (claim?.state === 'done') return { type: 'done', reference: claim.reference };
  if (claim?.state === 'begun') {
    const why =
      "Shopify was asked to send it and gave no answer: the order's timeline shows whether it went out.";
    return { type: 'refused', why };
  }
  const mine = await setClaim(ask, deed, claim, begun(claim, deed));
  const sent = await ask(sendInvoice, { id: deed.orderId }, sendAnswer, deed.signal);
  const refusal = userErrorsText(sent.data.orderInvoiceSend?.userErrors ?? []);
  if (refusal !== null) return release(ask, deed, mine, refusal);
  await setClaim(ask, deed, mine, { state: 'done', reference: null, of: deed.of });
  return { type: 'done', reference: null };
}
