/**
 * An embedded desk of its own for a test, on a free port and in a folder that goes away; the people at its page, and a
 * plain HTTP client.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { EmbeddedOptions, RunningEmbedded } from '../../../../src/helpdesk/embedded/common/runEmbedded';
import { PeopleAtTheDesk } from '../../contract/deskUnderTest';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Null where the text is no JSON. */
  readonly body: unknown;
}

type Where = Pick<EmbeddedOptions, 'host' | 'port' | 'stateDir'>;

interface StartedDouble {
  readonly desk: RunningEmbedded;
  readonly people: PeopleAtTheDesk;
  readonly stateDir: string;
}

/** @param stateDir - of an earlier start; absent: an empty one. */
export async function startDouble(
  start: (where: Where) => Promise<RunningEmbedded>,
  stateDir?: string,
): Promise<StartedDouble> {
  const folder = stateDir ?? (await mkdtemp(path.join(os.tmpdir(), 'deskhand-double-')));
  const desk = await start({ host: '127.0.0.1', port: 0, stateDir: folder });
  const people = new PeopleAtTheDesk(desk.url);
  await people.come();
  return { desk, people, stateDir: folder };
}

export abstract class TestDouble {
  readonly desk: RunningEmbedded;
  readonly people: PeopleAtTheDesk;
  readonly stateDir: string;

  protected constructor({ desk, people, stateDir }: StartedDouble) {
    this.desk = desk;
    this.people = people;
    this.stateDir = stateDir;
  }

  /** @param body - a text is sent as it is, anything else as JSON. @param headers - may name another type of it. */
  protected async send(
    method: string,
    url: string | URL,
    body: unknown,
    headers: Readonly<Record<string, string>>,
  ): Promise<Answer> {
    const response = await fetch(url, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: jsonIn(text) };
  }

  /** How many requests `work` makes. */
  async requestsOf(work: () => Promise<unknown>): Promise<number> {
    const { faults } = this.desk;
    const id = faults.add({ fault: { type: 'delay', ms: 0 } });
    await work();
    const struck = faults.list().find((fault) => fault.id === id)?.struck ?? 0;
    faults.clear(id);
    return struck;
  }

  async stop(): Promise<void> {
    await this.desk.close();
    await rm(this.stateDir, { recursive: true, force: true });
  }
}

export function basicAuth(credentials: string): { readonly authorization: string } {
  return { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
}

/** Null for what is no JSON. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
