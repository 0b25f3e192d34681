/** A classifier that breaks on every message: people hear of it, and not a word of the messages. */
import type { Classification } from '../../src/core/conversation/understanding';
import type { OutageReport } from '../../src/core/notices/notice';
import type { Classifier, ClassifyInput } from '../../src/classify/port';
import { watchClassifier } from '../../src/classify/watchClassifier';
import { watchOutage } from '../../src/remote/outages';

const input: ClassifyInput = {
  words: { text: 'I am Ana Silva', subject: '', attachmentNames: [] },
  locale: null,
  question: null,
};
const described: Classification = {
  ...{ intent: null, confidence: 0, ranking: [], language: 'en', signals: [], classifier: 'test@1' },
  entities: { orderNumbers: [] },
};

function watched() {
  let now = 0;
  let isBroken = true;
  const reports: OutageReport[] = [];
  const classifier: Classifier = {
    name: 'test@1',
    classify: ({ words }) =>
      isBroken ? Promise.reject(new TypeError(`cannot read "${words.text}"`)) : Promise.resolve(described),
  };
  const watch = watchOutage(
    'classifier',
    (report) => reports.push(report),
    () => null,
    () => now,
  );
  return {
    classifier: watchClassifier(classifier, watch),
    reports,
    pass: (ms: number) => void (now += ms),
    mend: () => void (isBroken = false),
  };
}

it('is told as down after a minute, and when it works again; the failure itself goes on to whoever asked', async () => {
  const { classifier, reports, pass, mend } = watched();
  for (let attempt = 0; attempt < 4; attempt += 1) {
    await expect(classifier.classify(input)).rejects.toThrow('cannot read "I am Ana Silva"');
    pass(30_000);
  }
  mend();
  await expect(classifier.classify(input)).resolves.toBe(described);
  expect(reports.map(({ part, state, why }) => [part, state, why])).toEqual([
    ['classifier', 'down', 'it fails on messages (TypeError)'],
    ['classifier', 'works', ''],
  ]);
  expect(classifier.name).toBe('test@1');
});

it('is not down because its answers are not wanted any more', async () => {
  const { classifier, reports, pass } = watched();
  for (let attempt = 0; attempt < 5; attempt += 1) {
    await expect(classifier.classify(input, AbortSignal.abort())).rejects.toThrow();
    pass(30_000);
  }
  expect(reports).toEqual([]);
});
