/** `/api/v2/ticket_fields` (developer.zendesk.com/api-reference/ticketing/tickets/ticket_fields): the custom ones. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireAdmin, requireStaff, type Authenticate } from './auth';
import { origin, type DeskContext } from './context';
import { invalidAttribute, recordInvalid, recordNotFound } from './errors';
import { pageOf } from './pagination';
import { fieldTypes, zendeskTime, type TicketField } from './records';
import { ticketFieldView } from './views';

const creationSchema = z.looseObject({
  type: z.enum(fieldTypes, { error: `must be one of ${fieldTypes.join(', ')}` }),
  title: z.string().trim().min(1).max(200),
  tag: z.string().nullish(),
  regexp_for_validation: z.string().refine(isPattern, 'must be a regular expression').nullish(),
  custom_field_options: z
    .array(z.object({ name: z.string().min(1), value: z.string().regex(/^[^\s,]+$/) }))
    .nullish(),
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
    const field = store.ticketFields.get(Number(request.params.id));
    if (field === undefined) throw recordNotFound();
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
    } = parse(request.body);
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
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

/** @throws ApiError 400 */
function parse(body: unknown): z.infer<typeof creationSchema> {
  const parsed = z.looseObject({ ticket_field: creationSchema }).safeParse(body);
  if (parsed.success) return parsed.data.ticket_field;
  const issue = parsed.error.issues[0];
  throw invalidAttribute(issue?.path.map(String).join('.') ?? 'ticket_field', issue?.message ?? 'is invalid');
}
