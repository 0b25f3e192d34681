/** What comes before any route: a path that cannot be decoded, or bytes that are no HTTP request. */
import { maxHeaderSize, STATUS_CODES, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { documentOf, Problem } from './problems';

const contentType = 'application/problem+json';

export function answerBadUrl(error: Error, response: ServerResponse): void {
  const problem = new Problem(400, 'bad-request', error.message);
  const body = JSON.stringify(documentOf(problem, null));
  response
    .writeHead(problem.status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) })
    .end(body);
}

/** There is no response to write to, only the connection. https://nodejs.org/api/http.html#event-clienterror */
export function answerBadHttp(error: Error & { readonly code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const problem = problemOf(error.code);
  const body = JSON.stringify(documentOf(problem, null));
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? 'Error'}`,
      `Content-Type: ${contentType}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

function problemOf(code: string | undefined): Problem {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new Problem(
        431,
        'headers-too-large',
        `The request's address and headers are larger than ${maxHeaderSize / 1024} KB together.`,
      );
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Problem(408, 'request-timeout', 'The request did not arrive whole in time.');
    default:
      return new Problem(400, 'bad-request', 'This is no HTTP/1.1 request.');
  }
}
