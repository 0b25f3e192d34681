/**
 * The embedded desk: Zendesk's Support API v2 as its documents describe it, for trying Deskhand out without an
 * account and for testing against something that forgives nothing. It keeps its tickets in a folder, breaks on
 * demand, and has a page for people.
 */
import type { FastifyInstance } from 'fastify';
import { deskFolder } from '../common/credentials';
import { RateLimits } from '../common/rateLimits';
import {
  runEmbedded,
  type EmbeddedOptions,
  type RunningEmbedded,
  type WebhookTarget,
} from '../common/runEmbedded';
import { brandRoutes } from './account/brandRoutes';
import { fieldRoutes } from './account/fieldRoutes';
import { peopleRoutes } from './account/peopleRoutes';
import { authenticator, requireAdmin, type Authenticate } from './answers/auth';
import { zendeskRefusals } from './answers/refusals';
import { zendeskLimits, type DeskContext, type DeskLimits } from './context';
import { zendeskPage } from './deskPage';
import { searchRoutes } from './lists/searchRoutes';
import { viewRoutes } from './lists/viewRoutes';
import { zendeskTime, type Webhook } from './store/records';
import { seedDesk } from './store/seed';
import { DeskStore } from './store/store';
import { conversationRoutes } from './tickets/conversationRoutes';
import { mergeRoutes } from './tickets/mergeRoutes';
import { suspendedRoutes } from './tickets/suspendedRoutes';
import { ticketRoutes } from './tickets/ticketRoutes';
import type { InvocationLog } from './webhooks/invocations';
import { Outbox } from './webhooks/outbox';
import { triggerRoutes } from './webhooks/triggerRoutes';
import { WebhookDelivery, zendeskDelivery, type DeliveryOptions } from './webhooks/webhookDelivery';
import { webhookRoutes } from './webhooks/webhookRoutes';
import { wireApi } from './wire';

/** `webhook` gets every ticket event. */
export interface EmbeddedZendeskOptions extends EmbeddedOptions<DeskLimits> {
  readonly delivery?: Partial<DeliveryOptions>;
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
export async function startEmbeddedZendesk(options: EmbeddedZendeskOptions): Promise<RunningEmbedded> {
  const store = await DeskStore.open(deskFolder(options.stateDir));
  return runEmbedded(options, {
    ...{ kind: 'zendesk', apiPath: '/api/v2', store },
    // Both spellings of every address: `/tickets/1` and `/tickets/1.json`.
    routedUrl: (url) => url.replace(/^(\/api\/v2\/[^?]*)\.json(?=\?|$)/, '$1'),
    make: async ({ clock, token, targetOf, onLost, changeWith }) => {
      await seedDesk(store, clock());
      await configureWebhook(store, targetOf(options.webhook), clock());
      const delivery = new WebhookDelivery({ ...zendeskDelivery, ...options.delivery }, onLost);
      const calls = new Outbox(store, delivery);
      const desk: DeskContext = {
        ...{ store, clock, limits: { ...zendeskLimits, ...options.limits } },
        change: changeWith(calls, ({ audit, ticket }) => (audit === null ? null : ticket.id)),
      };
      const authenticate = authenticator(store, token);
      return {
        ...{ calls, change: desk.change, page: zendeskPage(desk), bodyBytes: desk.limits.bodyBytes },
        refusals: zendeskRefusals,
        apiRoutes: (app) => apiRoutes(app, desk, authenticate, delivery.invocations),
        requireKey: (request) => {
          requireAdmin(authenticate(request));
        },
      };
    },
  });
}

function apiRoutes(
  app: FastifyInstance,
  desk: DeskContext,
  authenticate: Authenticate,
  invocations: InvocationLog,
): void {
  const rateLimits = new RateLimits(desk.clock);
  wireApi(app, desk, authenticate, rateLimits);
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
}

/** The target given at start is a webhook like any other; starting without one ends it. */
async function configureWebhook(
  store: DeskStore,
  target: Required<WebhookTarget> | null,
  now: number,
): Promise<void> {
  if (target === null && !store.webhooks.has(configuredWebhook)) return;
  const at = zendeskTime(now);
  const webhook: Webhook | null =
    target === null
      ? null
      : {
          id: configuredWebhook,
          ...{ name: 'Deskhand', description: null },
          endpoint: target.url,
          status: 'active',
          subscriptions: ticketEvents,
          http_method: 'POST',
          request_format: 'json',
          custom_headers: {},
          secret: target.secret,
          created_at: store.webhooks.get(configuredWebhook)?.created_at ?? at,
          updated_at: at,
          created_by: 'start',
        };
  await store.write((tx) =>
    webhook === null ? tx.remove('webhooks', configuredWebhook) : tx.put('webhooks', webhook),
  );
}
