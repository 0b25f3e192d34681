/** A name for what must not be read: an address, a code, a key that a caller made. Workflows have no `node:crypto`. */
import { createHash } from 'node:crypto';

/** @returns 32 characters, the same for the same parts; half of SHA-256 (FIPS 180-4) is more than enough for that. */
export function hiddenName(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, 32);
}
