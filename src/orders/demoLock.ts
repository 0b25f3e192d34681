/**
 * One change of a file at a time, whichever process makes it. The lock is the one that LevelDB holds on its folder:
 * the operating system gives it back when its holder dies, however that happens, so it cannot be stale and needs
 * no timing.
 */
import { ClassicLevel } from 'classic-level';
import { hasCode } from '../contracts/errorCode';
import { endedCall } from '../remote/failures';
import { OrderFileError } from './demoOrderFile';

const lookAgainMs = 20;
const patienceMs = 15_000;

/** Those of this process wait for one another here, in turn; by the lock's folder. */
const queues = new Map<string, Promise<unknown>>();

/**
 * @throws OrderFileError when the lock cannot be had; RemoteFailure when `signal` is aborted before `change` began.
 * What `change` throws is thrown on.
 */
export function alone<T>(file: string, signal: AbortSignal, change: () => Promise<T>): Promise<T> {
  const folder = `${file}.lock`;
  const before = queues.get(folder) ?? Promise.resolve();
  const turn = before.then(async () => {
    const lock = await take(folder, signal);
    try {
      return await change();
    } finally {
      await lock.close();
    }
  });
  queues.set(
    folder,
    turn.catch(() => undefined),
  );
  return turn;
}

async function take(folder: string, signal: AbortSignal): Promise<ClassicLevel> {
  const until = Date.now() + patienceMs;
  for (;;) {
    if (signal.aborted) throw endedCall('the demo shop', signal);
    const lock = new ClassicLevel(folder);
    try {
      await lock.open();
      return lock;
    } catch (error) {
      const cause = error instanceof Error ? error.cause : undefined;
      if (!hasCode(cause, 'LEVEL_LOCKED')) {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new OrderFileError(
          `${folder} cannot be opened: ${why}. Delete that folder: it holds no orders.`,
        );
      }
      if (Date.now() > until) {
        throw new OrderFileError(`${folder} is held by another process for a long time.`, 'unavailable');
      }
    }
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
  }
}
