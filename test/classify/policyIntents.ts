import type { ClassifyInput } from '../../src/classify/port';
import type { Classification } from '../../src/core/conversation/understanding';
import { demoClassifier } from '../support/classifier';

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
