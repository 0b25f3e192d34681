/** An embedded Gorgias of its own for a test, on a free port and in a folder that goes away, and a plain HTTP client. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import {
  startEmbeddedGorgias,
  type EmbeddedGorgiasOptions,
  type RunningGorgias,
} from '../../../../src/helpdesk/embedded/gorgias/startGorgias';
import { PeopleAtTheDesk } from '../../contract/deskUnderTest';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

const listSchema = z.object({
  object: z.literal('list'),
  data: z.array(z.looseObject({ id: z.int() })),
  meta: z.object({ next_cursor: z.string().nullable() }),
});
const refusalSchema = z.object({
  error: z.object({ msg: z.string(), data: z.record(z.string(), z.array(z.string())).optional() }),
});

export class TestGorgias {
  readonly desk: RunningGorgias;
  readonly people: PeopleAtTheDesk;
  readonly stateDir: string;

  private constructor(desk: RunningGorgias, people: PeopleAtTheDesk, stateDir: string) {
    this.desk = desk;
    this.people = people;
    this.stateDir = stateDir;
  }

  static async start(options: Partial<EmbeddedGorgiasOptions> = {}): Promise<TestGorgias> {
    const stateDir = options.stateDir ?? (await mkdtemp(path.join(os.tmpdir(), 'deskhand-gorgias-')));
    const desk = await startEmbeddedGorgias({
      ...{ host: '127.0.0.1', port: 0, stateDir, limits: { bucket: 100_000 } },
      ...options,
    });
    const people = new PeopleAtTheDesk(desk.url);
    await people.come();
    return new TestGorgias(desk, people, stateDir);
  }

  /** @param body - a text is sent as it is, anything else as JSON. @param key - null sends no credentials. */
  async call(
    method: string,
    address: string,
    body?: unknown,
    key: string | null = this.key,
  ): Promise<Answer> {
    const response = await fetch(`${this.desk.apiUrl}${address}`, {
      method,
      headers: {
        ...(key === null ? {} : { authorization: `Basic ${Buffer.from(key).toString('base64')}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : (JSON.parse(text) as unknown),
    };
  }

  /** `{email}:{key}` */
  get key(): string {
    const { email, token } = this.desk.credentials;
    return `${email}:${token}`;
  }

  async list(address: string) {
    return listSchema.parse((await this.call('GET', address)).body);
  }

  /** Goes on with the same folder, as another process would. */
  async restart(options: Partial<EmbeddedGorgiasOptions> = {}): Promise<TestGorgias> {
    await this.desk.close();
    return TestGorgias.start({ stateDir: this.stateDir, ...options });
  }

  async stop(): Promise<void> {
    await this.desk.close();
    await rm(this.stateDir, { recursive: true, force: true });
  }
}

/** The fields that a refusal names. */
export function mistakesIn({ body }: Answer): readonly string[] {
  return Object.keys(refusalSchema.parse(body).error.data ?? {});
}
