/** Whom a desk's rule or integration calls: keeps what came, and answers as it is told. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CalledTarget {
  readonly url: string;
  readonly calls: { readonly secret: unknown; readonly body: unknown }[];
  /** Of the answers to come. */
  status: number;
  close(): Promise<void>;
}

export async function openTarget(desk: string): Promise<CalledTarget> {
  const target = { calls: [] as CalledTarget['calls'], status: 202 };
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
      target.calls.push({ secret: request.headers['x-deskhand-secret'], body });
      response.writeHead(target.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(target, {
    url: `http://127.0.0.1:${port}/webhooks/${desk}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}
