/** One call of a webhook, as every desk makes it. */
interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON */
  readonly body: string;
  readonly timeoutMs: number;
  /** Ends it sooner. */
  readonly signal: AbortSignal;
}

/** @returns the status of the answer; null: none came. */
export async function postJson({ url, headers, body, timeoutMs, signal }: Post): Promise<number | null> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), signal]),
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return null;
  }
}

/** Why a call was not taken; null: it was. */
export function refusalOf(status: number | null): string | null {
  if (status === null) return 'the target did not answer';
  return status >= 200 && status < 300 ? null : `the target answered ${status}`;
}
