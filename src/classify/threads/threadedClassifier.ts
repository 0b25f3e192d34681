/**
 * The embedded classifier in threads of its own. A message takes 20 to 200 ms of pure computing; on the main thread
 * that would hold up everything else there: with a few dozen long messages at once, workflow tasks time out.
 */
import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { Classification } from '../../core/conversation/understanding';
import type { EmbeddedClassifierOptions } from '../embedded/embeddedClassifier';
import type { Classifier, ClassifyInput, IntentExamples } from '../port';
import { begunAt, takenAt, type ThreadData, type ThreadTask } from './threadTask';

export interface ThreadedClassifier extends Classifier {
  /** Ends the threads; what they are at fails. */
  stop(): Promise<void>;
}

export interface ThreadOptions extends EmbeddedClassifierOptions {
  /** At most so many; the second and later ones are started under load only. By default for half of the cores. */
  readonly threads?: number;
  /** A thread that is at one message for longer has lost its way, and is replaced. */
  readonly longestRunMs?: number;
  /** Another program for the thread, for tests of what can go wrong in it. */
  readonly program?: string;
}

/** The threads of a process, for any number of policies: an encoder takes more memory than what it has learned. */
export interface ClassifierThreads {
  /**
   * As `createEmbeddedClassifier`, which a thread calls; resolves when the first one has learned.
   * @throws Error with the words of createEmbeddedClassifier's.
   */
  learn(intents: readonly IntentExamples[]): Promise<Classifier>;
  /** Ends the threads; what they are at fails. */
  stop(): Promise<void>;
}

/** Each holds the encoder's weights: some 100 MB. */
const mostThreads = 4;
const idleMs = 60_000;
const hello: ClassifyInput = {
  words: { text: 'Where is my order?', subject: '', attachmentNames: [] },
  locale: null,
  question: null,
};

/**
 * A thread that ends unasked fails the message it was at, and is replaced; the messages that wait are not touched.
 */
export function openClassifierThreads({
  threads,
  longestRunMs = 10_000,
  program,
  ...options
}: ThreadOptions = {}): ClassifierThreads {
  const filename = program ?? require.resolve('./classifierThread');
  const pool = new Piscina<ThreadTask, Classification>({
    filename,
    workerData: { options } satisfies ThreadData,
    minThreads: 1,
    maxThreads: threads ?? Math.min(mostThreads, Math.max(1, Math.floor(availableParallelism() / 2))),
    idleTimeout: idleMs,
    // The main thread's own flags are none of theirs; what is not compiled yet needs a compiler.
    execArgv: filename.endsWith('.ts') ? ['--require', require.resolve('tsx/cjs')] : [],
    stricterFIFO: true,
    // A waiting thread would be blocked otherwise, and a new one learn only when the first message comes.
    atomics: 'disabled',
    recordTiming: false,
  });
  // A thread that ended while idle: the next message starts another.
  pool.on('error', () => undefined);

  return {
    learn: async (intents) => {
      const taught = taughtBy(intents);
      const run = (input: ClassifyInput, signal?: AbortSignal): Promise<Classification> =>
        runInPool(pool, { input, taught }, signal ?? new AbortController().signal, longestRunMs);
      const { classifier: name } = await run(hello);
      return { name, classify: run };
    },
    stop: () => pool.destroy(),
  };
}

/** Only what is learned from goes to the threads, with each message. */
function taughtBy(intents: readonly IntentExamples[]): ThreadTask['taught'] {
  const learnedFrom = intents.map(({ intent, examples }) => ({ intent, examples }));
  return {
    key: createHash('sha256').update(JSON.stringify(learnedFrom)).digest('hex'),
    intents: learnedFrom,
  };
}

/** For one policy alone. */
export async function createThreadedClassifier(
  intents: readonly IntentExamples[],
  options: ThreadOptions = {},
): Promise<ThreadedClassifier> {
  const threads = openClassifierThreads(options);
  try {
    return { ...(await threads.learn(intents)), stop: () => threads.stop() };
  } catch (error) {
    await threads.stop();
    throw error;
  }
}

async function runInPool(
  pool: Piscina<ThreadTask, Classification>,
  task: Omit<ThreadTask, 'progress'>,
  signal: AbortSignal,
  longestRunMs: number,
): Promise<Classification> {
  signal.throwIfAborted();
  const progress = new Float64Array(new SharedArrayBuffer(2 * Float64Array.BYTES_PER_ELEMENT));
  const begun = (): number => progress[begunAt] ?? 0;
  // To the pool, stopping a message that a thread has taken means to end the thread, and the next one has to learn
  // anew. That is for lost threads only: a cancelled message leaves the queue, or its answer is not waited for.
  const stop = new AbortController();
  const watch = setInterval(() => {
    if (begun() > 0 && Date.now() - begun() > longestRunMs) stop.abort();
  }, longestRunMs / 10);
  const answer = pool.run({ ...task, progress }, { signal: stop.signal }).finally(() => clearInterval(watch));
  const cancelled = new Promise<never>((_, reject) => {
    const leave = (): void => {
      reject(signal.reason as Error);
      if (progress[takenAt] === 0) stop.abort();
    };
    signal.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([answer, cancelled]);
  } catch (error) {
    signal.throwIfAborted();
    if (!stop.signal.aborted) throw error;
    throw new Error(`the classifier came to no end within ${longestRunMs / 1_000} s`, {
      cause: error,
    });
  }
}
