/** `/api/v2/ticket_fields` (developer.zendesk.com/api-reference/ticketing/tickets/ticket_fields): the custom ones. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireAdmin, requireStaff, type Authenticate } from '../answers/auth';
import { origin, type DeskContext } from '../context';
import { invalidAttribute, recordInvalid, recordNotFound } from '../answers/errors';
import { pageOf } from '../lists/pagination';
import { fieldTypes, zendeskTime, type TicketField } from '../store/records';
import { ticketFieldView } from '../lists/views';

const creationSchema = z.looseObject({
  type: z.enum(fieldTypes, { error: `must be one of ${fieldTypes.join(', ')}` }),
  title: z.string().trim().min(1).max(200),
  tag: z.string().nullish(),
  regexp_for_validation: z.string().refine(isPattern, 'must be a regular expression').nullish(),
  custom_field_options: z
    .array(z.object({ name: z.string().min(1), value: z.string().regex(/^[^\s,]+$/) }))
    .nullish(),
});

/** The type of a field stays what it was. */
const changeSchema = z.object({
  ticket_field: creationSchema.pick({ title: true }).extend({ active: z.boolean() }).strip().partial(),
});

export function fieldRoutes(app: FastifyInstance, desk: DeskContext, authenticate: Authenticate): void {
  const { store } = desk;

  app.get('/api/v2/ticket_fields', (request) => {
    requireStaff(authenticate(request));
    const fields = [...store.ticketFields.values()];
    return pageOf(request, 'ticket_fields', fields, (field) => ticketFieldView(field, origin(request))).body;
  });

  app.get<{ Params: { id: string } }>('/api/v2/ticket_fields/:id', (request) => {
    requireStaff(authenticate(request));
    return { ticket_field: ticketFieldView(byId(request.params.id), origin(request)) };
  });

  app.put<{ Params: { id: string } }>('/api/v2/ticket_fields/:id', async (request) => {
    requireAdmin(authenticate(request));
    const present = byId(request.params.id);
    const { title = present.title, active = present.active } = parsed(
      changeSchema,
      request.body,
    ).ticket_field;
    const field = { ...present, title, active, updated_at: zendeskTime(desk.clock()) };
    await store.write((tx) => tx.put('ticketFields', field));
    return { ticket_field: ticketFieldView(field, origin(request)) };
  });

  app.post('/api/v2/ticket_fields', async (request, reply) => {
    requireAdmin(authenticate(request));
    const {
      type,
      title,
      tag,
      regexp_for_validation: pattern,
      custom_field_options: options,
    } = parsed(z.looseObject({ ticket_field: creationSchema }), request.body).ticket_field;
    if (type === 'tagger' && (options ?? []).length === 0) {
      throw recordInvalid('field_options', 'Field options: must contain at least one option');
    }
    const at = zendeskTime(desk.clock());
    const field = await store.write((tx): TicketField => {
      const made: TicketField = {
        id: tx.next('record'),
        ...{ type, title, active: true },
        tag: type === 'checkbox' ? (tag ?? null) : null,
        regexp_for_validation: type === 'regexp' ? (pattern ?? null) : null,
        custom_field_options:
          type === 'tagger' ? (options ?? []).map((option) => ({ id: tx.next('record'), ...option })) : [],
        ...{ created_at: at, updated_at: at },
      };
      tx.put('ticketFields', made);
      return made;
    });
    return reply.status(201).send({ ticket_field: ticketFieldView(field, origin(request)) });
  });

  function byId(id: string): TicketField {
    const field = store.ticketFields.get(Number(id));
    if (field === undefined) throw recordNotFound();
    return field;
  }
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

/** @throws ApiError 400 */
function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw invalidAttribute(issue?.path.map(String).join('.') ?? 'ticket_field', issue?.message ?? 'is invalid');
}
