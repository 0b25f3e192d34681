/**
 * `/api/v2/admin/ticket_fields` (developers.freshdesk.com/api/#ticket_fields_attributes): those of the account's own. Seen with
 * public clients (slop-place/terraform-provider-freshdesk): a change that names the type is refused, and so is a choice that is
 * there already and comes without its id. Inferred: two fields cannot have one label, a choice that a change does not name stays.
 */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { RecordStore } from '../common/recordStore';
import { notFound, validationFailed } from './apiErrors';
import { readBody } from './readBody';
import { customFieldTypes, type Tables, type TicketField } from './records';
import { customFieldsIn, nameFor } from './ticketFields';

interface Fields {
  readonly tables: Pick<Tables, 'ticketFields' | 'tickets'>;
  readonly store: RecordStore;
}
type ById = { Params: { id: string } };

const path = '/api/v2/admin/ticket_fields';
const firstMadeId = 70_000_000_101;
const firstChoiceId = 71_000_000_001;

const choice = z.strictObject({
  id: z.int().optional(),
  value: z.string().trim().min(1).max(255),
  label: z.string().optional(),
  position: z.int().min(1).optional(),
});
const change = z.strictObject({
  label: z.string().trim().min(1).max(255).optional(),
  label_for_customers: z.string().max(255).optional(),
  position: z.int().min(1).optional(),
  customers_can_edit: z.boolean().optional(),
  displayed_to_customers: z.boolean().optional(),
  required_for_agents: z.boolean().optional(),
  required_for_closure: z.boolean().optional(),
  required_for_customers: z.boolean().optional(),
  choices: z.array(choice).optional(),
});
const creation = change.extend({ type: z.enum(customFieldTypes) }).required({ label: true });
type GivenChoice = z.infer<typeof choice>;
type Choice = TicketField['choices'][number];

export function fieldRoutes(app: FastifyInstance, { tables, store }: Fields): void {
  app.get(path, () => customFieldsIn(tables).map(fieldView));
  app.get<ById>(`${path}/:id`, (request) => fieldView(fieldAt(request.params.id)));

  app.post(path, async (request, reply) => {
    const { label, type, choices = [] } = readBody(creation, request.body);
    requireFree(label, null);
    const field = await store.write((tx): TicketField => {
      const id = tx.next('ticketField', firstMadeId);
      const name = nameFor(label);
      const isTaken = customFieldsIn(tables).some((one) => one.name === name);
      const made = {
        ...{ id, label, type, deleted: false, name: isTaken ? `${name}${id}` : name },
        choices: withChoices(type, [], choices, () => tx.next('choice', firstChoiceId)),
      };
      tx.put(tables.ticketFields, made);
      return made;
    });
    return reply.status(201).send(fieldView(field));
  });

  app.put<ById>(`${path}/:id`, async (request) => {
    const present = fieldAt(request.params.id);
    const { label = present.label, choices = [] } = readBody(change, request.body);
    requireFree(label, present.id);
    const field = await store.write((tx): TicketField => {
      const nextId = (): number => tx.next('choice', firstChoiceId);
      const changed = {
        ...{ ...present, label },
        choices: withChoices(present.type, present.choices, choices, nextId),
      };
      tx.put(tables.ticketFields, changed);
      return changed;
    });
    return fieldView(field);
  });

  app.delete<ById>(`${path}/:id`, async (request, reply) => {
    const field = fieldAt(request.params.id);
    await store.write((tx) => {
      tx.put(tables.ticketFields, { ...field, deleted: true });
      for (const ticket of tables.tickets.records.values()) {
        const { [field.name]: gone = null, ...left } = ticket.custom_fields;
        if (gone !== null) tx.put(tables.tickets, { ...ticket, custom_fields: left });
      }
    });
    return reply.status(204).send();
  });

  function fieldAt(id: string): TicketField {
    const field = customFieldsIn(tables).find((one) => String(one.id) === id);
    if (field === undefined) throw notFound();
    return field;
  }

  /** @throws ApiError 400 */
  function requireFree(label: string, by: number | null): void {
    const isTaken = customFieldsIn(tables).some(
      (one) => one.label.toLowerCase() === label.toLowerCase() && one.id !== by,
    );
    if (isTaken) {
      throw validationFailed({
        field: 'label',
        message: 'It should be a unique value',
        code: 'duplicate_value',
      });
    }
  }
}

/** @throws ApiError 400 */
function withChoices(
  type: TicketField['type'],
  present: readonly Choice[],
  given: readonly GivenChoice[],
  nextId: () => number,
): Choice[] {
  if (type !== 'custom_dropdown') {
    if (given.length === 0) return [];
    throw validationFailed({
      ...{ field: 'choices', message: 'Unexpected/invalid field in request', code: 'invalid_field' },
    });
  }
  const unknown = given.find(({ id }) => id !== undefined && !present.some((one) => one.id === id));
  if (unknown !== undefined) {
    throw validationFailed({ field: 'choices', message: 'There is no such choice', code: 'invalid_value' });
  }
  const kept = present.map((one) => ({
    ...one,
    value: given.find(({ id }) => id === one.id)?.value ?? one.value,
  }));
  const added = given.filter(({ id }) => id === undefined).map(({ value }) => ({ id: nextId(), value }));
  const all = [...kept, ...added];
  if (new Set(all.map(({ value }) => value.toLowerCase())).size < all.length) {
    throw validationFailed({
      field: 'choices',
      message: 'It should be a unique value',
      code: 'duplicate_value',
    });
  }
  if (all.length === 0) {
    throw validationFailed({
      field: 'choices',
      message: 'Mandatory attribute missing',
      code: 'missing_field',
    });
  }
  return all;
}

function fieldView({ id, name, label, type, choices }: TicketField): Record<string, unknown> {
  return {
    ...{ id, name, label, type, position: 1, default: false, label_for_customers: label },
    ...{ customers_can_edit: false, displayed_to_customers: false, required_for_customers: false },
    ...{ required_for_agents: false, required_for_closure: false },
    ...(type === 'custom_dropdown'
      ? { choices: choices.map((one, at) => ({ ...one, label: one.value, position: at + 1 })) }
      : {}),
  };
}
