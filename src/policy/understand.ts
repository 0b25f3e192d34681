/** What the message is about, in the light of what was asked last. */
import type { ConsultInput } from '../core/effects';
import type { LoadedPolicy } from './policy';

export interface Understanding {
  /** An intent of the policy, or null. */
  readonly intent: string | null;
  readonly confidence: number;
  /** The message goes on with the open question. */
  readonly continued: boolean;
}

export function understand(
  input: Pick<ConsultInput, 'classification' | 'question' | 'words'>,
  policy: Pick<LoadedPolicy, 'intents' | 'thresholds'>,
): Understanding {
  const { classification, question } = input;
  const known = policy.intents.some(({ intent: name }) => name === classification.intent);
  const intent = known ? classification.intent : null;
  const fresh = { intent, confidence: classification.confidence, continued: false };
  if (question === null || !policy.intents.some(({ intent: name }) => name === question.intent)) return fresh;

  const isNewTopic =
    intent !== null &&
    intent !== question.intent &&
    classification.confidence >= policy.thresholds.newTopicFrom &&
    !isBareNumber(input);
  // Who answers our question leaves no doubt about the topic, however little a bare "51877" says by itself.
  return isNewTopic ? fresh : { intent: question.intent, confidence: 1, continued: true };
}

/** "51877", "#51877!": whatever a classifier makes of it, it is an answer and not a topic. */
function isBareNumber({ words, classification }: Pick<ConsultInput, 'words' | 'classification'>): boolean {
  const rest = classification.entities.orderNumbers.reduce(
    (text, number) => text.replaceAll(number, ''),
    words.text,
  );
  return classification.entities.orderNumbers.length > 0 && !/\p{L}/u.test(rest);
}
