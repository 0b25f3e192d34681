/**
 * Custom fields of tickets: developers.gorgias.com/reference/{list-custom-fields,create-custom-field,update-custom-field}. There is
 * no deletion: a field is archived, and its values stay. Inferred: what the settings of a number and of a yes and no are called,
 * that the type of a field stays, and that one that has a `deactivated_datetime` is archived until that is null.
 */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { RecordStore } from '../common/recordStore';
import { badRequest, notFound } from './apiErrors';
import { read } from './bodies';
import { customFieldsIn, customFieldView } from './customFields';
import type { CustomField, Tables } from './records';
import { filters, pageOf, queryOf } from './wire';

interface Fields {
  readonly tables: Pick<Tables, 'customFields'>;
  readonly store: RecordStore;
}
type ById = { Params: { id: string } };

const path = '/api/custom-fields';
const firstMadeId = 70_101;
const placeholder = z.string().nullish();
const definition = z.discriminatedUnion('data_type', [
  z.strictObject({
    data_type: z.literal('text'),
    input_settings: z.discriminatedUnion('input_type', [
      z.strictObject({ input_type: z.literal('input'), placeholder }),
      z.strictObject({ input_type: z.literal('dropdown'), choices: z.array(z.string().min(1)).min(1) }),
    ]),
  }),
  z.strictObject({
    data_type: z.literal('number'),
    input_settings: z.strictObject({ input_type: z.literal('input_number'), placeholder }),
  }),
  z.strictObject({
    data_type: z.literal('boolean'),
    input_settings: z.strictObject({
      input_type: z.literal('dropdown'),
      choices: z.array(z.boolean()).optional(),
    }),
  }),
]);
const change = z.strictObject({
  object_type: z.literal('Ticket').optional(),
  label: z.string().min(1).max(255).optional(),
  definition: definition.optional(),
  description: z.string().max(1_024).nullish(),
  external_id: z.string().nullish(),
  priority: z.int().min(0).max(5_000).optional(),
  required: z.boolean().optional(),
  deactivated_datetime: z.iso.datetime({ offset: true }).nullish(),
});
const creation = change.required({ object_type: true, label: true, definition: true });

export function customFieldRoutes(app: FastifyInstance, { tables, store }: Fields): void {
  app.get(path, (request) => {
    const query = queryOf(request, filters['custom-fields']);
    if (query.object_type === undefined) {
      throw badRequest({ object_type: ['Missing data for required field.'] });
    }
    const { archived, search = '' } = query;
    const fields = query.object_type === 'Ticket' ? customFieldsIn(tables) : [];
    const shown = fields.filter(
      ({ label, deactivated_datetime: off }) =>
        (archived === undefined || archived === (off !== null)) &&
        label.toLowerCase().includes(search.toLowerCase()),
    );
    return pageOf(request, query, shown, {
      orders: { priority: ({ priority }) => priority },
      ...{ defaultOrder: 'priority:desc', view: customFieldView },
    });
  });
  app.get<ById>(`${path}/:id`, (request) => customFieldView(fieldAt(request.params.id)));

  app.post(path, async (request, reply) => {
    const { label, definition: given, description = null, priority = 0 } = read(creation, request.body);
    const field = await store.write((tx): CustomField => {
      const made = {
        ...{ id: tx.next('customField', firstMadeId), label, description, priority },
        ...{ type: given.data_type, choices: choicesOf(given), deactivated_datetime: null },
      };
      tx.put(tables.customFields, made);
      return made;
    });
    return reply.status(201).send(customFieldView(field));
  });

  app.put<ById>(`${path}/:id`, async (request, reply) => {
    const present = fieldAt(request.params.id);
    const given = read(change, request.body);
    if (given.definition !== undefined && given.definition.data_type !== present.type) {
      throw badRequest({ 'definition.data_type': ['It cannot be changed.'] });
    }
    const field: CustomField = {
      ...present,
      label: given.label ?? present.label,
      description: given.description === undefined ? present.description : given.description,
      priority: given.priority ?? present.priority,
      choices: given.definition === undefined ? present.choices : choicesOf(given.definition),
      deactivated_datetime:
        given.deactivated_datetime === undefined ? present.deactivated_datetime : given.deactivated_datetime,
    };
    await store.write((tx) => tx.put(tables.customFields, field));
    return reply.status(202).send(customFieldView(field));
  });

  function fieldAt(id: string): CustomField {
    const field = customFieldsIn(tables).find((one) => String(one.id) === id);
    if (field === undefined) throw notFound('CustomField');
    return field;
  }
}

function choicesOf(given: z.infer<typeof definition>): string[] | null {
  return given.data_type === 'text' && given.input_settings.input_type === 'dropdown'
    ? given.input_settings.choices
    : null;
}
