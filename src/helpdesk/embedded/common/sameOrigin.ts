/**
 * The desk's own page asks nobody to sign in, so a foreign page in the same browser must not reach what is behind
 * it: requests need a Host that is ours (no rebinding of DNS names) and must not come from another origin.
 */
import type { FastifyRequest } from 'fastify';
import { ApiError } from './apiError';

const loopback = ['127.0.0.1', 'localhost', '[::1]'];

/** @param own - further names of this desk: the host it is bound to, the host of its public URL. */
export function sameOriginGuard(own: readonly string[]): (request: FastifyRequest) => void {
  const names = new Set([...loopback, ...own]);
  return (request) => {
    const host = request.headers.host ?? '';
    if (!names.has(nameOf(host))) {
      throw refused(
        `This desk is not known as ${JSON.stringify(host)}: open it by its own address, or start it with that public URL`,
      );
    }
    const { origin } = request.headers;
    if (origin !== undefined && hostOf(origin) !== host)
      throw refused('Requests from other sites are not taken');
    const site = request.headers['sec-fetch-site'];
    // Links from elsewhere may open the page itself; nothing else.
    const opensPage = request.method === 'GET' && request.headers['sec-fetch-mode'] === 'navigate';
    if (site !== undefined && site !== 'same-origin' && site !== 'none' && !opensPage) {
      throw refused('Requests from other sites are not taken');
    }
  };
}

function refused(description: string): ApiError {
  return new ApiError(403, { error: 'Forbidden', description });
}

function nameOf(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
