/** The classifier off the main thread: the same answers, and the rest of the worker goes on meanwhile. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  createThreadedClassifier,
  openClassifierThreads,
  type ThreadedClassifier,
  type ThreadOptions,
} from '../../../src/classify/threads/threadedClassifier';
import { createEmbeddedClassifier } from '../../../src/classify/embedded/embeddedClassifier';
import type { Classifier, ClassifyInput } from '../../../src/classify/port';
import { cacheFolder } from '../../support/testRun';
import { until } from '../../support/until';

const intents = [
  { intent: 'order_status', examples: ['where is my order', 'track my parcel', 'has it shipped'] },
  { intent: 'cancel_order', examples: ['cancel my order', 'stop the order', 'I changed my mind'] },
];
const troubled = require.resolve('./troubledThread');
const cacheFile = path.join(cacheFolder, 'threads.json');
const plain = 'Where is my order?';
const message = (text: string): ClassifyInput => ({
  words: { text, subject: '', attachmentNames: [] },
  locale: null,
  question: null,
});

const started: ThreadedClassifier[] = [];
async function start(options: ThreadOptions = {}): Promise<ThreadedClassifier> {
  const classifier = await createThreadedClassifier(intents, { threads: 1, cacheFile, ...options });
  started.push(classifier);
  return classifier;
}
afterAll(() => Promise.all(started.map((classifier) => classifier.stop())));

/** Starting a thread takes longer than all that is asked of it: most tests have these two. */
const threads = openClassifierThreads({ threads: 1, cacheFile });
afterAll(() => threads.stop());
let sound: Classifier;
let tried: ThreadedClassifier;
beforeAll(async () => {
  [sound, tried] = await Promise.all([threads.learn(intents), start({ program: troubled })]);
});

describe('as the classifier on the main thread', () => {
  test('it answers with the same, to the last digit, and bears the same name', async () => {
    const here = await createEmbeddedClassifier(intents);
    expect(sound.name).toBe(here.name);
    for (const text of ['', 'Where is the parcel from 48213?', 'Bitte stornieren', '\uD800 half', '😡😡']) {
      expect(await sound.classify(message(text))).toEqual(await here.classify(message(text)));
    }
  });

  test('a policy without examples is refused in the same words, and no thread is left behind', async () => {
    await expect(createThreadedClassifier([{ intent: 'order_status', examples: [' '] }])).rejects.toThrow(
      'needs at least two intents with example utterances, but found 0: add examples',
    );
  });
});

test('while ten hostile messages are understood, the main thread goes on with its own', async () => {
  const hostile = Array.from({ length: 10 }, (_, i) => `${i} not now, ${'x'.repeat(240)}\n`.repeat(240));
  let turns = 0;
  const other = setInterval(() => turns++, 5);
  const turnsAtAnswer: number[] = [];
  await Promise.all(
    hostile.map(async (text) => {
      await sound.classify(message(text));
      turnsAtAnswer.push(turns);
    }),
  );
  clearInterval(other);
  // On the main thread nothing else would have had more than one turn between an answer and the next.
  const between = turnsAtAnswer.slice(1).map((at, i) => at - (turnsAtAnswer[i] ?? 0));
  expect(between.filter((count) => count > 1).length).toBeGreaterThan(6);
});

test('one thread describes messages by what each policy has taught it, and by one that was taught later', async () => {
  const gifts = {
    intent: 'gift_card',
    examples: ['do you sell gift cards', 'I want a voucher', 'gift card'],
  };
  const [one, other] = await Promise.all([threads.learn(intents), threads.learn([...intents, gifts])]);
  const intentOf = async (classifier: Classifier, text: string) =>
    (await classifier.classify(message(text))).intent;
  expect(await intentOf(other, 'do you sell gift cards?')).toBe('gift_card');
  expect(await intentOf(one, 'do you sell gift cards?')).not.toBe('gift_card');
  expect(await intentOf(one, plain)).toBe('order_status');
  // One that cannot be learned is that policy's trouble alone.
  await expect(threads.learn([gifts])).rejects.toThrow('needs at least two intents');
  expect(await intentOf(one, plain)).toBe('order_status');
});

describe('a thread in trouble', () => {
  test.each(['crash', 'exit'])(
    'a message that ends it (%s) fails alone; the next ones are answered by another',
    async (trouble) => {
      const failed = tried.classify(message(trouble));
      const waiting = tried.classify(message(plain));
      await expect(failed).rejects.toThrow(/a defect|exited with code: 3/);
      expect((await waiting).intent).toBe('order_status');
      expect((await tried.classify(message(plain))).intent).toBe('order_status');
    },
  );

  test('tried again, it fails again, so that a person can be told in the end', async () => {
    for (let attempt = 1; attempt <= 2; attempt++) {
      await expect(tried.classify(message('exit'))).rejects.toThrow('exited with code: 3');
    }
    expect((await tried.classify(message(plain))).intent).toBe('order_status');
  });

  test('one that comes to no end is stopped, and what it was at fails', async () => {
    const classifier = await start({ program: troubled, longestRunMs: 3_000 });
    const failed = classifier.classify(message('endless'));
    const waiting = classifier.classify(message(plain));
    await expect(failed).rejects.toThrow('came to no end within 3 s');
    expect((await waiting).intent).toBe('order_status');
  });
});

describe('a message whose answer is not wanted any more', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'deskhand-threads-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const begun = (name: string): boolean => existsSync(path.join(folder, name));
  const noted = (name: string): ClassifyInput => message(`noted ${path.join(folder, name)}`);

  test('is not begun when it was waiting', async () => {
    const first = tried.classify(noted('first'));
    const stop = new AbortController();
    const second = tried.classify(noted('second'), stop.signal);
    const third = tried.classify(noted('third'));
    stop.abort(new Error('an agent took over'));
    await expect(second).rejects.toThrow('an agent took over');
    await Promise.all([first, third]);
    expect([begun('first'), begun('second'), begun('third')]).toEqual([true, false, true]);
  });

  test('is left to end by itself when it was begun: the thread has not to learn anew', async () => {
    const stop = new AbortController();
    const first = tried.classify(noted('first'), stop.signal);
    await until('the thread to begin', () => Promise.resolve(begun('first') ? true : null));
    stop.abort(new Error('an agent took over'));
    await expect(first).rejects.toThrow('an agent took over');
    await tried.classify(noted('second'));
    const [one, two] = ['first', 'second'].map((name) => readFileSync(path.join(folder, name), 'utf8'));
    expect(two).toBe(one);
  });

  test('is refused at once when it was given up before', async () => {
    const given = sound.classify(message(plain), AbortSignal.abort(new Error('too late')));
    await expect(given).rejects.toThrow('too late');
  });
});

test('stopped, it fails what it was at, and says so', async () => {
  const classifier = await start({ program: troubled });
  const under = classifier.classify(message('endless'));
  const outcome = expect(under).rejects.toThrow('Terminating worker thread');
  await delay(100);
  await classifier.stop();
  await outcome;
});
