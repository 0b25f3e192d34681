/**
 * Embeddings of a policy's examples, and of its scenarios' messages, kept in files between starts: computing them takes
 * most of a start. Holds no customer's words. A file is never needed: a missing, broken or foreign one costs the time it
 * would have saved.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { Embedder } from './embedder';

const cacheFile = z.object({
  /** What the encoder made of `probe`: another encoder, or another processor's arithmetic, makes something else. */
  encoder: z.string(),
  /** By hash of the text; base64 of the vector's single-precision numbers. */
  vectors: z.record(z.string(), z.string()),
});
type CacheFile = z.infer<typeof cacheFile>;

const probe = 'Where is my order?';

/** As `embedder.embed`, with the help of `file`, which afterwards holds these texts and no others. */
export async function embedWithCache(
  embedder: Embedder,
  texts: readonly string[],
  file: string,
): Promise<readonly Float32Array[]> {
  const { encoder, dimensions, known } = await knownIn(file, embedder);
  const found = texts.map((text) => decode(known[hash(text)], dimensions));
  const missing = texts.filter((_, i) => found[i] === null);
  if (missing.length === 0) return found.filter((vector) => vector !== null);

  const computed = await embedder.embed(missing);
  const byText = new Map(missing.map((text, i) => [text, computed[i]]));
  const vectors = texts.map((text, i) => found[i] ?? byText.get(text) ?? new Float32Array(dimensions));
  await write(file, {
    encoder,
    vectors: Object.fromEntries(texts.map((text, i) => [hash(text), encode(vectors[i])])),
  });
  return vectors;
}

/** Of scenarios as there are, with the clauses that their messages are taken apart into, some four policies' worth. */
const remembered = 3_000;

interface RememberingEmbedder extends Embedder {
  /** For the next run: what this one has asked for last, as far as there is room. */
  readonly save: () => Promise<void>;
}

/** As `embedder`, for texts that are not known beforehand and no customer's, with the help of what earlier runs have saved. */
export async function rememberingEmbedder(embedder: Embedder, file: string): Promise<RememberingEmbedder> {
  const { encoder, dimensions, known } = await knownIn(file, embedder);
  const vectors = new Map(Object.entries(known));
  let isNew = false;
  return {
    pieces: embedder.pieces,
    async embed(texts) {
      const found = texts.map((text) => decode(vectors.get(hash(text)), dimensions));
      const missing = texts.filter((_, i) => found[i] === null);
      const computed = missing.length === 0 ? [] : await embedder.embed(missing);
      isNew ||= missing.length > 0;
      const byText = new Map(missing.map((text, i) => [text, computed[i]]));
      return texts.map((text, i) => {
        const vector = found[i] ?? byText.get(text) ?? new Float32Array(dimensions);
        // Asked for last stands last.
        vectors.delete(hash(text));
        vectors.set(hash(text), encode(vector));
        return vector;
      });
    },
    save: async () => {
      if (isNew) await write(file, { encoder, vectors: Object.fromEntries([...vectors].slice(-remembered)) });
    },
  };
}

/** What the file has of this very encoder. */
async function knownIn(
  file: string,
  embedder: Embedder,
): Promise<{ readonly encoder: string; readonly dimensions: number; readonly known: CacheFile['vectors'] }> {
  const [probed = new Float32Array()] = await embedder.embed([probe]);
  const encoder = hash(Buffer.from(probed.buffer));
  const stored = await read(file);
  return { encoder, dimensions: probed.length, known: stored?.encoder === encoder ? stored.vectors : {} };
}

async function read(file: string): Promise<CacheFile | null> {
  try {
    const content: unknown = JSON.parse(await readFile(file, 'utf8'));
    return cacheFile.safeParse(content).data ?? null;
  } catch {
    return null;
  }
}

/** Other workers may read or write at the same moment: they see the old file or the new one, never half of one. */
async function write(file: string, content: CacheFile): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFileAtomic(file, JSON.stringify(content));
  } catch {
    // A full or read-only disk: the next start computes again.
  }
}

function hash(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('base64');
}

function encode(vector: Float32Array | undefined): string {
  return vector === undefined ? '' : Buffer.from(vector.buffer).toString('base64');
}

/** Null for what is not a vector of unit length. */
function decode(encoded: string | undefined, dimensions: number): Float32Array | null {
  if (encoded === undefined) return null;
  const bytes = Uint8Array.from(Buffer.from(encoded, 'base64'));
  if (bytes.length !== dimensions * Float32Array.BYTES_PER_ELEMENT) return null;
  const vector = new Float32Array(bytes.buffer);
  const norm = vector.reduce((sum, value) => sum + value * value, 0);
  return Math.abs(norm - 1) < 1e-3 ? vector : null;
}
