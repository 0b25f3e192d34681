/** A policy with other intents is learned beside the one in use, and takes its place when it is ready. */
import path from 'node:path';
import { createEmbeddedClassifier } from '../../src/classify/embedded/embeddedClassifier';
import type { ClassifyInput, IntentExamples } from '../../src/classify/port';
import {
  createRelearningClassifier,
  type RelearningClassifier,
  type StoppableClassifier,
} from '../../src/classify/relearning';
import { cacheFolder } from '../support/testRun';

const cacheFile = path.join(cacheFolder, 'embeddings-relearning.json');

const shop: readonly IntentExamples[] = [
  {
    intent: 'order_status',
    examples: ['Where is my order?', 'Has my parcel shipped yet?', 'track my parcel'],
  },
  { intent: 'refund', examples: ['I want my money back', 'Please refund me', 'refund my order'] },
];
const beans: readonly IntentExamples[] = [
  ...shop,
  {
    intent: 'pause_subscription',
    examples: ['Please pause my subscription', 'put my plan on hold', 'skip the next bag of coffee'],
  },
];
const pause = says('Could you pause my subscription for a month?');

function says(text: string): ClassifyInput {
  return { words: { text, subject: '', attachmentNames: [] }, locale: null, question: null };
}

/** The real one; what it was asked to do is counted. */
class Teacher {
  readonly learned: string[][] = [];
  readonly stopped: number[] = [];
  /** Answers and lessons wait for it. */
  gate: Promise<unknown> = Promise.resolve();
  failing = false;

  readonly create = async (intents: readonly IntentExamples[]): Promise<StoppableClassifier> => {
    if (this.failing) throw new Error('the disk is full');
    const number = this.learned.push(intents.map(({ intent }) => intent));
    const classifier = await createEmbeddedClassifier(intents, { cacheFile });
    return {
      name: classifier.name,
      classify: async (input, signal) => {
        await this.gate;
        return classifier.classify(input, signal);
      },
      stop: () => {
        this.stopped.push(number);
        return Promise.resolve();
      },
    };
  };
}

let teacher: Teacher;
let classifier: RelearningClassifier;
beforeEach(async () => {
  teacher = new Teacher();
  classifier = await createRelearningClassifier(shop, teacher.create);
});

test('what it did not know, it knows once it has learned it', async () => {
  expect((await classifier.classify(pause)).intent).not.toBe('pause_subscription');
  await classifier.learn(beans);
  expect((await classifier.classify(pause)).intent).toBe('pause_subscription');
  expect((await classifier.classify(says('Where is my order?'))).intent).toBe('order_status');
  expect(teacher.stopped).toEqual([1]);
});

test('the same examples are not learned twice, whatever else the policy says of them', async () => {
  await classifier.learn(shop.map((intent) => ({ ...intent, about: 'wants something' })));
  expect(teacher.learned).toHaveLength(1);
  await classifier.learn(
    shop.map(({ intent, examples }) => ({ intent, examples: [...examples, 'one more'] })),
  );
  expect(teacher.learned).toHaveLength(2);
});

test('a message that it is at is finished by what it was begun with, which is stopped after that', async () => {
  let open: () => void = () => undefined;
  teacher.gate = new Promise<void>((resolve) => (open = resolve));
  const underWay = classifier.classify(pause);
  await classifier.learn(beans);
  expect(teacher.stopped).toEqual([]);
  open();
  expect((await underWay).intent).not.toBe('pause_subscription');
  await new Promise((resolve) => setImmediate(resolve));
  expect(teacher.stopped).toEqual([1]);
});

test('while it fails to learn, it goes on as before', async () => {
  teacher.failing = true;
  await expect(classifier.learn(beans)).rejects.toThrow('the disk is full');
  expect((await classifier.classify(says('Please refund me'))).intent).toBe('refund');
  expect(teacher.stopped).toEqual([]);
  teacher.failing = false;
  await classifier.learn(beans);
  expect((await classifier.classify(pause)).intent).toBe('pause_subscription');
});

test('a message that is not wanted any more fails with its reason, and holds nothing up', async () => {
  const stop = AbortSignal.abort(new Error('cancelled'));
  await classifier.classify(pause, stop).catch(() => undefined);
  await classifier.learn(beans);
  await new Promise((resolve) => setImmediate(resolve));
  expect(teacher.stopped).toEqual([1]);
});

test('stop ends the one in use', async () => {
  await classifier.learn(beans);
  await classifier.stop();
  expect(teacher.stopped).toContain(2);
});
