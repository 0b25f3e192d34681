/** Temporal's own server while `deskhand up` runs: started again when it dies, where it was, since its state is on disk. */
import { setTimeout as delay } from 'node:timers/promises';
import type { RunningServer } from '../../temporal/provision/startTemporalServer';
import type { OnProgress } from '../../temporal/provision/progress';

/** Where it is to listen; `uiPort` null: without a Web UI. */
export interface Place {
  readonly port: number;
  readonly uiPort: number | null;
}

export interface KeptTemporalOptions {
  /**
   * @param onExit - told when the server ends though nobody asked it to.
   * @throws ServerStartError
   */
  readonly start: (place: Place, onExit: (why: string) => void) => Promise<RunningServer>;
  readonly onProgress: OnProgress;
  /** It died again and again, and is let be. */
  readonly onGivenUp: (why: string) => void;
  /** By default one second: doubled with each death, up to half a minute. */
  readonly firstPauseMs?: number;
  /** Whoever lived this long starts anew with the first pause. */
  readonly stableMs?: number;
}

export type KeptTemporal = Pick<RunningServer, 'address' | 'uiUrl' | 'stop'>;

const longestPauseMs = 30_000;
const startsAgainAtMost = 5;

interface Run {
  readonly server: RunningServer;
  readonly since: number;
  readonly ended: Promise<string>;
}

/** @throws ServerStartError when it does not start the first time. */
export async function keepTemporal(place: Place, options: KeptTemporalOptions): Promise<KeptTemporal> {
  const { start, onProgress, onGivenUp, firstPauseMs = 1_000, stableMs = 60_000 } = options;
  const launch = async (where: Place): Promise<Run> => {
    let onExit: (why: string) => void = () => undefined;
    const ended = new Promise<string>((resolve) => (onExit = resolve));
    return { server: await start(where, onExit), since: Date.now(), ended };
  };
  const first = await launch(place);
  const { address, uiUrl } = first.server;
  const samePlace: Place = {
    port: portOf(`http://${address}`),
    uiPort: uiUrl === null ? null : portOf(uiUrl),
  };

  /** All others have the address: at another one nobody would find it. */
  const launchAgain = async (): Promise<Run> => {
    const run = await launch(samePlace);
    if (run.server.address === address) return run;
    await run.server.stop();
    throw new Error(`Temporal's port ${samePlace.port} was taken by something else meanwhile`);
  };

  const stopping = new AbortController();
  const { signal } = stopping;
  const stopped = new Promise<null>((resolve) =>
    signal.addEventListener('abort', () => resolve(null), { once: true }),
  );
  let current: RunningServer | null = first.server;

  const keepRunning = async (): Promise<void> => {
    let running = first;
    let startsAgain = 0;
    for (;;) {
      const ended = await Promise.race([running.ended, stopped]);
      if (ended === null) return;
      current = null;
      if (Date.now() - running.since > stableMs) startsAgain = 0;
      let next: Run | null = null;
      for (let why = ended; next === null; startsAgain += 1) {
        if (startsAgain === startsAgainAtMost) {
          onGivenUp(why);
          return;
        }
        const pause = Math.min(firstPauseMs * 2 ** startsAgain, longestPauseMs);
        onProgress(`${why}. It starts again in ${pause / 1_000} s; tickets wait, and go on where they were.`);
        await delay(pause, undefined, { signal }).catch(() => undefined);
        if (signal.aborted) return;
        next = await launchAgain().catch((error: unknown) => {
          why = error instanceof Error ? error.message : String(error);
          return null;
        });
      }
      running = next;
      current = running.server;
      if (!signal.aborted) onProgress('Temporal runs again.');
    }
  };
  const kept = keepRunning();

  return {
    address,
    uiUrl,
    async stop() {
      stopping.abort();
      await kept;
      await current?.stop();
    },
  };
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}
