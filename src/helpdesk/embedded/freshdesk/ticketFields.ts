/** The fields of a ticket: developers.freshdesk.com/api/#list_all_ticket_fields. Some of the account's own, to try with. */

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

interface CustomField {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly choices?: readonly string[];
  /** Whether a value, which is not null, may be kept. */
  readonly takes: (value: unknown) => boolean;
}

const isText = (value: unknown): boolean => typeof value === 'string';
const reasons = ['Delivery', 'Return', 'Refund', 'Other'] as const;

export const customFields: readonly CustomField[] = [
  { name: 'cf_order_number', label: 'Order number', type: 'custom_text', takes: isText },
  {
    name: 'cf_contact_reason',
    label: 'Contact reason',
    type: 'custom_dropdown',
    choices: reasons,
    takes: (value) => reasons.some((reason) => reason === value),
  },
  { name: 'cf_remarks', label: 'Remarks', type: 'custom_paragraph', takes: isText },
  { name: 'cf_parcels', label: 'Parcels', type: 'custom_number', takes: Number.isInteger },
  {
    name: 'cf_weight',
    label: 'Weight',
    type: 'custom_decimal',
    takes: (value) => typeof value === 'number',
  },
  {
    name: 'cf_promised_on',
    label: 'Promised on',
    type: 'custom_date',
    takes: (value) => isText(value) && /^\d{4}-\d{2}-\d{2}$/.test(String(value)),
  },
  {
    name: 'cf_gift',
    label: 'Gift',
    type: 'custom_checkbox',
    takes: (value) => typeof value === 'boolean',
  },
];

export function ticketFieldViews(): readonly Record<string, unknown>[] {
  const fields = [
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
    ...customFields.map(({ name, label, type, choices }) => ({
      name,
      label,
      type,
      ...(choices === undefined ? {} : { choices }),
    })),
  ];
  return fields.map((field, at) => ({
    id: 70_000_000_001 + at,
    description: field.label,
    position: at + 1,
    required_for_closure: false,
    default: !field.type.startsWith('custom_'),
    ...field,
  }));
}
