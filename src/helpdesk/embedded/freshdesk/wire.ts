/** What happens to every API request besides its own route: the caller's key, the rate limit, headers, pages. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { sameSecret } from '../../../contracts/sameSecret';
import { basicCredentials } from '../common/basicAuth';
import { isApi } from '../common/faultHooks';
import { readJsonBodies } from '../common/jsonBodies';
import { RateLimits } from '../common/rateLimits';
import {
  invalidCredentials,
  invalidJson,
  tooManyRequests,
  unsupportedContentType,
  validationFailed,
} from './apiErrors';
import type { FreshdeskContext } from './context';

export function wireApi(app: FastifyInstance, desk: FreshdeskContext, apiKey: string): void {
  const rateLimits = new RateLimits(desk.clock);
  readJsonBodies(app, invalidJson, unsupportedContentType);

  app.addHook('preHandler', (request, reply, done) => {
    if (isApi(request)) {
      // A request that is refused counts as well.
      limitRate(request, reply);
      requireKey(request, apiKey);
    }
    done();
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    if (isApi(request)) reply.header('x-freshdesk-api-version', 'latest=v2; requested=v2');
    done(null, payload);
  });

  function limitRate(request: FastifyRequest, reply: FastifyReply): void {
    const credits = includesOf(request).length === 0 ? 1 : 2;
    const limit = desk.limits.requestsPerMinute;
    const allowances = Array.from({ length: credits }, () => rateLimits.take('account', limit, 60));
    const last = allowances.at(-1);
    if (last === undefined) return;
    reply.header('x-ratelimit-total', String(limit));
    reply.header('x-ratelimit-remaining', String(last.remaining));
    reply.header('x-ratelimit-used-currentrequest', String(credits));
    if (!last.allowed) throw tooManyRequests(last.resetSeconds);
  }
}

/** `Authorization: Basic base64("{key}:{anything}")`: developers.freshdesk.com/api/#authentication. @throws ApiError 401 */
export function requireKey(request: FastifyRequest, apiKey: string): void {
  const [key] = basicCredentials(request)?.split(':') ?? [];
  if (key === undefined || !sameSecret(key, apiKey)) throw invalidCredentials();
}

const querySchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]).optional());

export function queryValue(request: FastifyRequest, name: string): string | undefined {
  const value = querySchema.parse(request.query)[name];
  return Array.isArray(value) ? value.at(-1) : value;
}

export function includesOf(request: FastifyRequest): readonly string[] {
  return (queryValue(request, 'include') ?? '').split(',').filter((name) => name !== '');
}

const largestPage = 100;
const mostPages = 300;

/** One page as a bare list; the `Link` header names the next one. @throws ApiError 400 */
export function pageOf<T>(request: FastifyRequest, reply: FastifyReply, records: readonly T[]): readonly T[] {
  const perPage = positive(request, 'per_page', 30, largestPage);
  const page = positive(request, 'page', 1, mostPages);
  if (page * perPage < records.length) {
    const next = new URL(request.url, `${request.protocol}://${request.host}`);
    next.searchParams.set('page', String(page + 1));
    reply.header('link', `<${next.href}>; rel="next"`);
  }
  return records.slice((page - 1) * perPage, page * perPage);
}

function positive(request: FastifyRequest, field: string, fallback: number, most: number): number {
  const value = Number(queryValue(request, field) ?? fallback);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw validationFailed({
    field,
    message: `It should be a Positive Integer less than or equal to ${most}`,
    code: 'invalid_value',
  });
}
