/** The account's ticket fields: developers.freshdesk.com/api/#list_all_ticket_fields. */
import { isObject } from '../../core/isObject';
import type { CustomField, FieldKind } from '../../core/ticket/customField';
import type { StatusNames } from './numbers';
import type { FreshdeskTicketField } from './schemas';

/** Kinds that are not here (dependent fields, files, lookups) cannot be set by a policy. */
const kinds: Readonly<Record<string, FieldKind>> = {
  custom_text: 'text',
  custom_paragraph: 'text',
  custom_number: 'whole-number',
  custom_decimal: 'number',
  custom_date: 'date',
  custom_checkbox: 'yes-no',
  custom_dropdown: 'choice',
};

/** The id is the name in `custom_fields`: `cf_order_number`. */
export function customFieldsOf(fields: readonly FreshdeskTicketField[]): readonly CustomField[] {
  return fields.flatMap((field): readonly CustomField[] => {
    const kind = Object.hasOwn(kinds, field.type) ? kinds[field.type] : undefined;
    if (kind === undefined) return [];
    const choices = Array.isArray(field.choices) ? field.choices : [];
    const options = choices.flatMap((choice: unknown) =>
      typeof choice === 'string' ? [{ tag: choice, name: choice }] : [],
    );
    return [{ id: field.name, name: field.label, kind, options: kind === 'choice' ? options : [] }];
  });
}

/** `{"6": ["Waiting on Customer", "Awaiting your reply"]}`: what agents see, and what customers do. */
export function statusNamesOf(fields: readonly FreshdeskTicketField[]): StatusNames {
  const choices = fields.find(({ name }) => name === 'status')?.choices;
  const names = new Map<number, string>();
  for (const [number, shown] of Object.entries(isObject(choices) ? choices : {})) {
    const name: unknown = Array.isArray(shown) ? shown[0] : shown;
    if (typeof name === 'string') names.set(Number(number), name);
  }
  return names;
}
