/** Secrets by reference: they are read from where they are named, and said nowhere. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { isObject } from '../../core/isObject';

export type SecretReference = { readonly env: string } | { readonly file: string };
export type Found = { readonly value: string } | { readonly mistake: string };

const longestFile = 64 * 1024;
/** Small letters are a secret's rather than a name's. */
export const variableName = /^[A-Z_][A-Z0-9_]*$/;

/** @param folder - what relative paths begin at. @param env - the environment, where an empty variable counts as unset. */
export function readSecretReference(
  reference: SecretReference,
  { folder, env }: { readonly folder: string; readonly env: Readonly<Record<string, string | undefined>> },
): Found {
  if ('env' in reference) {
    const value = (env[reference.env] ?? '').trim();
    return value === ''
      ? { mistake: `names the variable ${reference.env}, which is not set: set it where Deskhand runs` }
      : { value };
  }
  const file = path.resolve(folder, reference.file);
  try {
    const { size } = statSync(file);
    if (size > longestFile) {
      return { mistake: `names ${file}, which has ${size} bytes: it must hold the secret alone` };
    }
    const value = readFileSync(file, 'utf8').trim();
    return value === ''
      ? { mistake: `names ${file}, which is empty: it must hold the secret alone` }
      : { value };
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'it cannot be read';
    return { mistake: `names ${file}, which this user cannot read (${why})` };
  }
}

/** What stands where a reference belongs, and may be the secret itself: it must not be quoted. */
export function looksLikeReference(value: unknown): boolean {
  if (!isObject(value)) return false;
  const [[key, named] = [], ...more] = Object.entries(value);
  return (
    more.length === 0 &&
    typeof named === 'string' &&
    ((key === 'env' && variableName.test(named)) || (key === 'file' && named !== ''))
  );
}

export const referenceMend =
  'is no reference. A secret does not stand in this file: write { env: NAME_OF_A_VARIABLE } or ' +
  '{ file: /run/secrets/name }, and put it there';
