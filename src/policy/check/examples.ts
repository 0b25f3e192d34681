/**
 * Examples that a classifier puts elsewhere when it has not seen them: each fifth of them is asked of one that learned
 * from the others. What it has learned itself it would know by heart.
 */
import type { Classifier, IntentExamples } from '../../classify/port';
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
  const findings: Finding[] = [];
  for (let fold = 0; fold < folds; fold += 1) {
    const isHeld = (index: number) => index % folds === fold;
    const classifier = await classifierOf(
      policy.intents.map(({ intent, examples }) => ({
        intent,
        examples: examples.filter((_, index) => !isHeld(index)),
      })),
    );
    for (const { intent, examples } of policy.intents) {
      for (const [index, text] of examples.entries()) {
        if (!isHeld(index)) continue;
        const { ranking } = await classifier.classify({
          words: { text, subject: '', attachmentNames: [] },
          locale: null,
          question: null,
        });
        const best = ranking[0];
        if (best === undefined || best.intent === intent || best.confidence < sureFrom) continue;
        const message = `"${text}" is an example of "${intent}", but going by the other examples it is "${best.intent}" (${best.confidence.toFixed(2)}). Move it, word it more clearly, or give "${intent}" more examples like it`;
        findings.push({
          ...files.intents.placeOf([intent, 'examples', index]),
          severity: 'warning',
          kind: 'example-of-another-intent',
          message,
        });
      }
    }
  }
  return findings;
}
