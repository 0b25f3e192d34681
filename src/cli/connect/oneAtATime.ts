/** Two that connect at once would each make a webhook: whoever comes second waits, and finds what the first has made. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { lock } from 'proper-lockfile';
import { hasCode } from '../../contracts/errorCode';
import { CommandError } from '../failure';

/** What a process that was killed has held is given up after five seconds; a little longer is waited for it. */
const lockOptions = (stateDir: string, patienceMs: number) => ({
  realpath: false,
  lockfilePath: path.join(stateDir, 'connecting.lock'),
  stale: 5_000,
  retries: { retries: Math.ceil(patienceMs / 200), factor: 1, minTimeout: 200 },
});

/** @throws CommandError when another does not come to its end, or the folder cannot be written. */
export async function oneAtATime(
  stateDir: string,
  work: () => Promise<void>,
  patienceMs = 7_000,
): Promise<void> {
  const lost = new AbortController();
  const release = await hold(stateDir, patienceMs, () => lost.abort()).catch((error: unknown) => {
    if (hasCode(error, 'ELOCKED')) {
      throw new CommandError(
        `Another "deskhand connect" or "disconnect" is at work with ${stateDir}, perhaps asking somebody: finish that one first.`,
      );
    }
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandError(
      `Nothing can be kept in ${stateDir} (${why}): make the folder writable for this user, or point DESKHAND_STATE_DIR ` +
        'to one that is.',
    );
  });
  try {
    await work();
  } finally {
    // A machine that slept may have lost it to another: what is then there twice, the next run takes away.
    if (!lost.signal.aborted) await release();
  }
}

async function hold(
  stateDir: string,
  patienceMs: number,
  onCompromised: () => void,
): Promise<() => Promise<void>> {
  await mkdir(stateDir, { recursive: true, mode: 0o700 });
  return lock(stateDir, { ...lockOptions(stateDir, patienceMs), onCompromised });
}
