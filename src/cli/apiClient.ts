/** The CLI's way to a running server: over HTTP, with the token both find in the state folder. */
import axios, { type AxiosInstance, isAxiosError } from 'axios';
import { z } from 'zod';
import type { DecisionView, DeskAccount, TicketView } from '../contracts/messages';
import { apiTokenFile, readApiToken } from '../config/apiToken';
import type { Settings } from '../config/settings';
import type { SwitchedModes } from '../core/modes/modeSwitch';
import type { TicketPage } from '../server/schemas';
import { CommandError } from './failure';
import { byWhomHeld } from './portHolderWords';

export interface ApiClient {
  start(body: {
    desk: string;
    account?: string;
    ticketId: string;
    messageId?: string;
  }): Promise<{ workflowId: string; webUrl: string | null }>;
  list(filters: Record<string, string>): Promise<TicketPage>;
  show(ticket: TicketAddress): Promise<TicketView>;
  why(ticket: TicketAddress): Promise<DecisionView>;
  act(ticket: TicketAddress, body: Record<string, string>): Promise<TicketView>;
  modes(account: DeskAccount): Promise<SwitchedModes>;
  setMode(account: DeskAccount, body: Record<string, string>): Promise<SwitchedModes>;
}

interface TicketAddress {
  readonly desk: string;
  /** Absent: the desk has one account there. */
  readonly account?: string;
  readonly ticketId: string;
}

export function apiUrl({ api }: Pick<Settings, 'api'>): string {
  const host = api.host === '0.0.0.0' ? '127.0.0.1' : api.host === '::' ? '::1' : api.host;
  return `http://${host.includes(':') ? `[${host}]` : host}:${api.port}`;
}

/** How to ask whoever listens there: it may send without end, or send us elsewhere. */
export function briefly() {
  const withinMs = 5_000;
  const signal = AbortSignal.timeout(withinMs);
  return { timeout: withinMs, signal, proxy: false, maxRedirects: 0, maxContentLength: 1_000_000 } as const;
}

/**
 * Whether Deskhand listens there, by how it asks for a token (RFC 9110, section 11.6.1): told without one, so that no
 * other program is given ours.
 * @throws AxiosError when nobody answers, or whoever does wants to be asked less often.
 */
export async function isDeskhand(url: string): Promise<boolean> {
  const { status, headers } = await axios.get(`${url}/api/tickets?limit=1`, {
    ...briefly(),
    validateStatus: (code) => code !== 429,
  });
  return status === 401 && headers['www-authenticate'] === 'Bearer realm="deskhand"';
}

/** Every method throws CommandError. */
export async function connectApi(settings: Pick<Settings, 'api' | 'stateDir'>): Promise<ApiClient> {
  const baseURL = apiUrl(settings);
  const http = axios.create({
    baseURL,
    timeout: 15_000,
    proxy: false,
    headers: { authorization: `Bearer ${await readApiToken(settings)}` },
  });
  let isKnown = false;
  const isOurs = async (): Promise<boolean> => {
    isKnown ||= await isDeskhand(baseURL);
    return isKnown;
  };
  const server = { http, baseURL, port: settings.api.port, isOurs, tokenFrom: tokenSource(settings) };
  const ticket = ({ desk, account, ticketId }: TicketAddress, below = '') => ({
    url: `/api/tickets/${encodeURIComponent(desk)}/${encodeURIComponent(ticketId)}${below}`,
    ...(account === undefined ? {} : { params: { account } }),
  });
  const of = ({ desk, account }: DeskAccount) => ({ url: '/api/modes', params: { desk, account } });
  return {
    start: (body) => ask(server, { method: 'POST', url: '/api/tickets', data: body }),
    list: (params) => ask(server, { method: 'GET', url: '/api/tickets', params }),
    show: (one) => ask(server, { method: 'GET', ...ticket(one) }),
    why: (one) => ask(server, { method: 'GET', ...ticket(one, '/decision') }),
    act: (one, data) => ask(server, { method: 'POST', ...ticket(one, '/actions'), data }),
    modes: (account) => ask(server, { method: 'GET', ...of(account) }),
    setMode: (account, data) => ask(server, { method: 'PUT', ...of(account), data }),
  };
}

interface Server {
  readonly http: AxiosInstance;
  readonly baseURL: string;
  readonly port: number;
  readonly isOurs: () => Promise<boolean>;
  /** For the mend, when it is another server's. */
  readonly tokenFrom: string;
}

function tokenSource({ api, stateDir }: Pick<Settings, 'api' | 'stateDir'>): string {
  return api.token === null ? apiTokenFile(stateDir) : 'DESKHAND_API_TOKEN';
}

async function ask<T>(
  { http, baseURL, port, isOurs, tokenFrom }: Server,
  request: { method: string; url: string; data?: unknown; params?: Record<string, string> },
): Promise<T> {
  try {
    if (!(await isOurs())) {
      throw new CommandError(
        `${baseURL} is held${await byWhomHeld(port)}, which is no Deskhand and was not sent the API's token. ` +
          'DESKHAND_HOST and DESKHAND_PORT say where the API is.',
      );
    }
    return (await http.request<T>(request)).data;
  } catch (error) {
    if (error instanceof CommandError) throw error;
    if (isAxiosError(error) && error.response?.status === 401) {
      throw new CommandError(
        `The server at ${baseURL} has another API token than ${tokenFrom}. Set DESKHAND_STATE_DIR to that server's ` +
          'state folder, or DESKHAND_API_TOKEN to its token.',
      );
    }
    if (isAxiosError(error) && error.response !== undefined)
      throw problem(error.response.status, error.response.data);
    const why = isAxiosError(error) ? (error.code ?? error.message) : String(error);
    throw new CommandError(
      `The API does not answer at ${baseURL} (${why}). Start it with \`npm start\` or \`deskhand server\`; ` +
        'DESKHAND_HOST and DESKHAND_PORT say where it is.',
    );
  }
}

const problemSchema = z.object({
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string(), found: z.string() })).optional(),
});

function problem(status: number, body: unknown): CommandError {
  const parsed = problemSchema.safeParse(body);
  if (!parsed.success)
    return new CommandError(`The API answered ${status}: is it Deskhand that listens there?`);
  const lines = (parsed.data.errors ?? []).map(
    ({ path, message, found }) => `  - ${path} ${message}; found ${found}`,
  );
  return new CommandError([parsed.data.detail, ...lines].join('\n'));
}
