/** An embedded Freshdesk of its own for a test, on a free port and in a folder that goes away, and a plain HTTP client. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  startEmbeddedFreshdesk,
  type EmbeddedFreshdeskOptions,
  type RunningFreshdesk,
} from '../../../../src/helpdesk/embedded/freshdesk/startFreshdesk';
import { PeopleAtTheDesk } from '../../contract/deskUnderTest';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: unknown;
}

export class TestFreshdesk {
  readonly desk: RunningFreshdesk;
  readonly people: PeopleAtTheDesk;
  readonly stateDir: string;

  private constructor(desk: RunningFreshdesk, people: PeopleAtTheDesk, stateDir: string) {
    this.desk = desk;
    this.people = people;
    this.stateDir = stateDir;
  }

  static async start(options: Partial<EmbeddedFreshdeskOptions> = {}): Promise<TestFreshdesk> {
    const stateDir = options.stateDir ?? (await mkdtemp(path.join(os.tmpdir(), 'deskhand-freshdesk-')));
    const desk = await startEmbeddedFreshdesk({ host: '127.0.0.1', port: 0, stateDir, ...options });
    const people = new PeopleAtTheDesk(desk.url);
    await people.come();
    return new TestFreshdesk(desk, people, stateDir);
  }

  /** @param body - a text is sent as it is, anything else as JSON. @param key - null sends no credentials. */
  async call(
    method: string,
    address: string,
    body?: unknown,
    {
      key = this.desk.credentials.token,
      type = 'application/json',
    }: { key?: string | null; type?: string } = {},
  ): Promise<Answer> {
    const response = await fetch(`${this.desk.apiUrl}${address}`, {
      method,
      headers: {
        ...(key === null ? {} : { authorization: `Basic ${Buffer.from(`${key}:X`).toString('base64')}` }),
        ...(body === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  }

  /** Goes on with the same folder, as another process would. */
  async restart(options: Partial<EmbeddedFreshdeskOptions> = {}): Promise<TestFreshdesk> {
    await this.desk.close();
    return TestFreshdesk.start({ stateDir: this.stateDir, ...options });
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
