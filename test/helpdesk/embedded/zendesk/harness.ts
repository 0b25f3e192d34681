/** An embedded Zendesk for a test. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import {
  startEmbeddedZendesk,
  type EmbeddedZendeskOptions,
} from '../../../../src/helpdesk/embedded/zendesk/desk';
import {
  auditSchema,
  commentSchema,
  ticketSchema,
} from '../../../../src/helpdesk/embedded/zendesk/store/records';
import { basicAuth, startDouble, TestDouble, type Answer } from '../common/testDouble';

interface CallOptions {
  /** An address; null sends no credentials. */
  readonly as?: string | null;
  readonly token?: string;
  readonly headers?: Record<string, string>;
}

export const agents = { nora: 'nora@demo-shop.example', tomas: 'tomas@demo-shop.example' };

/** For tests that are about something else than limits. */
export const roomyLimits = {
  requestsPerMinute: 1_000_000,
  updatesPerMinute: 1_000_000,
  updatesPerTicketIn10Minutes: 1_000_000,
  incrementalPerMinute: 1_000_000,
};

export const tempFolder = (): Promise<string> => mkdtemp(path.join(tmpdir(), 'deskhand-desk-'));

const shownTicket = ticketSchema
  .omit({ change: true, followup_ids: true, custom_fields: true, satisfaction_rating: true })
  .loose();
const shownComment = commentSchema.omit({ ticket_id: true }).loose();
const written = z.object({ ticketId: z.string(), commentId: z.string().nullable() });

export const ticketIn = (answer: Answer) => z.object({ ticket: shownTicket }).parse(answer.body).ticket;
export const auditIn = (answer: Answer) => z.object({ audit: auditSchema }).parse(answer.body).audit;
const auditsIn = (answer: Answer) => z.object({ audits: z.array(auditSchema) }).parse(answer.body).audits;
export const commentsIn = (answer: Answer) =>
  z.object({ comments: z.array(shownComment) }).parse(answer.body).comments;
/** The ids of a list, whatever it is a list of. */
export const idsIn = (answer: Answer, key: string): number[] => {
  const lists = z.record(z.string(), z.unknown()).parse(answer.body);
  const records = z.array(z.object({ id: z.number() })).parse(lists[key]);
  return records.map(({ id }) => id);
};

export class TestDesk extends TestDouble {
  static async start(options: Partial<EmbeddedZendeskOptions> = {}): Promise<TestDesk> {
    const start = (where: EmbeddedZendeskOptions) => startEmbeddedZendesk({ ...where, ...options });
    return new TestDesk(await startDouble(start, options.stateDir));
  }

  call(method: string, address: string, body?: unknown, options: CallOptions = {}): Promise<Answer> {
    const headers = { ...this.credentials(options), ...options.headers };
    return this.send(method, new URL(address, this.desk.url), body, headers);
  }

  credentials({ as, token }: CallOptions = {}): Record<string, string> {
    const { credentials } = this.desk;
    const who = as === undefined ? credentials.email : as;
    if (who === null) return {};
    return basicAuth(`${who}/token:${token ?? credentials.token}`);
  }

  get(address: string, options: CallOptions = {}): Promise<Answer> {
    return this.call('GET', address, undefined, options);
  }

  /** A ticket that Ann Lee wrote; its id. */
  async newTicket(body = 'Where is my order?', more: Record<string, unknown> = {}): Promise<string> {
    const message = { name: 'Ann Lee', email: 'ann@example.com', subject: 'My order', body, ...more };
    return written.parse((await this.call('POST', '/_desk/customer/tickets', message)).body).ticketId;
  }

  async customerWrites(ticketId: string, message: string | Record<string, unknown>) {
    const body = typeof message === 'string' ? { body: message } : message;
    const address = `/_desk/customer/tickets/${ticketId}/comments`;
    return written.parse((await this.call('POST', address, body)).body);
  }

  put(ticketId: string, ticket: Record<string, unknown>, options: CallOptions = {}): Promise<Answer> {
    return this.call('PUT', `/api/v2/tickets/${ticketId}`, { ticket }, options);
  }

  async ticket(ticketId: string) {
    return ticketIn(await this.get(`/api/v2/tickets/${ticketId}`));
  }

  async comments(ticketId: string) {
    return commentsIn(await this.get(`/api/v2/tickets/${ticketId}/comments`));
  }

  async audits(ticketId: string) {
    return auditsIn(await this.get(`/api/v2/tickets/${ticketId}/audits`));
  }

  /** Goes on with the same folder, as another process would. */
  async restart(options: Partial<EmbeddedZendeskOptions> = {}): Promise<TestDesk> {
    await this.desk.close();
    return TestDesk.start({ stateDir: this.stateDir, ...options });
  }
}

/** Jest's matcher, of a type that may stand in an expected body. */
export const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);

export async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`did not happen within a minute: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
