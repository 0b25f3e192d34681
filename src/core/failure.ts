/**
 * How a step can fail for good, as the workflow sees it. Every HTTP status, network error and malformed answer
 * is turned into one of these by one table (src/remote/failures.ts); retries happen before, inside Temporal.
 */
export const failureKinds = [
  /** A person commented or was assigned since the turn began. */
  'person-active',
  /** The customer wrote again since the draft was made. */
  'stale-draft',
  /** A stricter mode was switched on since: this is not to be done any more. */
  'mode-forbids',
  /** The desk does not know the ticket (404, deleted). */
  'ticket-not-found',
  /** The ticket is closed for good: it cannot be changed any more. */
  'ticket-closed',
  /** The desk refuses the content (400, 413, 422): the same call would fail again. */
  'rejected',
  /** 401 or 403: the account's credentials; every ticket waits until they are mended. */
  'unauthorized',
  /** 429: asked to wait. */
  'throttled',
  /** 409 that re-reading did not settle. */
  'conflict',
  /** Network errors, timeouts, 5xx. */
  'unavailable',
  /** An answer that is not what the desk's documents promise, a 2xx with errors inside included. */
  'malformed',
  /** Retries used up the step's budget of time. */
  'budget-used-up',
  /** The step was cancelled: an agent took over, handed back, escalated or closed. */
  'cancelled',
  /** A defect or something nobody foresaw. */
  'unknown',
] as const;
export type FailureKind = (typeof failureKinds)[number];

export interface StepFailure {
  readonly kind: FailureKind;
  /** One sentence for people, without customer text: `Zendesk answered 422: assignee is not in the group`. */
  readonly message: string;
  readonly attempts: number;
}

/** What ports throw, as opposed to a defect. */
export function isPortFailure(error: unknown): error is Error & { readonly kind: FailureKind } {
  return error instanceof Error && 'kind' in error && failureKinds.some((kind) => kind === error.kind);
}

/** Makes a forgotten case a type error, and a value from older code a clear exception. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
