/** The embedded classifier for tests that are about something else. */
import { createEmbeddedClassifier } from '../../src/classify/embedded/embeddedClassifier';
import type { Classifier, IntentExamples } from '../../src/classify/port';
import { loadPolicy } from '../../src/policy/load/loadPolicy';
import { demoPolicy, embeddingsOf } from './embeddings';

/** @param policy - its name. */
export function learn(policy: string, intents: readonly IntentExamples[]): Promise<Classifier> {
  return createEmbeddedClassifier(intents, { cacheFile: embeddingsOf(policy) });
}

let demo: Promise<Classifier> | undefined;

/** As it ships: trained on the demo shop's examples, once a test file. */
export function demoClassifier(): Promise<Classifier> {
  demo ??= loadPolicy(demoPolicy).then(({ intents }) => learn('demo-shop', intents));
  return demo;
}
