/** Notices when a part that all tickets need is out, and when it works again: from what its calls come to. */
import { isPortFailure } from '../core/failure';
import type { OutageReport, Part } from '../core/notices/notice';

/** Resolves or not, nobody waits for it. */
export type ReportOutage = (report: OutageReport) => void;

export interface OutageWatch {
  worked(): void;
  failed(error: unknown): void;
}

/** So long without a success, and so many failures: shorter troubles are the retries' matter. */
const downAfterMs = 60_000;
const downAfterFailures = 3;
/** Said again as often: a word that was lost does not leave people untold. */
const repeatedEveryMs = 15 * 60_000;

/** Nobody wants to hear of it. */
export const unwatched: OutageWatch = { worked: () => undefined, failed: () => undefined };

/** More tickets than these are not told apart. */
const countedAtMost = 10_000;

/**
 * @param forWhom - the id of what just asks, as of a ticket's workflow; null: nothing that waits.
 * @param clock - epoch milliseconds.
 */
export function watchOutage(
  part: Part,
  report: ReportOutage,
  forWhom: () => string | null,
  clock: () => number = Date.now,
): OutageWatch {
  const waiting = new Set<string>();
  let failingSince: number | null = null;
  let failures = 0;
  let reportedAt: number | null = null;
  /** The first success of a process ends what an earlier one has reported. */
  let hasWorked = false;

  function say(state: OutageReport['state'], why: string, since: number): void {
    const now = clock();
    if (state !== 'works') {
      if (reportedAt !== null && now - reportedAt < repeatedEveryMs) return;
      reportedAt = now;
    }
    report({ part, state, why, since, ...(waiting.size === 0 ? {} : { waited: waiting.size }) });
  }

  return {
    worked() {
      const wasReported = reportedAt !== null;
      failingSince = null;
      failures = 0;
      reportedAt = null;
      if (wasReported || !hasWorked) say('works', '', clock());
      hasWorked = true;
      waiting.clear();
    },
    failed(error) {
      const state = stateOf(error);
      if (state === null || !(error instanceof Error)) return;
      failingSince ??= clock();
      failures += 1;
      const whom = forWhom();
      if (whom !== null && waiting.size < countedAtMost) waiting.add(whom);
      const isDown = failures >= downAfterFailures && clock() - failingSince >= downAfterMs;
      if (state === 'refused' || isDown) say(state, error.message, failingSince);
    },
  };
}

/** Null: it says nothing about the part as a whole. */
function stateOf(error: unknown): 'refused' | 'down' | null {
  if (!isPortFailure(error)) return null;
  switch (error.kind) {
    case 'unauthorized':
      return 'refused';
    case 'unavailable':
    case 'malformed':
      return 'down';
    default:
      return null;
  }
}
