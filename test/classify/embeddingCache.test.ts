/** The file that spares a start most of its work, and is never needed. */
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { embedWithCache, rememberingEmbedder } from '../../src/classify/embedded/embeddingCache';
import { loadEmbedder, type Embedder } from '../../src/classify/embedded/embedder';
import { createEmbeddedClassifier } from '../../src/classify/embedded/embeddedClassifier';

const texts = ['where is my order', 'cancel it please', 'I want a refund'];
let folder: string;
let file: string;
let encoder: Embedder;
let expected: readonly Float32Array[];

beforeAll(async () => {
  encoder = await loadEmbedder();
  expected = await encoder.embed(texts);
});
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-embeddings-'));
  file = path.join(folder, 'embeddings.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The real encoder, and what it was asked for beside the probe. */
function watched(): { embedder: Embedder; asked: string[] } {
  const asked: string[] = [];
  let calls = 0;
  return {
    asked,
    embedder: {
      ...encoder,
      embed: (wanted) => {
        if (calls++ > 0) asked.push(...wanted);
        return encoder.embed(wanted);
      },
    },
  };
}

const stored = async (): Promise<{ encoder: string; vectors: Record<string, string> }> =>
  JSON.parse(await readFile(file, 'utf8')) as { encoder: string; vectors: Record<string, string> };

test('the first time everything is computed, the second time nothing, with the same numbers', async () => {
  const first = watched();
  expect(await embedWithCache(first.embedder, texts, file)).toEqual(expected);
  expect(first.asked).toEqual(texts);
  const second = watched();
  expect(await embedWithCache(second.embedder, texts, file)).toEqual(expected);
  expect(second.asked).toEqual([]);
});

test('a changed policy costs what changed, and what is gone is dropped', async () => {
  await embedWithCache(encoder, texts, file);
  const { embedder, asked } = watched();
  await embedWithCache(embedder, ['a new example', ...texts.slice(1)], file);
  expect(asked).toEqual(['a new example']);
  expect(Object.keys((await stored()).vectors)).toHaveLength(3);
});

test('the same text twice is kept once', async () => {
  const [one, two] = await embedWithCache(encoder, ['hello', 'hello'], file);
  expect(one).toEqual(two);
  expect(Object.keys((await stored()).vectors)).toHaveLength(1);
});

test('no example can be read in the file', async () => {
  await embedWithCache(encoder, texts, file);
  const content = await readFile(file, 'utf8');
  for (const text of texts) expect(content).not.toContain(text);
});

describe('a file that is of no use is done without, and mended', () => {
  const spoilt: [string, () => Promise<void>][] = [
    ['empty', () => writeFile(file, '')],
    ['half written', () => writeFile(file, '{"encoder": "x", "vec')],
    ['another shape', () => writeFile(file, '[1, 2]')],
    ['wrong types', () => writeFile(file, '{"encoder": 1, "vectors": {"a": [1]}}')],
    ['binary', () => writeFile(file, Buffer.from([0, 255, 254, 1]))],
    [
      "another encoder's",
      async () => {
        await embedWithCache(encoder, texts, file);
        await writeFile(file, JSON.stringify({ ...(await stored()), encoder: 'other' }));
      },
    ],
    ['vectors cut short', () => respell((vector) => vector.slice(0, 400))],
    [
      'vectors of zeros',
      () => respell((vector) => Buffer.alloc(Buffer.from(vector, 'base64').length).toString('base64')),
    ],
    ['not base64', () => respell(() => '§§§')],
  ];
  async function respell(change: (vector: string) => string): Promise<void> {
    await embedWithCache(encoder, texts, file);
    const content = await stored();
    const vectors = Object.entries(content.vectors).map(([key, vector]) => [key, change(vector)]);
    await writeFile(file, JSON.stringify({ ...content, vectors: Object.fromEntries(vectors) as unknown }));
  }

  test.each(spoilt)('%s', async (_name, spoil) => {
    await spoil();
    const { embedder, asked } = watched();
    expect(await embedWithCache(embedder, texts, file)).toEqual(expected);
    expect(asked).toEqual(texts);
    expect(Object.keys((await stored()).vectors)).toHaveLength(3);
  });
});

test('a folder that is not there is made; a place that cannot be written is no error', async () => {
  const deep = path.join(folder, 'not', 'yet', 'embeddings.json');
  await embedWithCache(encoder, texts, deep);
  expect(await readdir(path.dirname(deep))).toEqual(['embeddings.json']);

  await writeFile(file, 'a file, not a folder');
  expect(await embedWithCache(encoder, texts, path.join(file, 'embeddings.json'))).toEqual(expected);
  await chmod(file, 0o600);
});

test('workers that start together leave one whole file and no drafts', async () => {
  await Promise.all(Array.from({ length: 5 }, () => embedWithCache(encoder, texts, file)));
  expect(await readdir(folder)).toEqual(['embeddings.json']);
  expect(Object.keys((await stored()).vectors)).toHaveLength(3);
});

test('a classifier from the file answers exactly as one without', async () => {
  const intents = [
    { intent: 'order_status', examples: ['where is my order', 'track my parcel', 'has it shipped'] },
    { intent: 'cancel_order', examples: ['cancel my order', 'stop the order', 'I changed my mind'] },
  ];
  const input = {
    words: { text: 'where is the parcel', subject: '', attachmentNames: [] },
    locale: null,
    question: null,
  };
  const answers = [];
  for (const options of [{}, { cacheFile: file }, { cacheFile: file }]) {
    answers.push(await (await createEmbeddedClassifier(intents, options)).classify(input));
  }
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
});

describe('what an encoder with a memory was asked for', () => {
  const [first = '', ...others] = texts;

  test('is asked for once, in this run and in the next, with the same numbers', async () => {
    const { embedder, asked } = watched();
    const one = await rememberingEmbedder(embedder, file);
    expect(await one.embed(texts)).toEqual(expected);
    expect(await one.embed(others)).toEqual(expected.slice(1));
    expect(asked).toEqual(texts);
    await one.save();

    const next = watched();
    const other = await rememberingEmbedder(next.embedder, file);
    expect(await other.embed(['a new message', ...texts])).toEqual([
      ...(await encoder.embed(['a new message'])),
      ...expected,
    ]);
    expect(next.asked).toEqual(['a new message']);
    expect(other.pieces(first)).toBe(encoder.pieces(first));
  });

  test('stays for a later run that asks for other things', async () => {
    for (const text of [first, ...others]) {
      const one = await rememberingEmbedder(encoder, file);
      await one.embed([text]);
      await one.save();
    }
    expect(Object.keys((await stored()).vectors)).toHaveLength(3);
  });

  test('is in the file without its words, and only once it is saved', async () => {
    const one = await rememberingEmbedder(encoder, file);
    await one.embed(texts);
    expect(await readdir(folder)).toEqual([]);
    await one.save();
    const content = await readFile(file, 'utf8');
    for (const text of texts) expect(content).not.toContain(text);
  });

  test('is no more than the file has room for: what was asked for last', async () => {
    const made = Buffer.from(new Float32Array(expected[0] ?? []).buffer).toString('base64');
    const one = await rememberingEmbedder(encoder, file);
    await one.embed([first]);
    await one.save();
    const { encoder: name, vectors } = await stored();
    const many = Object.fromEntries(Array.from({ length: 3_100 }, (_, place) => [`text ${place}`, made]));
    await writeFile(file, JSON.stringify({ encoder: name, vectors: { ...vectors, ...many } }));
    const next = await rememberingEmbedder(encoder, file);
    await next.embed(texts);
    await next.save();
    const kept = Object.keys((await stored()).vectors);
    expect(kept).toHaveLength(3_000);
    expect(kept).toContain('text 3099');
    expect(kept).not.toContain('text 50');
    const again = watched();
    await (await rememberingEmbedder(again.embedder, file)).embed(texts);
    expect(again.asked).toEqual([]);
  });

  test('spares a classifier that has learned something new the words that were read before', async () => {
    const intents = [
      { intent: 'order_status', examples: ['where is my order', 'track my parcel'] },
      { intent: 'cancel_order', examples: ['cancel my order', 'stop the order'] },
    ];
    const taught = [...intents, { intent: 'thanks', examples: ['thank you', 'many thanks'] }];
    const words = { text: 'where is the parcel', subject: '', attachmentNames: [] };
    for (const policy of [intents, taught]) {
      const { embedder, asked } = watched();
      const memory = await rememberingEmbedder(embedder, file);
      const through = () => Promise.resolve(memory);
      const classifier = await createEmbeddedClassifier(policy, { through });
      await classifier.classify({ words, locale: null, question: null });
      await memory.save();
      expect(asked.includes(words.text)).toBe(policy === intents);
      expect(asked.includes('many thanks')).toBe(policy === taught);
    }
  });
});
