/** The embedded classifier for tests that are about something else. */
import { createEmbeddedClassifier } from '../../src/classify/embedded/embeddedClassifier';
import type { Classifier, IntentExamples } from '../../src/classify/port';
import { loadPolicy } from '../../src/policy/load/loadPolicy';
import { demoPolicy, embeddingsOf } from './embeddings';

/** To learn takes a second: what one test file has learned is there for the next ones of its worker. */
const holder = globalThis as typeof globalThis & { deskhandLearned?: Map<string, Promise<Classifier>> };

/** @param policy - its name. */
export function learn(policy: string, intents: readonly IntentExamples[]): Promise<Classifier> {
  const learned = (holder.deskhandLearned ??= new Map<string, Promise<Classifier>>());
  const content = JSON.stringify([policy, intents]);
  const classifier =
    learned.get(content) ?? createEmbeddedClassifier(intents, { cacheFile: embeddingsOf(policy) });
  learned.set(content, classifier);
  return classifier;
}

let demo: Promise<Classifier> | undefined;

/** As it ships: trained on the demo shop's examples, once a test file. */
export function demoClassifier(): Promise<Classifier> {
  demo ??= loadPolicy(demoPolicy).then(({ intents }) => learn('demo-shop', intents));
  return demo;
}
