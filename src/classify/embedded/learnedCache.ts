/**
 * What was learned from a policy's examples, kept in a file between starts: learning takes a second of one core. As
 * with the embeddings, the file is never needed, and holds no customer's words.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { classifierIdentity } from './classifierIdentity';

export interface LearnedFrom {
  readonly samples: readonly {
    readonly text: string;
    /** The intent's place; one more than the last of them for "none of these". */
    readonly label: number;
    readonly dense: Float32Array;
  }[];
  /** The intents, and "none of these". */
  readonly classes: number;
}

export interface Learned {
  /** Of each class a row, with a number for each sample. */
  readonly weights: Float64Array;
  readonly temperature: number;
  readonly trust: Float64Array;
}

const cacheFile = z.object({
  /** Newest last. */
  learned: z.array(
    z.object({
      /** Of all that it was learned from, and the code that has learned. */
      from: z.string(),
      /** base64 of double-precision numbers, as `trust`. */
      weights: z.string(),
      temperature: z.number().positive(),
      trust: z.string(),
    }),
  ),
});
type Entry = z.infer<typeof cacheFile>['learned'][number];

/** A dozen policies, those before them, and the fifths that `policy check` leaves out by turns. */
const kept = 30;
const trustWeights = 4;

/** @param embeddings - the file of the embeddings; what was learned is kept beside it. */
export async function learnedWithCache(
  from: LearnedFrom,
  embeddings: string,
  learn: () => Learned,
): Promise<Learned> {
  const file = learnedFile(embeddings);
  const key = await keyOf(from);
  const entries = await read(file);
  const known = decode(
    entries.find((entry) => entry.from === key),
    from,
  );
  if (known !== null) return known;
  const learned = learn();
  const entry: Entry = {
    from: key,
    weights: encode(learned.weights),
    temperature: learned.temperature,
    trust: encode(learned.trust),
  };
  const others = entries.filter((other) => other.from !== key);
  // A full or read-only disk: the next start learns again.
  await writeFileAtomic(file, JSON.stringify({ learned: [...others, entry].slice(-kept) })).catch(
    () => undefined,
  );
  return learned;
}

/** `embeddings.json`: `embeddings-learned.json`. */
export function learnedFile(embeddings: string): string {
  const { dir, name } = path.parse(embeddings);
  return path.join(dir, `${name}-learned.json`);
}

async function keyOf({ samples, classes }: LearnedFrom): Promise<string> {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([await classifierIdentity(), process.version, process.arch, classes]));
  for (const { text, label, dense } of samples) {
    hash.update(JSON.stringify([text, label])).update(new Uint8Array(dense.buffer));
  }
  return hash.digest('base64');
}

async function read(file: string): Promise<readonly Entry[]> {
  try {
    const content: unknown = JSON.parse(await readFile(file, 'utf8'));
    return cacheFile.safeParse(content).data?.learned ?? [];
  } catch {
    return [];
  }
}

function encode(numbers: Float64Array): string {
  return Buffer.from(numbers.buffer).toString('base64');
}

/** Null for what cannot have been learned from these. */
function decode(entry: Entry | undefined, { samples, classes }: LearnedFrom): Learned | null {
  if (entry === undefined) return null;
  const weights = numbersOf(entry.weights, samples.length * classes);
  const trust = numbersOf(entry.trust, trustWeights);
  return weights === null || trust === null ? null : { weights, temperature: entry.temperature, trust };
}

function numbersOf(encoded: string, count: number): Float64Array | null {
  const bytes = Uint8Array.from(Buffer.from(encoded, 'base64'));
  if (bytes.length !== count * Float64Array.BYTES_PER_ELEMENT) return null;
  const numbers = new Float64Array(bytes.buffer);
  return numbers.every(Number.isFinite) ? numbers : null;
}
