/**
 * The embedded Freshdesk: its API v2 as its documents describe it, for trying Deskhand out without an account and for
 * testing against something that forgives nothing. It keeps its tickets in a folder, breaks on demand, and has a page
 * for people.
 */
import Fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from '../../../log/logger';
import { Faults } from '../../../remote/faults';
import type { DemoCustomer } from '../common/pageFiles';
import { RecordStore } from '../common/recordStore';
import {
  deskFolder,
  keptSecrets,
  writeCredentials,
  type EmbeddedDeskCredentials,
} from '../common/credentials';
import { answerApiErrors, faultRoutes } from '../common/apiAnswers';
import { ApiError } from '../common/apiError';
import { LiveUpdates } from '../common/liveUpdates';
import { RateLimits } from '../common/rateLimits';
import { sameOriginGuard } from '../common/sameOrigin';
import { internalError, notFound } from './apiErrors';
import { freshdeskLimits, type FreshdeskContext, type FreshdeskLimits } from './context';
import { conversationRoutes } from './conversationRoutes';
import type { Sanitizer } from './messageBody';
import { pageRoutes } from './pageRoutes';
import { peopleRoutes } from './peopleRoutes';
import { emptyTables, type RuleCall } from './records';
import { freshdeskRetryMs, RuleCalls, type RuleOptions } from './ruleCalls';
import { botEmail, botOf, seedDesk } from './seed';
import { ticketRoutes } from './ticketRoutes';
import { requireKey, wireApi } from './wire';

export interface EmbeddedFreshdeskOptions {
  /** Loopback unless there is a reason: the page asks nobody to sign in. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** The desk keeps everything in the folder `freshdesk` of it. */
  readonly stateDir: string;
  /** Is called when a customer writes. Without a secret the one in the credentials is sent. */
  readonly webhook?: { readonly url: string; readonly secret?: string };
  /** Whom the page offers to write as; it takes any other address too. */
  readonly customers?: readonly DemoCustomer[];
  /** Epoch milliseconds. */
  readonly clock?: () => number;
  readonly limits?: Partial<FreshdeskLimits>;
  readonly rule?: Partial<Pick<RuleOptions, 'timeoutMs' | 'retryMs' | 'copies'>>;
  readonly sanitizer?: Sanitizer;
  readonly log?: Logger;
}

export interface RunningFreshdesk {
  /** The page; `{url}/#/tickets/{id}` is a ticket's. No trailing slash. */
  readonly url: string;
  readonly apiUrl: string;
  readonly credentials: EmbeddedDeskCredentials;
  readonly faults: Faults;
  close(): Promise<void>;
}

/**
 * @throws DeskStoreError when another process uses the folder, or it is damaged or not writable;
 * DeskCredentialsError for a broken credentials file; Node's error when the port is taken (EADDRINUSE).
 */
export async function startEmbeddedFreshdesk(options: EmbeddedFreshdeskOptions): Promise<RunningFreshdesk> {
  const clock = options.clock ?? Date.now;
  const tables = emptyTables();
  const store = await RecordStore.open(deskFolder(options.stateDir, 'freshdesk'), Object.values(tables));
  const faults = new Faults();
  const live = new LiveUpdates();
  let app: FastifyInstance | null = null;
  let calls: RuleCalls | null = null;
  const close = async (): Promise<void> => {
    live.close();
    await app?.close();
    await calls?.stop();
    await store.close();
  };
  try {
    await seedDesk(store, tables, clock());
    const secrets = await keptSecrets(options.stateDir, 'freshdesk');
    const rule = ruleOf(options, secrets.webhookSecret);
    const ruleCalls = new RuleCalls(store, tables, rule, (reason) =>
      options.log?.warn('a call of the rule was given up', { desk: 'embedded', reason }),
    );
    calls = ruleCalls;
    const desk: FreshdeskContext = {
      tables,
      clock,
      limits: { ...freshdeskLimits, ...options.limits },
      sanitizer: options.sanitizer ?? 'keeps-classes',
      change: async (step) => {
        const kept: RuleCall[] = [];
        const written = await store.write((tx) => {
          const outcome = step(tx);
          kept.push(...ruleCalls.keepOf(tx, outcome));
          return outcome;
        });
        live.ticketChanged(written.ticket.id);
        for (const call of kept) ruleCalls.send(call);
        return written;
      },
    };
    app = build(desk, { apiKey: secrets.token, faults, live }, options);
    const url = await app.listen({ host: options.host, port: options.port });
    const credentials: EmbeddedDeskCredentials = {
      apiUrl: `${url}/api/v2`,
      email: botEmail,
      token: secrets.token,
      webhookSecret: options.webhook?.secret ?? secrets.webhookSecret,
    };
    await writeCredentials(options.stateDir, credentials, 'freshdesk');
    ruleCalls.resume();
    return { url, apiUrl: credentials.apiUrl, credentials, faults, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function ruleOf({ webhook, rule }: EmbeddedFreshdeskOptions, keptSecret: string): RuleOptions | null {
  if (webhook === undefined) return null;
  return {
    url: webhook.url,
    secret: webhook.secret ?? keptSecret,
    ...{ timeoutMs: 10_000, retryMs: freshdeskRetryMs, copies: 1 },
    ...rule,
  };
}

function build(
  desk: FreshdeskContext,
  { apiKey, faults, live }: { readonly apiKey: string; readonly faults: Faults; readonly live: LiveUpdates },
  { log, host, customers = [] }: EmbeddedFreshdeskOptions,
): FastifyInstance {
  const app = Fastify({
    bodyLimit: desk.limits.bodyBytes,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true },
  });
  const me = () => botOf(desk.tables);
  const guard = sameOriginGuard([host]);
  app.addHook('onRequest', (request, _reply, done) => {
    if (!request.url.startsWith('/api/')) guard(request);
    done();
  });
  wireApi(app, { desk, apiKey, faults, rateLimits: new RateLimits(desk.clock) });
  answerApiErrors(app, log, {
    ...{ internalError, notFound },
    refused: (status, message) => new ApiError(status, { code: 'invalid_request', message }),
  });
  ticketRoutes(app, desk, me);
  conversationRoutes(app, desk, me);
  peopleRoutes(app, desk, me);
  pageRoutes(app, desk, live, customers);
  faultRoutes(app, faults, (request) => requireKey(request, apiKey));
  return app;
}
