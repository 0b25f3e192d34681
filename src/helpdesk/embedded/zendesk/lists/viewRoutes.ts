/**
 * `/api/v2/views` (developer.zendesk.com/api-reference/ticketing/business-rules/views): shared ones, with the conditions on
 * status, tags, assignee and group (developer.zendesk.com/documentation/ticketing/reference-guides/conditions-reference).
 */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isObject } from '../../../../core/isObject';
import { requireAdmin, requireStaff, type Authenticate } from '../answers/auth';
import { origin, type DeskContext } from '../context';
import { invalidAttribute, recordInvalid, recordNotFound } from '../answers/errors';
import { pageOf } from './pagination';
import {
  statuses,
  viewSchema,
  zendeskTime,
  type Ticket,
  type View,
  type ViewCondition,
} from '../store/records';
import { ticketView } from './views';

const conditions = z.array(viewSchema.shape.all.element);
const bodySchema = z.object({
  title: z.string().min(1),
  description: z.string().nullable().default(null),
  active: z.boolean().default(true),
  all: conditions,
  any: conditions.default([]),
});
type ViewBody = z.infer<typeof bodySchema>;

/** A view must have one of these among those that all hold. */
const narrowing = ['status', 'assignee_id', 'group_id'];

export function viewRoutes(app: FastifyInstance, desk: DeskContext, authenticate: Authenticate): void {
  const { store, clock } = desk;

  app.get('/api/v2/views', (request) => {
    requireStaff(authenticate(request));
    return pageOf(request, 'views', [...store.views.values()], shownView).body;
  });

  app.post('/api/v2/views', async (request, reply) => {
    requireAdmin(authenticate(request));
    const given = parse(request.body, {});
    const at = zendeskTime(clock());
    const view = await store.write((tx): View => {
      const made = { id: tx.next('record'), ...given, created_at: at, updated_at: at };
      tx.put('views', made);
      return made;
    });
    return reply.status(201).send({ view: shownView(view) });
  });

  app.get<{ Params: { id: string } }>('/api/v2/views/:id', (request) => {
    requireStaff(authenticate(request));
    return { view: shownView(byId(request.params.id)) };
  });

  app.put<{ Params: { id: string } }>('/api/v2/views/:id', async (request) => {
    requireAdmin(authenticate(request));
    const present = byId(request.params.id);
    const view: View = { ...present, ...parse(request.body, present), updated_at: zendeskTime(clock()) };
    await store.write((tx) => tx.put('views', view));
    return { view: shownView(view) };
  });

  app.delete<{ Params: { id: string } }>('/api/v2/views/:id', async (request, reply) => {
    requireAdmin(authenticate(request));
    const { id } = byId(request.params.id);
    await store.write((tx) => tx.remove('views', id));
    return reply.status(204).send();
  });

  app.get<{ Params: { id: string } }>('/api/v2/views/:id/tickets', (request) => {
    requireStaff(authenticate(request));
    const view = byId(request.params.id);
    const found = [...store.tickets.values()].filter((ticket) => isIn(view, ticket));
    return pageOf(request, 'tickets', found, (ticket) => ticketView(store, ticket, origin(request))).body;
  });

  function byId(id: string): View {
    if (!/^\d+$/.test(id)) throw invalidAttribute('id', 'must be an integer');
    const view = store.views.get(Number(id));
    if (view === undefined) throw recordNotFound();
    return view;
  }
}

/** Conditions are written beside the title, and shown below `conditions`. */
function shownView({ all, any, ...view }: View): Record<string, unknown> {
  return { ...view, default: false, position: 1, conditions: { all, any }, restriction: null };
}

/** @throws ApiError 400, 422 */
function parse(body: unknown, present: Partial<ViewBody>): ViewBody {
  const given = isObject(body) && isObject(body['view']) ? body['view'] : undefined;
  const parsed = bodySchema.safeParse(given === undefined ? given : { ...present, ...given });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalidAttribute(issue?.path.map(String).join('.') ?? 'view', issue?.message ?? 'is invalid');
  }
  if (!parsed.data.all.some(({ field }) => narrowing.includes(field))) {
    throw recordInvalid(
      'base',
      `Conditions: one of ${narrowing.join(', ')} must be among those that all hold`,
    );
  }
  return parsed.data;
}

function isIn({ all, any }: View, ticket: Ticket): boolean {
  return (
    all.every((condition) => holds(condition, ticket)) &&
    (any.length === 0 || any.some((condition) => holds(condition, ticket)))
  );
}

function holds({ field, operator, value }: ViewCondition, ticket: Ticket): boolean {
  switch (field) {
    case 'current_tags': {
      const some = value.split(' ').some((tag) => ticket.tags.includes(tag));
      return operator === 'includes' ? some : !some;
    }
    case 'status':
      return compares(statuses.indexOf(ticket.status), operator, rankOf(value));
    case 'assignee_id':
    case 'group_id':
      return (String(ticket[field] ?? '') === value) === (operator === 'is');
  }
}

function rankOf(status: string): number {
  return statuses.findIndex((known) => known === status);
}

function compares(left: number, operator: ViewCondition['operator'], right: number): boolean {
  switch (operator) {
    case 'less_than':
      return left < right;
    case 'greater_than':
      return left > right;
    case 'is_not':
      return left !== right;
    case 'is':
    case 'includes':
    case 'not_includes':
      return left === right;
  }
}
