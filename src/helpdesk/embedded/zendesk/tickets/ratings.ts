/**
 * A customer's rating of a ticket, where Zendesk keeps the newest (`ticket.satisfaction_rating`) and an audit of each:
 * developer.zendesk.com/api-reference/ticketing/ticket-management/satisfaction_ratings. As there, a ticket can be rated
 * once it was solved, also after it was opened again.
 */
import { z } from 'zod';
import { recordInvalid } from '../answers/errors';
import { zendeskTime, type Audit, type Ticket } from '../store/records';
import type { DeskStore, Transaction } from '../store/store';
import { nextStamp, type Writer, type Written } from './ticketChanges';

export const ratingBody = z.strictObject({
  score: z.enum(['good', 'bad']),
  comment: z.string().trim().max(1_000).default(''),
});

/** @throws ApiError 422 where there is nothing to rate yet, or nothing can be changed any more. */
export function rateTicket(
  store: DeskStore,
  tx: Transaction,
  before: Ticket,
  { score, comment }: z.infer<typeof ratingBody>,
  writer: Writer,
): Written {
  if (before.status === 'closed') throw recordInvalid('status', 'Status: closed prevents ticket update');
  if (!wasSolved(store, before)) {
    throw recordInvalid('satisfaction_rating', 'Satisfaction rating: the ticket was never solved');
  }
  const rating = { id: tx.next('record'), score, comment: comment === '' ? null : comment };
  const ticket: Ticket = {
    ...before,
    satisfaction_rating: rating,
    updated_at: nextStamp(before, writer.now),
    generated_timestamp: Math.floor(writer.now / 1000),
    change: tx.next('change'),
  };
  const audit: Audit = {
    id: tx.next('record'),
    ticket_id: before.id,
    created_at: zendeskTime(writer.now),
    author_id: writer.user.id,
    via: writer.via,
    metadata: { system: { client: 'Deskhand embedded desk' }, custom: {} },
    events: [
      {
        id: tx.next('record'),
        type: 'SatisfactionRating',
        score,
        assignee_id: before.assignee_id,
        body: rating.comment,
      },
    ],
  };
  tx.put('tickets', ticket);
  tx.put('audits', audit);
  return { before, ticket, audit, comment: null, writer };
}

export function wasSolved(store: DeskStore, { id, status }: Ticket): boolean {
  if (status === 'solved') return true;
  const events = (store.audits.get(id) ?? []).flatMap((audit) => audit.events);
  return events.some((event) => event['field_name'] === 'status' && event['value'] === 'solved');
}
