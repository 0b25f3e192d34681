/**
 * Examples that a classifier puts elsewhere when it has not seen them: each fifth of them is asked of one that learned
 * from the others. What it has learned itself it would know by heart. Told are those that look more like the other
 * intent than that one's own examples do on average, as in confident learning (Northcutt et al.,
 * https://arxiv.org/abs/1911.00068): the rest may be unusual, but is not misplaced.
 */
import type { Classifier, IntentExamples } from '../../classify/port';
import type { ScoredIntent } from '../../core/conversation/understanding';
import type { ReadPolicy } from '../load/loadPolicy';
import type { Finding } from './finding';

export type ClassifierOf = (intents: readonly IntentExamples[]) => Promise<Pick<Classifier, 'classify'>>;

const folds = 5;
/** Below this a classifier says "not sure", and the customer gets a person: no harm is done. */
const sureFrom = 0.5;

export async function findStrayExamples(
  { policy, files }: ReadPolicy,
  classifierOf: ClassifierOf,
): Promise<readonly Finding[]> {
  if (policy.intents.length < 2) return [];
  const asked = await askOfOthers(policy.intents, classifierOf);
  return asked.flatMap(({ intent, index, text, ranking }) => {
    const best = ranking[0];
    if (best === undefined || best.intent === intent) return [];
    if (best.confidence < Math.max(sureFrom, ownConfidence(asked, best.intent))) return [];
    const message = `"${text}" is an example of "${intent}", but going by the other examples it is "${best.intent}" (${best.confidence.toFixed(2)}). Move it, word it more clearly, or give "${intent}" more examples like it`;
    return [
      {
        ...files.intents.placeOf([intent, 'examples', index]),
        ...({ severity: 'warning', kind: 'example-of-another-intent', message } as const),
      },
    ];
  });
}

interface AskedExample {
  readonly intent: string;
  readonly index: number;
  readonly text: string;
  readonly ranking: readonly ScoredIntent[];
}

async function askOfOthers(
  intents: readonly IntentExamples[],
  classifierOf: ClassifierOf,
): Promise<readonly AskedExample[]> {
  const asked: AskedExample[] = [];
  for (let fold = 0; fold < folds; fold += 1) {
    const isHeld = (index: number) => index % folds === fold;
    const classifier = await classifierOf(
      intents.map(({ intent, examples }) => ({
        intent,
        examples: examples.filter((_, index) => !isHeld(index)),
      })),
    );
    for (const { intent, examples } of intents) {
      for (const [index, text] of examples.entries()) {
        if (!isHeld(index)) continue;
        const words = { text, subject: '', attachmentNames: [] };
        const { ranking } = await classifier.classify({ words, locale: null, question: null });
        asked.push({ intent, index, text, ranking });
      }
    }
  }
  return asked;
}

/** How sure the classifier is on average of the examples that an intent has. */
function ownConfidence(asked: readonly AskedExample[], intent: string): number {
  const own = asked.filter((one) => one.intent === intent);
  const sure = own.map(({ ranking }) => ranking.find((one) => one.intent === intent)?.confidence ?? 0);
  return sure.reduce((sum, confidence) => sum + confidence, 0) / Math.max(own.length, 1);
}
