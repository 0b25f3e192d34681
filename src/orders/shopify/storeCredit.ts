/**
 * Store credit for the customer of an order. Shopify has no idempotency key for it: a claim is written first, and before
 * it is repeated, what was credited since then is looked through.
 * shopify.dev/docs/api/admin-graphql/2026-10/mutations/storeCreditAccountCredit
 */
import { z } from 'zod';
import type { Money, OrderAction, OrderActionOutcome } from '../../core/orders/orderAction';
import { malformedAnswer } from '../../remote/failures';
import {
  begun,
  claimMetafield,
  claimPlace,
  comeBack,
  firstBegun,
  keyTaken,
  release,
  setClaim,
  waitForEarlierAttempt,
  type Claim,
  type Deed,
} from './claims';
import { userErrorsText, shopName, userErrors } from './errorAnswers';
import type { AskShopify } from './graphql';
import { decimal, moneyV2 } from './money';
import { giveStoreCredit, readStoreCredit } from './operations';

type StoreCredit = Extract<OrderAction, { type: 'store-credit' }>;

const creditMade = z.object({ id: z.string(), createdAt: z.iso.datetime({ offset: true }), amount: moneyV2 });
type Credit = z.infer<typeof creditMade>;
const creditsAnswer = z.object({
  order: z
    .object({
      metafield: claimMetafield,
      customer: z
        .object({
          id: z.string(),
          storeCreditAccounts: z.object({
            nodes: z.array(z.object({ transactions: z.object({ nodes: z.array(creditMade) }) })),
          }),
        })
        .nullable(),
    })
    .nullable(),
});
const creditAnswer = z.object({
  storeCreditAccountCredit: z
    .object({ storeCreditAccountTransaction: z.object({ id: z.string() }).nullable(), userErrors })
    .nullable(),
});

/** A claim older than this is not acted on any more: whoever comes next may take it for lost. */
const claimGoodForMs = 30_000;

/** @param whyNot - asked once it is sure that it was not given for the same key before. */
export async function giveCredit(
  ask: AskShopify,
  { amount }: StoreCredit,
  deed: Deed,
  whyNot: () => string | null,
): Promise<OrderActionOutcome> {
  const variables = { id: deed.orderId, ...claimPlace(deed.id) };
  const { data, now } = await ask(readStoreCredit, variables, creditsAnswer, deed.signal);
  const claim = data.order?.metafield ?? null;
  const customer = data.order?.customer ?? null;
  const taken = keyTaken(claim, deed);
  if (taken !== null) return taken;
  if (claim?.state === 'done') return { type: 'done', reference: claim.reference };
  const credits = (customer?.storeCreditAccounts.nodes ?? []).flatMap(
    ({ transactions }) => transactions.nodes,
  );
  if (claim?.state === 'begun') {
    const given = creditedSince(credits, claim, amount);
    if (given !== null) return complete(ask, deed, claim, { reference: given, credit: amount });
    waitForEarlierAttempt(claim, now);
  }
  const why = whyNot() ?? (customer === null ? 'The order has no customer account to credit.' : null);
  if (why !== null || customer === null) return { type: 'refused', why: why ?? '' };
  const claimedFrom = performance.now();
  const mine = await setClaim(ask, deed, claim, { ...begun(claim, deed), credit: amount });
  if (performance.now() - claimedFrom > claimGoodForMs)
    throw comeBack('it took too long to begin', claimGoodForMs);
  const input = {
    creditAmount: { amount: decimal(amount), currencyCode: amount.currency },
    // Deskhand's own reply tells the customer.
    notify: false,
  };
  const written = await ask(giveStoreCredit, { id: customer.id, credit: input }, creditAnswer, deed.signal);
  const refusal = userErrorsText(written.data.storeCreditAccountCredit?.userErrors ?? []);
  if (refusal !== null) return release(ask, deed, mine, refusal);
  const made = written.data.storeCreditAccountCredit?.storeCreditAccountTransaction?.id ?? null;
  if (made === null) throw malformedAnswer(shopName, 200, 'with neither a credit nor a reason why not');
  return complete(ask, deed, mine, { reference: made, credit: amount });
}

async function complete(
  ask: AskShopify,
  deed: Deed,
  claim: Claim,
  { reference, credit }: { readonly reference: string; readonly credit: Money },
): Promise<OrderActionOutcome> {
  await setClaim(ask, deed, claim, { state: 'done', reference, of: deed.of, credit });
  return { type: 'done', reference };
}

/**
 * The same amount for the same customer since the claim is taken for ours: should a colleague have given just that in
 * the same minute, the customer has it once, not twice.
 */
function creditedSince(credits: readonly Credit[], claim: Claim, wanted: Money): string | null {
  // Shopify tells whole seconds.
  const since = Math.floor(firstBegun(claim) / 1_000) * 1_000;
  const found = credits.find(
    ({ createdAt, amount }) =>
      Date.parse(createdAt) >= since && amount.minor === wanted.minor && amount.currency === wanted.currency,
  );
  return found?.id ?? null;
}
