/** A classifier that learns other intents while it goes on describing messages by those it knows. */
import { isDeepStrictEqual } from 'node:util';
import type { Classification } from '../core/conversation/understanding';
import type { Classifier, ClassifyInput, IntentExamples } from './port';

export interface StoppableClassifier extends Classifier {
  stop(): Promise<void>;
}

export interface RelearningClassifier extends StoppableClassifier {
  /**
   * Resolves when messages are described by these intents. What it knew before stays in use until then, and when
   * learning fails. Nothing is done when the examples are the same.
   */
  learn(intents: readonly IntentExamples[]): Promise<void>;
}

interface Learned {
  readonly intents: readonly IntentExamples[];
  readonly classifier: StoppableClassifier;
  readonly atWork: Set<Promise<unknown>>;
}

export async function createRelearningClassifier(
  intents: readonly IntentExamples[],
  create: (intents: readonly IntentExamples[]) => Promise<StoppableClassifier>,
): Promise<RelearningClassifier> {
  let learned = await learnFrom(intents);

  async function learnFrom(wanted: readonly IntentExamples[]): Promise<Learned> {
    return { intents: examplesOnly(wanted), classifier: await create(wanted), atWork: new Set() };
  }

  function classify(input: ClassifyInput, signal?: AbortSignal): Promise<Classification> {
    const { classifier, atWork } = learned;
    const described = classifier.classify(input, signal);
    const ended = described.then(ignore, ignore).finally(() => atWork.delete(ended));
    atWork.add(ended);
    return described;
  }

  return {
    name: learned.classifier.name,
    classify,
    learn: async (wanted) => {
      if (isDeepStrictEqual(learned.intents, examplesOnly(wanted))) return;
      const before = learned;
      learned = await learnFrom(wanted);
      // Messages that it is at are finished: stopping it would fail them.
      void Promise.all(before.atWork).then(() => before.classifier.stop());
    },
    stop: () => learned.classifier.stop(),
  };
}

/** What a policy says beside its examples is no reason to learn anew. */
function examplesOnly(intents: readonly IntentExamples[]): readonly IntentExamples[] {
  return intents.map(({ intent, examples }) => ({ intent, examples }));
}

function ignore(): void {
  // Whoever asked has it.
}
