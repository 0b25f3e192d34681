/** A real HTTP server on a free port that answers as the test says and remembers what it was asked. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ZendeskConnection } from '../../../src/helpdesk/zendesk/http';

export interface Asked {
  readonly method: string;
  /** With the query, without the API's prefix: `/tickets/1?include=users`. */
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: unknown;
}

export type Answer =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: unknown }
  | ((response: http.ServerResponse, asked: Asked) => void);

export interface Wire {
  readonly connection: ZendeskConnection;
  readonly origin: string;
  readonly asked: Asked[];
  /** `GET /users/me`, in the order of arrival. */
  readonly routes: () => string[];
  close(): Promise<void>;
}

export async function openWire(answer: (asked: Asked, index: number) => Answer): Promise<Wire> {
  const asked: Asked[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const entry: Asked = {
        method: request.method ?? '',
        path: decodeURIComponent((request.url ?? '').replace('/api/v2', '')),
        headers: request.headers,
        body: text === '' ? undefined : (JSON.parse(text) as unknown),
      };
      asked.push(entry);
      give(answer(entry, asked.length - 1), response, entry);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    asked,
    routes: () => asked.map(({ method, path }) => `${method} ${path.replace(/\?.*$/, '')}`),
    connection: {
      apiUrl: `${origin}/api/v2`,
      auth: { type: 'api-token', email: 'bot@shop.example', token: 'secret-token' },
      // A machine that has much else to do is no desk that does not answer.
      timeoutsMs: { connect: 20_000, total: 60_000 },
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function give(answer: Answer, response: http.ServerResponse, asked: Asked): void {
  if (typeof answer === 'function') {
    answer(response, asked);
    return;
  }
  const { status = 200, headers = {}, body = {} } = answer;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(text);
}

export function anyCall(): { signal: AbortSignal } {
  return { signal: new AbortController().signal };
}
