/**
 * `custom_attribute_definitions` of conversations (app/controllers/api/v1/accounts/custom_attribute_definitions_controller.rb,
 * app/models/custom_attribute_definition.rb, app/policies/custom_attribute_definition_policy.rb). What conversations have in one
 * that is deleted is shown nowhere any more, and kept.
 */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ApiError } from '../common/apiError';
import type { RecordStore } from '../common/recordStore';
import { notAllowed, notFound, taken } from './apiErrors';
import { attributesIn } from './attributes';
import { queryValues, readParams } from './params';
import { attributeTypes, type Attribute, type Tables, type User } from './records';

interface Attributes {
  readonly tables: Pick<Tables, 'attributes'>;
  readonly store: RecordStore;
}
type ById = { Params: { id: string } };

const path = '/api/v1/accounts/1/custom_attribute_definitions';
const firstMadeId = 101;
/** Keys that conversations have of themselves. */
const ofChatwoot = [
  ...['status', 'priority', 'assignee_id', 'inbox_id', 'team_id', 'display_id', 'campaign_id', 'labels'],
  ...['browser_language', 'country_code', 'referer', 'created_at', 'last_activity_at'],
];
const changed = z.strictObject({
  attribute_display_name: z.string().trim().min(1).optional(),
  attribute_description: z.string().optional(),
  attribute_display_type: z.enum(attributeTypes).optional(),
  attribute_key: z
    .string()
    .trim()
    .regex(/^[\p{L}\p{N}_.-]+$/u)
    .optional(),
  attribute_model: z.literal('conversation_attribute').optional(),
  regex_pattern: z.string().nullish(),
  attribute_values: z.array(z.string()).optional(),
});
const made = changed.required({ attribute_display_name: true, attribute_key: true });

export function attributeRoutes(app: FastifyInstance, { tables, store }: Attributes, me: () => User): void {
  const administratorsOnly = (): void => {
    if (me().role !== 'administrator') throw notAllowed();
  };

  app.get(path, (request) => {
    // Those of contacts: this account has none.
    if (queryValues(request, 'attribute_model').at(-1) === '1') return [];
    return attributesIn(tables).map(view);
  });
  app.get<ById>(`${path}/:id`, (request) => view(attributeAt(request.params.id)));

  app.post(path, async (request) => {
    administratorsOnly();
    const shape = z.strictObject({ custom_attribute_definition: made });
    const given = readParams(shape, request.body).custom_attribute_definition;
    requireFree(given.attribute_key, null);
    const attribute = await store.write((tx): Attribute => {
      const one: Attribute = {
        ...{ id: tx.next('attribute', firstMadeId), attribute_key: given.attribute_key },
        attribute_display_name: given.attribute_display_name,
        attribute_description: given.attribute_description ?? null,
        attribute_display_type: given.attribute_display_type ?? 'text',
        ...{ attribute_values: given.attribute_values ?? [], deleted: false },
      };
      tx.put(tables.attributes, one);
      return one;
    });
    return view(attribute);
  });

  app.patch<ById>(`${path}/:id`, async (request) => {
    administratorsOnly();
    const present = attributeAt(request.params.id);
    const shape = z.strictObject({ custom_attribute_definition: changed });
    const given = readParams(shape, request.body).custom_attribute_definition;
    const attribute: Attribute = {
      ...present,
      attribute_key: given.attribute_key ?? present.attribute_key,
      attribute_display_name: given.attribute_display_name ?? present.attribute_display_name,
      attribute_description: given.attribute_description ?? present.attribute_description,
      attribute_display_type: given.attribute_display_type ?? present.attribute_display_type,
      attribute_values: given.attribute_values ?? present.attribute_values,
    };
    requireFree(attribute.attribute_key, present.id);
    await store.write((tx) => tx.put(tables.attributes, attribute));
    return view(attribute);
  });

  app.delete<ById>(`${path}/:id`, async (request, reply) => {
    administratorsOnly();
    const present = attributeAt(request.params.id);
    await store.write((tx) => tx.put(tables.attributes, { ...present, deleted: true }));
    return reply.status(204).send();
  });

  function attributeAt(id: string): Attribute {
    const attribute = attributesIn(tables).find((one) => String(one.id) === id);
    if (attribute === undefined) throw notFound();
    return attribute;
  }

  /** @throws ApiError 422 */
  function requireFree(key: string, by: number | null): void {
    if (attributesIn(tables).some((one) => one.attribute_key === key && one.id !== by)) {
      throw taken('attribute_key');
    }
    if (by === null && ofChatwoot.includes(key)) {
      const message = 'attribute_key is a key of conversations themselves';
      throw new ApiError(422, { message, attributes: ['attribute_key'] });
    }
  }
}

function view(attribute: Attribute): Record<string, unknown> {
  const { id, attribute_key, attribute_display_name, attribute_description } = attribute;
  const { attribute_display_type, attribute_values } = attribute;
  return {
    ...{ id, attribute_key, attribute_display_name, attribute_description },
    ...{ attribute_display_type, attribute_values },
    attribute_model: 'conversation_attribute',
    ...{ regex_pattern: null, regex_cue: null, default_value: null },
  };
}
