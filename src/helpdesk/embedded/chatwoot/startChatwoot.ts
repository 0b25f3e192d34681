/**
 * The embedded Chatwoot: its application API as its public source has it, for trying Deskhand out without an account and
 * for testing against something that forgives nothing. It keeps its conversations in a folder, breaks on demand, and has
 * a page for people.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sameSecret } from '../../../contracts/sameSecret';
import { ApiError } from '../common/apiError';
import { deskFolder } from '../common/credentials';
import { botIn } from '../common/demoTeam';
import { isApi } from '../common/faultHooks';
import { readJsonBodies } from '../common/jsonBodies';
import { RateLimits } from '../common/rateLimits';
import { RecordStore } from '../common/recordStore';
import {
  runEmbedded,
  type EmbeddedOptions,
  type RunningEmbedded,
  type WebhookTarget,
} from '../common/runEmbedded';
import {
  internalError,
  invalidToken,
  noSuchRoute,
  notSignedIn,
  tooManyRequests,
  unreadableBody,
} from './apiErrors';
import { attributeRoutes } from './attributeRoutes';
import { chatwootLimits, type ChatwootContext, type ChatwootLimits } from './context';
import { updateConversation } from './conversationChanges';
import { conversationRoutes } from './conversationRoutes';
import { chatwootPage } from './deskPage';
import { takeForms } from './params';
import { peopleRoutes } from './peopleRoutes';
import { account, emptyTables, type User } from './records';
import { seedDesk } from './seed';
import { setupRoutes } from './setupRoutes';
import { chatwootDelivery, Webhooks, type DeliveryOptions } from './webhooks';

/** `webhook` is the account's: it is told of everything. */
export interface EmbeddedChatwootOptions extends EmbeddedOptions<ChatwootLimits> {
  /** An agent bot answers the inboxes: their conversations begin as pending, and it is told of messages. */
  readonly agentBot?: WebhookTarget;
  readonly delivery?: Partial<DeliveryOptions>;
  /** The bot's; absent: an agent, who may not set anything up. */
  readonly botRole?: User['role'];
}

/**
 * @throws DeskStoreError when another process uses the folder, or it is damaged or not writable;
 * DeskCredentialsError for a broken credentials file; Node's error when the port is taken (EADDRINUSE).
 */
export async function startEmbeddedChatwoot(options: EmbeddedChatwootOptions): Promise<RunningEmbedded> {
  const tables = emptyTables();
  const store = await RecordStore.open(deskFolder(options.stateDir, 'chatwoot'), Object.values(tables));
  return runEmbedded(options, {
    ...{ kind: 'chatwoot', apiPath: `/api/v1/accounts/${account.id}`, store },
    make: async ({ clock, token, targetOf, onLost, changeWith }) => {
      await seedDesk(store, tables);
      const { botRole = 'agent' } = options;
      const me = (): User => ({ ...botIn(tables.users.records.values()), role: botRole });
      const calls = new Webhooks(
        store,
        { tables, clock },
        { account: targetOf(options.webhook), bot: targetOf(options.agentBot) },
        { ...chatwootDelivery, ...options.delivery },
        {
          lost: onLost,
          botFailed: async (conversationId) => {
            await desk.change((tx) => {
              const conversation = tx.get(tables.conversations, conversationId);
              if (conversation === undefined) throw new Error('the conversation is gone');
              const status = conversation.status === 'pending' ? 'open' : conversation.status;
              return updateConversation(desk, tx, conversation, { status }, { type: 'User', user: me() });
            });
          },
        },
      );
      const desk: ChatwootContext = {
        ...{ tables, clock, hasBot: options.agentBot !== undefined },
        limits: { ...chatwootLimits, ...options.limits },
        change: changeWith(calls, ({ conversation }) => conversation.id),
      };
      return {
        ...{ calls, change: desk.change, page: chatwootPage(desk), bodyBytes: desk.limits.bodyBytes },
        refusals: {
          internalError,
          notFound: noSuchRoute,
          refused: (status, error) => new ApiError(status, { status, error }),
        },
        apiRoutes: (app) => {
          wireApi(app, desk, token);
          conversationRoutes(app, desk, me);
          peopleRoutes(app, desk, me);
          setupRoutes(app, { tables, store }, me);
          attributeRoutes(app, { tables, store }, me);
        },
        requireKey: (request) => requireToken(request, token),
      };
    },
  });
}

function wireApi(app: FastifyInstance, { limits, clock }: ChatwootContext, token: string): void {
  readJsonBodies(app, unreadableBody, () => undefined);
  takeForms(app, limits.bodyBytes);
  const rateLimits = new RateLimits(clock);
  app.addHook('preHandler', (request, _reply, done) => {
    if (isApi(request)) {
      if (!rateLimits.take(request.ip, limits.requestsPerMinute, 60).allowed) throw tooManyRequests();
      requireToken(request, token);
    }
    done();
  });
}

/** `api_access_token: ...`: app/controllers/concerns/access_token_auth_helper.rb. @throws ApiError 401 */
function requireToken({ headers }: FastifyRequest, token: string): void {
  const given = headers['api_access_token'];
  if (given === undefined) throw notSignedIn();
  if (typeof given !== 'string' || !sameSecret(given, token)) throw invalidToken();
}
