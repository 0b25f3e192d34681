/**
 * Who runs the Temporal server of a state folder, kept in a file beside its state. A parent that was killed cannot
 * stop its server; the next start finds it here.
 */
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';

const identity = z.object({ pid: z.number().int().positive(), started: z.string() });

const schema = z.object({
  server: identity,
  /** The process that started it and answers for it. */
  owner: identity,
  address: z.string(),
});

export type ServerRecord = z.infer<typeof schema>;

/** Null when there is none, or none that can be read: then there is nothing to go by. */
export async function readRecord(stateDir: string): Promise<ServerRecord | null> {
  try {
    return schema.parse(JSON.parse(await readFile(fileOf(stateDir), 'utf8')));
  } catch {
    return null;
  }
}

export async function writeRecord(stateDir: string, record: ServerRecord): Promise<void> {
  await mkdir(stateDir, { recursive: true });
  await writeFileAtomic(fileOf(stateDir), `${JSON.stringify(record, null, 2)}\n`);
}

export async function removeRecord(stateDir: string): Promise<void> {
  await rm(fileOf(stateDir), { force: true });
}

function fileOf(stateDir: string): string {
  return path.join(stateDir, 'temporal-server.json');
}
