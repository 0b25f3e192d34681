/**
 * Triggers that call a webhook: after every change of a ticket each active one is tried, and one whose conditions hold sends
 * its template (developer.zendesk.com/documentation/ticketing/reference-guides/conditions-reference).
 */
import { fillPlaceholders } from '../tickets/commentText';
import { placeholderValues } from '../tickets/placeholders';
import { isStaff, type OutgoingEvent, type Trigger, type TriggerCondition } from '../store/records';
import type { DeskStore, Transaction } from '../store/store';
import type { Written } from '../tickets/ticketChanges';

/** What a webhook is subscribed to that triggers call. */
export const triggerSubscription = 'conditional_ticket_events';

/** None when nothing changed. */
export function triggeredBy(store: DeskStore, tx: Transaction, written: Written): OutgoingEvent[] {
  if (written.audit === null) return [];
  const { ticket, writer } = written;
  return [...store.triggers.values()].flatMap(({ active, all, any, actions }) =>
    active && holds(all, any, written)
      ? actions.map(({ value: [webhookId, template] }) => ({
          id: tx.next('record'),
          type: triggerSubscription,
          webhook_id: webhookId,
          payload: fillPlaceholders(template, placeholderValues(store, tx, ticket, writer.user)),
        }))
      : [],
  );
}

function holds(all: Trigger['all'], any: Trigger['any'], written: Written): boolean {
  return (
    all.every((condition) => isSo(condition, written)) &&
    (any.length === 0 || any.some((condition) => isSo(condition, written)))
  );
}

function isSo({ field, operator, value }: TriggerCondition, written: Written): boolean {
  return is(field, value, written) === (operator === 'is');
}

function is(field: TriggerCondition['field'], value: string, written: Written): boolean {
  const { before, ticket, comment, writer } = written;
  switch (field) {
    case 'update_type':
      return value === (before === null ? 'Create' : 'Change');
    case 'role':
      return value === String(writer.user.id) || value === (isStaff(writer.user) ? 'agent' : 'end_user');
    case 'status':
      return value === ticket.status;
    case 'comment_is_public':
      return value === String(comment?.public ?? 'not_relevant');
  }
}
