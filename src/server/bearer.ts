import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Problem } from './problems';

/** Compares in a time that tells nothing about where, or by how much, the two differ. */
export function sameSecret(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/**
 * RFC 6750, section 2.1.
 * @throws Problem 401
 */
export function requireBearer(request: FastifyRequest, token: string): void {
  const given = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (given !== undefined && sameSecret(given, token)) return;
  throw new Problem(
    401,
    'unauthorized',
    given === undefined
      ? 'Send the header Authorization: Bearer <token>. The token is DESKHAND_API_TOKEN, or the file api-token in the state folder.'
      : 'This token is not the one of DESKHAND_API_TOKEN, or of the file api-token in the state folder.',
    { headers: { 'www-authenticate': 'Bearer realm="deskhand"' } },
  );
}
