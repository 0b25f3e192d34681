/** A ticket's comments and audits (developer.zendesk.com/api-reference/ticketing/tickets/ticket_comments, ticket_audits). */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { requireStaff, type Authenticate } from '../answers/auth';
import { origin, type DeskContext } from '../context';
import { invalidAttribute } from '../answers/errors';
import { includes, pageOf, queryValue } from '../lists/pagination';
import { ticketById } from './ticketRoutes';
import { commentView, sideloadedUsers } from '../lists/views';

type ById = FastifyRequest<{ Params: { id: string } }>;

export function conversationRoutes(
  app: FastifyInstance,
  desk: DeskContext,
  authenticate: Authenticate,
): void {
  const { store } = desk;

  const list = <T extends { readonly id: number; readonly author_id: number }>(
    request: ById,
    key: string,
    records: ReadonlyMap<number, readonly T[]>,
    view: (record: T, base: string) => unknown,
  ) => {
    requireStaff(authenticate(request));
    const ticket = ticketById(store, request.params.id);
    const sorted = inOrder(request, records.get(ticket.id) ?? []);
    const page = pageOf(request, key, sorted, (record) => view(record, origin(request)));
    const authors = page.records.map((record) => record.author_id);
    return includes(request, 'users')
      ? { ...page.body, users: sideloadedUsers(store, authors, origin(request)) }
      : page.body;
  };

  app.get<{ Params: { id: string } }>('/api/v2/tickets/:id/comments', (request) =>
    list(request, 'comments', store.comments, commentView),
  );
  app.get<{ Params: { id: string } }>('/api/v2/tickets/:id/audits', (request) =>
    list(request, 'audits', store.audits, (audit) => audit),
  );
}

/** Oldest first, unless `sort=-created_at` (cursor) or `sort_order=desc` (offset). */
function inOrder<T>(request: FastifyRequest, oldestFirst: readonly T[]): readonly T[] {
  const sort = queryValue(request, 'sort') ?? 'created_at';
  if (sort !== 'created_at' && sort !== '-created_at') {
    throw invalidAttribute('sort', 'must be one of created_at, -created_at');
  }
  const descending = sort === '-created_at' || queryValue(request, 'sort_order') === 'desc';
  return descending ? oldestFirst.toReversed() : oldestFirst;
}
