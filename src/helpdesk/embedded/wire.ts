/** What happens to every API request besides its own route: faults, rate limits and headers. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticate } from './auth';
import type { DeskContext } from './context';
import { accountRateLimit, newerError, unreadableJson } from './errors';
import type { Fault, Faults } from '../../remote/faults';
import type { Allowance, RateLimits } from './rateLimits';

/** What Ruby's JSON reads, in which Zendesk is written; what is written back calls itself for each level. */
const deepestJson = 100;
const ticketPath = /^\/api\/v2\/tickets\/(\d+)$/;

export function wireApi(
  app: FastifyInstance,
  parts: { desk: DeskContext; authenticate: Authenticate; faults: Faults; rateLimits: RateLimits },
): void {
  const { desk, authenticate, faults, rateLimits } = parts;
  const struck = new WeakMap<FastifyRequest, Fault>();

  // Bodies are JSON; an empty one is no body, whatever its content type says.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (_request, text, done) => {
    if (text.trim() === '') {
      done(null, undefined);
      return;
    }
    const body = parseJson(text);
    if (body === undefined || isDeeperThan(body, deepestJson)) done(unreadableJson());
    else done(null, body);
  });
  // Zendesk does not look into other types either: the parameters are then missing.
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null, undefined));

  app.addHook('onRequest', (request, reply, done) => {
    const fault = isApi(request) ? faults.strike(request.method, request.url) : null;
    if (fault !== null) struck.set(request, fault);
    if (fault?.type !== 'reset-before') {
      done();
      return;
    }
    reply.hijack();
    request.raw.socket.resetAndDestroy();
  });

  // After the body has come in: a delayed request is carried out even when its caller is gone by then.
  app.addHook('preHandler', async (request, reply) => {
    if (!isApi(request)) return;
    const fault = struck.get(request);
    if (fault?.type === 'delay') await sleep(fault.ms, undefined, { ref: false });
    if (fault?.type === 'status') return answerStatus(reply, fault);
    limitRate(request, reply);
  });

  app.addHook('onSend', (request, reply, payload, done) => {
    if (isApi(request)) zendeskHeaders(reply);
    const fault = struck.get(request);
    if (fault?.type === 'reset-after') request.raw.socket.resetAndDestroy();
    if (fault?.type !== 'malformed' || typeof payload !== 'string') {
      done(null, payload);
      return;
    }
    reply.status(200).removeHeader('content-length');
    done(null, payload.slice(0, Math.ceil(payload.length / 2)));
  });

  function limitRate(request: FastifyRequest, reply: FastifyReply): void {
    const account = rateLimits.take('account', desk.limits.requestsPerMinute, 60);
    rateHeaders(reply, account);
    if (!account.allowed) throw accountRateLimit(account.resetSeconds);
    const [, ticketId] = ticketPath.exec(request.url.replace(/\?.*$/s, '')) ?? [];
    if (request.method !== 'PUT' || ticketId === undefined) return;
    const user = authenticate(request);
    const updates = rateLimits.take('updates', desk.limits.updatesPerMinute, 60);
    if (!updates.allowed) throw accountRateLimit(updates.resetSeconds);
    const perTicket = rateLimits.take(
      `updates of ${ticketId} by ${user.id}`,
      desk.limits.updatesPerTicketIn10Minutes,
      600,
    );
    if (!perTicket.allowed) {
      const title = 'Too many updates of this ticket by this user within 10 minutes';
      throw newerError(429, 'TooManyRequests', title, perTicket.resetSeconds);
    }
  }
}

/** Undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isDeeperThan(value: unknown, levels: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= levels; depth += 1) {
    level = level.flatMap((one): unknown[] =>
      typeof one === 'object' && one !== null ? Object.values(one) : [],
    );
    if (level.length === 0) return false;
  }
  return true;
}

function isApi(request: FastifyRequest): boolean {
  return request.url.startsWith('/api/');
}

function answerStatus(reply: FastifyReply, fault: Extract<Fault, { type: 'status' }>): FastifyReply {
  if (fault.retryAfter !== undefined) reply.header('retry-after', String(fault.retryAfter));
  reply.status(fault.status);
  if (typeof fault.body === 'string') return reply.type('text/html; charset=utf-8').send(fault.body);
  return reply.send(
    fault.body ?? { error: 'FaultOnDemand', description: `This desk was asked to answer ${fault.status}` },
  );
}

function rateHeaders(reply: FastifyReply, allowance: Allowance): void {
  reply.header('x-rate-limit', String(allowance.limit));
  reply.header('x-rate-limit-remaining', String(allowance.remaining));
  reply.header('ratelimit-limit', String(allowance.limit));
  reply.header('ratelimit-remaining', String(allowance.remaining));
  reply.header('ratelimit-reset', String(allowance.resetSeconds));
}

function zendeskHeaders(reply: FastifyReply): void {
  const id = randomUUID();
  reply.header('x-zendesk-api-version', 'v2');
  reply.header('x-zendesk-request-id', id);
  reply.header('x-request-id', id);
  reply.header('x-runtime', (reply.elapsedTime / 1000).toFixed(6));
  reply.header('cache-control', 'max-age=0, private, must-revalidate');
}
