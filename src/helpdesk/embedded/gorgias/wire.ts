/** What happens to every API request besides its own route: the caller's key, the rate limit, pages of lists. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { sameSecret } from '../../../contracts/sameSecret';
import { basicCredentials } from '../common/basicAuth';
import { isApi } from '../common/faultHooks';
import { readJsonBodies } from '../common/jsonBodies';
import { badRequest, mistakesOf, tooManyRequests, unauthorized, unreadable } from './apiErrors';
import type { GorgiasContext, GorgiasLimits } from './context';

interface Key {
  readonly email: string;
  readonly apiKey: string;
}

export function wireApi(app: FastifyInstance, desk: GorgiasContext, key: Key): void {
  const take = leakyBucket(desk.limits, desk.clock);
  readJsonBodies(app, unreadable, unreadable);
  app.addHook('preHandler', (request, reply, done) => {
    if (isApi(request)) {
      // A request that is refused counts as well.
      const { used, waitSeconds } = take();
      reply.header('x-gorgias-account-api-call-limit', `${used}/${desk.limits.bucket}`);
      if (waitSeconds !== null) throw tooManyRequests(waitSeconds);
      requireKey(request, key);
    }
    done();
  });
}

/** Each request fills it by one, and it runs out evenly. `waitSeconds`: null where there was room. */
function leakyBucket({ bucket, windowSeconds }: GorgiasLimits, clock: () => number) {
  const leakPerMs = bucket / windowSeconds / 1_000;
  let level = 0;
  let at = clock();
  return (): { used: number; waitSeconds: number | null } => {
    const now = clock();
    level = Math.max(0, level - (now - at) * leakPerMs);
    at = now;
    if (level + 1 > bucket) {
      return {
        used: bucket,
        waitSeconds: Math.max(1, Math.ceil((level + 1 - bucket) / leakPerMs / 1_000)),
      };
    }
    level += 1;
    return { used: Math.ceil(level), waitSeconds: null };
  };
}

/** `Authorization: Basic base64("{email}:{key}")`: developers.gorgias.com/reference/authentication. @throws ApiError 401 */
export function requireKey(request: FastifyRequest, { email, apiKey }: Key): void {
  const given = basicCredentials(request);
  if (given === null || !sameSecret(given, `${email}:${apiKey}`)) throw unauthorized();
}

const text = z.string();
const number = z.string().regex(/^\d+$/, 'Not a valid integer.').transform(Number);
const flag = z.enum(['true', 'false']).transform((word) => word === 'true');

/** What the lists take besides their pages. */
export const filters = {
  tickets: { customer_id: number, external_id: text, trashed: flag },
  messages: { ticket_id: number },
  users: { email: text, search: text, external_id: text },
  teams: {},
  integrations: {},
  views: {},
  tags: { search: text },
  'custom-fields': { object_type: z.enum(['Ticket', 'Customer']), archived: flag, search: text },
} as const;

/** The query of a request; an unknown parameter is refused. @throws ApiError 400 */
export function queryOf<T extends z.ZodRawShape>(request: FastifyRequest, known: T) {
  const schema = z.strictObject({
    ...{ limit: number.refine((count) => count >= 1 && count <= 100, 'Must be between 1 and 100.') },
    ...{ cursor: text, order_by: text },
    ...known,
  });
  const parsed = schema.partial().safeParse(request.query);
  if (parsed.success) return parsed.data;
  throw badRequest(mistakesOf(parsed.error));
}

interface Listing<T> {
  /** What the list can be ordered by; the first one with `defaultOrder`. */
  readonly orders: Readonly<Record<string, (record: T) => string | number>>;
  readonly defaultOrder: string;
  readonly view: (record: T) => Record<string, unknown>;
}
interface Paging {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  readonly order_by?: string | undefined;
}

/**
 * One page, behind the record that the cursor names: what moves to the other end meanwhile is not shifted into a later
 * page. Gorgias' cursors lead back as well; these lead forward only.
 *
 * @throws ApiError 400
 */
export function pageOf<T extends { readonly id: number }>(
  request: FastifyRequest,
  { limit = 30, cursor, order_by: wanted }: Paging,
  records: readonly T[],
  { orders, defaultOrder, view }: Listing<T>,
): Record<string, unknown> {
  const [name = '', direction = 'asc'] = (wanted ?? defaultOrder).split(':');
  const keyOf = Object.hasOwn(orders, name) ? orders[name] : undefined;
  if (keyOf === undefined || (direction !== 'asc' && direction !== 'desc')) {
    throw badRequest({ order_by: ['Not a valid choice.'] });
  }
  const sign = direction === 'asc' ? 1 : -1;
  const place = (record: T) => [keyOf(record), record.id] as const;
  const compare = (a: readonly [string | number, number], b: readonly [string | number, number]) =>
    sign * (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1]);
  const after = cursor === undefined ? null : placeIn(cursor);
  const rest = [...records]
    .sort((a, b) => compare(place(a), place(b)))
    .filter((record) => after === null || compare(place(record), after) > 0);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const next = last === undefined || rest.length <= limit ? null : cursorOf(place(last));
  return {
    ...{ object: 'list', uri: request.url, data: page.map(view) },
    meta: { prev_cursor: null, next_cursor: next, total_resources: null },
  };
}

function cursorOf(place: readonly [string | number, number]): string {
  return Buffer.from(JSON.stringify(['next', ...place])).toString('base64url');
}

const placeSchema = z.tuple([z.literal('next'), z.union([z.string(), z.number()]), z.int()]);

function placeIn(cursor: string): readonly [string | number, number] {
  try {
    const [, key, id] = placeSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return [key, id];
  } catch {
    throw badRequest({ cursor: ['Not a valid cursor.'] });
  }
}

/** Answers with nothing, as a removal does. */
export function noContent(reply: FastifyReply): FastifyReply {
  return reply.status(204).send();
}
