/** The ticket fields of the account, some to try with: developers.gorgias.com/reference/the-custom-field-object. */
import type { CustomField, Tables } from './records';

const atFirst: readonly CustomField[] = [
  ofType(1, 'Order number', 'text'),
  { ...ofType(2, 'Contact reason', 'text'), choices: ['Delivery', 'Return', 'Refund', 'Other'] },
  ofType(3, 'Remarks', 'text'),
  ofType(4, 'Parcels', 'number'),
  ofType(5, 'Gift', 'boolean'),
];

function ofType(place: number, label: string, type: CustomField['type']): CustomField {
  return {
    ...{ id: 70_000 + place, label, description: null, priority: 6 - place },
    ...{ type, choices: null, deactivated_datetime: null },
  };
}

type OfFields = Pick<Tables, 'customFields'>;

/** Archived ones as well. */
export function customFieldsIn({ customFields: { records } }: OfFields): readonly CustomField[] {
  return [...atFirst.filter(({ id }) => !records.has(id)), ...records.values()].sort((a, b) => a.id - b.id);
}

/** Null: the value can be kept. */
export function mistakeInValue(tables: OfFields, id: number, value: unknown): string | null {
  const field = customFieldsIn(tables).find((one) => one.id === id);
  if (field === undefined) return `There is no custom field ${id}.`;
  const wanted = field.type === 'text' ? 'string' : field.type;
  if (typeof value !== wanted) return `The value of field ${id} must be a ${wanted}.`;
  const isKnown = field.choices === null || field.choices.some((choice) => choice === value);
  return isKnown ? null : `The value of field ${id} is none of its choices.`;
}

export function customFieldView(field: CustomField): Record<string, unknown> {
  const { id, label, description, priority, deactivated_datetime: off } = field;
  return {
    ...{ id, object_type: 'Ticket', label, priority, required: false, description },
    definition: { data_type: field.type, input_settings: inputSettings(field) },
    ...{ external_id: null, managed_type: null, deactivated_datetime: off },
    created_datetime: '2026-01-01T00:00:00.000000+00:00',
  };
}

function inputSettings({ type, choices }: CustomField): Record<string, unknown> {
  switch (type) {
    case 'text':
      return choices === null
        ? { input_type: 'input', placeholder: null }
        : { input_type: 'dropdown', choices };
    case 'number':
      return { input_type: 'input_number', placeholder: null };
    case 'boolean':
      return { input_type: 'dropdown', choices: [true, false] };
  }
}
