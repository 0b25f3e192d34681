/** What Deskhand asks of a classifier: to describe a message. It never decides anything. */
import type { OpenQuestion } from '../core/conversation/dialogue';
import type { CustomerWords } from '../core/effects';
import type { Classification } from '../core/conversation/understanding';

export interface ClassifyInput {
  readonly words: CustomerWords;
  /** The requester's locale at the desk, a hint for short texts. */
  readonly locale: string | null;
  /** The requester's name at the desk: below a message it is no word of it. Absent or null: not known. */
  readonly name?: string | null;
  /** Whose intents are meant, where there are several policies; absent: those of the policy of all other tickets. */
  readonly policy?: string;
  /** What the engine asked last: "51877" or "the blue one" means nothing without it. */
  readonly question: Pick<OpenQuestion, 'kind' | 'slot' | 'intent' | 'choices' | 'proposed'> | null;
}

export interface Classifier {
  /** For the decision's record: `embedded@1`. */
  readonly name: string;
  /**
   * Any text, empty and hostile ones included, gives a classification. Rejects only when the classifier itself broke,
   * or with the signal's reason: the answer is not wanted any more.
   */
  classify(input: ClassifyInput, signal?: AbortSignal): Promise<Classification>;
}

/** What a classifier learns from: the intents of a policy with their example utterances. */
export interface IntentExamples {
  readonly intent: string;
  readonly examples: readonly string[];
}
