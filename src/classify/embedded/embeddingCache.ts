/**
 * Embeddings of a policy's examples, kept in a file between starts: computing them takes most of a start. Holds no
 * customer's words. The file is never needed: a missing, broken or foreign one costs the time it would have saved.
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
  const [probed = new Float32Array()] = await embedder.embed([probe]);
  const encoder = hash(Buffer.from(probed.buffer));
  const stored = await read(file);
  const known = stored?.encoder === encoder ? stored.vectors : {};
  const found = texts.map((text) => decode(known[hash(text)], probed.length));
  const missing = texts.filter((_, i) => found[i] === null);
  if (missing.length === 0) return found.filter((vector) => vector !== null);

  const computed = await embedder.embed(missing);
  const byText = new Map(missing.map((text, i) => [text, computed[i]]));
  const vectors = texts.map((text, i) => found[i] ?? byText.get(text) ?? new Float32Array(probed.length));
  await write(file, {
    encoder,
    vectors: Object.fromEntries(texts.map((text, i) => [hash(text), encode(vectors[i])])),
  });
  return vectors;
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
