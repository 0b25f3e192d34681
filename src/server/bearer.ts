import type { FastifyRequest } from 'fastify';
import { sameSecret } from '../contracts/sameSecret';
import { Problem } from './problems';

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
