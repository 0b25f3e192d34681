/** One line of `deskhand doctor`. */
import { explainFailure } from '../failure';

export interface Check {
  readonly name: string;
  /** Says what was found; throws an error that says what to mend. */
  readonly run: () => Promise<string>;
  /** What is so before the first start, where it fails then; null: that is a failure at any time. */
  readonly beforeStart?: string | null;
  /** What is said before the first start in place of asking: whoever answers at the usual address then is somebody else. */
  readonly notYet?: () => Promise<string>;
}

export async function runCheck(check: Check, isBeforeStart: boolean): Promise<{ ok: boolean; line: string }> {
  const { name, run, beforeStart = null, notYet } = check;
  const later = (words: string) => ({ ok: true, line: `later    ${name}: ${words}` });
  if (isBeforeStart && notYet !== undefined) return later(await notYet());
  const started = performance.now();
  try {
    const found = await run();
    return { ok: true, line: `ok       ${name}: ${found} (${Math.round(performance.now() - started)} ms)` };
  } catch (error) {
    if (isBeforeStart && beforeStart !== null) return later(beforeStart);
    return { ok: false, line: `FAILED   ${name}: ${await explainFailure(error)}` };
  }
}
