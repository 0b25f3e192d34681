/** What runs in a thread of `threadedClassifier`: learns when it starts, then describes one message at a time. */
import { workerData } from 'node:worker_threads';
import type { Classification } from '../../core/conversation/understanding';
import { createEmbeddedClassifier } from '../embedded/embeddedClassifier';
import { begunAt, takenAt, type ThreadData, type ThreadTask } from './threadTask';

const { intents, options } = workerData as ThreadData;
const learning = createEmbeddedClassifier(intents, options);
// Whoever asks is told; unhandled, it would end the thread without a word.
learning.catch(() => undefined);

export default async function classify({ input, progress }: ThreadTask): Promise<Classification> {
  progress[takenAt] = Date.now();
  const classifier = await learning;
  progress[begunAt] = Date.now();
  return classifier.classify(input);
}
