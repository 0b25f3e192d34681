/**
 * The embedded desk: Zendesk's Support API v2 as its documents describe it, for trying Deskhand out without an
 * account and for testing against something that forgives nothing. It keeps its tickets in a folder, breaks on
 * demand, and has a page for people.
 */
import Fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from '../../../log/logger';
import { authenticator } from './answers/auth';
import { zendeskLimits, type DeskContext, type DeskLimits } from './context';
import { conversationRoutes } from './tickets/conversationRoutes';
import {
  deskFolder,
  keptSecrets,
  writeCredentials,
  type EmbeddedDeskCredentials,
} from '../common/credentials';
import { answerErrors } from './answers/errorAnswers';
import { faultRoutes } from './answers/faultRoutes';
import { Faults } from '../../../remote/faults';
import type { InvocationLog } from './webhooks/invocations';
import { LiveUpdates } from '../common/liveUpdates';
import { Outbox } from './webhooks/outbox';
import type { DemoCustomer } from '../common/pageFiles';
import { pageRoutes } from './pageRoutes';
import { brandRoutes } from './account/brandRoutes';
import { fieldRoutes } from './account/fieldRoutes';
import { mergeRoutes } from './tickets/mergeRoutes';
import { peopleRoutes } from './account/peopleRoutes';
import { RateLimits } from '../common/rateLimits';
import { zendeskTime, type OutgoingEvent, type Webhook } from './store/records';
import { sameOriginGuard } from '../common/sameOrigin';
import { searchRoutes } from './lists/searchRoutes';
import { botEmail, seedDesk } from './store/seed';
import { DeskStore } from './store/store';
import { suspendedRoutes } from './tickets/suspendedRoutes';
import { ticketRoutes } from './tickets/ticketRoutes';
import { triggerRoutes } from './webhooks/triggerRoutes';
import { viewRoutes } from './lists/viewRoutes';
import { WebhookDelivery, zendeskDelivery, type DeliveryOptions } from './webhooks/webhookDelivery';
import { webhookRoutes } from './webhooks/webhookRoutes';
import { wireApi } from './wire';

export interface EmbeddedDeskOptions {
  /** Loopback unless there is a reason: the page asks nobody to sign in. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** The desk keeps everything in the folder `desk` of it. */
  readonly stateDir: string;
  /** How others reach the desk, where that differs from host and port (a container, a proxy). */
  readonly publicUrl?: string;
  /** Gets every ticket event. Without a secret the one in the credentials signs. */
  readonly webhook?: { readonly url: string; readonly secret?: string };
  /** Whom the page offers to write as; it takes any other address too. */
  readonly customers?: readonly DemoCustomer[];
  /** Epoch milliseconds. */
  readonly clock?: () => number;
  readonly limits?: Partial<DeskLimits>;
  readonly delivery?: Partial<DeliveryOptions>;
  readonly log?: Logger;
}

export interface RunningDesk {
  /** The page; `{url}/#/tickets/{id}` is a ticket's. No trailing slash. */
  readonly url: string;
  readonly apiUrl: string;
  readonly credentials: EmbeddedDeskCredentials;
  readonly faults: Faults;
  close(): Promise<void>;
}

const configuredWebhook = 'configured-at-start';
const ticketEvents = [
  'ticket.created',
  'ticket.comment_added',
  'ticket.status_changed',
  'ticket.agent_assignment_changed',
  'ticket.group_assignment_changed',
  'ticket.priority_changed',
  'ticket.subject_changed',
  'ticket.tags_changed',
  'ticket.csat_received',
].map((name) => `zen:event-type:${name}`);

/**
 * @throws DeskStoreError when another process uses the folder, or it is damaged or not writable;
 * DeskCredentialsError for a broken credentials file; Node's error when the port is taken (EADDRINUSE).
 */
export async function startEmbeddedDesk(options: EmbeddedDeskOptions): Promise<RunningDesk> {
  const clock = options.clock ?? Date.now;
  const store = await DeskStore.open(deskFolder(options.stateDir));
  const faults = new Faults();
  const live = new LiveUpdates();
  const delivery = new WebhookDelivery({ ...zendeskDelivery, ...options.delivery }, (reason) =>
    options.log?.warn('a webhook event was given up', { desk: 'embedded', reason }),
  );
  const outbox = new Outbox(store, delivery);
  const desk: DeskContext = {
    store,
    clock,
    limits: { ...zendeskLimits, ...options.limits },
    change: async (step) => {
      let events: readonly OutgoingEvent[] = [];
      const written = await store.write((tx) => {
        const outcome = step(tx);
        events = outbox.keep(tx, outcome);
        return outcome;
      });
      if (written.audit !== null) live.ticketChanged(written.ticket.id);
      outbox.send(events);
      return written;
    },
  };
  let app: FastifyInstance | null = null;
  const close = async (): Promise<void> => {
    live.close();
    await app?.close();
    await outbox.stop();
    await store.close();
  };
  try {
    await seedDesk(store, clock());
    const kept = await keptSecrets(options.stateDir);
    const { invocations } = delivery;
    app = build(desk, { token: kept.token, faults, live, invocations, names: ownNames(options) }, options);
    const bound = await app.listen({ host: options.host, port: options.port });
    const url = (options.publicUrl ?? bound).replace(/\/+$/, '');
    const credentials: EmbeddedDeskCredentials = {
      apiUrl: `${url}/api/v2`,
      email: botEmail,
      token: kept.token,
      webhookSecret: options.webhook?.secret ?? kept.webhookSecret,
    };
    await writeCredentials(options.stateDir, credentials);
    await configureWebhook(desk, options.webhook?.url ?? null, credentials.webhookSecret);
    outbox.resume();
    return { url, apiUrl: credentials.apiUrl, credentials, faults, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function build(
  desk: DeskContext,
  parts: {
    token: string;
    faults: Faults;
    live: LiveUpdates;
    invocations: InvocationLog;
    names: readonly string[];
  },
  { log, customers = [] }: EmbeddedDeskOptions,
): FastifyInstance {
  const { token, faults, live, invocations, names } = parts;
  const app = Fastify({
    bodyLimit: desk.limits.bodyBytes,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true },
    // Both spellings of every address: `/tickets/1` and `/tickets/1.json`.
    rewriteUrl: (request) => (request.url ?? '/').replace(/^(\/api\/v2\/[^?]*)\.json(?=\?|$)/, '$1'),
  });
  const authenticate = authenticator(desk.store, token);
  const rateLimits = new RateLimits(desk.clock);
  const guard = sameOriginGuard(names);
  app.addHook('onRequest', (request, _reply, done) => {
    if (!request.url.startsWith('/api/')) guard(request);
    done();
  });
  wireApi(app, { desk, authenticate, faults, rateLimits });
  answerErrors(app, log);
  ticketRoutes(app, desk, authenticate);
  mergeRoutes(app, desk, authenticate);
  conversationRoutes(app, desk, authenticate);
  peopleRoutes(app, desk, authenticate);
  fieldRoutes(app, desk, authenticate);
  brandRoutes(app, desk, authenticate);
  triggerRoutes(app, desk, authenticate);
  viewRoutes(app, desk, authenticate);
  suspendedRoutes(app, desk, authenticate);
  searchRoutes(app, desk, authenticate, rateLimits);
  webhookRoutes(app, desk, authenticate, invocations);
  faultRoutes(app, faults, authenticate);
  pageRoutes(app, desk, live, customers);
  return app;
}

function ownNames(options: EmbeddedDeskOptions): string[] {
  return [options.host, ...(options.publicUrl === undefined ? [] : [new URL(options.publicUrl).hostname])];
}

/** The target given at start is a webhook like any other; starting without one ends it. */
async function configureWebhook(desk: DeskContext, endpoint: string | null, secret: string): Promise<void> {
  const { store } = desk;
  if (endpoint === null && !store.webhooks.has(configuredWebhook)) return;
  const at = zendeskTime(desk.clock());
  const webhook: Webhook | null =
    endpoint === null
      ? null
      : {
          id: configuredWebhook,
          ...{ name: 'Deskhand', description: null },
          endpoint,
          status: 'active',
          subscriptions: ticketEvents,
          http_method: 'POST',
          request_format: 'json',
          custom_headers: {},
          secret,
          created_at: store.webhooks.get(configuredWebhook)?.created_at ?? at,
          updated_at: at,
          created_by: 'start',
        };
  await store.write((tx) =>
    webhook === null ? tx.remove('webhooks', configuredWebhook) : tx.put('webhooks', webhook),
  );
}
