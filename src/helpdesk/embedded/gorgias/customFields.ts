/** The ticket fields of the account, some to try with: developers.gorgias.com/reference/the-custom-field-object. */
interface Field {
  readonly id: number;
  readonly label: string;
  readonly type: 'text' | 'number' | 'boolean';
  readonly choices?: readonly string[];
}

const fields: readonly Field[] = [
  { id: 70001, label: 'Order number', type: 'text' },
  {
    id: 70002,
    label: 'Contact reason',
    type: 'text',
    choices: ['Delivery', 'Return', 'Refund', 'Other'],
  },
  { id: 70003, label: 'Remarks', type: 'text' },
  { id: 70004, label: 'Parcels', type: 'number' },
  { id: 70005, label: 'Gift', type: 'boolean' },
];

/** Null: the value can be kept. */
export function mistakeInValue(id: number, value: unknown): string | null {
  const field = fields.find((one) => one.id === id);
  if (field === undefined) return `There is no custom field ${id}.`;
  const wanted = field.type === 'text' ? 'string' : field.type;
  if (typeof value !== wanted) return `The value of field ${id} must be a ${wanted}.`;
  const isKnown = field.choices === undefined || field.choices.some((choice) => choice === value);
  return isKnown ? null : `The value of field ${id} is none of its choices.`;
}

export function customFieldViews(): readonly Record<string, unknown>[] {
  return fields.map(({ id, label, type, choices }, at) => ({
    ...{ id, object_type: 'Ticket', label, priority: fields.length - at, required: false, description: null },
    definition: {
      data_type: type,
      input_settings:
        choices === undefined
          ? { input_type: 'input', placeholder: null }
          : { input_type: 'dropdown', choices },
    },
    ...{ external_id: null, managed_type: null, deactivated_datetime: null },
    created_datetime: '2026-01-01T00:00:00.000000+00:00',
  }));
}
