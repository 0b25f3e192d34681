/**
 * What starts an embedded desk and stops it again: its credentials, faults on demand, one HTTP server for the API and the
 * page, the calls that an earlier start left. What is stored and answered, each desk says.
 */
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { Logger } from '../../../log/logger';
import { Faults } from '../../../remote/faults';
import type { DeskName } from '../../deskNames';
import { answerApiErrors, faultRoutes, type Refusals } from './apiAnswers';
import { keptSecrets, writeCredentials, type EmbeddedDeskCredentials } from './credentials';
import { botEmail } from './demoTeam';
import { isApi, strikeApi } from './faultHooks';
import { LiveUpdates } from './liveUpdates';
import type { DemoCustomer } from './pageFiles';
import { pageRoutes, type DeskPage } from './pageRoutes';
import { sameOriginGuard } from './sameOrigin';

export interface WebhookTarget {
  readonly url: string;
  /** Without one that of the credentials is used. */
  readonly secret?: string;
}

export interface EmbeddedOptions<Limits = unknown> {
  /** Loopback unless there is a reason: the page asks nobody to sign in. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** The desk keeps everything in a folder of its own within it. */
  readonly stateDir: string;
  /** How others reach the desk, where that differs from host and port (a container, a proxy). */
  readonly publicUrl?: string;
  /** Is called when something happens to a ticket, as the desk calls its own. */
  readonly webhook?: WebhookTarget;
  /** Whom the page offers to write as; it takes any other address too. */
  readonly customers?: readonly DemoCustomer[];
  /** Epoch milliseconds. */
  readonly clock?: () => number;
  /** Where they are to differ from the desk's own. */
  readonly limits?: Partial<Limits>;
  readonly log?: Logger;
}

export interface RunningEmbedded {
  /** The page; `{url}/#/tickets/{id}` is a ticket's. No trailing slash. */
  readonly url: string;
  readonly apiUrl: string;
  readonly credentials: EmbeddedDeskCredentials;
  readonly faults: Faults;
  close(): Promise<void>;
}

/** Stores what a step writes together with the calls that tell of it, then makes these and tells the page. */
type Change<Tx, W> = (step: (tx: Tx) => W) => Promise<W>;

/** The webhooks that a desk calls. */
export interface OutgoingCalls<Tx, W, C> {
  /** Stores those that tell of what was written, in the same step. */
  keep(tx: Tx, written: W): readonly C[];
  /** Once the step is stored. */
  send(kept: readonly C[], written: W): void;
  /** What an earlier start left. */
  resume(): void;
  stop(): Promise<void>;
}

/** What a desk is made with. */
interface Foundations<Tx> {
  readonly clock: () => number;
  /** The bot's. */
  readonly token: string;
  /** Null where nobody is to be called. */
  readonly targetOf: (target: WebhookTarget | undefined) => Required<WebhookTarget> | null;
  /** Logs why a call was given up; never what it was about. */
  readonly onLost: (reason: string) => void;
  /** @param ticketOf - which ticket the page is to show anew; null: none. */
  readonly changeWith: <W, C>(
    calls: OutgoingCalls<Tx, W, C>,
    ticketOf: (written: W) => number | null,
  ) => Change<Tx, W>;
}

/** What a desk is made of. T is its ticket, W what a step of it writes. */
interface EmbeddedDesk<Tx, T, W> {
  readonly bodyBytes: number;
  readonly refusals: Refusals;
  /** Whatever is below `/api/`. */
  apiRoutes(app: FastifyInstance): void;
  /** @throws ApiError where the request has no key that may do everything. */
  requireKey(request: FastifyRequest): void;
  readonly page: DeskPage<Tx, T, W>;
  readonly change: Change<Tx, W>;
  readonly calls: Pick<OutgoingCalls<Tx, W, unknown>, 'resume' | 'stop'>;
}

interface Blueprint<Tx, T, W> {
  readonly kind: DeskName;
  /** `/api/v2`: what its clients have as their base. */
  readonly apiPath: string;
  /** Is closed when the desk is, or cannot be started. */
  readonly store: { write<R>(step: (tx: Tx) => R): Promise<R>; close(): Promise<void> };
  /** The spelling of an address that its routes know. */
  readonly routedUrl?: (url: string) => string;
  make(foundations: Foundations<Tx>): Promise<EmbeddedDesk<Tx, T, W>>;
}

/** @throws DeskCredentialsError for a broken credentials file; Node's error when the port is taken (EADDRINUSE). */
export async function runEmbedded<Tx, T, W>(
  options: EmbeddedOptions,
  blueprint: Blueprint<Tx, T, W>,
): Promise<RunningEmbedded> {
  const { kind, store } = blueprint;
  const faults = new Faults();
  const live = new LiveUpdates();
  let app: FastifyInstance | null = null;
  let calls: EmbeddedDesk<Tx, T, W>['calls'] | null = null;
  const close = async (): Promise<void> => {
    live.close();
    await app?.close();
    await calls?.stop();
    await store.close();
  };
  try {
    const kept = await keptSecrets(options.stateDir, kind);
    const desk = await blueprint.make({
      clock: options.clock ?? Date.now,
      token: kept.token,
      targetOf: (target) => (target === undefined ? null : { secret: kept.webhookSecret, ...target }),
      onLost: (reason) => options.log?.warn('a webhook event was given up', { desk: 'embedded', reason }),
      changeWith: (outgoing, ticketOf) => changing(store, live, outgoing, ticketOf),
    });
    ({ calls } = desk);
    app = serverOf(blueprint, desk, faults, live, options);
    const bound = await app.listen({ host: options.host, port: options.port });
    const url = (options.publicUrl ?? bound).replace(/\/+$/, '');
    const credentials: EmbeddedDeskCredentials = {
      apiUrl: `${url}${blueprint.apiPath}`,
      email: botEmail,
      token: kept.token,
      webhookSecret: options.webhook?.secret ?? kept.webhookSecret,
    };
    await writeCredentials(options.stateDir, credentials, kind);
    calls.resume();
    return { url, apiUrl: credentials.apiUrl, credentials, faults, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function changing<Tx, W, C>(
  store: Blueprint<Tx, unknown, W>['store'],
  live: LiveUpdates,
  calls: OutgoingCalls<Tx, W, C>,
  ticketOf: (written: W) => number | null,
): Change<Tx, W> {
  return async (step) => {
    const { written, kept } = await store.write((tx) => {
      const outcome = step(tx);
      return { written: outcome, kept: calls.keep(tx, outcome) };
    });
    const ticketId = ticketOf(written);
    if (ticketId !== null) live.ticketChanged(ticketId);
    calls.send(kept, written);
    return written;
  };
}

function serverOf<Tx, T, W>(
  { routedUrl }: Blueprint<Tx, T, W>,
  desk: EmbeddedDesk<Tx, T, W>,
  faults: Faults,
  live: LiveUpdates,
  { host, publicUrl, log, customers = [], clock = Date.now }: EmbeddedOptions,
): FastifyInstance {
  const app = Fastify({
    bodyLimit: desk.bodyBytes,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true },
    rewriteUrl: ({ url = '/' }) => routedUrl?.(url) ?? url,
  });
  const guard = sameOriginGuard([host, ...(publicUrl === undefined ? [] : [new URL(publicUrl).hostname])]);
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('date', new Date(clock()).toUTCString());
    if (!isApi(request)) guard(request);
    done();
  });
  strikeApi(app, faults);
  answerApiErrors(app, log, desk.refusals);
  desk.apiRoutes(app);
  pageRoutes(app, desk.page, desk.change, { live, customers });
  faultRoutes(app, faults, (request) => desk.requireKey(request));
  return app;
}
