/** A server that a desk calls, which keeps what came as the real one is given it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Delivery } from '../../../src/helpdesk/webhooks/webhookReading';

interface CalledServer {
  /** Without a path. */
  readonly url: string;
  readonly calls: readonly (Delivery & { readonly path: string })[];
  stop(): Promise<void>;
}

export async function startCalledServer(): Promise<CalledServer> {
  const calls: (Delivery & { readonly path: string })[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const header = (name: string) => {
        const value = request.headers[name.toLowerCase()];
        return typeof value === 'string' ? value : null;
      };
      calls.push({ path: request.url ?? '', rawBody: Buffer.concat(chunks), header });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
