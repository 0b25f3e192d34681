/** A real HTTP server that takes webhooks and answers as it is told. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';

const eventSchema = z.object({
  id: z.string(),
  type: z.string(),
  subject: z.string(),
  detail: z.record(z.string(), z.unknown()),
  event: z.record(z.string(), z.unknown()),
});

export interface Received {
  readonly at: number;
  readonly headers: IncomingHttpHeaders;
  /** As it came, which is what the signature covers. */
  readonly body: string;
  readonly event: z.infer<typeof eventSchema>;
}

/** A status; a status with a Retry-After header; silence; or a connection that breaks. */
export type Reply = number | { readonly status: number; readonly retryAfter: string } | 'silence' | 'reset';

export interface WebhookReceiver {
  readonly url: string;
  readonly received: Received[];
  /** Answers to come, first to last; 200 after them. */
  readonly replies: Reply[];
  /** `created`, `comment_added` and so on, sorted. */
  types(): string[];
  stop(): Promise<void>;
}

const elsewhere = (status: number) => (status === 302 ? { location: '/elsewhere' } : {});

export async function startReceiver(port = 0): Promise<WebhookReceiver> {
  const received: Received[] = [];
  const replies: Reply[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const event = eventSchema.parse(JSON.parse(body));
      received.push({ at: Date.now(), headers: request.headers, body, event });
      const reply = replies.shift() ?? 200;
      if (reply === 'silence') return;
      if (reply === 'reset') request.socket.resetAndDestroy();
      else if (typeof reply === 'number') response.writeHead(reply, elsewhere(reply)).end();
      else response.writeHead(reply.status, { 'retry-after': reply.retryAfter }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    received,
    replies,
    types: () => received.map(({ event }) => event.type.replace('zen:event-type:ticket.', '')).sort(),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
