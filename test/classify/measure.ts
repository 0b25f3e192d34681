import type { Classifier } from '../../src/classify/port';
import type { HeldOut } from './heldOutMessages';

export interface Quality {
  /** Best guess right, of the messages within the intents. */
  readonly accuracy: number;
  /** Of the accepted answers, how many are right (out-of-scope messages that were accepted count as wrong). */
  readonly acceptedAccuracy: number;
  /** Of the messages within the intents, how many were answered at all. */
  readonly coverage: number;
  /** Of the messages outside, how many were turned away. */
  readonly outOfScopeRecall: number;
  /** Expected calibration error over ten bins: how far confidence and truth are apart. */
  readonly calibrationError: number;
  /** How many had a second wish read into them; none of the held-out messages has one. */
  readonly doubled: number;
  readonly medianMs: number;
  readonly mistakes: readonly string[];
}

export async function measure(classifier: Classifier, messages: readonly HeldOut[]): Promise<Quality> {
  const answers: { right: boolean; accepted: boolean; confidence: number; inside: boolean; ms: number }[] =
    [];
  const mistakes: string[] = [];
  let doubled = 0;
  for (const { intent, text } of messages) {
    const started = performance.now();
    const found = await classifier.classify({
      words: { text, subject: '', attachmentNames: [] },
      locale: null,
      question: null,
    });
    const ms = performance.now() - started;
    if (found.further !== undefined) doubled += 1;
    const best = found.ranking[0]?.intent ?? null;
    const right = intent !== null && best === intent;
    answers.push({
      right,
      accepted: found.intent !== null,
      confidence: found.confidence,
      inside: intent !== null,
      ms,
    });
    if (intent === null ? found.intent !== null : !right) {
      mistakes.push(
        `${intent ?? 'none'} read as ${best ?? 'none'} (${found.confidence.toFixed(2)}): ${text}`,
      );
    }
  }
  const inside = answers.filter((answer) => answer.inside);
  const accepted = answers.filter((answer) => answer.accepted);
  const outside = answers.filter((answer) => !answer.inside);
  return {
    accuracy: share(inside, (answer) => answer.right),
    acceptedAccuracy: share(accepted, (answer) => answer.right),
    coverage: share(inside, (answer) => answer.accepted),
    outOfScopeRecall: share(outside, (answer) => !answer.accepted),
    calibrationError: expectedCalibrationError(answers),
    doubled,
    medianMs: answers.map(({ ms }) => ms).sort((a, b) => a - b)[Math.floor(answers.length / 2)] ?? 0,
    mistakes,
  };
}

function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.filter(holds).length / items.length;
}

function expectedCalibrationError(answers: readonly { right: boolean; confidence: number }[]): number {
  let error = 0;
  for (let bin = 0; bin < 10; bin++) {
    const inBin = answers.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === bin);
    if (inBin.length === 0) continue;
    const mean = inBin.reduce((sum, { confidence }) => sum + confidence, 0) / inBin.length;
    error += (inBin.length / answers.length) * Math.abs(mean - share(inBin, ({ right }) => right));
  }
  return error;
}
