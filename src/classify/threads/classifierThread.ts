/** What runs in a thread of `classifierThreads`: learns what it has not learned yet, then describes a message. */
import { workerData } from 'node:worker_threads';
import type { Classification } from '../../core/conversation/understanding';
import { createEmbeddedClassifier } from '../embedded/embeddedClassifier';
import type { Classifier } from '../port';
import { begunAt, takenAt, type ThreadData, type ThreadTask } from './threadTask';

const { options } = workerData as ThreadData;

/** Of each some megabytes: policies that nobody asks for any more are forgotten. */
const mostLearned = 32;
/** By key, the one asked for last at the end. */
const learned = new Map<string, Promise<Classifier>>();

export default async function classify({ input, taught, progress }: ThreadTask): Promise<Classification> {
  progress[takenAt] = Date.now();
  const classifier = await learnedFrom(taught);
  progress[begunAt] = Date.now();
  return classifier.classify(input);
}

function learnedFrom({ key, intents }: ThreadTask['taught']): Promise<Classifier> {
  const classifier = learned.get(key) ?? createEmbeddedClassifier(intents, options);
  learned.delete(key);
  learned.set(key, classifier);
  // Whoever asks is told; who asks again then tries again.
  classifier.catch(() => learned.delete(key));
  const [oldest] = learned.keys();
  if (learned.size > mostLearned && oldest !== undefined) learned.delete(oldest);
  return classifier;
}
