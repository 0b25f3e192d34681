/** The fields of a ticket: developers.freshdesk.com/api/#list_all_ticket_fields. Some of the account's own, to try with. */
import type { Tables, TicketField } from './records';

/** By number: what agents see, and what customers do. */
const statusChoices: Readonly<Record<string, readonly [string, string]>> = {
  2: ['Open', 'Being Processed'],
  3: ['Pending', 'Awaiting your Reply'],
  4: ['Resolved', 'This ticket has been Resolved'],
  5: ['Closed', 'This ticket has been Closed'],
  6: ['Waiting on Customer', 'Awaiting your Reply'],
  7: ['Waiting on Third Party', 'Being Processed'],
};
export const statusNumbers = Object.keys(statusChoices).map(Number);
export const priorityNumbers = [1, 2, 3, 4];
export const sourceNumbers = [1, 2, 3, 5, 6, 7, 9, 10, 15];

const firstFieldId = 70_000_000_001;
const reasons = ['Delivery', 'Return', 'Refund', 'Other'] as const;

/** To try with; they are changed and deleted as those that somebody made. */
const atFirst: readonly TicketField[] = [
  ofType(8, 'Order number', 'custom_text'),
  {
    ...ofType(9, 'Contact reason', 'custom_dropdown'),
    choices: reasons.map((value, at) => ({ id: firstFieldId + 500 + at, value })),
  },
  ofType(10, 'Remarks', 'custom_paragraph'),
  ofType(11, 'Parcels', 'custom_number'),
  ofType(12, 'Weight', 'custom_decimal'),
  ofType(13, 'Promised on', 'custom_date'),
  ofType(14, 'Gift', 'custom_checkbox'),
];

function ofType(place: number, label: string, type: TicketField['type']): TicketField {
  const id = firstFieldId + place - 1;
  return { id, name: nameFor(label), label, type, choices: [], deleted: false };
}

/** `cf_order_number` */
export function nameFor(label: string): string {
  return `cf_${label.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '_')}`;
}

export function customFieldsIn({ ticketFields }: Pick<Tables, 'ticketFields'>): readonly TicketField[] {
  const { records } = ticketFields;
  const unchanged = atFirst.filter(({ id }) => !records.has(id));
  return [...unchanged, ...records.values()].filter(({ deleted }) => !deleted).sort((a, b) => a.id - b.id);
}

/** Of a value that is not null. */
export function takesValue({ type, choices }: TicketField, value: unknown): boolean {
  switch (type) {
    case 'custom_text':
    case 'custom_paragraph':
      return typeof value === 'string';
    case 'custom_number':
      return Number.isInteger(value);
    case 'custom_decimal':
      return typeof value === 'number';
    case 'custom_date':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
    case 'custom_checkbox':
      return typeof value === 'boolean';
    case 'custom_dropdown':
      return choices.some((choice) => choice.value === value);
  }
}

export function ticketFieldViews(tables: Pick<Tables, 'ticketFields'>): readonly Record<string, unknown>[] {
  const ofFreshdesk = [
    { name: 'requester', label: 'Requester', type: 'default_requester' },
    { name: 'subject', label: 'Subject', type: 'default_subject' },
    { name: 'status', label: 'Status', type: 'default_status', choices: statusChoices },
    {
      name: 'priority',
      label: 'Priority',
      type: 'default_priority',
      choices: { Low: 1, Medium: 2, High: 3, Urgent: 4 },
    },
    { name: 'group', label: 'Group', type: 'default_group' },
    { name: 'agent', label: 'Agent', type: 'default_agent' },
    { name: 'description', label: 'Description', type: 'default_description' },
  ].map((field, at) => ({ id: firstFieldId + at, ...field }));
  const custom = customFieldsIn(tables).map(({ id, name, label, type, choices }) => ({
    ...{ id, name, label, type },
    ...(type === 'custom_dropdown' ? { choices: choices.map(({ value }) => value) } : {}),
  }));
  return [...ofFreshdesk, ...custom].map((field, at) => ({
    description: field.label,
    position: at + 1,
    required_for_closure: false,
    default: !field.type.startsWith('custom_'),
    ...field,
  }));
}
