/**
 * From the fields that an update names to what Zendesk is asked to set. It drops an unknown field, and a value that is
 * no option of a drop-down, without a word: so both are looked up before.
 */
import type { TicketUpdate } from '../../core/ticket/update';
import { fittingFields, type WantedField as Wanted, type WantedFields } from '../fittingFields';
import type { CallContext } from '../port';
import type { ZendeskField } from './customFields';
import type { Directory } from './directory';
import { deskName } from './http';
import type { ZendeskTicket } from './schemas';

export type WantedField = Wanted<ZendeskField>;

/** No request for an update without fields; else the list of them, once. */
export function wantedFields(
  update: TicketUpdate,
  directory: Directory,
  call: CallContext,
): Promise<WantedFields<ZendeskField>> {
  return fittingFields(deskName, update, (name) => directory.customFields(name, call));
}

/** As the ticket shows it; text for numbers and, sometimes, for boxes. */
function present(ticket: ZendeskTicket, { id }: ZendeskField): string {
  const value = ticket.custom_fields?.find((one) => one.id === id)?.value;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}

export function isShown(ticket: ZendeskTicket, { field, value }: WantedField): boolean {
  return present(ticket, field) === String(value);
}

/**
 * The tags that belong to the values, as Zendesk sets them by itself: an update that also sends `tags` must have them,
 * since a drop-down is emptied when its tag is taken away.
 */
export function tagChanges(
  ticket: ZendeskTicket,
  changes: readonly WantedField[],
): { readonly add: readonly string[]; readonly remove: readonly string[] } {
  const add = changes.flatMap(({ field, value }) => tagsOf(field, String(value)));
  const before = changes.flatMap(({ field }) => tagsOf(field, present(ticket, field)));
  return { add, remove: before.filter((tag) => !add.includes(tag)) };
}

function tagsOf({ kind, tag }: ZendeskField, value: string): readonly string[] {
  if (kind === 'choice') return value === '' ? [] : [value];
  return kind === 'yes-no' && tag !== null && tag !== '' && value === 'true' ? [tag] : [];
}
