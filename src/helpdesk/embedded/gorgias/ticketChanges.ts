/** What a message or an update does to a ticket: the same from the API and from the page. */
import sanitizeHtml from 'sanitize-html';
import { escapeHtml, textOfHtml } from '../../comments/commentHtml';
import { shallowHtml } from '../../comments/shallowHtml';
import type { Transaction } from '../common/recordStore';
import type { GorgiasContext, Written } from './context';
import { gorgiasTime, type Customer, type Message, type Ticket } from './records';

type Desk = Pick<GorgiasContext, 'tables' | 'clock'>;
/** The address of the account's e-mail integration. */
export const supportAddress = { name: 'Demo shop', address: 'care@demo-shop.example' };
/** Through what customers write, by channel; what comes in another way has none. */
export const ownIntegrations = {
  email: { id: 28001, name: supportAddress.address, type: 'email' },
  chat: { id: 28002, name: 'Demo shop chat', type: 'gorgias_chat' },
} as const;

export function integrationIdOf(channel: string): number | null {
  return channel === 'email' || channel === 'chat' ? ownIntegrations[channel].id : null;
}
/** Mail to addresses there comes back. */
const unreachable = /@unreachable\.example$/i;

export type TicketFields = Omit<
  Ticket,
  'id' | 'created_datetime' | 'updated_datetime' | 'last_message_datetime' | 'last_received_message_datetime'
>;

export function createTicket(
  { tables, clock }: Desk,
  tx: Transaction,
  fields: Pick<Ticket, 'customer_id' | 'channel' | 'via'> & Partial<TicketFields>,
): Ticket {
  const now = gorgiasTime(clock());
  const ticket: Ticket = {
    ...{ subject: null, status: 'open', priority: 'normal', from_agent: false, spam: false },
    ...{ assignee_user_id: null, assignee_team_id: null, tags: [], custom_fields: {}, external_id: null },
    ...{ language: null, meta: null, is_unread: true, survey: null, closed_datetime: null },
    ...{ snooze_datetime: null, trashed_datetime: null, last_message_datetime: null },
    ...fields,
    id: tx.next('ticket', 1),
    ...{ created_datetime: now, updated_datetime: now, last_received_message_datetime: null },
  };
  return putTicket({ tables, clock }, tx, ticket);
}

/** Closed and open carry their times along; a tag that nobody had is made. */
export function updateTicket(
  desk: Desk,
  tx: Transaction,
  ticket: Ticket,
  fields: Partial<TicketFields>,
): Written {
  const changed: Ticket = { ...ticket, ...fields };
  const isReopened = ticket.status === 'closed' && changed.status === 'open';
  const closed = changed.closed_datetime ?? gorgiasTime(desk.clock());
  return {
    ticket: putTicket(desk, tx, {
      ...changed,
      closed_datetime: changed.status === 'closed' ? closed : null,
      ...(isReopened && fields.snooze_datetime === undefined ? { snooze_datetime: null } : {}),
    }),
    message: null,
    isNew: false,
  };
}

export interface NewMessage extends Pick<
  Message,
  'channel' | 'via' | 'public' | 'from_agent' | 'sender_id' | 'receiver_id' | 'source'
> {
  readonly html: string | null;
  readonly text: string | null;
  readonly more?: Partial<
    Pick<Message, 'integration_id' | 'rule_id' | 'external_id' | 'subject' | 'attachments' | 'meta'>
  > &
    Partial<Pick<Message, 'message_id' | 'headers' | 'sent_datetime' | 'created_datetime'>>;
}

/** A customer's message opens the ticket and ends its snoozing; another one leaves its status alone. */
export function addMessage(desk: Desk, tx: Transaction, ticket: Ticket, message: NewMessage): Written {
  const now = gorgiasTime(desk.clock());
  const { html, text, more = {}, ...fields } = message;
  const clean = sanitizeHtml(shallowHtml(html ?? escapeHtml(text ?? '')));
  const goesOut = message.from_agent && message.public;
  const fails = message.source?.to?.some(({ address }) => unreachable.test(address ?? '')) === true;
  const written: Message = {
    ...{ integration_id: null, rule_id: null, external_id: null, message_id: null, subject: ticket.subject },
    ...{ headers: null, attachments: [], meta: null, created_datetime: now },
    ...fields,
    ...{ id: tx.next('message', 200_000_001), ticket_id: ticket.id },
    ...{ body_html: clean, body_text: text ?? textOfHtml(clean) },
    sent_datetime: goesOut && fails ? null : now,
    failed_datetime: goesOut && fails ? now : null,
    ...more,
  };
  tx.put(desk.tables.messages, written);
  const changed = putTicket(desk, tx, {
    ...ticket,
    last_message_datetime: now,
    ...(message.from_agent
      ? {}
      : {
          ...{ status: 'open', closed_datetime: null, snooze_datetime: null, is_unread: true },
          last_received_message_datetime: now,
        }),
  });
  return { ticket: changed, message: written, isNew: false };
}

/** A new one, or the one with the address. */
export function customerByEmail(
  { tables, clock }: Desk,
  tx: Transaction,
  who: { readonly name?: string | null | undefined; readonly email: string | null },
): Customer {
  const email = who.email?.toLowerCase() ?? null;
  const known =
    email === null
      ? undefined
      : [...tables.customers.records.values()].find((one) => one.email?.toLowerCase() === email);
  if (known !== undefined) return known;
  const customer: Customer = {
    ...{ id: tx.next('customer', 300_001), name: who.name ?? null, email: who.email },
    ...{ phone: email === null ? '+15550100' : null, language: null },
    created_datetime: gorgiasTime(clock()),
  };
  tx.put(tables.customers, customer);
  return customer;
}

/** What was snoozed until now is open again. */
export function awake(ticket: Ticket, now: number): Ticket {
  const { status, snooze_datetime: until } = ticket;
  return status === 'closed' && until !== null && Date.parse(until) <= now
    ? { ...ticket, status: 'open', closed_datetime: null, snooze_datetime: null }
    : ticket;
}

function putTicket({ tables, clock }: Desk, tx: Transaction, ticket: Ticket): Ticket {
  const now = gorgiasTime(clock());
  const put = { ...ticket, tags: [...new Set(ticket.tags)], updated_datetime: now };
  tx.put(tables.tickets, put);
  const known = new Set([...tables.tags.records.values()].map(({ name }) => name));
  for (const name of put.tags.filter((tag) => !known.has(tag))) {
    tx.put(tables.tags, { id: tx.next('tag', 4001), name, created_datetime: now });
  }
  return put;
}
