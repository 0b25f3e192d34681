/**
 * Beside the webhook that a desk was started with, those that were set up on it by its API: each is called once, and what is
 * lost is lost, since those who try out `deskhand connect` look at the poll's work next.
 */
import { postJson, refusalOf } from './postJson';
import type { OutgoingCalls } from './runEmbedded';
import { UnderWay } from './underWay';

export interface MadeCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body: unknown;
}

const timeoutMs = 10_000;

/** @param madeFor - what those that were set up send of what was written. */
export function alsoCalling<Tx, W, C>(
  calls: OutgoingCalls<Tx, W, C>,
  madeFor: (written: W) => readonly MadeCall[],
  onLost: (reason: string) => void,
): OutgoingCalls<Tx, W, C> {
  const stopping = new AbortController();
  const underWay = new UnderWay();
  const post = async ({ url, headers, body }: MadeCall): Promise<void> => {
    const { signal } = stopping;
    const refusal = refusalOf(
      await postJson({ url, headers, body: JSON.stringify(body), timeoutMs, signal }),
    );
    if (refusal !== null && !signal.aborted) onLost(refusal);
  };
  return {
    keep: (tx, written) => calls.keep(tx, written),
    send: (kept, written) => {
      calls.send(kept, written);
      for (const call of madeFor(written)) underWay.follow(post(call));
    },
    resume: () => calls.resume(),
    stop: async () => {
      stopping.abort();
      await Promise.all([calls.stop(), underWay.ended()]);
    },
  };
}
