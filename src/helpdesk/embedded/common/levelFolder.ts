/** A desk's folder of records: a LevelDB (the `classic-level` package), and what can be wrong with it, in words. */
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { ClassicLevel } from 'classic-level';
import { z } from 'zod';
import { causeOf, errorCode, errorMessage } from './systemError';

export class DeskStoreError extends Error {
  override readonly name = 'DeskStoreError';
}

export type Operation =
  | { readonly type: 'put'; readonly key: string; readonly value: string }
  | { readonly type: 'del'; readonly key: string };

/** Numbers are padded, so that the database's order of keys is the order of ids. */
export function keyOf(table: string, id: number | string): string {
  return `${table}!${typeof id === 'number' ? String(id).padStart(16, '0') : id}`;
}

export function unwritable(folder: string, error: unknown): DeskStoreError {
  const why = errorMessage(causeOf(error));
  return new DeskStoreError(
    `The embedded desk cannot write its files in ${folder} (${why}). It goes on by itself once it can.`,
  );
}

export function damagedRecord(folder: string, key: string, error: unknown): DeskStoreError {
  const why = error instanceof z.ZodError ? z.prettifyError(error) : errorMessage(error);
  return new DeskStoreError(
    `The embedded desk cannot read the record ${JSON.stringify(key)} in ${folder}: ${why}. ` +
      'It was damaged, or written by another version: move the folder away to start with an empty desk.',
  );
}

/** @throws DeskStoreError when another process has it open, or it cannot be opened. */
export async function openDatabase(folder: string): Promise<ClassicLevel> {
  const files = path.join(folder, 'data');
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // Over records that have lost their index LevelDB would begin anew, and remove them.
    const database = new ClassicLevel(files, { createIfMissing: !(await hasRecords(files)) });
    await database.open();
    return database;
  } catch (error) {
    throw openingError(folder, error);
  }
}

function openingError(folder: string, error: unknown): DeskStoreError {
  const cause = causeOf(error);
  if (errorCode(cause) === 'LEVEL_LOCKED') {
    return new DeskStoreError(
      `The embedded desk in ${folder} is in use by another process: stop that one, or give this one a ` +
        'state folder of its own (DESKHAND_STATE_DIR).',
    );
  }
  return new DeskStoreError(
    `The embedded desk cannot open its files in ${folder} (${errorMessage(cause)}): the folder must be writable ` +
      'by this user. If it is, its files were damaged: move the folder away to start with an empty desk.',
  );
}

async function hasRecords(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).some((name) => /\.(log|ldb|sst)$/.test(name));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
