/** The account's ticket fields: developers.freshdesk.com/api/#list_all_ticket_fields. */
import { isObject } from '../../core/isObject';
import type { FieldKind } from '../../core/ticket/customField';
import type { AccountField } from '../stepwise/directory';
import { wordsOf } from '../api/wordsOf';
import type { StatusNames } from './numbers';
import type { FreshdeskTicketField } from './schemas';

/** Kinds that are not here (dependent fields, files, lookups) cannot be set by a policy. */
const kinds = wordsOf<FieldKind>({
  text: ['custom_text', 'custom_paragraph'],
  'whole-number': ['custom_number'],
  number: ['custom_decimal'],
  date: ['custom_date'],
  'yes-no': ['custom_checkbox'],
  choice: ['custom_dropdown'],
});

/** The id is the name in `custom_fields`: `cf_order_number`. */
export function accountField({ name: id, label: name, type, choices }: FreshdeskTicketField): AccountField {
  const texts = (Array.isArray(choices) ? choices : []).filter(
    (choice: unknown) => typeof choice === 'string',
  );
  return { id, name, kind: kinds.get(type), choices: texts };
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
