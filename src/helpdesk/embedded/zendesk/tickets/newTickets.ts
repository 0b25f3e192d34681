/** Where a new ticket comes from: its requester, known or new, and the closed ticket it follows. */
import { recordInvalid } from '../answers/errors';
import { zendeskTime, type User, type Via } from '../store/records';
import type { DeskStore, Transaction } from '../store/store';
import { createTicket, type TicketChange, type Writer, type Written } from './ticketChanges';

interface RequesterFields {
  readonly requester_id?: number | undefined;
  readonly requester?: { readonly name?: string | undefined; readonly email: string } | undefined;
}

/** The named user; else the one with the address, made when there is none; else `fallback`. @throws ApiError 422 */
export function requesterOf(
  store: DeskStore,
  tx: Transaction,
  fields: RequesterFields,
  fallback: User,
  now: number,
): User {
  if (fields.requester_id !== undefined) {
    const user = store.users.get(fields.requester_id);
    if (user === undefined)
      throw recordInvalid('requester', `Requester: ${fields.requester_id} is not a user`);
    return user;
  }
  return fields.requester === undefined ? fallback : personByEmail(store, tx, fields.requester, now);
}

/** The user with the address, an agent too, or a new end user. */
export function personByEmail(
  store: DeskStore,
  tx: Transaction,
  person: { readonly name?: string | undefined; readonly email: string },
  now: number,
): User {
  const { email } = person;
  const known = store.userByEmail(email);
  return known ?? newEndUser(tx, { email, name: person.name ?? email.replace(/@.*/, '') }, now);
}

/** Somebody from a channel without addresses (a chat, a telephone) has no e-mail address. */
export function newEndUser(
  tx: Transaction,
  person: { readonly name: string; readonly email: string | null },
  now: number,
): User {
  const at = zendeskTime(now);
  const user: User = {
    id: tx.next('record'),
    ...person,
    role: 'end-user',
    locale: 'en-US',
    created_at: at,
    updated_at: at,
  };
  tx.putUser(user);
  return user;
}

/** A ticket that follows a closed one and takes over its tags unless it brings its own. @throws ApiError 422 */
export function followUpOf(
  store: DeskStore,
  tx: Transaction,
  sourceId: number,
  creation: TicketChange & { readonly requester: User; readonly submitter: User; readonly subject: string },
  writer: Writer,
): Written {
  const source = store.tickets.get(sourceId);
  if (source?.status !== 'closed') {
    throw recordInvalid('via_followup_source_id', `Follow-up: ${sourceId} is not a closed ticket`);
  }
  const via: Via = {
    channel: writer.via.channel,
    source: { from: { ticket_id: source.id, subject: source.subject }, to: {}, rel: 'follow_up' },
  };
  const subject = creation.subject === '' ? `Re: ${source.subject}` : creation.subject;
  const written = createTicket(
    store,
    tx,
    {
      ...{ ...creation, subject, tags: creation.tags ?? source.tags },
      brand_id: creation.brand_id ?? source.brand_id,
    },
    { ...writer, via },
  );
  tx.put('tickets', { ...source, followup_ids: [...source.followup_ids, written.ticket.id] });
  return written;
}
