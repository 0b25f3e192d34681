/** A refusal on its way to the client; what stands in it is worded by each desk. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly body: unknown;
  /** Seconds, for the Retry-After header. */
  readonly retryAfter: number | null;

  constructor(status: number, body: unknown, retryAfter: number | null = null) {
    super(`the desk answers ${status}`);
    this.status = status;
    this.body = body;
    this.retryAfter = retryAfter;
  }
}
