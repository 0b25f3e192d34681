/** The custom attributes of the account's conversations: app/models/custom_attribute_definition.rb. Some are there, to try with. */
import { ApiError } from '../common/apiError';
import type { Attribute, Tables } from './records';

const atFirst: readonly Attribute[] = [
  ofType(1, 'Order number', 'text'),
  { ...ofType(2, 'Contact reason', 'list'), attribute_values: ['Delivery', 'Return', 'Refund', 'Other'] },
  ofType(3, 'Parcels', 'number'),
  ofType(4, 'Promised on', 'date'),
  ofType(5, 'Gift', 'checkbox'),
  ofType(6, 'Label page', 'link'),
];

function ofType(id: number, name: string, type: Attribute['attribute_display_type']): Attribute {
  return {
    ...{ id, attribute_display_name: name, attribute_description: name, attribute_display_type: type },
    attribute_key: name.toLowerCase().replaceAll(' ', '_'),
    ...{ attribute_values: [], deleted: false },
  };
}

export function attributesIn({ attributes }: Pick<Tables, 'attributes'>): readonly Attribute[] {
  const unchanged = atFirst.filter(({ id }) => !attributes.records.has(id));
  const all = [...unchanged, ...attributes.records.values()];
  return all.filter(({ deleted }) => !deleted).sort((a, b) => a.id - b.id);
}

/**
 * Chatwoot keeps whatever it is given; this desk takes what is defined, and what Deskhand keeps there.
 * @throws ApiError 422
 */
export function requireDefined(tables: Pick<Tables, 'attributes'>, keys: readonly string[]): void {
  const known = [...attributesIn(tables).map(({ attribute_key: key }) => key), 'deskhand_held_by'];
  const unknown = keys.filter((key) => !known.includes(key));
  if (unknown.length === 0) return;
  throw new ApiError(422, {
    message: `no such attribute: ${unknown.join(', ')}`,
    attributes: unknown,
  });
}
