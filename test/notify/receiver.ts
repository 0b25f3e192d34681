/** A webhook's receiver over real HTTP, which answers as told and keeps what it was sent, byte by byte. */
import type { IncomingHttpHeaders } from 'node:http';
import fastify from 'fastify';

export interface ReceivedPost {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** As it came. */
  readonly raw: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export type Answer =
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  /** The post is taken, and the connection breaks before the answer. */
  | 'reset-after'
  | 'hang';

export class Receiver {
  readonly posts: ReceivedPost[] = [];
  answer: Answer = { status: 200, body: 'ok' };
  private readonly app = fastify({ forceCloseConnections: true });
  private port = 0;

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    const { app } = receiver;
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    app.all('/*', async (request, reply) => {
      const { url: path, headers } = request;
      receiver.posts.push({
        path,
        headers,
        raw: typeof request.body === 'string' ? request.body : '',
        at: Date.now(),
      });
      const { answer } = receiver;
      if (answer === 'hang') {
        reply.hijack();
        return;
      }
      if (answer === 'reset-after') {
        reply.hijack();
        request.raw.socket.destroy();
        return;
      }
      const { status, body = '', headers: more = {} } = answer;
      await reply.code(status).headers(more).send(body);
    });
    await app.listen({ host: '127.0.0.1', port: 0 });
    const address = app.server.address();
    if (address === null || typeof address === 'string') throw new Error('the receiver has no port');
    receiver.port = address.port;
    return receiver;
  }

  /** With a secret in it, as real ones have. */
  get url(): string {
    return `http://127.0.0.1:${this.port}/hooks/T0/s3cret?sig=also-secret`;
  }

  jsons(): unknown[] {
    return this.posts.map(({ raw }) => JSON.parse(raw) as unknown);
  }

  close(): Promise<void> {
    return this.app.close();
  }
}
