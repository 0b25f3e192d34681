/** Lists over all tickets: search and the incremental export (developer.zendesk.com/api-reference/ticketing/ticket-management). */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { requireAdmin, requireStaff, type Authenticate } from '../answers/auth';
import { origin, type DeskContext } from '../context';
import { ApiError } from '../../common/apiError';
import { accountRateLimit, invalidAttribute, invalidPagination } from '../answers/errors';
import { pageOf, queryValue, withQuery } from './pagination';
import type { RateLimits } from '../../common/rateLimits';
import { parseSearch } from './search';
import { ticketView } from './views';

const searchResults = 1_000;
const exportPage = 1_000;

export function searchRoutes(
  app: FastifyInstance,
  desk: DeskContext,
  authenticate: Authenticate,
  rateLimits: RateLimits,
): void {
  const { store, clock, limits } = desk;

  app.get('/api/v2/search', (request) => {
    requireStaff(authenticate(request));
    const query = queryValue(request, 'query');
    if (query === undefined || query.trim() === '') {
      throw new ApiError(422, {
        error: 'invalid',
        description: 'Invalid search: query parameter is required',
      });
    }
    const page = Number(queryValue(request, 'page') ?? '1');
    if (page * Number(queryValue(request, 'per_page') ?? '100') > searchResults) {
      throw new ApiError(422, {
        error: 'invalid',
        description: `Invalid search: requested response size was greater than Search Response Limits`,
      });
    }
    const matches = parseSearch(store, query);
    const newestFirst = [...store.tickets.values()].filter(matches).sort((a, b) => b.id - a.id);
    const { body } = pageOf(request, 'results', newestFirst, (ticket) => ({
      ...ticketView(store, ticket, origin(request)),
      result_type: 'ticket',
    }));
    return { ...body, facets: null };
  });

  app.get('/api/v2/incremental/tickets/cursor', (request, reply) => {
    requireAdmin(authenticate(request));
    countExport(reply);
    const cursor = queryValue(request, 'cursor');
    const newest = Math.floor(clock() / 1000) - limits.incrementalLagSeconds;
    const size = Math.min(Number(queryValue(request, 'per_page') ?? exportPage), exportPage);
    if (!Number.isInteger(size) || size < 1) throw invalidPagination('per_page must be a positive integer');
    const isAfter = cursor === undefined ? since(queryValue(request, 'start_time'), newest) : after(cursor);
    const due = [...store.tickets.values()].filter(
      (ticket) => ticket.generated_timestamp <= newest && isAfter(ticket),
    );
    const page = due.slice(0, size);
    const last = page.at(-1);
    const next = last === undefined ? (cursor ?? null) : exportCursor(last.change);
    return {
      tickets: page.map((ticket) => ticketView(store, ticket, origin(request))),
      after_cursor: next,
      after_url: next === null ? null : withQuery(request, { cursor: next, start_time: null }),
      before_cursor: null,
      before_url: null,
      end_of_stream: page.length === due.length,
    };
  });

  function countExport(reply: FastifyReply): void {
    const allowance = rateLimits.take('incremental', limits.incrementalPerMinute, 60);
    reply.header(
      'zendesk-ratelimit-incremental-exports-cursor',
      `total=${allowance.limit}; remaining=${allowance.remaining}; resets=${allowance.resetSeconds}`,
    );
    if (!allowance.allowed) throw accountRateLimit(allowance.resetSeconds);
  }
}

type Exported = { readonly generated_timestamp: number; readonly change: number };

function since(startTime: string | undefined, newest: number): (ticket: Exported) => boolean {
  if (startTime === undefined || !/^\d+$/.test(startTime))
    throw invalidAttribute('start_time', 'must be an integer');
  const start = Number(startTime);
  if (start > newest) {
    throw new ApiError(422, {
      error: 'StartTimeTooRecent',
      description: 'Too recent start_time. Use a start_time older than 1 minute',
    });
  }
  return (ticket) => ticket.generated_timestamp >= start;
}

/** Cursors count changes, not seconds: several changes of one second are never lost or given twice. */
function after(cursor: string): (ticket: Exported) => boolean {
  const [, change] = /^change\|\|(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (change === undefined) throw invalidPagination('The cursor is invalid');
  return (ticket) => ticket.change > Number(change);
}

function exportCursor(change: number): string {
  return Buffer.from(`change||${change}`).toString('base64url');
}
