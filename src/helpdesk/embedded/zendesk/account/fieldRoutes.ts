/**
 * `/api/v2/ticket_fields` (developer.zendesk.com/api-reference/ticketing/tickets/ticket_fields): the custom ones. A field that is
 * deleted, or an option that is left out of a list, takes its values with it.
 */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireAdmin, requireStaff, type Authenticate } from '../answers/auth';
import { origin, type DeskContext } from '../context';
import { invalidAttribute, recordInvalid, recordNotFound } from '../answers/errors';
import { pageOf } from '../lists/pagination';
import { fieldTypes, zendeskTime, type TicketField } from '../store/records';
import { ticketFieldView } from '../lists/views';
import { withoutValues } from '../tickets/fieldValues';

const mostOptions = 2_000;
const optionSchema = z.object({ name: z.string().min(1), value: z.string().regex(/^[^\s,]+$/) });
const namedSchema = z.looseObject({
  title: z.string().trim().min(1).max(200),
  description: z.string().nullish(),
  agent_description: z.string().nullish(),
  tag: z.string().nullish(),
  regexp_for_validation: z.string().refine(isPattern, 'must be a regular expression').nullish(),
  custom_field_options: z.array(optionSchema).nullish(),
});
const creationSchema = z.looseObject({
  ticket_field: namedSchema.extend({
    type: z.enum(fieldTypes, { error: `must be one of ${fieldTypes.join(', ')}` }),
    active: z.boolean().default(true),
  }),
});
/** The type of a field stays what it was. */
const changeSchema = z.object({ ticket_field: namedSchema.extend({ active: z.boolean() }).partial() });
const optionBody = z.object({
  custom_field_option: optionSchema.extend({ id: z.int().nullish() }),
});
type Option = TicketField['custom_field_options'][number];
type OfField = { readonly Params: { readonly id: string } };

export function fieldRoutes(app: FastifyInstance, desk: DeskContext, authenticate: Authenticate): void {
  const { store } = desk;
  const now = (): string => zendeskTime(desk.clock());

  app.get('/api/v2/ticket_fields', (request) => {
    requireStaff(authenticate(request));
    const fields = [...store.ticketFields.values()];
    return pageOf(request, 'ticket_fields', fields, (field) => ticketFieldView(field, origin(request))).body;
  });

  app.get<OfField>('/api/v2/ticket_fields/:id', (request) => {
    requireStaff(authenticate(request));
    return { ticket_field: ticketFieldView(byId(request.params.id), origin(request)) };
  });

  app.post('/api/v2/ticket_fields', async (request, reply) => {
    requireAdmin(authenticate(request));
    const given = parsed(creationSchema, request.body).ticket_field;
    const { type, title, active, tag, regexp_for_validation: pattern } = given;
    const field = await store.write((tx): TicketField => {
      const made: TicketField = {
        id: tx.next('record'),
        ...{ type, title, active },
        ...{ description: given.description ?? '', agent_description: given.agent_description ?? null },
        tag: type === 'checkbox' ? (tag ?? null) : null,
        regexp_for_validation: type === 'regexp' ? (pattern ?? null) : null,
        custom_field_options: listed(type, given.custom_field_options ?? [], [], () => tx.next('record')),
        ...{ created_at: now(), updated_at: now() },
      };
      tx.put('ticketFields', made);
      return made;
    });
    return reply.status(201).send({ ticket_field: ticketFieldView(field, origin(request)) });
  });

  app.put<OfField>('/api/v2/ticket_fields/:id', async (request) => {
    requireAdmin(authenticate(request));
    const present = byId(request.params.id);
    const given = parsed(changeSchema, request.body).ticket_field;
    const field = await store.write((tx): TicketField => {
      const before = present.custom_field_options;
      const changed: TicketField = {
        ...present,
        title: given.title ?? present.title,
        description: given.description ?? present.description,
        agent_description: given.agent_description ?? present.agent_description,
        active: given.active ?? present.active,
        custom_field_options: given.custom_field_options
          ? listed(present.type, given.custom_field_options, before, () => tx.next('record'))
          : before,
        updated_at: now(),
      };
      tx.put('ticketFields', changed);
      const kept = new Set(changed.custom_field_options.map(({ value }) => value));
      const gone = before.filter(({ value }) => !kept.has(value));
      for (const ticket of store.tickets.values()) {
        const changedTicket = withoutValues(ticket, present.id, (value) =>
          gone.some((one) => one.value === value),
        );
        if (changedTicket !== ticket) tx.put('tickets', changedTicket);
      }
      return changed;
    });
    return { ticket_field: ticketFieldView(field, origin(request)) };
  });

  app.delete<OfField>('/api/v2/ticket_fields/:id', async (request, reply) => {
    requireAdmin(authenticate(request));
    const { id } = byId(request.params.id);
    await store.write((tx) => {
      tx.remove('ticketFields', id);
      for (const ticket of store.tickets.values()) {
        const changed = withoutValues(ticket, id, () => true);
        if (changed !== ticket) tx.put('tickets', changed);
      }
    });
    return reply.status(204).send();
  });

  /** Adds one, or changes the one of the id that is given. */
  app.post<OfField>('/api/v2/ticket_fields/:id/options', async (request, reply) => {
    requireAdmin(authenticate(request));
    const present = byId(request.params.id);
    if (present.type !== 'tagger') throw recordNotFound();
    const { id, name, value } = parsed(optionBody, request.body).custom_field_option;
    const known = present.custom_field_options.find((one) => one.id === id);
    const option = await store.write((tx): Option => {
      const made = { id: known?.id ?? tx.next('record'), name, value };
      const options =
        known === undefined
          ? [...present.custom_field_options, made]
          : present.custom_field_options.map((one) => (one === known ? made : one));
      refuseWrong(options);
      tx.put('ticketFields', { ...present, custom_field_options: options, updated_at: now() });
      return made;
    });
    return reply
      .status(known === undefined ? 201 : 200)
      .send({ custom_field_option: { ...option, raw_name: option.name, default: false } });
  });

  function byId(id: string): TicketField {
    const field = store.ticketFields.get(Number(id));
    if (field === undefined) throw recordNotFound();
    return field;
  }
}

/** Those that were there before keep their ids. @throws ApiError 422 */
function listed(
  type: TicketField['type'],
  given: readonly Omit<Option, 'id'>[],
  before: readonly Option[],
  nextId: () => number,
): Option[] {
  if (type !== 'tagger') return [];
  const options = given.map(({ name, value }) => ({
    id: before.find((one) => one.value === value)?.id ?? nextId(),
    ...{ name, value },
  }));
  refuseWrong(options);
  return options;
}

/** @throws ApiError 422 */
function refuseWrong(options: readonly Option[]): void {
  const problem =
    options.length === 0
      ? 'must contain at least one option'
      : options.length > mostOptions
        ? `must not contain more than ${mostOptions} options`
        : hasTwice(options, 'value') || hasTwice(options, 'name')
          ? 'must be unique in name and tag'
          : null;
  if (problem !== null) throw recordInvalid('field_options', `Field options: ${problem}`);
}

function hasTwice(options: readonly Option[], part: 'name' | 'value'): boolean {
  return new Set(options.map((option) => option[part].toLowerCase())).size < options.length;
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
