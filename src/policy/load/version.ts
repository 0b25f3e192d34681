import { createHash } from 'node:crypto';
import type { PolicyFile } from './policyFiles';

/**
 * `p-3f2a91c07b4e`: of what the files say, as YAML reads it. Comments, layout and the order of keys do not change it;
 * the order of lists does. Defaults that a later Deskhand fills in do not either, so that a stored version keeps its
 * name when the software is replaced.
 */
export function policyVersion(files: readonly Pick<PolicyFile, 'name' | 'content'>[]): string {
  const content = Object.fromEntries(files.map((file) => [file.name, file.content]));
  return `p-${createHash('sha256')
    .update(JSON.stringify(sortKeys(content)))
    .digest('hex')
    .slice(0, 12)}`;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, entry]) => [key, sortKeys(entry)]));
}
