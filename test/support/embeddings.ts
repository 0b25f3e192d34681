/** The embeddings of policies' examples, which outlive a run: computing them takes longer than the rest of learning. */
import { access } from 'node:fs/promises';
import path from 'node:path';
import { createThreadedClassifier } from '../../src/classify/threads/threadedClassifier';
import { loadPolicy } from '../../src/policy/load/loadPolicy';
import { cacheFolder, repository } from './testRun';

export const demoPolicy = path.join(repository, 'policies/demo-shop');

/** A file for each policy: two in one would overwrite each other's. */
export function embeddingsOf(policy: string): string {
  return path.join(cacheFolder, `embeddings-${policy}.json`);
}

/** For the start of a run: on a clean machine, every test file that comes first would compute them. */
export async function embedDemoExamples(): Promise<void> {
  const cacheFile = embeddingsOf('demo-shop');
  await access(cacheFile).catch(async () => {
    const { intents } = await loadPolicy(demoPolicy);
    // In a thread: the encoder's library leaves traces in the process that loads it.
    const classifier = await createThreadedClassifier(intents, { threads: 1, cacheFile });
    await classifier.stop();
  });
}
