/**
 * A cancellation, with all that was paid going back and the stock freed. Shopify accepts it at once and carries it out a
 * moment later; it can be done to an order once only, and its staff note says whose it was.
 * shopify.dev/docs/api/admin-graphql/2026-10/mutations/orderCancel
 */
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { OrderActionOutcome } from '../../core/orders/orderAction';
import { endedCall } from '../../remote/failures';
import { carriesMark, staffMark } from './actionId';
import {
  begun,
  claimMetafield,
  claimPlace,
  comeBack,
  keyTaken,
  release,
  setClaim,
  waitForEarlierAttempt,
  type Claim,
  type Deed,
} from './claims';
import { userErrorsText, shopName, userErrors } from './errorAnswers';
import type { AskShopify } from './graphql';
import { cancelOrder, readCancellation, readJob } from './operations';

const cancellationAnswer = z.object({
  order: z
    .object({
      cancelledAt: z.string().nullable(),
      cancellation: z.object({ staffNote: z.string().nullable() }).nullable(),
      metafield: claimMetafield,
    })
    .nullable(),
});
const cancelAnswer = z.object({
  orderCancel: z
    .object({ job: z.object({ id: z.string() }).nullable(), orderCancelUserErrors: userErrors })
    .nullable(),
});
const jobAnswer = z.object({ job: z.object({ done: z.boolean() }).nullable() });

const looks = 6;
const betweenLooksMs = 500;
const comeBackAfterMs = 15_000;

/** @param whyNot - asked once it is sure that it was not cancelled for the same key before. */
export async function cancel(
  ask: AskShopify,
  deed: Deed,
  whyNot: () => string | null,
): Promise<OrderActionOutcome> {
  const { claim, ours, now } = await standing(ask, deed);
  const taken = keyTaken(claim, deed, ours ? { reference: null } : null);
  if (taken !== null) return taken;
  if (ours) return { type: 'done', reference: null };
  if (claim?.state === 'begun') {
    if (claim.job !== null) return outcomeOf(ask, deed, claim.job);
    waitForEarlierAttempt(claim, now);
  }
  const why = whyNot();
  if (why !== null) return { type: 'refused', why };
  const mine = await setClaim(ask, deed, claim, begun(claim, deed));
  const variables = { id: deed.orderId, note: staffMark(deed.id) };
  const { data } = await ask(cancelOrder, variables, cancelAnswer, deed.signal);
  const refusal = userErrorsText(data.orderCancel?.orderCancelUserErrors ?? []);
  if (refusal !== null) return release(ask, deed, mine, refusal);
  const job = data.orderCancel?.job?.id ?? null;
  if (job === null) throw comeBack('it did not say how it cancels the order', comeBackAfterMs);
  await setClaim(ask, deed, mine, { ...begun(claim, deed), job });
  return outcomeOf(ask, deed, job);
}

/** @throws RemoteFailure `conflict` while Shopify has not come to it. */
async function outcomeOf(ask: AskShopify, deed: Deed, job: string): Promise<OrderActionOutcome> {
  for (let look = 0; look < looks; look += 1) {
    const { data } = await ask(readJob, { id: job }, jobAnswer, deed.signal);
    if (data.job?.done ?? true) {
      const { ours } = await standing(ask, deed);
      return ours
        ? { type: 'done', reference: null }
        : { type: 'refused', why: 'Shopify took the cancellation up and could not carry it out.' };
    }
    await pause(deed.signal);
  }
  throw comeBack('it has not carried out the cancellation yet', comeBackAfterMs);
}

async function standing(
  ask: AskShopify,
  { orderId, id, signal }: Deed,
): Promise<{ readonly claim: Claim | null; readonly ours: boolean; readonly now: number }> {
  const variables = { id: orderId, ...claimPlace(id) };
  const { data, now } = await ask(readCancellation, variables, cancellationAnswer, signal);
  const cancelled = (data.order?.cancelledAt ?? null) !== null;
  const ours = cancelled && carriesMark(data.order?.cancellation?.staffNote, id);
  return { claim: data.order?.metafield ?? null, ours, now };
}

async function pause(signal: AbortSignal): Promise<void> {
  await wait(betweenLooksMs, undefined, { signal }).catch(() => {
    throw endedCall(shopName, signal);
  });
}
