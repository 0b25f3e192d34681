/**
 * Values of custom fields, as Zendesk keeps them: an unknown field and a value that is no option are dropped without a
 * word (both are known from its clients' issues, its documents do not say it), other wrong values are refused. A
 * drop-down and a ticked box have a tag on the ticket, and the tag has them.
 */
import { recordInvalid } from '../answers/errors';
import type { SetFieldValue, Ticket, TicketField } from '../store/records';

type Value = SetFieldValue['value'];

export function fieldValues(ticket: Ticket | null): ReadonlyMap<number, Value> {
  return new Map(ticket?.custom_fields.map(({ id, value }) => [id, value]));
}

/** The ticket once its field has lost those values; the same one where it has none of them. */
export function withoutValues(ticket: Ticket, fieldId: number, isGone: (value: Value) => boolean): Ticket {
  const left = ticket.custom_fields.filter(({ id, value }) => id !== fieldId || !isGone(value));
  return left.length === ticket.custom_fields.length ? ticket : { ...ticket, custom_fields: left };
}

/** @throws ApiError 422 for a value of the wrong kind. */
export function changedFieldValues(
  fields: readonly TicketField[],
  ticket: Ticket,
  change: {
    readonly tags: readonly string[];
    readonly values: readonly { readonly id: number; readonly value?: unknown }[];
  },
): Pick<Ticket, 'tags' | 'custom_fields'> {
  const values = new Map(fieldValues(ticket));
  let tags = [...change.tags];
  for (const field of fields) {
    const tagged = valueByTags(field, tags, values.get(field.id));
    if (tagged !== undefined) put(values, field.id, tagged);
  }
  for (const { id, value } of change.values) {
    const field = fields.find((one) => one.id === id);
    const taken = field === undefined ? undefined : takenValue(field, value);
    if (field === undefined || taken === undefined) continue;
    const gone = tagOf(field, values.get(id) ?? null);
    const come = tagOf(field, taken);
    tags = [...tags.filter((tag) => tag !== gone && tag !== come), ...(come === null ? [] : [come])];
    put(values, id, taken);
  }
  const sorted = [...values].sort(([a], [b]) => a - b);
  return { tags, custom_fields: sorted.map(([id, value]) => ({ id, value })) };
}

function put(values: Map<number, Value>, id: number, value: Value | null): void {
  if (value === null) values.delete(id);
  else values.set(id, value);
}

/** What the ticket's tags make of a field that goes by them; undefined: nothing else than it is. */
function valueByTags(
  field: TicketField,
  tags: readonly string[],
  value: Value | undefined,
): Value | null | undefined {
  if (field.type === 'checkbox' && field.tag !== null) {
    return tags.includes(field.tag) === (value === true) ? undefined : value !== true;
  }
  if (field.type !== 'tagger') return undefined;
  if (typeof value === 'string' && tags.includes(value)) return undefined;
  return field.custom_field_options.find((option) => tags.includes(option.value))?.value ?? null;
}

function tagOf({ type, tag }: TicketField, value: Value | null): string | null {
  if (type === 'tagger') return typeof value === 'string' ? value : null;
  return type === 'checkbox' && value === true ? tag : null;
}

/** Null: emptied. Undefined: dropped. */
function takenValue(field: TicketField, value: unknown): Value | null | undefined {
  if (!field.active) return undefined;
  if (value === null || value === '') return field.type === 'checkbox' ? false : null;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  const text = String(value);
  switch (field.type) {
    case 'tagger':
      return field.custom_field_options.some((option) => option.value === text) ? text : undefined;
    case 'checkbox':
      return ['true', '1'].includes(text);
    case 'integer':
      return matching(field, /^-?\d+$/, text);
    case 'decimal':
      return matching(field, /^-?\d+(\.\d+)?$/, text);
    case 'date':
      return matching(field, /^\d{4}-\d{2}-\d{2}$/, text);
    case 'regexp':
      return matching(field, new RegExp(field.regexp_for_validation ?? ''), text);
    case 'text':
    case 'textarea':
      return text;
  }
}

function matching({ title }: TicketField, pattern: RegExp, text: string): string {
  if (pattern.test(text)) return text;
  throw recordInvalid('base', `${title}: is not properly formatted`);
}
