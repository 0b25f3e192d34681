import path from 'node:path';
import { loadPolicy } from '../../src/policy/loadPolicy';
import { createEmbeddedClassifier } from '../../src/classify/embedded/embeddedClassifier';
import type { ClassifyInput, Classifier } from '../../src/classify/port';
import type { Classification } from '../../src/core/understanding';
import { cacheFolder } from '../support/testRun';

let trained: Promise<Classifier> | undefined;

/** The classifier as it ships: trained on the demo shop's examples, once a test file. */
export function demoClassifier(): Promise<Classifier> {
  trained ??= loadPolicy('policies/demo-shop').then(({ intents }) =>
    createEmbeddedClassifier(intents, { cacheFile: path.join(cacheFolder, 'embeddings.json') }),
  );
  return trained;
}

export async function classify(
  text: string,
  more: { locale?: string; question?: ClassifyInput['question'] } = {},
): Promise<Classification> {
  return (await demoClassifier()).classify({
    words: { text, subject: '', attachmentNames: [] },
    locale: more.locale ?? null,
    question: more.question ?? null,
  });
}
