/**
 * Shopify's errors, in the words of the one table: HTTP statuses as they are, GraphQL's error codes (which come inside a
 * 200) by the status that means the same, and a mutation's userErrors.
 * shopify.dev/docs/api/usage/response-codes, shopify.dev/docs/api/admin-graphql#status_and_error_codes
 */
import { z } from 'zod';
import {
  failureOfStatus,
  malformedAnswer,
  type RemoteAnswer,
  type RemoteFailure,
} from '../../remote/failures';

export const shopName = 'Shopify';

const errorList = z
  .array(
    z.object({
      message: z.string().optional(),
      extensions: z.object({ code: z.string().optional() }).optional(),
    }),
  )
  .min(1);
const cost = z.object({
  extensions: z.object({
    cost: z.object({
      requestedQueryCost: z.number(),
      throttleStatus: z.object({ currentlyAvailable: z.number(), restoreRate: z.number().positive() }),
    }),
  }),
});

/** What a code inside a 200 means, as the HTTP status for the same thing. */
const statusOfCode: Readonly<Record<string, number>> = {
  THROTTLED: 429,
  ACCESS_DENIED: 403,
  SHOP_INACTIVE: 402,
  INTERNAL_SERVER_ERROR: 500,
  TIMEOUT: 503,
  MAX_COST_EXCEEDED: 413,
  IDEMPOTENCY_CONCURRENT_REQUEST: 409,
  IDEMPOTENCY_KEY_PARAMETER_MISMATCH: 409,
};
/** What is not named above: the query itself is at fault, and would be again. */
const unknownCode = 400;

export function failureOfRefusal(answer: RemoteAnswer): RemoteFailure {
  return failureOfStatus(
    shopName,
    answer,
    { special: null, reason: reasons[answer.status] ?? null },
    'account',
  );
}

/** What Shopify's own pages say of statuses that others seldom use. Its bodies are not quoted. */
const reasons: Readonly<Record<number, string>> = {
  402: 'the shop is frozen: its owner has a bill to pay',
  403: "the app's access scopes are missing one, or the token is of another shop",
  423: 'the shop is locked: its owner must ask Shopify',
  430: 'Shopify takes the request for an attack',
};

/** The errors beside or instead of the data of a 200; null when there are none. */
export function failureInside(body: unknown, answer: RemoteAnswer): RemoteFailure | null {
  if (typeof body !== 'object' || body === null || !('errors' in body)) return null;
  const parsed = errorList.safeParse(body.errors);
  if (!parsed.success)
    return malformedAnswer(shopName, answer.status, 'with errors that are not as promised');
  const codes = parsed.data
    .map(({ extensions }) => extensions?.code ?? '')
    .filter((code) => /^\w{1,60}$/.test(code));
  const code = codes.find((known) => statusOfCode[known] !== undefined) ?? codes[0] ?? 'no code';
  const status = statusOfCode[code] ?? unknownCode;
  return failureOfStatus(
    shopName,
    { status, retryAfter: status === 429 ? secondsToWait(body) : answer.retryAfter, date: answer.date },
    { special: null, reason: `${code}, inside a ${answer.status}` },
    'order',
  );
}

/** Until the bucket holds the query's cost again: shopify.dev/docs/api/usage/limits. At least a second. */
function secondsToWait(body: unknown): string {
  const parsed = cost.safeParse(body);
  if (!parsed.success) return '1';
  const { requestedQueryCost, throttleStatus } = parsed.data.extensions.cost;
  const lacking = requestedQueryCost - throttleStatus.currentlyAvailable;
  return String(Math.max(1, Math.ceil(lacking / throttleStatus.restoreRate)));
}

export const userErrors = z.array(
  z.object({
    field: z.array(z.string()).nullish(),
    message: z.string(),
    code: z.string().nullish(),
  }),
);
type UserErrors = z.infer<typeof userErrors>;

/**
 * Why a mutation did nothing, in a sentence for agents; null when it did.
 * @throws RemoteFailure when the same call may do it later: the first of two is still under way, or Shopify stumbled.
 */
export function userErrorsText(errors: UserErrors): string | null {
  const [first] = errors;
  if (first === undefined) return null;
  const later = errors.find(({ code, message }) => isPassing(code ?? null, message));
  if (later !== undefined) {
    const status = later.code === 'INTERNAL_ERROR' ? 500 : 409;
    throw failureOfStatus(
      shopName,
      { status, retryAfter: null, date: null },
      { special: null, reason: `${later.code ?? 'idempotency'}, among the userErrors of a 200` },
      'order',
    );
  }
  return `Shopify refuses it: ${said(first)}`;
}

/** refundCreate's userErrors have no codes: its two answers about idempotency are known by their words alone. */
function isPassing(code: string | null, message: string): boolean {
  const passing = ['INTERNAL_ERROR', 'STALE_OBJECT', 'INVALID_COMPARE_DIGEST'];
  return (
    passing.includes(code ?? '') ||
    (code ?? '').startsWith('IDEMPOTENCY_') ||
    /idempoten|currently in progress/i.test(message)
  );
}

/** Its sentence, unless it might repeat what the customer wrote: then the field and the code. */
function said({ field, message, code }: UserErrors[number]): string {
  const place = field?.join('.') ?? '';
  if (/address|email|phone/i.test(place) || message.includes('@')) {
    return `${place === '' ? 'a field' : place} is not accepted${typeof code === 'string' ? ` (${code})` : ''}.`;
  }
  return message.slice(0, 200);
}
