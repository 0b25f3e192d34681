/**
 * A local stand-in for a shop's Admin API: it takes only what the published schema of 2026-10 allows, refuses deprecated
 * fields and what costs too much, keeps a shop in memory, and fails on request.
 */
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import fastify, { type FastifyReply } from 'fastify';
import {
  buildSchema,
  execute,
  getOperationAST,
  NoDeprecatedCustomRule,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLError,
  type GraphQLFormattedError,
} from 'graphql';
import { mostAQueryMayCost, queryCost } from './queryCost';
import { readRoots } from './reads';
import { emptyShop, type StoredShop } from './storedShop';
import { writeRoots } from './writes';

export const apiVersion = '2026-10';
export const accessToken = 'shpat_0123456789abcdef0123456789abcdef';

export const adminSchema = buildSchema(readFileSync(path.join(__dirname, '../adminSchema.graphql'), 'utf8'));

/** On the next request with this operation's name, or any. */
export type Fault = { readonly on: string } & (
  | { readonly type: 'none' }
  | { readonly type: 'reset-before' }
  /** It is carried out, and nobody is told. */
  | { readonly type: 'reset-after' }
  | {
      readonly type: 'answer';
      readonly status: number;
      readonly body?: string;
      readonly headers?: Record<string, string>;
    }
  | {
      readonly type: 'throttled';
      readonly requested: number;
      readonly available: number;
      readonly restoreRate: number;
    }
  | { readonly type: 'errors'; readonly errors: unknown }
  /** In place of the mutation's own payload. */
  | { readonly type: 'payload'; readonly payload: Record<string, unknown> }
  /** Carried out, answered with more than was asked for. */
  | { readonly type: 'unknown-fields' }
);

const documents = new Map<string, DocumentNode>();
const mistakesOf = new Map<DocumentNode, readonly GraphQLError[]>();

function parsed(query: string): DocumentNode {
  const document = documents.get(query) ?? parse(query);
  documents.set(query, document);
  return document;
}

function mistakesIn(document: DocumentNode): readonly GraphQLError[] {
  const rules = [...specifiedRules, NoDeprecatedCustomRule];
  const mistakes = mistakesOf.get(document) ?? validate(adminSchema, document, rules);
  mistakesOf.set(document, mistakes);
  return mistakes;
}

export interface ShopifyDouble {
  readonly storeUrl: string;
  readonly shop: StoredShop;
  /** The names of the operations that came, in order. */
  readonly operations: string[];
  readonly requestedCosts: number[];
  readonly faults: Fault[];
  stop(): Promise<void>;
}

export async function startShopifyDouble(): Promise<ShopifyDouble> {
  const shop = emptyShop();
  const operations: string[] = [];
  const requestedCosts: number[] = [];
  const faults: Fault[] = [];
  const roots = { ...readRoots(shop), ...writeRoots(shop) };
  const server = fastify();

  server.post<{ Body: { query: string; variables: Record<string, unknown> } }>(
    `/admin/api/${apiVersion}/graphql.json`,
    async (request, reply) => {
      reply.header('date', new Date(shop.clock).toUTCString());
      if (request.headers['x-shopify-access-token'] !== accessToken) {
        return reply.code(401).send({ errors: '[API] Invalid API key or access token (unrecognized login)' });
      }
      const { query, variables } = request.body;
      const document = parsed(query);
      const name = getOperationAST(document)?.name?.value ?? '';
      operations.push(name);
      const at = faults.findIndex(({ on }) => on === name || on === 'any');
      const [fault] = at === -1 ? [] : faults.splice(at, 1);
      return answer(reply, fault, document, variables);
    },
  );

  function run(document: DocumentNode, variables: Record<string, unknown>, fault: Fault | undefined) {
    const mistakes = mistakesIn(document);
    const cost = queryCost(adminSchema, document, variables);
    requestedCosts.push(cost);
    if (mistakes.length > 0) return { errors: mistakes.map((mistake) => mistake.toJSON()) };
    if (cost > mostAQueryMayCost) {
      const extensions = { code: 'MAX_COST_EXCEEDED', cost, maxCost: mostAQueryMayCost };
      return { errors: [{ message: `Query cost is ${cost}`, extensions }] };
    }
    const replaced =
      fault?.type === 'payload'
        ? Object.fromEntries(Object.keys(fault.payload).map((field) => [field, () => fault.payload[field]]))
        : {};
    return execute({
      schema: adminSchema,
      document,
      rootValue: { ...roots, ...replaced },
      variableValues: variables,
    });
  }

  async function answer(
    reply: FastifyReply,
    fault: Fault | undefined,
    document: DocumentNode,
    variables: Record<string, unknown>,
  ) {
    if (fault?.type === 'reset-before') return hangUp(reply);
    if (fault?.type === 'answer') {
      return reply
        .code(fault.status)
        .headers(fault.headers ?? {})
        .type('application/json')
        .send(fault.body ?? '{"errors":"No."}');
    }
    if (fault?.type === 'throttled') return reply.send(throttled(fault));
    if (fault?.type === 'errors') return reply.send({ errors: fault.errors });
    const result: { readonly data?: unknown; readonly errors?: readonly (Error | GraphQLFormattedError)[] } =
      await run(document, variables, fault);
    if (fault?.type === 'reset-after') return hangUp(reply);
    const extensions = { cost: { requestedQueryCost: requestedCosts.at(-1) ?? 0 } };
    return reply.send(
      fault?.type === 'unknown-fields'
        ? withUnknownFields({ ...result, extensions })
        : { ...result, extensions },
    );
  }

  await server.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.server.address() as AddressInfo;
  return {
    storeUrl: `http://127.0.0.1:${port}`,
    shop,
    operations,
    requestedCosts,
    faults,
    stop: async () => {
      server.server.closeAllConnections();
      await server.close();
    },
  };
}

function hangUp(reply: FastifyReply): FastifyReply {
  reply.hijack();
  reply.raw.socket?.resetAndDestroy();
  return reply;
}

/** As Shopify writes it, in a 200. */
function throttled(fault: Extract<Fault, { type: 'throttled' }>) {
  const throttleStatus = {
    maximumAvailable: 2_000,
    currentlyAvailable: fault.available,
    restoreRate: fault.restoreRate,
  };
  return {
    errors: [
      {
        message: 'Throttled',
        extensions: { code: 'THROTTLED', documentation: 'https://shopify.dev/api/usage/rate-limits' },
      },
    ],
    extensions: { cost: { requestedQueryCost: fault.requested, actualQueryCost: null, throttleStatus } },
  };
}

/** Every object has one more, as a later version's would. */
function withUnknownFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry: unknown) => withUnknownFields(entry));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, entry]) => [name, withUnknownFields(entry)] as const);
  return { ...Object.fromEntries(entries), addedLater: { and: ['more'] } };
}
