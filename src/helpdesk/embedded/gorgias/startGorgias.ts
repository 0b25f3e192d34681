/**
 * The embedded Gorgias: its REST API as developers.gorgias.com describes it, for trying Deskhand out without an account
 * and for testing against something that forgives nothing. It keeps its tickets in a folder, breaks on demand, and has a
 * page for people.
 *
 * Documented: the objects, their names and which of them may be null; what a list can be ordered and filtered by; the
 * cursors, though not what is in them; what a message needs when it goes out, comes in, or is a note; that `external_id` is
 * kept and not used; that snoozed is closed for a while; the limits with their headers; the statuses of errors; the
 * integration's placeholders, headers and triggers.
 *
 * Inferred: user 0 is whose key it is, an update is answered 202, a list of `custom_fields` replaces, times have an offset
 * (connectors on GitHub: benpalmer1/Gorgias-MCP-Server, the sample events of PipedreamHQ/pipedream); `{msg, data}` within
 * an error (both); a customer's message ends the snoozing, rules leave `rule_id`, and what an e-mail's `source` must be
 * (docs.gorgias.com, in words for agents). What has neither stands beside its code.
 */
import Fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from '../../../log/logger';
import { Faults } from '../../../remote/faults';
import { answerApiErrors, faultRoutes } from '../common/apiAnswers';
import {
  deskFolder,
  keptSecrets,
  writeCredentials,
  type EmbeddedDeskCredentials,
} from '../common/credentials';
import { LiveUpdates } from '../common/liveUpdates';
import type { DemoCustomer } from '../common/pageFiles';
import { RecordStore } from '../common/recordStore';
import { sameOriginGuard } from '../common/sameOrigin';
import { accountRoutes } from './accountRoutes';
import { internalError, notFound, refusedBy } from './apiErrors';
import { gorgiasLimits, type GorgiasContext, type GorgiasLimits } from './context';
import { integrationDefaults, IntegrationCalls, type IntegrationOptions } from './integrationCalls';
import { messageRoutes } from './messageRoutes';
import { pageRoutes } from './pageRoutes';
import { emptyTables, type IntegrationCall } from './records';
import { botEmail, botOf, seedDesk } from './seed';
import { ticketRoutes } from './ticketRoutes';
import { requireKey, wireApi, type Key } from './wire';

export interface EmbeddedGorgiasOptions {
  /** Loopback unless there is a reason: the page asks nobody to sign in. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** The desk keeps everything in the folder `gorgias` of it. */
  readonly stateDir: string;
  /** Where the HTTP integration calls. Without a secret the one in the credentials is sent. */
  readonly webhook?: { readonly url: string; readonly secret?: string };
  /** Whom the page offers to write as; it takes any other address too. */
  readonly customers?: readonly DemoCustomer[];
  /** Epoch milliseconds. */
  readonly clock?: () => number;
  readonly limits?: Partial<GorgiasLimits>;
  readonly integration?: Partial<Omit<IntegrationOptions, 'url' | 'secret'>>;
  readonly log?: Logger;
}

export interface RunningGorgias {
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
export async function startEmbeddedGorgias(options: EmbeddedGorgiasOptions): Promise<RunningGorgias> {
  const clock = options.clock ?? Date.now;
  const tables = emptyTables();
  const store = await RecordStore.open(deskFolder(options.stateDir, 'gorgias'), Object.values(tables));
  const faults = new Faults();
  const live = new LiveUpdates();
  let app: FastifyInstance | null = null;
  let calls: IntegrationCalls | null = null;
  const close = async (): Promise<void> => {
    live.close();
    await app?.close();
    await calls?.stop();
    await store.close();
  };
  try {
    await seedDesk(store, tables, clock());
    const secrets = await keptSecrets(options.stateDir, 'gorgias');
    const webhookSecret = options.webhook?.secret ?? secrets.webhookSecret;
    const integration =
      options.webhook === undefined
        ? null
        : { ...integrationDefaults, ...options.integration, url: options.webhook.url, secret: webhookSecret };
    const made = new IntegrationCalls(store, tables, clock, integration, (reason) =>
      options.log?.warn('a call of the integration was given up', { desk: 'embedded', reason }),
    );
    calls = made;
    const desk: GorgiasContext = {
      ...{ tables, clock, limits: { ...gorgiasLimits, ...options.limits }, me: () => botOf(tables) },
      change: async (step) => {
        const kept: IntegrationCall[] = [];
        const written = await store.write((tx) => {
          const outcome = step(tx);
          kept.push(...made.keepOf(tx, outcome));
          return outcome;
        });
        live.ticketChanged(written.ticket.id);
        for (const call of kept) made.send(call);
        return written;
      },
    };
    app = build(desk, { key: { email: botEmail, apiKey: secrets.token }, faults, live }, options);
    const url = await app.listen({ host: options.host, port: options.port });
    const apiUrl = `${url}/api`;
    const credentials: EmbeddedDeskCredentials = {
      apiUrl,
      email: botEmail,
      token: secrets.token,
      webhookSecret,
    };
    await writeCredentials(options.stateDir, credentials, 'gorgias');
    made.resume();
    return { url, apiUrl, credentials, faults, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function build(
  desk: GorgiasContext,
  { key, faults, live }: { readonly key: Key; readonly faults: Faults; readonly live: LiveUpdates },
  { log, host, customers = [] }: EmbeddedGorgiasOptions,
): FastifyInstance {
  const app = Fastify({
    bodyLimit: desk.limits.bodyBytes,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true },
  });
  const guard = sameOriginGuard([host]);
  app.addHook('onRequest', (request, _reply, done) => {
    if (!request.url.startsWith('/api/')) guard(request);
    done();
  });
  wireApi(app, desk, key, faults);
  answerApiErrors(app, log, {
    internalError,
    notFound: () => notFound('Resource'),
    refused: refusedBy,
  });
  ticketRoutes(app, desk);
  messageRoutes(app, desk);
  accountRoutes(app, desk);
  pageRoutes(app, desk, live, customers);
  faultRoutes(app, faults, (request) => requireKey(request, key));
  return app;
}
