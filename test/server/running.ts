/** A server on a Temporal of its own, and a caller with its token. */
import axios, { type AxiosInstance } from 'axios';
import type { TrustedProxies } from '../../src/config/trustedProxies';
import type { DeskAccount } from '../../src/contracts/messages';
import { createLogger } from '../../src/log/logger';
import type { ServedAccount } from '../../src/server/accounts';
import { startServer, type RunningServer, type ServerDeps } from '../../src/server/startServer';
import { signZendeskWebhook } from '../../src/helpdesk/zendesk/webhook';
import type { TestTemporal } from '../support/temporalServer';

export const apiToken = 'a-token-only-for-tests';
export const webhookSecret = 'signing-secret-of-the-tests';
export const botUserId = '9001';

export interface TestServer {
  readonly server: RunningServer;
  readonly api: AxiosInstance;
  readonly anyone: AxiosInstance;
}

/** Of the server, or of the one account that it serves. */
interface RunChanges
  extends
    Partial<ServerDeps>,
    Partial<Pick<ServedAccount, 'webhookSecret' | 'botUserId' | 'intentRefusal' | 'pollSeconds'>> {
  readonly desk?: DeskAccount;
}

export async function runServer(
  temporal: TestTemporal,
  changes: RunChanges = {},
  { trustedProxies = null }: { readonly trustedProxies?: TrustedProxies | null } = {},
): Promise<TestServer> {
  const server = await startServer(
    {
      api: { host: '127.0.0.1', port: 0, token: null, trustedProxies },
      temporal: { address: null, namespace: temporal.namespace, uiUrl: 'http://ui.example' },
    },
    {
      client: temporal.client,
      logger: createLogger('test', 'error'),
      apiToken,
      accounts: [
        {
          ...(changes.desk ?? { desk: 'zendesk', account: 'demo' }),
          secretName: `${(changes.desk?.desk ?? 'zendesk').toUpperCase()}_WEBHOOK_SECRET`,
          webhookSecret: changes.webhookSecret ?? (() => Promise.resolve(webhookSecret)),
          botUserId: changes.botUserId ?? (() => Promise.resolve(botUserId)),
          ...(changes.intentRefusal === undefined ? {} : { intentRefusal: changes.intentRefusal }),
          ...(changes.pollSeconds === undefined ? {} : { pollSeconds: changes.pollSeconds }),
        },
      ],
      ...changes,
    },
  );
  const caller = { baseURL: server.url, proxy: false as const, validateStatus: () => true };
  return {
    server,
    anyone: axios.create(caller),
    api: axios.create({ ...caller, headers: { authorization: `Bearer ${apiToken}` } }),
  };
}

export interface Sent {
  readonly at?: Date;
  readonly secret?: string;
  readonly invocationId?: string;
  /** Signed in place of the body. */
  readonly signed?: string;
  readonly contentType?: string;
  readonly forwardedFor?: string;
}

/** As Zendesk posts it: the bytes given, signed as they are. */
export function deliver(server: TestServer, raw: string | Buffer, sent: Sent = {}) {
  const timestamp = (sent.at ?? new Date()).toISOString();
  const body = Buffer.from(raw);
  return server.anyone.post<Record<string, unknown>>('/webhooks/zendesk', body, {
    headers: {
      'content-type': sent.contentType ?? 'application/json',
      'x-zendesk-webhook-signature': signZendeskWebhook(
        sent.secret ?? webhookSecret,
        timestamp,
        Buffer.from(sent.signed ?? body),
      ),
      'x-zendesk-webhook-signature-timestamp': timestamp,
      ...(sent.forwardedFor === undefined ? {} : { 'x-forwarded-for': sent.forwardedFor }),
      ...(sent.invocationId === undefined ? {} : { 'x-zendesk-webhook-invocation-id': sent.invocationId }),
    },
  });
}

export async function metric(server: TestServer, line: string): Promise<number> {
  const { data } = await server.anyone.get<string>('/metrics');
  const found = data.split('\n').find((each) => each.startsWith(`${line} `));
  return Number(found?.split(' ').at(-1) ?? 0);
}

/** Looks again until there is something: visibility is behind by a moment. */
export async function eventually<T>(look: () => Promise<T | null>): Promise<T> {
  const end = Date.now() + 60_000;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > end) throw new Error('it did not happen within a minute');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
