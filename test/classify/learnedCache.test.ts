/** What was learned is learned once: with a real file, and everything that can be wrong with it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createEmbeddedClassifier } from '../../src/classify/embedded/embeddedClassifier';
import {
  learnedFile,
  learnedWithCache,
  type Learned,
  type LearnedFrom,
} from '../../src/classify/embedded/learnedCache';

const place = { text: 'where is it', label: 0, dense: Float32Array.of(1, 0) };
const money = { text: 'money back', label: 1, dense: Float32Array.of(0, 1) };
const samples: LearnedFrom['samples'] = [place, money];
const from: LearnedFrom = { samples, classes: 3 };
const model = (first: number): Learned => ({
  weights: Float64Array.of(first, 2, 3, 4, 5, 6.5),
  temperature: 0.3,
  trust: Float64Array.of(0.1, 0.2, 0.3, 0.4),
});

let folder: string;
let embeddings: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-learned-'));
  embeddings = path.join(folder, 'embeddings.json');
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** What is known afterwards, and whether it had to be learned for that. */
async function learnedOf(
  of: LearnedFrom,
  learn = model(1),
): Promise<{ readonly learned: Learned; readonly anew: boolean }> {
  let anew = false;
  const learned = await learnedWithCache(of, embeddings, () => {
    anew = true;
    return learn;
  });
  return { learned, anew };
}

test('the second start has learned already, the same to the last bit', async () => {
  const precise = model(Math.PI / 1e9);
  expect(await learnedOf(from, precise)).toEqual({ learned: precise, anew: true });
  expect(await learnedOf(from, model(7))).toEqual({ learned: precise, anew: false });
});

test.each<[string, LearnedFrom]>([
  ['another example', { ...from, samples: [place, { ...money, text: 'refund' }] }],
  ['another intent for it', { ...from, samples: [place, { ...money, label: 0 }] }],
  ['another encoder', { ...from, samples: [place, { ...money, dense: Float32Array.of(0, 0.9) }] }],
  ['an example more', { ...from, samples: [...samples, place] }],
  ['an intent more', { ...from, classes: 4 }],
])('%s is learned anew', async (_what, other) => {
  await learnedOf(from);
  const learn = { ...model(2), weights: new Float64Array(other.samples.length * other.classes) };
  expect(await learnedOf(other, learn)).toEqual({ learned: learn, anew: true });
  expect((await learnedOf(from, model(9))).anew).toBe(false);
});

test.each<[string, (text: string) => string]>([
  ['half of it', (text) => text.slice(0, text.length / 2)],
  ['nothing', () => ''],
  ['something else', () => '{"learned": 7}'],
  ['too few numbers', (text) => text.replace(/"weights":"[^"]{12}/, '"weights":"')],
  ['no number', (text) => text.replace(/"weights":"[^"]{11}/, '"weights":"AAAAAAAA+H8')],
])('a file with %s in it costs what it would have saved', async (_what, damage) => {
  await learnedOf(from);
  const file = learnedFile(embeddings);
  const text = await readFile(file, 'utf8');
  expect(damage(text)).not.toBe(text);
  await writeFile(file, damage(text));
  expect(await learnedOf(from, model(2))).toEqual({ learned: model(2), anew: true });
  expect((await learnedOf(from)).anew).toBe(false);
});

test('thirty are kept, the newest', async () => {
  const many = Array.from({ length: 31 }, (_, n): LearnedFrom => ({
    ...from,
    samples: [place, { ...money, text: `say ${n}` }],
  }));
  for (const one of many) await learnedOf(one);
  const known = await Promise.all(many.slice(1).map(async (one) => (await learnedOf(one)).anew));
  expect(known).toEqual(many.slice(1).map(() => false));
  expect((await learnedOf({ ...from, samples: [place, { ...money, text: 'say 0' }] })).anew).toBe(true);
});

test('where no file can be written, it is learned each time', async () => {
  const nowhere = path.join(folder, 'not', 'there', 'embeddings.json');
  expect(await learnedWithCache(from, nowhere, () => model(3))).toEqual(model(3));
});

test('a classifier that starts with what was learned answers as the one that learned it', async () => {
  const intents = [
    { intent: 'order_status', examples: ['Where is my order?', 'track my parcel', 'has it shipped yet?'] },
    { intent: 'refund', examples: ['I want my money back', 'please refund me', 'refund my order'] },
  ];
  const asked = {
    words: { text: 'has my parcel left your warehouse?', subject: '', attachmentNames: [] },
    locale: null,
    question: null,
  };
  const first = await createEmbeddedClassifier(intents, { cacheFile: embeddings });
  const written = await readFile(learnedFile(embeddings), 'utf8');
  const second = await createEmbeddedClassifier(intents, { cacheFile: embeddings });
  expect(await second.classify(asked)).toEqual(await first.classify(asked));
  expect(await readFile(learnedFile(embeddings), 'utf8')).toBe(written);
});
