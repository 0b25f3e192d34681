/** A desk of its own for a test, on a free port and in a folder that goes away, and a plain HTTP client for it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import {
  startEmbeddedDesk,
  type EmbeddedDeskOptions,
  type RunningDesk,
} from '../../../src/helpdesk/embedded/desk';
import { auditSchema, commentSchema, ticketSchema } from '../../../src/helpdesk/embedded/records';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: unknown;
}

export interface TestDesk {
  readonly desk: RunningDesk;
  readonly stateDir: string;
  call(method: string, path: string, body?: unknown, options?: CallOptions): Promise<Answer>;
  /** A ticket that Ann Lee wrote; its id. */
  newTicket(body?: string, more?: Record<string, unknown>): Promise<string>;
  put(ticketId: string, ticket: Record<string, unknown>): Promise<Answer>;
  stop(): Promise<void>;
}

interface CallOptions {
  readonly as?: string | null;
  readonly token?: string;
  readonly headers?: Record<string, string>;
}

export const agents = { nora: 'nora@demo-shop.example', tomas: 'tomas@demo-shop.example' };

export async function tempFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'deskhand-desk-'));
}

export async function startDesk(options: Partial<EmbeddedDeskOptions> = {}): Promise<TestDesk> {
  const stateDir = options.stateDir ?? (await tempFolder());
  const desk = await startEmbeddedDesk({ host: '127.0.0.1', port: 0, stateDir, ...options });
  const call: TestDesk['call'] = async (method, address, body, { as, token, headers } = {}) => {
    const who = as === undefined ? desk.credentials.email : as;
    const basic = Buffer.from(`${who}/token:${token ?? desk.credentials.token}`).toString('base64');
    const response = await fetch(new URL(address, desk.url), {
      method,
      headers: {
        ...(who === null ? {} : { authorization: `Basic ${basic}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  };
  return {
    desk,
    stateDir,
    call,
    newTicket: async (body = 'Where is my order?', more = {}) => {
      const message = { name: 'Ann Lee', email: 'ann@example.com', subject: 'My order', body, ...more };
      const answer = await call('POST', '/_desk/customer/tickets', message);
      return z.object({ ticketId: z.string() }).parse(answer.body).ticketId;
    },
    put: (ticketId, ticket) => call('PUT', `/api/v2/tickets/${ticketId}`, { ticket }),
    stop: async () => {
      await desk.close();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const shownTicket = ticketSchema.omit({ change: true, followup_ids: true }).loose();
const shownComment = commentSchema.omit({ ticket_id: true }).loose();

export const ticketIn = (answer: Answer) => z.object({ ticket: shownTicket }).parse(answer.body).ticket;
export const auditIn = (answer: Answer) => z.object({ audit: auditSchema }).parse(answer.body).audit;
export const auditsIn = (answer: Answer) =>
  z.object({ audits: z.array(auditSchema) }).parse(answer.body).audits;
export const commentsIn = (answer: Answer) =>
  z.object({ comments: z.array(shownComment) }).parse(answer.body).comments;

export async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`did not happen within 10 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
