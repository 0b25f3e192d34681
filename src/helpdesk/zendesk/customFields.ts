/** The account's custom fields: developer.zendesk.com/api-reference/ticketing/tickets/ticket_fields. */
import type { CustomField, FieldKind } from '../../core/ticket/customField';
import type { ZendeskTicketField } from './schemas';

export interface ZendeskField extends CustomField {
  /** Of a checkbox: the ticket has it while the box is ticked; null: none. */
  readonly tag: string | null;
}

/** Kinds that are not here (lookup, multiselect, credit card) cannot be set by a policy. */
const kinds: Readonly<Record<string, FieldKind>> = {
  text: 'text',
  textarea: 'text',
  regexp: 'text',
  integer: 'whole-number',
  decimal: 'number',
  date: 'date',
  checkbox: 'yes-no',
  tagger: 'choice',
};

export function customFieldsOf(fields: readonly ZendeskTicketField[]): readonly ZendeskField[] {
  return fields.flatMap((field): readonly ZendeskField[] => {
    const kind = Object.hasOwn(kinds, field.type) ? kinds[field.type] : undefined;
    if (kind === undefined || field.active === false || field.removable === false) return [];
    const { id, title: name, tag = null, custom_field_options: options } = field;
    return [
      {
        id,
        name,
        kind,
        tag,
        options: (options ?? []).map(({ value, name: label }) => ({ tag: value, name: label })),
      },
    ];
  });
}
