/** The HTTP server: intake, API, health and metrics. It decides nothing: Temporal keeps and carries out. */
import type { AddressInfo } from 'node:net';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import type { Client } from '@temporalio/client';
import Fastify from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { Settings } from '../config/settings';
import type { TrustedProxies } from '../config/trustedProxies';
import type { Logger } from '../log/logger';
import { answerBadHttp, answerBadUrl } from './badHttp';
import type { ServedAccounts } from './accounts';
import type { ApiServer, ServerContext } from './context';
import { createCursors } from './cursors';
import { createMetrics, type Metrics } from './metrics';
import { createModes } from './modes';
import { serveDocsPage } from './docsPage';
import { answerProblemsEverywhere, Problem } from './problems';
import { healthRoutes } from './routes/health';
import { modeRoutes } from './routes/modes';
import { ticketRoutes } from './routes/tickets';
import { webhookRoutes } from './routes/webhooks';
import { createTickets } from './tickets';

export interface ServerDeps {
  readonly client: Client;
  readonly logger: Logger;
  readonly accounts: ServedAccounts;
  readonly apiToken: string;
  /** Replaces what a busy shop needs; per caller and 10 s. */
  readonly rateLimits?: RateLimits;
  /** How long Temporal and a worker may take for one answer. */
  readonly answerWithinMs?: number;
}

interface RateLimits {
  readonly api: number;
  /** High: a delivery that is turned away may be lost, and all of a desk's come from a few addresses. */
  readonly webhooks: number;
}

export interface RunningServer {
  /** `http://127.0.0.1:4600` */
  readonly url: string;
  /** Answers what is under way, then closes. */
  stop(): Promise<void>;
}

const usualRateLimits: RateLimits = { api: 300, webhooks: 5_000 };
const rateWindowMs = 10_000;
const usualAnswerWithinMs = 8_000;
const largestApiBody = 64 * 1024;

/** @throws the system's error (`EADDRINUSE`, `EACCES`, ...) when the address cannot be had. */
export async function startServer(
  settings: Pick<Settings, 'api' | 'temporal'>,
  deps: ServerDeps,
): Promise<RunningServer> {
  const metrics = createMetrics();
  const { answerWithinMs = usualAnswerWithinMs } = deps;
  const context: ServerContext = {
    ...deps,
    metrics,
    modes: createModes(deps.client, answerWithinMs),
    tickets: createTickets({
      client: deps.client,
      cursors: createCursors(deps.apiToken, deps.client.options.namespace),
      uiUrl: settings.temporal.uiUrl,
      answerWithinMs,
    }),
  };
  const limits = deps.rateLimits ?? usualRateLimits;
  const app = await buildApp(context, limits, settings.api.trustedProxies);
  await app.listen({ host: settings.api.host, port: settings.api.port });
  const url = addressOf(app.server.address(), settings.api);
  deps.logger.info('the API listens', { url });
  return { url, stop: () => app.close() };
}

async function buildApp(
  context: ServerContext,
  limits: RateLimits,
  trustedProxies: TrustedProxies | null,
): Promise<ApiServer> {
  const app = Fastify({
    trustProxy: trustProxyOf(trustedProxies),
    logger: false,
    bodyLimit: largestApiBody,
    forceCloseConnections: 'idle',
    // Fastify's own answers to these two are no problem documents.
    frameworkErrors: (error, _request, reply) => answerBadUrl(error, reply.raw),
    clientErrorHandler: answerBadHttp,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerProblemsEverywhere(app, context.logger);
  countRequests(app, context.metrics);

  await app.register(helmet, {
    // TLS ends before this server, if anywhere: it must not send browsers to https.
    strictTransportSecurity: false,
    contentSecurityPolicy: {
      directives: {
        upgradeInsecureRequests: null,
        // The defaults let styles and fonts come from anywhere.
        styleSrc: ["'self'", "'unsafe-inline'"],
        fontSrc: ["'self'", 'data:'],
      },
    },
  });
  await app.register(rateLimit, {
    global: false,
    timeWindow: rateWindowMs,
    errorResponseBuilder: (_request, { max, ttl }) =>
      new Problem(
        429,
        'too-many-requests',
        `More than ${max} requests in ${rateWindowMs / 1000} s: go on in ${Math.ceil(ttl / 1000)} s.`,
      ),
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Deskhand',
        version: '1',
        description:
          'Tickets of a help desk, worked on by workflows. Errors are problem documents (RFC 9457).',
      },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    },
    transform: jsonSchemaTransform,
  });
  await serveDocsPage(app);

  app.get('/openapi.json', { schema: { hide: true } }, (_request, reply) =>
    reply.serializer((body: unknown) => JSON.stringify(body)).send(app.swagger()),
  );
  healthRoutes(app, context);
  await app.register(
    (scope, _options, done) => {
      scope.addHook('onRequest', scope.rateLimit({ max: limits.api }));
      ticketRoutes(scope.withTypeProvider<ZodTypeProvider>(), context);
      modeRoutes(scope.withTypeProvider<ZodTypeProvider>(), context);
      done();
    },
    { prefix: '/api' },
  );
  await app.register(
    (scope, _options, done) => {
      scope.addHook('onRequest', scope.rateLimit({ max: limits.webhooks }));
      webhookRoutes(scope.withTypeProvider<ZodTypeProvider>(), context);
      done();
    },
    { prefix: '/webhooks' },
  );
  return app;
}

/**
 * Fastify trusts nobody when given a number, since it cannot tell a proxy from a caller who comes past it; whoever
 * sets one says that nobody can. https://fastify.dev/docs/latest/Reference/Server/#trustproxy
 */
function trustProxyOf(
  trusted: TrustedProxies | null,
): false | string[] | ((address: string, hop: number) => boolean) {
  switch (trusted?.type) {
    case undefined:
      return false;
    case 'addresses':
      return [...trusted.addresses];
    case 'hops':
      return (_address, hop) => hop < trusted.hops;
  }
}

function countRequests(app: ApiServer, metrics: Metrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    metrics.requestAnswered({
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    });
    done();
  });
}

function addressOf(address: string | AddressInfo | null, api: Settings['api']): string {
  const port = typeof address === 'object' && address !== null ? address.port : api.port;
  return `http://${api.host.includes(':') ? `[${api.host}]` : api.host}:${port}`;
}
