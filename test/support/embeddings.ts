/** The embeddings of policies' examples, and what was learned from them, which outlive a run: they take seconds. */
import path from 'node:path';
import { createThreadedClassifier } from '../../src/classify/threads/threadedClassifier';
import { loadPolicy } from '../../src/policy/load/loadPolicy';
import { cacheFolder, repository } from './testRun';

export const demoPolicy = path.join(repository, 'policies/demo-shop');

/** A file for each policy: two in one would overwrite each other's. */
export function embeddingsOf(policy: string): string {
  return path.join(cacheFolder, `embeddings-${policy}.json`);
}

/** For the start of a run: on a clean machine, every test file that comes first would compute them. The code may have changed since the last run: then it is learned anew. */
export async function embedDemoExamples(): Promise<void> {
  const cacheFile = embeddingsOf('demo-shop');
  const { intents } = await loadPolicy(demoPolicy);
  // In a thread: the encoder's library leaves traces in the process that loads it.
  const classifier = await createThreadedClassifier(intents, { threads: 1, cacheFile });
  await classifier.stop();
}
