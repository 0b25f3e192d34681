/**
 * What a key stands for: a claim, written on the order before the deed and completed after it. Who comes later finds it,
 * and looks for the deed instead of doing it again, or another one in its place. Shopify writes a claim only over the one
 * that was seen, so that of two at once one wins.
 * shopify.dev/docs/api/admin-graphql/2026-10/mutations/metafieldsSet (compareDigest)
 */
import { z } from 'zod';
import type { OrderActionOutcome } from '../../core/orders/orderAction';
import { RemoteFailure } from '../../remote/failures';
import { userErrorsText, shopName, userErrors } from './errorAnswers';
import { keyOfAnother } from '../sameKey';
import { money } from '../schemas';
import type { AskShopify } from './graphql';
import { writeClaim } from './operations';

/** The action, on the order it is about. */
export interface Deed {
  readonly orderId: string;
  /** Of `actionId`. */
  readonly id: string;
  /** Of `actionDigest`. */
  readonly of: string;
  readonly signal: AbortSignal;
}

/** The digest of the action, and the amount of a store credit. */
const about = { of: z.string(), credit: money.exactOptional() };

/**
 * How far it got; `refused`: Shopify did nothing, and the key stands for nothing. `job`: Shopify's, of a cancellation
 * that it carries out later. `since`: when the first attempt began, in epoch milliseconds of Shopify's clock; null in
 * the first itself.
 */
const content = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('begun'),
    job: z.string().nullable(),
    since: z.number().nullable(),
    ...about,
  }),
  z.object({ state: z.literal('done'), reference: z.string().nullable(), ...about }),
  z.object({ state: z.literal('refused') }),
]);
type ClaimContent = z.infer<typeof content>;

export type Claim = ClaimContent & {
  readonly digest: string;
  /** By Shopify's clock, epoch milliseconds. */
  readonly writtenAt: number;
};

/** Null: nothing that Deskhand wrote. */
export function readClaim(value: string): ClaimContent | null {
  return content.safeParse(jsonOrNull(value)).data ?? null;
}

export const claimMetafield = z
  .object({
    value: z.string(),
    compareDigest: z.string().min(1),
    updatedAt: z.iso.datetime({ offset: true }),
  })
  .transform(({ value, compareDigest, updatedAt }, context): Claim => {
    const parsed = readClaim(value);
    if (parsed !== null) return { ...parsed, digest: compareDigest, writtenAt: Date.parse(updatedAt) };
    context.addIssue({ code: 'custom', message: 'is not what Deskhand wrote' });
    return z.NEVER;
  })
  .nullable();

export const namespace = 'deskhand';

/** What a new attempt claims, over what it found. */
export function begun(seen: Claim | null, { of }: Deed): Extract<ClaimContent, { state: 'begun' }> {
  const since = seen === null || seen.state === 'refused' ? null : firstBegun(seen);
  return { state: 'begun', job: null, since, of };
}

/**
 * What is answered when the key stands for another action; null: it does not.
 * @param done - that the other one was done, where more than the claim tells it.
 */
export function keyTaken(
  claim: Claim | null,
  { of }: Deed,
  done: { readonly reference: string | null } | null = null,
): OrderActionOutcome | null {
  if (claim === null || claim.state === 'refused' || claim.of === of) return null;
  const known = claim.state === 'done' ? claim : done;
  return known !== null
    ? keyOfAnother(known.reference)
    : { type: 'refused', why: 'Something else was begun for this message already, and may be done.' };
}

/** By Shopify's clock, epoch milliseconds. */
export function firstBegun(claim: Claim): number {
  return claim.state === 'begun' ? (claim.since ?? claim.writtenAt) : claim.writtenAt;
}

/** How a claim is asked for, as variables of a query. */
export function claimPlace(id: string): { readonly namespace: string; readonly key: string } {
  return { namespace, key: `act-${id}` };
}

/** Shopify did nothing: the key is free again. */
export async function release(
  ask: AskShopify,
  deed: Deed,
  mine: Claim,
  why: string,
): Promise<OrderActionOutcome> {
  await setClaim(ask, deed, mine, { state: 'refused' });
  return { type: 'refused', why };
}

/** How a claim is written: on its own, or together with the change itself. */
export function claimInput(id: string, claim: ClaimContent) {
  return { ...claimPlace(id), type: 'json', value: JSON.stringify(claim) };
}

const answer = z.object({
  metafieldsSet: z.object({ metafields: z.array(claimMetafield).nullable(), userErrors }).nullable(),
});

/**
 * @param seen - the claim as it was read; null: there was none.
 * @throws RemoteFailure `conflict` when it is no longer what was seen.
 */
export async function setClaim(
  ask: AskShopify,
  { orderId, id, signal }: Deed,
  seen: Claim | null,
  next: ClaimContent,
): Promise<Claim> {
  const metafields = [
    { ...claimInput(id, next), ownerId: orderId, compareDigest: seen === null ? null : seen.digest },
  ];
  const { data } = await ask(writeClaim, { metafields }, answer, signal);
  const refusal = userErrorsText(data.metafieldsSet?.userErrors ?? []);
  const written = data.metafieldsSet?.metafields?.[0] ?? null;
  if (refusal === null && written !== null) return written;
  throw new RemoteFailure(
    'rejected',
    `${shopName} keeps no note on the order: ${refusal ?? 'it gave none back'}`,
    {
      retryable: false,
    },
  );
}

/** For as long a request that got no answer may still be carried out. Longer than any request of ours may take. */
const mayStillArriveMs = 90_000;

/** @throws RemoteFailure `conflict`, to come back later, while an earlier attempt may still be under way. */
export function waitForEarlierAttempt({ writtenAt }: Claim, now: number): void {
  const left = writtenAt + mayStillArriveMs - now;
  if (left <= 0) return;
  throw comeBack('an earlier attempt at the same may still arrive', left);
}

export function comeBack(why: string, afterMs: number): RemoteFailure {
  return new RemoteFailure('conflict', `${shopName}: ${why}`, { retryable: true, retryAfterMs: afterMs });
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
