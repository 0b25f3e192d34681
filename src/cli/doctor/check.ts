/** One line of `deskhand doctor`, and what all of them come to. */
import { explainFailure } from '../failure';

/** Neither well nor amiss: whoever asks may not look. The message says what is not known, why, and the mend. */
export class NotCheckedError extends Error {
  override readonly name = 'NotCheckedError';
}

export interface Check {
  readonly name: string;
  /** Says what was found; throws NotCheckedError, or an error that says what to mend. */
  readonly run: () => Promise<string>;
  /** What is so before the first start, where it fails then; null: that is a failure at any time. */
  readonly beforeStart?: string | (() => Promise<string>) | null;
  /** What is said before the first start in place of asking: whoever answers at the usual address then is somebody else. */
  readonly notYet?: () => Promise<string>;
}

/** `later`: not before the first start. */
type Outcome = 'ok' | 'later' | 'not checked' | 'FAILED';

export interface CheckResult {
  readonly outcome: Outcome;
  readonly line: string;
}

export async function runCheck(check: Check, isBeforeStart: boolean): Promise<CheckResult> {
  const { name, run, beforeStart = null, notYet } = check;
  const result = (outcome: Outcome, words: string): CheckResult => ({
    outcome,
    line: `${outcome.padEnd(11)}  ${name}: ${words}`,
  });
  if (isBeforeStart && notYet !== undefined) return result('later', await notYet());
  const started = performance.now();
  try {
    const found = await run();
    return result('ok', `${found} (${Math.round(performance.now() - started)} ms)`);
  } catch (error) {
    if (error instanceof NotCheckedError) return result('not checked', error.message);
    if (isBeforeStart && beforeStart !== null)
      return result('later', typeof beforeStart === 'string' ? beforeStart : await beforeStart());
    return result('FAILED', await explainFailure(error));
  }
}

/** `9 ok, 1 not checked, 1 FAILED`. */
export function sumOf(results: readonly CheckResult[]): string {
  const outcomes: readonly Outcome[] = ['ok', 'later', 'not checked', 'FAILED'];
  return outcomes
    .map((outcome) => [results.filter((one) => one.outcome === outcome).length, outcome] as const)
    .filter(([count]) => count > 0)
    .map(([count, outcome]) => `${count} ${outcome}`)
    .join(', ');
}
