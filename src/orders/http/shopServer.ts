/**
 * The contract as a server: strict with its callers, over any shop behind the port, with faults on demand. An
 * example for those who write their own, and the other side of the tests.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify';
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { strikeFaults } from '../../remote/faultHooks';
import { Faults, type Fault } from '../../remote/faults';
import type { Shop } from '../port';
import {
  actionHeaders,
  idempotencyHeader,
  orderAction,
  ordersAnswer,
  ordersQuery,
  outcome,
  problem,
} from './contract';

export interface ShopServerOptions {
  readonly host: string;
  readonly port: number;
  /** What callers must show as their bearer token. */
  readonly token: string;
  readonly shop: Shop;
}

export interface ShopServer {
  /** `http://127.0.0.1:4620` */
  readonly url: string;
  readonly faults: Faults;
  close(): Promise<void>;
}

/** @throws Node's error when the port is taken (EADDRINUSE). */
export async function startShopServer(options: ShopServerOptions): Promise<ShopServer> {
  const faults = new Faults();
  const app = await buildShopServer(options.shop, options.token, faults);
  const url = await app.listen({ host: options.host, port: options.port });
  return { url, faults, close: () => app.close() };
}

class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, detail: string) {
    super(detail);
    this.status = status;
    this.code = code;
  }
}

/** @returns the server, not yet listening. */
export async function buildShopServer(shop: Shop, token: string, faults: Faults) {
  const server = Fastify({ bodyLimit: 64 * 1024, forceCloseConnections: true });
  strikeFaults(server, faults, { answerStatus });
  const app = server.withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'A shop behind Deskhand',
        version: '1',
        description:
          'What Deskhand asks of a shop. Amounts are whole numbers in the minor unit of their currency. ' +
          'Answers hold exactly the fields that stand here: an unknown one is taken for a mistake. ' +
          'Errors are `{code, detail}`; 429 and 503 may carry Retry-After, and whatever is answered by 408, 409, ' +
          '425, 429 or 5xx, or not at all, is asked again with the same Idempotency-Key.',
      },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
      security: [{ bearer: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });

  app.addHook('onRequest', (request, _reply, done) =>
    done(
      isAllowed(request, token) ? undefined : new Refusal(401, 'unauthorized', 'The bearer token is wrong.'),
    ),
  );
  app.setErrorHandler<FastifyError | Refusal>((error, _request, reply) =>
    sendRefusal(reply, refusalOf(error)),
  );
  app.setNotFoundHandler((request, reply) =>
    sendRefusal(
      reply,
      new Refusal(404, 'no-such-address', `There is no ${request.method} ${request.url} here.`),
    ),
  );

  const refusals = { 400: problem, 401: problem, 422: problem, 429: problem, 503: problem };
  app.get(
    '/orders',
    {
      schema: {
        operationId: 'findOrders',
        summary: 'Orders by number, or by customer',
        querystring: ordersQuery,
        response: { 200: ordersAnswer, ...refusals },
      },
    },
    async ({ query }, reply) => {
      const { signal } = new AbortController();
      const found = query.number === undefined ? null : await shop.findByNumber(query.number, signal);
      const orders =
        query.customer === undefined
          ? [found].filter((order) => order !== null)
          : await shop.findByCustomer(query.customer, signal);
      return reply.send(ordersAnswer.parse({ orders }));
    },
  );
  app.post(
    '/actions',
    {
      schema: {
        operationId: 'actOnOrder',
        summary: 'Do something to an order, once for each key',
        headers: actionHeaders,
        body: orderAction,
        response: { 200: outcome, 409: problem, ...refusals },
      },
    },
    async ({ body, headers }, reply) =>
      reply.send(await shop.act(body, headers[idempotencyHeader], new AbortController().signal)),
  );
  return app;
}

function isAllowed(request: FastifyRequest, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${token}`));
}

function answerStatus(reply: FastifyReply, fault: Extract<Fault, { type: 'status' }>): FastifyReply {
  if (fault.retryAfter !== undefined) reply.header('retry-after', String(fault.retryAfter));
  const body = fault.body ?? { code: 'fault-on-demand', detail: `It was asked to answer ${fault.status}.` };
  return reply
    .status(fault.status)
    .serializer((payload: unknown) => (typeof payload === 'string' ? payload : JSON.stringify(payload)))
    .send(body);
}

function refusalOf(error: FastifyError | Refusal): Refusal {
  if (error instanceof Refusal) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const [first] = error.validation;
    return new Refusal(
      422,
      'invalid',
      `${first?.instancePath ?? ''} ${first?.message ?? 'is not valid'}`.trim(),
    );
  }
  const { statusCode = 500 } = error;
  return statusCode < 500
    ? new Refusal(statusCode, 'bad-request', error.message)
    : new Refusal(503, 'unavailable', 'The shop could not do it now.');
}

function sendRefusal(reply: FastifyReply, { status, code, message }: Refusal): FastifyReply {
  return reply
    .status(status)
    .type('application/problem+json')
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send({ code, detail: message });
}
