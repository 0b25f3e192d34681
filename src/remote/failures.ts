/**
 * The typed failure of a call to a desk or a shop, and the one table from what happened on the wire to it. An adapter
 * only reads its own error bodies (`AnswerReading`), so that all of them fail in the same words.
 */
import type { FailureKind } from '../core/failure';

export class RemoteFailure extends Error {
  override readonly name = 'RemoteFailure';
  readonly kind: FailureKind;
  /** Whether the same call may succeed later. */
  readonly retryable: boolean;
  /** When to try again, in milliseconds, where the other side said so or the kind demands it; null: the usual back-off. */
  readonly retryAfterMs: number | null;
  /** The HTTP status; null when there was no answer, or the adapter refused before asking. */
  readonly status: number | null;

  constructor(
    kind: FailureKind,
    message: string,
    options: { retryable: boolean; retryAfterMs?: number | null; status?: number | null; cause?: unknown },
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.kind = kind;
    this.retryable = options.retryable;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.status = options.status ?? null;
  }
}

/** What only a person at a keyboard can mend is tried again this often: soon enough to notice the mend. */
export const slowRetryMs = 60_000;
/** The longest wait it may ask for. A longer one is cut, so that the step's budget still ends at people. */
export const longestWaitMs = 15 * 60_000;

interface FailureRow {
  readonly kind: FailureKind;
  readonly retryable: boolean;
  /** `asked`: what Retry-After says; `slow`: `slowRetryMs`; `usual`: the caller's growing back-off. */
  readonly delay: 'asked' | 'slow' | 'usual';
  /** For people, after "Zendesk answered 429: ". */
  readonly words: string;
}

const final = (kind: FailureKind, words: string): FailureRow => ({
  kind,
  retryable: false,
  delay: 'usual',
  words,
});
const passing = (kind: FailureKind, words: string, delay: FailureRow['delay'] = 'usual'): FailureRow => ({
  kind,
  retryable: true,
  delay,
  words,
});

const statusRows: Readonly<Record<number, FailureRow>> = {
  400: final('rejected', 'it does not understand the request'),
  401: passing('unauthorized', 'it does not accept the credentials', 'slow'),
  402: passing('unauthorized', 'the account has a bill to pay first', 'slow'),
  403: passing('unauthorized', 'the credentials are not allowed to do this', 'slow'),
  405: final('rejected', 'it does not offer this operation'),
  408: passing('unavailable', 'the request took too long to arrive'),
  413: final('rejected', 'the content is too large'),
  415: final('rejected', 'it does not take this kind of content'),
  422: final('rejected', 'it refuses the content'),
  423: passing('unauthorized', 'the account is locked', 'slow'),
  425: passing('unavailable', 'it was too early'),
  429: passing('throttled', 'too many requests', 'asked'),
};

/** Statuses that are about the thing asked for. */
const thingRows: Readonly<Record<'ticket' | 'order', Readonly<Record<number, FailureRow>>>> = {
  ticket: {
    404: final('ticket-not-found', 'it does not know the ticket'),
    409: passing('conflict', 'the ticket was changed at the same moment'),
    410: final('ticket-not-found', 'the ticket is gone for good'),
    412: passing('conflict', 'the ticket was changed at the same moment'),
  },
  order: {
    409: passing('conflict', 'the same order is being changed at this moment'),
    412: passing('conflict', 'the same order is being changed at this moment'),
  },
};

const classRows: Readonly<Record<number, FailureRow>> = {
  3: passing('malformed', 'it points to another address; check the address of its API', 'slow'),
  4: final('rejected', 'it refuses the request'),
  5: passing('unavailable', 'it has trouble of its own', 'asked'),
};
const strangeStatus = passing('malformed', 'no status that the documents know');

/** What an error body can say beyond its status. */
const namedRows = {
  'ticket-closed': final('ticket-closed', 'the ticket is closed for good'),
  'webhook-gone': passing(
    'unauthorized',
    'its webhook was revoked or switched off, or its channel is gone; make a new one',
    'slow',
  ),
  'no-such-address': passing(
    'malformed',
    'there is no API at this address; check the address of its API',
    'slow',
  ),
} as const satisfies Readonly<Record<string, FailureRow>>;

/** What an adapter read from an error body. */
export interface AnswerReading {
  readonly special: keyof typeof namedRows | null;
  /** Its own words, already free of customer text and short; null when there are none worth quoting. */
  readonly reason: string | null;
}

export interface RemoteAnswer {
  readonly status: number;
  readonly retryAfter: string | null;
  /** The `Date` header: a Retry-After date is relative to its clock, not to ours. */
  readonly date: string | null;
}

/** What was asked for. A 404 on anything but a ticket means a wrong address: no order is sought by its address. */
export type AskedFor = 'ticket' | 'order' | 'account';

/** @param remote - as people call it: `Zendesk`. */
export function failureOfStatus(
  remote: string,
  answer: RemoteAnswer,
  reading: AnswerReading,
  about: AskedFor,
): RemoteFailure {
  const { status } = answer;
  const special = reading.special ?? (status === 404 && about !== 'ticket' ? 'no-such-address' : null);
  const row =
    special === null
      ? (thingRows[about === 'order' ? 'order' : 'ticket'][status] ??
        statusRows[status] ??
        classRows[Math.floor(status / 100)] ??
        strangeStatus)
      : namedRows[special];
  const asked = row.delay === 'asked' ? retryAfterMs(answer.retryAfter, answer.date) : null;
  const wait = asked === null ? '' : `; it asks to wait ${Math.round(asked / 1000)} s`;
  return new RemoteFailure(
    row.kind,
    `${remote} answered ${status}: ${row.words}${inBrackets(reading.reason)}${wait}`,
    { retryable: row.retryable, retryAfterMs: row.delay === 'slow' ? slowRetryMs : asked, status },
  );
}

/** A success that is none: an error inside a 2xx, or a body that is not what the documents promise. */
export function malformedAnswer(remote: string, status: number, what: string): RemoteFailure {
  return new RemoteFailure('malformed', `${remote} answered ${status}, but ${what}`, {
    retryable: true,
    status,
  });
}

const untrusted = passing(
  'unavailable',
  'its TLS certificate is not trusted; NODE_EXTRA_CA_CERTS can add its issuer',
  'slow',
);

/** TLS: nodejs.org/api/tls.html#x509-certificate-error-codes */
const networkRows: Readonly<Record<string, FailureRow>> = {
  ECONNREFUSED: passing('unavailable', 'nothing listens at its address'),
  ECONNRESET: passing('unavailable', 'the connection broke'),
  EPIPE: passing('unavailable', 'the connection broke'),
  ETIMEDOUT: passing('unavailable', 'it did not answer in time'),
  ECONNABORTED: passing('unavailable', 'it did not answer in time'),
  ENOTFOUND: passing('unavailable', 'its name is not known to DNS; check the address of its API'),
  EAI_AGAIN: passing('unavailable', 'DNS did not answer'),
  EHOSTUNREACH: passing('unavailable', 'its host cannot be reached'),
  ENETUNREACH: passing('unavailable', 'its network cannot be reached'),
  CERT_HAS_EXPIRED: passing(
    'unavailable',
    "its TLS certificate has expired: it needs a new one, if this machine's clock is right",
    'slow',
  ),
  CERT_NOT_YET_VALID: passing(
    'unavailable',
    "its TLS certificate is not valid yet; check this machine's clock",
    'slow',
  ),
  ERR_TLS_CERT_ALTNAME_INVALID: passing(
    'unavailable',
    'its TLS certificate is for another name; check the address of its API',
    'slow',
  ),
  DEPTH_ZERO_SELF_SIGNED_CERT: passing(
    'unavailable',
    'its TLS certificate is self-signed; NODE_EXTRA_CA_CERTS can add it',
    'slow',
  ),
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  CERT_SIGNATURE_FAILURE: untrusted,
  CERT_UNTRUSTED: untrusted,
  EPROTO: passing('unavailable', 'it does not speak TLS as expected; check http or https', 'slow'),
  /** axios: the answer grew over the bound of the client. */
  ERR_BAD_RESPONSE: passing(
    'malformed',
    'its answer is larger than any the documents promise, or was cut off',
  ),
};
const unknownNetworkError = passing('unavailable', 'the request failed');
const brokenHttp = passing('malformed', 'it does not speak HTTP as expected; check the address of its API');

/** The caller's cancellation, as a failure. */
export function cancelledCall(remote: string): RemoteFailure {
  return new RemoteFailure('cancelled', `the call to ${remote} was cancelled`, { retryable: false });
}

/** A call whose signal is aborted: cancelled by the caller, or out of time (`AbortSignal.timeout`), which may pass. */
export function endedCall(remote: string, signal: AbortSignal): RemoteFailure {
  const reason: unknown = signal.reason;
  const ranOut =
    typeof reason === 'object' && reason !== null && 'name' in reason && reason.name === 'TimeoutError';
  return ranOut ? failureOfError(remote, { code: 'ETIMEDOUT' }) : cancelledCall(remote);
}

/**
 * From an error that was thrown instead of an answer. The error itself is not kept as the cause: HTTP clients hang
 * their whole request on it, credentials included.
 */
export function failureOfError(remote: string, error: unknown): RemoteFailure {
  if (error instanceof RemoteFailure) return error;
  const code = codeOf(error);
  if (code === null) {
    return new RemoteFailure('unknown', `the call to ${remote} failed for a reason nobody foresaw`, {
      retryable: false,
    });
  }
  if (code === 'ERR_CANCELED' || code === 'ABORT_ERR') return cancelledCall(remote);
  const row = networkRows[code] ?? (code.startsWith('HPE_') ? brokenHttp : unknownNetworkError);
  return new RemoteFailure(row.kind, `${remote} could not be asked: ${row.words} (${code})`, {
    retryable: row.retryable,
    retryAfterMs: row.delay === 'slow' ? slowRetryMs : null,
  });
}

/**
 * How long to wait, in milliseconds; null when the header says nothing usable (absent, zero, negative, past,
 * nonsense) and the usual back-off serves better. At most `longestWaitMs`.
 * Seconds or a date: RFC 9110, section 10.2.3; the date's three spellings: section 5.6.7.
 */
export function retryAfterMs(
  header: string | null,
  dateHeader: string | null,
  now: number = Date.now(),
): number | null {
  const value = header?.trim() ?? '';
  const seconds = /^\d+(\.\d+)?$/.test(value) ? Number(value) : null;
  const until = seconds === null ? httpDate(value) : null;
  const wait =
    seconds !== null
      ? seconds * 1000
      : until !== null
        ? until - (httpDate(dateHeader?.trim() ?? '') ?? now)
        : 0;
  return wait > 0 ? Math.min(wait, longestWaitMs) : null;
}

function httpDate(value: string): number | null {
  // Date.parse takes "-5" or "4" for dates too: what does not begin with a weekday is none.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /.test(value)) return null;
  const time = Date.parse(/(GMT|UTC)$/.test(value) ? value : `${value} GMT`);
  return Number.isNaN(time) ? null : time;
}

function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  if (typeof error.code !== 'string') return null;
  return /^[A-Z][A-Z0-9_]{1,60}$/.test(error.code) ? error.code : null;
}

function inBrackets(reason: string | null): string {
  return reason === null ? '' : ` (${reason})`;
}
