import type { FastifyRequest } from 'fastify';

/** What `Authorization: Basic ...` holds, decoded (RFC 7617); null where there is no such header. */
export function basicCredentials({ headers }: FastifyRequest): string | null {
  const [scheme = '', encoded = ''] = (headers.authorization ?? '').split(' ');
  return scheme.toLowerCase() === 'basic' ? Buffer.from(encoded, 'base64').toString('utf8') : null;
}
