/** Asks a desk in front of the person who runs the command: where it has had too many requests, it is waited for. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallContext } from '../../helpdesk/port';
import { RemoteFailure } from '../../remote/failures';
import { CommandError } from '../failure';

/** A desk that asks for longer, or again and again, has somebody else who uses it up: people have to see to that. */
const longestWaitMs = 120_000;
const waitsAtMost = 3;
/** For a desk that names no time. */
const usualWaitMs = 10_000;
const usuallyWithinMs = 30_000;

export interface Waiting {
  readonly say: (line: string) => void;
  /** Somebody wants to stop. */
  readonly isStopped: () => boolean;
}

/**
 * @param run - anew after each wait, and so again what it did before the request that was refused.
 * @param withinMs - how long one run may take.
 * @throws RemoteFailure, CommandError when somebody stops the wait.
 */
export async function askPatiently<T>(
  run: (call: CallContext) => Promise<T>,
  { say, isStopped }: Waiting,
  withinMs = usuallyWithinMs,
): Promise<T> {
  for (let waits = 0; ; waits += 1) {
    try {
      return await run({ signal: AbortSignal.timeout(withinMs) });
    } catch (error) {
      if (!(error instanceof RemoteFailure) || error.kind !== 'throttled' || waits === waitsAtMost)
        throw error;
      const waitMs = error.retryAfterMs ?? usualWaitMs;
      if (waitMs > longestWaitMs) throw error;
      say(`  wait    the desk has had too many requests: it goes on in ${Math.ceil(waitMs / 1000)} s`);
      const end = Date.now() + waitMs;
      while (Date.now() < end) {
        if (isStopped()) throw new CommandError('Stopped while the desk was waited for.');
        await sleep(Math.min(200, end - Date.now()));
      }
    }
  }
}
