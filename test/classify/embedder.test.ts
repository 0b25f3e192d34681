/**
 * The encoder is loaded once, by whoever asks first, however slow the machine is with one part or the other. Each test
 * begins as a process does, without what other files have loaded.
 *
 * @jest-environment node
 */
import type * as EmbedderModule from '../../src/classify/embedded/embedder';

/** Node's, which the types of this project do not know. */
declare const WebAssembly: { instantiate: (...given: readonly unknown[]) => Promise<unknown> };

/** As a process finds it that has just begun. */
function afresh(): typeof EmbedderModule {
  jest.resetModules();
  // The library finds what it has registered before.
  jest.spyOn(console, 'warn').mockReturnValue();
  return jest.requireActual<typeof EmbedderModule>('../../src/classify/embedded/embedder');
}

afterEach(() => {
  jest.restoreAllMocks();
});

/** What a busy processor does to the start of WebAssembly: the weights are there before it. */
function startWebAssemblyLate(): { readonly starts: () => number } {
  const start = WebAssembly.instantiate;
  let starts = 0;
  jest.spyOn(WebAssembly, 'instantiate').mockImplementation(async (...given) => {
    starts += 1;
    await new Promise((resolve) => setTimeout(resolve, 500));
    return start(...given);
  });
  return { starts: () => starts };
}

test('asked for by several at once while WebAssembly starts late, it is loaded once and works for all', async () => {
  const { starts } = startWebAssemblyLate();
  const { loadEmbedder } = afresh();
  const embedders = await Promise.all([loadEmbedder(), loadEmbedder(), loadEmbedder()]);
  const asked = embedders.map(async (embedder) => embedder.embed(['Where is my order?', '']));
  const [first, ...others] = await Promise.all(asked);
  for (const vectors of others) expect(vectors).toEqual(first);
  expect(first?.map((vector) => vector.length)).toEqual([512, 512]);
  await loadEmbedder();
  expect(starts()).toBe(1);
});

test('a start that fails is tried again by who asks next', async () => {
  const { loadEmbedder } = afresh();
  const parse = jest.spyOn(JSON, 'parse').mockImplementation(() => {
    throw new Error('the weights cannot be read');
  });
  await expect(loadEmbedder()).rejects.toThrow(/the weights cannot be read/);
  parse.mockRestore();
  const [vector] = await (await loadEmbedder()).embed(['Where is it?']);
  expect(vector).toHaveLength(512);
});
