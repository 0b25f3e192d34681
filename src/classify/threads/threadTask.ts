/** What goes between the pool and its threads. */
import type { EmbeddedClassifierOptions } from '../embedded/embeddedClassifier';
import type { ClassifyInput, IntentExamples } from '../port';

export interface ThreadData {
  readonly options: EmbeddedClassifierOptions;
}

export interface ThreadTask {
  readonly input: ClassifyInput;
  /** What it is to be described by. `key`: the same for the same examples. */
  readonly taught: { readonly key: string; readonly intents: readonly IntentExamples[] };
  /** In shared memory, written by the thread. */
  readonly progress: Float64Array;
}

/** Places in a task's progress, each in epoch milliseconds, or 0 while it has not come to that. */
export const takenAt = 0;
/** A thread that has not had these intents before learns first. */
export const begunAt = 1;
