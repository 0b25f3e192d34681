/** Everything the benchmark runs on: one Temporal server, the embedded desk, Deskhand's workers, a bare worker. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import axios from 'axios';
import { DefaultLogger, type NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { z } from 'zod';
import { ticketWorkflowId } from '../src/contracts/messages';
import type { TicketRef } from '../src/core/ticket/ticket';
import type { RunningEmbedded } from '../src/helpdesk/embedded/common/runEmbedded';
import { startEmbeddedZendesk } from '../src/helpdesk/embedded/zendesk/desk';
import { connectNativeForWorker, connectTemporal, type TemporalConnection } from '../src/temporal/connection';
import { hintTicket } from '../src/temporal/hintTicket';
import { findTemporalCli } from '../src/temporal/provision/findTemporalCli';
import { startTemporalServer, type RunningServer } from '../src/temporal/provision/startTemporalServer';
import type { RunningWorkers } from '../src/temporal/worker';
import { benchAccount, startDeskhand } from './startDeskhand';

const bareTaskQueue = 'bench-bare';
const roomy = { requestsPerMinute: 1e9, updatesPerMinute: 1e9, updatesPerTicketIn10Minutes: 1e9 };
const customer = { name: 'Ana Silva', email: 'ana@example.com', subject: 'My order' };

const createdTicket = z.object({ ticketId: z.string(), commentId: z.string() });
const commentAdded = z.object({
  type: z.literal('zen:event-type:ticket.comment_added'),
  detail: z.object({ id: z.string() }),
  event: z.object({
    comment: z.object({ is_public: z.literal(true), author: z.object({ is_staff: z.literal(true) }) }),
  }),
});

export interface Cost {
  readonly actions: number;
  readonly byType: Readonly<Record<string, number>>;
  readonly events: number;
}

interface Parts {
  readonly folder: string;
  readonly server: RunningServer;
  readonly temporal: TemporalConnection;
  readonly native: NativeConnection;
  readonly replies: ReplyListener;
  readonly desk: RunningEmbedded;
  readonly workers: RunningWorkers;
  readonly bare: { worker: Worker; run: Promise<void> };
}

export class Bench {
  private readonly parts: Parts;
  private started = 0;

  private constructor(parts: Parts) {
    this.parts = parts;
  }

  static async start(): Promise<Bench> {
    Runtime.install({ logger: new DefaultLogger('ERROR') });
    const folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-bench-'));
    const { path: cli } = await findTemporalCli({ onProgress: (line) => console.log(line) });
    const server = await startTemporalServer({
      cli,
      stateDir: folder,
      inMemory: true,
      port: 0,
      uiPort: null,
      onProgress: () => undefined,
    });
    const target = { address: server.address, namespace: 'default' };
    const [temporal, native, replies] = await Promise.all([
      connectTemporal(target),
      connectNativeForWorker(target),
      ReplyListener.start(),
    ]);
    const desk = await startEmbeddedZendesk({
      host: '127.0.0.1',
      port: 0,
      stateDir: folder,
      limits: roomy,
      webhook: { url: replies.url },
    });
    const workers = await startDeskhand(folder, desk, native, temporal);
    const worker = await Worker.create({
      connection: native,
      taskQueue: bareTaskQueue,
      workflowsPath: require.resolve('./bareWorkflow'),
      activities: { step: (number: number) => Promise.resolve(number) },
    });
    return new Bench({
      folder,
      server,
      temporal,
      native,
      replies,
      desk,
      workers,
      bare: { worker, run: worker.run() },
    });
  }

  /** Milliseconds from start to result. */
  async runBare(steps: number): Promise<number> {
    const begun = performance.now();
    await this.parts.temporal.client.workflow.execute('bareWorkflow', {
      workflowId: `bare-${++this.started}`,
      taskQueue: bareTaskQueue,
      args: [steps],
    });
    return performance.now() - begun;
  }

  /** Milliseconds from the hint that a customer wrote to the desk's own news of the public reply. */
  async answerTicket(): Promise<number> {
    return (await this.answer()).ms;
  }

  private async answer(): Promise<{ ref: TicketRef; ms: number }> {
    const { ticketId, commentId } = await this.newTicket();
    const ref = { desk: 'zendesk', account: benchAccount, ticketId };
    const replied = this.parts.replies.next(ticketId);
    const begun = performance.now();
    await hintTicket(this.parts.temporal.client, ref, {
      id: `hint-${ticketId}`,
      source: 'api',
      kind: 'changed',
      commentId,
    });
    await replied;
    return { ref, ms: performance.now() - begun };
  }

  /** What one more plain ticket costs, by the server's own count and by its history. */
  async costOfOneTicket(): Promise<Cost> {
    await quiet();
    const before = await this.actions();
    const { ref } = await this.answer();
    await quiet();
    const after = await this.actions();
    const byType = Object.fromEntries(
      Object.entries(after)
        .map(([type, count]) => [type, count - (before[type] ?? 0)] as const)
        .filter(([, count]) => count > 0),
    );
    const { events } = await this.parts.temporal.client.workflow
      .getHandle(ticketWorkflowId(ref))
      .fetchHistory();
    const actions = Object.values(byType).reduce((sum, count) => sum + count, 0);
    return { actions, byType, events: events?.length ?? 0 };
  }

  async stop(): Promise<void> {
    const { workers, bare, native, temporal, desk, replies, server, folder } = this.parts;
    bare.worker.shutdown();
    await Promise.all([workers.stop(), bare.run]);
    await native.close();
    await temporal.close();
    await desk.close();
    await replies.stop();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }

  private async newTicket(): Promise<z.infer<typeof createdTicket>> {
    const { data } = await axios.post<unknown>(`${this.parts.desk.url}/_desk/customer/tickets`, {
      ...customer,
      body: 'Where is my order?',
    });
    return createdTicket.parse(data);
  }

  private async actions(): Promise<Record<string, number>> {
    const { data } = await axios.get<string>(this.parts.server.metricsUrl, { responseType: 'text' });
    const counts: Record<string, number> = {};
    for (const line of data.split('\n')) {
      const found = /^action\{action_type="([^"]+)",namespace="default".*\} (\d+)/.exec(line);
      if (found?.[1] !== undefined) counts[found[1]] = (counts[found[1]] ?? 0) + Number(found[2]);
    }
    return counts;
  }
}

/** Hears of the bot's public replies as any webhook of the desk would. */
class ReplyListener {
  readonly url: string;
  private readonly server: Server;
  private readonly waiting = new Map<string, () => void>();

  private constructor(server: Server, port: number) {
    this.server = server;
    this.url = `http://127.0.0.1:${port}/`;
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.writeHead(204).end();
        const event = commentAdded.safeParse(JSON.parse(Buffer.concat(chunks).toString()));
        if (event.success) this.waiting.get(event.data.detail.id)?.();
      });
    });
  }

  static async start(): Promise<ReplyListener> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port for the listener');
    return new ReplyListener(server, address.port);
  }

  next(ticketId: string): Promise<void> {
    return new Promise((resolve) => this.waiting.set(ticketId, resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** The server counts in the background. */
function quiet(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1_500));
}
