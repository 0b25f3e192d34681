/** An embedded desk on a free port, the adapter on it, and the people who use the desk's page. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import axios from 'axios';
import { startEmbeddedDesk, type RunningDesk } from '../../../src/helpdesk/embedded/zendesk/desk';
import type { Helpdesk } from '../../../src/helpdesk/port';
import { createZendeskDesk } from '../../../src/helpdesk/zendesk/createZendeskDesk';

interface Team {
  readonly agents: readonly { readonly id: number; readonly name: string }[];
  readonly groups: readonly { readonly id: number; readonly name: string }[];
}

export interface DeskWithPeople {
  readonly desk: RunningDesk;
  /** The adapter under test; each call makes one of its own, as another process would. */
  readonly open: (companyAddresses?: readonly string[]) => Helpdesk;
  readonly customerOpens: (body: string, more?: Record<string, unknown>) => Promise<Written>;
  readonly customerWrites: (
    ticketId: string,
    body: string,
    more?: Record<string, unknown>,
  ) => Promise<Written>;
  readonly agentActs: (ticketId: string, agent: string, change: Record<string, unknown>) => Promise<Written>;
  readonly rate: (ticketId: string, rating: { score: 'good' | 'bad'; comment?: string }) => Promise<Written>;
  readonly groupId: (name: string) => number;
  readonly agentId: (name: string) => number;
  /** What the desk's own API says, past the adapter. */
  readonly get: <T>(path: string) => Promise<T>;
  readonly put: (path: string, body: unknown) => Promise<void>;
  readonly close: () => Promise<void>;
}
interface Written {
  readonly ticketId: string;
  readonly commentId: string;
}

export async function openDeskWithPeople(clock?: () => number): Promise<DeskWithPeople> {
  const stateDir = await mkdtemp(path.join(os.tmpdir(), 'deskhand-adapter-'));
  const desk = await startEmbeddedDesk({
    host: '127.0.0.1',
    port: 0,
    stateDir,
    limits: { requestsPerMinute: 100_000, updatesPerMinute: 10_000, incrementalPerMinute: 1_000 },
    ...(clock === undefined ? {} : { clock }),
  });
  const { email, token } = desk.credentials;
  const page = axios.create({ baseURL: desk.url });
  const api = axios.create({ baseURL: desk.apiUrl, auth: { username: `${email}/token`, password: token } });
  const team = (await page.get<Team>('/_desk/team')).data;
  const idOf = (entries: readonly { id: number; name: string }[], name: string): number => {
    const found = entries.find((entry) => entry.name === name);
    if (found === undefined) throw new Error(`nobody and nothing is called ${name}`);
    return found.id;
  };
  const write = async (to: string, body: unknown): Promise<Written> =>
    (await page.post<Written>(to, body)).data;
  return {
    desk,
    open: (companyAddresses = []) =>
      createZendeskDesk({
        apiUrl: desk.apiUrl,
        auth: { type: 'api-token', email, token },
        account: 'demo',
        companyAddresses,
        ticketUrl: null,
      }),
    customerOpens: (body, more = {}) =>
      write('/_desk/customer/tickets', {
        name: 'Ana Diaz',
        email: 'ana@mail.example',
        subject: 'My parcel',
        body,
        ...more,
      }),
    customerWrites: (ticketId, body, more = {}) =>
      write(`/_desk/customer/tickets/${ticketId}/comments`, { body, ...more }),
    agentActs: (ticketId, agent, change) =>
      write(`/_desk/agent/tickets/${ticketId}`, { agentId: idOf(team.agents, agent), ...change }),
    rate: (ticketId, rating) => write(`/_desk/customer/tickets/${ticketId}/rating`, rating),
    groupId: (name) => idOf(team.groups, name),
    agentId: (name) => idOf(team.agents, name),
    get: async <T>(from: string) => (await api.get<T>(from)).data,
    put: async (to, body) => {
      await api.put(to, body);
    },
    close: async () => {
      await desk.close();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}
