/**
 * For what Shopify has no idempotency key: a claim, written on the order before the deed and completed after it. Who comes
 * later finds it, and looks for the deed instead of doing it again. Shopify writes a claim only over the one that was
 * seen, so that of two at once one wins.
 * shopify.dev/docs/api/admin-graphql/2026-10/mutations/metafieldsSet (compareDigest)
 */
import { z } from 'zod';
import { RemoteFailure } from '../../remote/failures';
import { refusalOf, shopName, userErrors } from './errorAnswers';
import type { AskShopify } from './graphql';
import { writeClaim } from './operations';

/** The action, on the order it is about. */
export interface Deed {
  readonly orderId: string;
  /** Of `actionId`. */
  readonly id: string;
  readonly signal: AbortSignal;
}

/**
 * How far it got. `job`: Shopify's, of a cancellation that it carries out later. `since`: when the first attempt began,
 * in epoch milliseconds of Shopify's clock; null in the first itself.
 */
const content = z.discriminatedUnion('state', [
  z.object({ state: z.literal('begun'), job: z.string().nullable(), since: z.number().nullable() }),
  z.object({ state: z.literal('done'), reference: z.string().nullable() }),
]);
type ClaimContent = z.infer<typeof content>;

export type Claim = ClaimContent & {
  readonly digest: string;
  /** By Shopify's clock, epoch milliseconds. */
  readonly writtenAt: number;
};

export const claimMetafield = z
  .object({
    value: z.string(),
    compareDigest: z.string().min(1),
    updatedAt: z.iso.datetime({ offset: true }),
  })
  .transform(({ value, compareDigest, updatedAt }, context): Claim => {
    const parsed = content.safeParse(jsonOrNull(value));
    if (parsed.success) return { ...parsed.data, digest: compareDigest, writtenAt: Date.parse(updatedAt) };
    context.addIssue({ code: 'custom', message: 'is not what Deskhand wrote' });
    return z.NEVER;
  })
  .nullable();

const namespace = 'deskhand';

/** What a new attempt claims, over what it found. */
export function begun(seen: Claim | null): ClaimContent {
  return { state: 'begun', job: null, since: seen === null ? null : firstBegun(seen) };
}

/** By Shopify's clock, epoch milliseconds. */
export function firstBegun(claim: Claim): number {
  return claim.state === 'begun' ? (claim.since ?? claim.writtenAt) : claim.writtenAt;
}

/** How a claim is asked for, as variables of a query. */
export function claimPlace(id: string): { readonly namespace: string; readonly key: string } {
  return { namespace, key: `act-${id}` };
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
  const refusal = refusalOf(data.metafieldsSet?.userErrors ?? []);
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
