/** What happens to every API request besides its own route: rate limits and headers. */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticate } from './answers/auth';
import type { DeskContext } from './context';
import { accountRateLimit, newerError, unreadableJson } from './answers/errors';
import { isApi } from '../common/faultHooks';
import { readJsonBodies } from '../common/jsonBodies';
import type { Allowance, RateLimits } from '../common/rateLimits';

const ticketPath = /^\/api\/v2\/tickets\/(\d+)$/;

export function wireApi(
  app: FastifyInstance,
  desk: DeskContext,
  authenticate: Authenticate,
  rateLimits: RateLimits,
): void {
  // Zendesk does not look into other types: the parameters are then missing.
  readJsonBodies(app, unreadableJson, () => undefined);

  app.addHook('preHandler', (request, reply, done) => {
    if (isApi(request)) limitRate(request, reply);
    done();
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    if (isApi(request)) zendeskHeaders(reply, desk.clock());
    done(null, payload);
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

function rateHeaders(reply: FastifyReply, allowance: Allowance): void {
  reply.header('x-rate-limit', String(allowance.limit));
  reply.header('x-rate-limit-remaining', String(allowance.remaining));
  reply.header('ratelimit-limit', String(allowance.limit));
  reply.header('ratelimit-remaining', String(allowance.remaining));
  reply.header('ratelimit-reset', String(allowance.resetSeconds));
}

function zendeskHeaders(reply: FastifyReply, now: number): void {
  const id = randomUUID();
  reply.header('date', new Date(now).toUTCString());
  reply.header('x-zendesk-api-version', 'v2');
  reply.header('x-zendesk-request-id', id);
  reply.header('x-request-id', id);
  reply.header('x-runtime', (reply.elapsedTime / 1000).toFixed(6));
  reply.header('cache-control', 'max-age=0, private, must-revalidate');
}
