/** An embedded Chatwoot of its own for a test, on a free port and in a folder that goes away, and a plain HTTP client. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createChatwootDesk } from '../../../../src/helpdesk/chatwoot/createChatwootDesk';
import {
  startEmbeddedChatwoot,
  type EmbeddedChatwootOptions,
  type RunningChatwoot,
} from '../../../../src/helpdesk/embedded/chatwoot/startChatwoot';
import type { Helpdesk } from '../../../../src/helpdesk/port';
import { PeopleAtTheDesk } from '../../contract/deskUnderTest';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: unknown;
}

export class TestChatwoot {
  readonly desk: RunningChatwoot;
  readonly people: PeopleAtTheDesk;
  readonly stateDir: string;

  private constructor(desk: RunningChatwoot, people: PeopleAtTheDesk, stateDir: string) {
    this.desk = desk;
    this.people = people;
    this.stateDir = stateDir;
  }

  static async start(options: Partial<EmbeddedChatwootOptions> = {}): Promise<TestChatwoot> {
    const stateDir = options.stateDir ?? (await mkdtemp(path.join(os.tmpdir(), 'deskhand-chatwoot-')));
    const desk = await startEmbeddedChatwoot({ host: '127.0.0.1', port: 0, stateDir, ...options });
    const people = new PeopleAtTheDesk(desk.url);
    await people.come();
    return new TestChatwoot(desk, people, stateDir);
  }

  /** Deskhand's adapter on it. */
  open(settleMs = 0): Helpdesk {
    const { apiUrl, credentials } = this.desk;
    const common = { account: 'demo', companyAddresses: [], ticketUrl: null };
    return createChatwootDesk({ ...common, apiUrl, apiToken: credentials.token, settleMs });
  }

  /**
   * @param address - below the account: `/conversations/1`.
   * @param body - a text is sent as it is, anything else as JSON. @param token - null sends none.
   */
  async call(
    method: string,
    address: string,
    body?: unknown,
    {
      token = this.desk.credentials.token,
      type = 'application/json',
    }: { token?: string | null; type?: string } = {},
  ): Promise<Answer> {
    const response = await fetch(`${this.desk.apiUrl}${address}`, {
      method,
      headers: {
        ...(token === null ? {} : { api_access_token: token }),
        ...(body === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  }

  /** Which requests `work` makes: `POST /conversations/1/messages`. */
  async requestsOf(work: () => Promise<unknown>): Promise<number> {
    const { faults } = this.desk;
    const id = faults.add({ fault: { type: 'delay', ms: 0 } });
    await work();
    const struck = faults.list().find((fault) => fault.id === id)?.struck ?? 0;
    faults.clear(id);
    return struck;
  }

  /** Goes on with the same folder, as another process would. */
  async restart(options: Partial<EmbeddedChatwootOptions> = {}): Promise<TestChatwoot> {
    await this.desk.close();
    return TestChatwoot.start({ stateDir: this.stateDir, ...options });
  }

  async stop(): Promise<void> {
    await this.desk.close();
    await rm(this.stateDir, { recursive: true, force: true });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
