/**
 * What the classifier said of scenarios' messages, kept in a file between runs: classifying takes nearly all of a
 * run's time. Holds test messages' hashes only. A missing or broken file costs the time it would have saved.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { Classifier, ClassifyInput, IntentExamples } from '../classify/port';
import { messageSignals, type Classification } from '../core/conversation/understanding';

const scored = { intent: z.string(), confidence: z.number() };
const classification = z.object({
  intent: z.string().nullable(),
  confidence: z.number(),
  ranking: z.array(z.object(scored)),
  language: z.string(),
  entities: z.object({ orderNumbers: z.array(z.string()) }),
  signals: z.array(z.enum(messageSignals)),
  chosen: z.array(z.string()).exactOptional(),
  further: z.array(z.object({ ...scored, orderNumbers: z.array(z.string()) })).exactOptional(),
  sought: z.object({ ...scored, thing: z.string() }).exactOptional(),
  classifier: z.string(),
}) satisfies z.ZodType<Classification>;
const memoFile = z.object({ classifications: z.record(z.string(), classification) });

const remembered = 20_000;

export interface MemoOptions {
  readonly file: string;
  /** What the classifier learns from; another wording is another classifier. */
  readonly intents: readonly IntentExamples[];
  /** What the classifier's answers depend on beside that: another one is asked anew. */
  readonly classifier: string;
  /** Called once, when the first message comes that is not remembered. */
  readonly open: () => Promise<Classifier>;
  /** True: nothing is remembered of earlier runs. */
  readonly fresh?: boolean;
}

export interface ClassificationMemo {
  readonly classify: (input: ClassifyInput) => Promise<Classification>;
  /** How many messages had to be classified in this run. */
  readonly classified: () => number;
  /** For the next run; a disk that is full or read-only costs that one time. */
  readonly save: () => Promise<void>;
  /** What is remembered now: plain data, for threads. */
  readonly memory: () => ClassificationMemory;
}

export interface ClassificationMemory {
  /** Stands for the classifier that was asked. */
  readonly context: string;
  readonly classifications: ReadonlyMap<string, Classification>;
}

/** Only a classifier can tell. */
export class NotRemembered extends Error {
  override readonly name = 'NotRemembered';
}

/** Answers from memory alone. @throws NotRemembered */
export function recall({
  context,
  classifications,
}: ClassificationMemory): (input: ClassifyInput) => Promise<Classification> {
  const keyOf = createKeys(context);
  return (input) => {
    const known = classifications.get(keyOf(input));
    return known === undefined
      ? Promise.reject(new NotRemembered('the message was never classified'))
      : Promise.resolve(known);
  };
}

export async function openClassificationMemo(options: MemoOptions): Promise<ClassificationMemo> {
  const known = new Map<string, Classification>(options.fresh === true ? [] : await read(options.file));
  const intents = options.intents.map(({ intent, examples }) => [intent, examples]);
  const context = hash(JSON.stringify([options.classifier, intents]));
  const keyOf = createKeys(context);
  let classifier: Promise<Classifier> | null = null;
  let classified = 0;
  return {
    async classify(input) {
      const key = keyOf(input);
      const earlier = known.get(key);
      if (earlier !== undefined) return earlier;
      classifier ??= options.open();
      const anew = await (await classifier).classify(input);
      classified += 1;
      known.set(key, anew);
      return anew;
    },
    classified: () => classified,
    async save() {
      if (classified > 0) await write(options.file, [...known].slice(-remembered));
    },
    memory: () => ({ context, classifications: known }),
  };
}

/** Making a hash takes longer than finding what it stands for, and the same words come again in one run. */
function createKeys(context: string): (input: ClassifyInput) => string {
  const made = new Map<string, string>();
  return (input) => {
    const text = textOf(input);
    const known = made.get(text);
    if (known !== undefined) return known;
    const key = hash(`${context}${text}`);
    made.set(text, key);
    return key;
  };
}

/** All that a classifier is told, and nothing that it is not. */
function textOf({ words, locale, name = null, question }: ClassifyInput): string {
  const { kind, slot, intent, choices, proposed = [] } = question ?? {};
  const asked = question === null ? null : [kind, slot, intent, choices, proposed];
  const { text, parts = [], subject, attachmentNames } = words;
  return JSON.stringify([text, parts, subject, attachmentNames, locale, name, asked]);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

async function read(file: string): Promise<readonly (readonly [string, Classification])[]> {
  try {
    const content: unknown = JSON.parse(await readFile(file, 'utf8'));
    const parsed = memoFile.safeParse(content);
    return parsed.success ? Object.entries(parsed.data.classifications) : [];
  } catch {
    return [];
  }
}

async function write(file: string, entries: readonly (readonly [string, Classification])[]): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFileAtomic(file, JSON.stringify({ classifications: Object.fromEntries(entries) }));
  } catch {
    // A full or read-only disk: the next run classifies again.
  }
}
