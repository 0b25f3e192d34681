/**
 * The typed failure of a desk call, and the one table from what happened on the wire to it.
 */
import type { FailureKind } from '../core/failure';

export class DeskFailure extends Error {
  override readonly name = 'DeskFailure';
  readonly kind: FailureKind;
  /** Whether the same call may succeed later. */
  readonly retryable: boolean;
  /** When to try again, in milliseconds, where the desk said so or the kind demands it; null: the usual back-off. */
  readonly retryAfterMs: number | null;

  constructor(
    kind: FailureKind,
    message: string,
    options: { retryable: boolean; retryAfterMs?: number | null; cause?: unknown },
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.kind = kind;
    this.retryable = options.retryable;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}
