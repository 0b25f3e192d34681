/** Server-sent events to open pages: only that a ticket changed; the page asks for the rest. */
import type { FastifyReply } from 'fastify';

const heartbeatMs = 15_000;

export class LiveUpdates {
  private readonly open = new Set<FastifyReply>();
  private readonly heartbeat: NodeJS.Timeout;

  constructor() {
    this.heartbeat = setInterval(() => this.write(': still here\n\n'), heartbeatMs);
    this.heartbeat.unref();
  }

  add(reply: FastifyReply): void {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    reply.raw.write('retry: 1000\n\n');
    this.open.add(reply);
    reply.raw.on('close', () => this.open.delete(reply));
  }

  ticketChanged(ticketId: number): void {
    this.write(`event: ticket\ndata: ${ticketId}\n\n`);
  }

  close(): void {
    clearInterval(this.heartbeat);
    for (const reply of this.open) reply.raw.end();
  }

  private write(text: string): void {
    for (const reply of this.open) reply.raw.write(text);
  }
}
