/** `/api/v2/tickets`: developers.freshdesk.com/api/#tickets. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isObject } from '../../../core/isObject';
import { notFound, validationFailed } from './apiErrors';
import type { FreshdeskContext } from './context';
import { bodyOfHtml } from './messageBody';
import type { Person, Tables, Ticket } from './records';
import { readCreation, readUpdate } from './ticketBody';
import { createTicket, mergeTickets, personByEmail, updateTicket } from './ticketChanges';
import { listView, ticketView } from './views';
import { includesOf, pageOf, queryValue } from './wire';

type ById = { Params: { id: string } };
const includable = ['requester', 'conversations', 'company', 'stats'];
const orders = ['created_at', 'due_by', 'updated_at', 'status'] as const;
const defaultWindowMs = 30 * 24 * 3_600_000;

/** @param me - whose key it is. */
export function ticketRoutes(app: FastifyInstance, desk: FreshdeskContext, me: () => Person): void {
  const { tables } = desk;

  app.get('/api/v2/tickets', (request, reply) => {
    const include = includesOf(request).filter((name) => name !== 'conversations');
    return pageOf(request, reply, listed(request, desk)).map((ticket) => listView(tables, ticket, include));
  });

  app.get<ById>('/api/v2/tickets/:id', (request) => {
    const include = includesOf(request);
    const unknown = include.find((name) => !includable.includes(name));
    if (unknown !== undefined) {
      const message = `It should be one of these values: '${includable.join(',')}'`;
      throw validationFailed({ field: 'include', message, code: 'invalid_value' });
    }
    return ticketView(tables, ticketById(tables, request.params.id), include);
  });

  app.post('/api/v2/tickets', async (request, reply) => {
    const body = readCreation(request.body, tables);
    const { ticket } = await desk.change((tx) => {
      const known = body.requesterId === null ? undefined : tx.get(tables.people, body.requesterId);
      const requester = known ?? personByEmail(desk, tx, { email: body.email ?? '', name: body.name });
      return createTicket(desk, tx, requester, {
        subject: body.subject,
        description: bodyOfHtml(body.description, desk.sanitizer),
        source: body.fields.source ?? 2,
        fields: body.fields,
      });
    });
    return reply.status(201).send(ticketView(tables, ticket, []));
  });

  app.put<ById>('/api/v2/tickets/:id', async (request) => {
    const fields = readUpdate(request.body, tables, writable(tables, request.params.id));
    const { ticket } = await desk.change((tx) =>
      updateTicket(desk, tx, writable(tables, request.params.id), fields, me()),
    );
    return ticketView(tables, ticket, []);
  });

  app.delete<ById>('/api/v2/tickets/:id', async (request, reply) => {
    await desk.change((tx) =>
      updateTicket(desk, tx, writable(tables, request.params.id), { deleted: true }, me()),
    );
    return reply.status(204).send();
  });

  app.put<ById>('/api/v2/tickets/:id/restore', async (request, reply) => {
    await desk.change((tx) =>
      updateTicket(desk, tx, ticketById(tables, request.params.id), { deleted: false }, me()),
    );
    return reply.status(204).send();
  });

  app.put('/api/v2/tickets/merge', async (request, reply) => {
    const { primary, others } = readMerge(request.body, tables);
    await desk.change((tx) => mergeTickets(desk, tx, primary, others, me()));
    return reply.status(204).send();
  });

  app.get('/api/v2/search/tickets', (request) => {
    const query = queryValue(request, 'query') ?? '';
    if (!/^".*"$/s.test(query)) {
      throw validationFailed({ field: 'query', message: 'Given query is invalid', code: 'invalid_value' });
    }
    const tags = [...query.matchAll(/tag:'([^']*)'/g)].map(([, tag]) => tag);
    const statuses = [...query.matchAll(/status:(\d+)/g)].map(([, status]) => Number(status));
    const found = visible(tables).filter(
      (ticket) =>
        (tags.length === 0 || ticket.tags.some((tag) => tags.includes(tag))) &&
        (statuses.length === 0 || statuses.includes(ticket.status)),
    );
    return {
      total: found.length,
      results: found.slice(0, 30).map((ticket) => ticketView(tables, ticket, [])),
    };
  });
}

/** @throws ApiError 404 */
export function ticketById(tables: Tables, id: string): Ticket {
  const ticket = /^\d+$/.test(id) ? tables.tickets.records.get(Number(id)) : undefined;
  if (ticket === undefined) throw notFound();
  return ticket;
}

/** A deleted ticket is shown, and cannot be changed. @throws ApiError 404 */
export function writable(tables: Tables, id: string): Ticket {
  const ticket = ticketById(tables, id);
  if (ticket.deleted) throw notFound();
  return ticket;
}

function visible(tables: Tables): readonly Ticket[] {
  return [...tables.tickets.records.values()].filter(({ deleted, spam }) => !deleted && !spam);
}

/** Without `updated_since` only what was created within 30 days. */
function listed(request: FastifyRequest, { tables, clock }: FreshdeskContext): readonly Ticket[] {
  const since = queryValue(request, 'updated_since');
  if (since !== undefined && Number.isNaN(Date.parse(since))) {
    const message = "It should be in the 'combined date and time ISO8601' format";
    throw validationFailed({ field: 'updated_since', message, code: 'invalid_value' });
  }
  const from = since === undefined ? clock() - defaultWindowMs : Date.parse(since);
  const wanted = queryValue(request, 'order_by') ?? 'created_at';
  const order = orders.find((known) => known === wanted);
  if (order === undefined) {
    const message = `It should be one of these values: '${orders.join(',')}'`;
    throw validationFailed({ field: 'order_by', message, code: 'invalid_value' });
  }
  const keyOf = (ticket: Ticket): string | number => (order === 'due_by' ? ticket.created_at : ticket[order]);
  const direction = queryValue(request, 'order_type') === 'asc' ? 1 : -1;
  return visible(tables)
    .filter((ticket) => Date.parse(since === undefined ? ticket.created_at : ticket.updated_at) >= from)
    .sort((a, b) => direction * (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : a.id - b.id));
}

function readMerge(body: unknown, tables: Tables): { primary: Ticket; others: readonly Ticket[] } {
  const { primary_id: primaryId, ticket_ids: ids } = isObject(body) ? body : {};
  const others = Array.isArray(ids)
    ? ids.flatMap((id: unknown) => tables.tickets.records.get(Number(id)) ?? [])
    : [];
  if (others.length === 0) {
    throw validationFailed({
      field: 'ticket_ids',
      message: 'It should be a/an Array',
      code: 'missing_field',
    });
  }
  return { primary: ticketById(tables, String(primaryId)), others };
}
