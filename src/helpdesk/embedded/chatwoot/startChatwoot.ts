/**
 * The embedded Chatwoot: its application API as its public source has it, for trying Deskhand out without an account and
 * for testing against something that forgives nothing. It keeps its conversations in a folder, breaks on demand, and has
 * a page for people.
 */
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { Logger } from '../../../log/logger';
import { Faults } from '../../../remote/faults';
import { sameSecret } from '../../../contracts/sameSecret';
import { answerApiErrors, faultRoutes } from '../common/apiAnswers';
import { ApiError } from '../common/apiError';
import {
  deskFolder,
  keptSecrets,
  writeCredentials,
  type EmbeddedDeskCredentials,
} from '../common/credentials';
import { isApi, strikeFaults } from '../common/faultHooks';
import { readJsonBodies } from '../common/jsonBodies';
import { LiveUpdates } from '../common/liveUpdates';
import type { DemoCustomer } from '../common/pageFiles';
import { RateLimits } from '../common/rateLimits';
import { RecordStore } from '../common/recordStore';
import { sameOriginGuard } from '../common/sameOrigin';
import {
  internalError,
  invalidToken,
  noSuchRoute,
  notSignedIn,
  tooManyRequests,
  unreadableBody,
} from './apiErrors';
import { chatwootLimits, type ChatwootContext, type ChatwootLimits } from './context';
import { updateConversation } from './conversationChanges';
import { conversationRoutes } from './conversationRoutes';
import { pageRoutes } from './pageRoutes';
import { takeForms } from './params';
import { peopleRoutes } from './peopleRoutes';
import { account, emptyTables, type BotCall } from './records';
import { botEmail, botOf, seedDesk } from './seed';
import { chatwootDelivery, Webhooks, type DeliveryOptions } from './webhooks';

interface Target {
  readonly url: string;
  /** Without one that of the credentials signs. */
  readonly secret?: string;
}

export interface EmbeddedChatwootOptions {
  /** Loopback unless there is a reason: the page asks nobody to sign in. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** The desk keeps everything in the folder `chatwoot` of it. */
  readonly stateDir: string;
  /** The account's: is told of everything. */
  readonly webhook?: Target;
  /** An agent bot answers the inboxes: their conversations begin as pending, and it is told of messages. */
  readonly agentBot?: Target;
  /** Whom the page offers to write as; it takes any other address too. */
  readonly customers?: readonly DemoCustomer[];
  /** Epoch milliseconds. */
  readonly clock?: () => number;
  readonly limits?: Partial<ChatwootLimits>;
  readonly delivery?: Partial<DeliveryOptions>;
  readonly log?: Logger;
}

export interface RunningChatwoot {
  /** The page; `{url}/#/tickets/{id}` is a conversation's. No trailing slash. */
  readonly url: string;
  /** `{url}/api/v1/accounts/1` */
  readonly apiUrl: string;
  readonly credentials: EmbeddedDeskCredentials;
  readonly faults: Faults;
  close(): Promise<void>;
}

/**
 * @throws DeskStoreError when another process uses the folder, or it is damaged or not writable;
 * DeskCredentialsError for a broken credentials file; Node's error when the port is taken (EADDRINUSE).
 */
export async function startEmbeddedChatwoot(options: EmbeddedChatwootOptions): Promise<RunningChatwoot> {
  const clock = options.clock ?? Date.now;
  const tables = emptyTables();
  const store = await RecordStore.open(deskFolder(options.stateDir, 'chatwoot'), Object.values(tables));
  const faults = new Faults();
  const live = new LiveUpdates();
  let app: FastifyInstance | null = null;
  let webhooks: Webhooks | null = null;
  const close = async (): Promise<void> => {
    live.close();
    await app?.close();
    await webhooks?.stop();
    await store.close();
  };
  try {
    await seedDesk(store, tables);
    const secrets = await keptSecrets(options.stateDir, 'chatwoot');
    const targetOf = (target: Target | undefined) =>
      target === undefined ? null : { url: target.url, secret: target.secret ?? secrets.webhookSecret };
    const calls = new Webhooks(
      store,
      { tables, clock },
      { account: targetOf(options.webhook), bot: targetOf(options.agentBot) },
      { ...chatwootDelivery, ...options.delivery },
      {
        lost: (reason) => options.log?.warn('a call of a webhook was given up', { desk: 'embedded', reason }),
        botFailed: async (conversationId) => {
          await desk.change((tx) => {
            const conversation = tx.get(tables.conversations, conversationId);
            if (conversation === undefined) throw new Error('the conversation is gone');
            const status = conversation.status === 'pending' ? 'open' : conversation.status;
            return updateConversation(
              desk,
              tx,
              conversation,
              { status },
              { type: 'User', user: botOf(tables) },
            );
          });
        },
      },
    );
    webhooks = calls;
    const desk: ChatwootContext = {
      ...{ tables, clock, hasBot: options.agentBot !== undefined },
      limits: { ...chatwootLimits, ...options.limits },
      change: async (step) => {
        const kept: BotCall[] = [];
        const written = await store.write((tx) => {
          const outcome = step(tx);
          kept.push(...calls.keep(tx, outcome));
          return outcome;
        });
        live.ticketChanged(written.conversation.id);
        calls.send(written, kept);
        return written;
      },
    };
    app = build(desk, { token: secrets.token, faults, live }, options);
    const url = await app.listen({ host: options.host, port: options.port });
    const credentials: EmbeddedDeskCredentials = {
      apiUrl: `${url}/api/v1/accounts/${account.id}`,
      email: botEmail,
      token: secrets.token,
      webhookSecret: options.webhook?.secret ?? secrets.webhookSecret,
    };
    await writeCredentials(options.stateDir, credentials, 'chatwoot');
    calls.resume();
    return { url, apiUrl: credentials.apiUrl, credentials, faults, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Parts {
  readonly token: string;
  readonly faults: Faults;
  readonly live: LiveUpdates;
}

function build(
  desk: ChatwootContext,
  { token, faults, live }: Parts,
  { log, host, customers = [] }: EmbeddedChatwootOptions,
): FastifyInstance {
  const app = Fastify({
    bodyLimit: desk.limits.bodyBytes,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true },
  });
  const me = () => botOf(desk.tables);
  const guard = sameOriginGuard([host]);
  app.addHook('onRequest', (request, _reply, done) => {
    if (!isApi(request)) guard(request);
    done();
  });
  readJsonBodies(app, unreadableBody, () => undefined);
  takeForms(app, desk.limits.bodyBytes);
  strikeFaults(app, faults);
  const rateLimits = new RateLimits(desk.clock);
  app.addHook('preHandler', (request, _reply, done) => {
    if (isApi(request)) {
      if (!rateLimits.take(request.ip, desk.limits.requestsPerMinute, 60).allowed) throw tooManyRequests();
      requireToken(request, token);
    }
    done();
  });
  answerApiErrors(app, log, {
    internalError,
    notFound: noSuchRoute,
    refused: (status, error) => new ApiError(status, { status, error }),
  });
  conversationRoutes(app, desk, me);
  peopleRoutes(app, desk, me);
  pageRoutes(app, desk, live, customers);
  faultRoutes(app, faults, (request) => requireToken(request, token));
  return app;
}

/** `api_access_token: ...`: app/controllers/concerns/access_token_auth_helper.rb. @throws ApiError 401 */
function requireToken({ headers }: FastifyRequest, token: string): void {
  const given = headers['api_access_token'];
  if (given === undefined) throw notSignedIn();
  if (typeof given !== 'string' || !sameSecret(given, token)) throw invalidToken();
}
