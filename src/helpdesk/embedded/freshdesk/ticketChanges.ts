/** What a message or an update does to a ticket: the same from the API and from the page. */
import type { Transaction } from '../common/recordStore';
import type { FreshdeskContext, Written } from './context';
import type { MessageBody } from './messageBody';
import { freshdeskTime, type Attachment, type Conversation, type Person, type Ticket } from './records';

const firstPersonId = 80_000_000_001;
const firstConversationId = 44_000_000_001;
const supportEmail = 'care@demo-shop.example';
const status = { open: 2, pending: 3, resolved: 4, closed: 5 } as const;

export interface NewTicket {
  readonly subject: string;
  readonly description: MessageBody;
  readonly source: number;
  readonly attachments?: readonly Attachment[];
  readonly fields?: Partial<TicketFields>;
}

export type TicketFields = Pick<
  Ticket,
  | 'status'
  | 'priority'
  | 'responder_id'
  | 'group_id'
  | 'product_id'
  | 'tags'
  | 'custom_fields'
  | 'type'
  | 'subject'
  | 'source'
>;

export function createTicket(
  { tables, clock }: FreshdeskContext,
  tx: Transaction,
  requester: Person,
  { subject, description, source, attachments = [], fields = {} }: NewTicket,
): Written {
  const now = freshdeskTime(clock());
  const ticket: Ticket = {
    id: tx.next('ticket', 1),
    ...{ subject, description: description.body, description_text: description.body_text },
    ...{ status: status.open, priority: 1, source, type: null },
    ...{ requester_id: requester.id, responder_id: null, group_id: null, product_id: null },
    ...{ tags: [], custom_fields: {} },
    ...{ attachments: [...attachments], spam: false, deleted: false, created_at: now, updated_at: now },
    stats: {
      ...{ agent_responded_at: null, requester_responded_at: null, first_responded_at: null },
      ...{
        status_updated_at: now,
        reopened_at: null,
        resolved_at: null,
        closed_at: null,
        pending_since: null,
      },
    },
  };
  const filled = withFields(ticket, fields, now);
  tx.put(tables.tickets, filled);
  return { ticket: filled, conversation: null, by: requester };
}

/** A new one, or the one with the address. */
export function personByEmail(
  { tables, clock }: FreshdeskContext,
  tx: Transaction,
  person: { readonly name?: string | undefined; readonly email: string },
): Person {
  const email = person.email.toLowerCase();
  const known = [...tables.people.records.values()].find((one) => one.email?.toLowerCase() === email);
  return known ?? addPerson(tx, tables, { name: person.name ?? email.replace(/@.*/, ''), email }, clock());
}

export function addPerson(
  tx: Transaction,
  tables: FreshdeskContext['tables'],
  person: Pick<Person, 'name' | 'email'> & Partial<Pick<Person, 'phone' | 'agent'>>,
  now: number,
): Person {
  const at = freshdeskTime(now);
  const added: Person = {
    id: tx.next('person', firstPersonId),
    phone: null,
    agent: null,
    ...person,
    created_at: at,
    updated_at: at,
  };
  tx.put(tables.people, added);
  return added;
}

export interface NewConversation {
  readonly by: Person;
  readonly message: MessageBody;
  readonly incoming: boolean;
  readonly private: boolean;
  readonly source: number;
  readonly attachments?: readonly Attachment[];
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  readonly bcc?: readonly string[];
}

/** A customer's message opens the ticket; an agent's leaves its status alone. */
export function addConversation(
  { tables, clock }: FreshdeskContext,
  tx: Transaction,
  ticket: Ticket,
  { by, message, attachments = [], to = [], cc = [], bcc = [], ...kind }: NewConversation,
): Written {
  const now = freshdeskTime(clock());
  const conversation: Conversation = {
    id: tx.next('conversation', firstConversationId),
    ticket_id: ticket.id,
    user_id: by.id,
    ...message,
    ...{ incoming: kind.incoming, private: kind.private, source: kind.source },
    support_email: kind.private ? null : supportEmail,
    from_email: kind.private ? null : kind.incoming ? by.email : supportEmail,
    ...{ to_emails: [...to], cc_emails: [...cc], bcc_emails: [...bcc] },
    attachments: [...attachments],
    ...{ created_at: now, updated_at: now },
  };
  tx.put(tables.conversations, conversation);
  const isCustomers = kind.incoming && by.agent === null;
  const isReply = !kind.incoming && !kind.private;
  const opened = isCustomers ? withFields(ticket, { status: status.open }, now) : ticket;
  const changed: Ticket = {
    ...opened,
    updated_at: now,
    stats: {
      ...opened.stats,
      ...(isCustomers ? { requester_responded_at: now } : {}),
      ...(isReply
        ? { agent_responded_at: now, first_responded_at: opened.stats.first_responded_at ?? now }
        : {}),
    },
  };
  tx.put(tables.tickets, changed);
  return { ticket: changed, conversation, by };
}

export function updateTicket(
  { tables, clock }: FreshdeskContext,
  tx: Transaction,
  ticket: Ticket,
  fields: Partial<TicketFields> & Partial<Pick<Ticket, 'spam' | 'deleted' | 'requester_id'>>,
  by: Person | null,
): Written {
  const now = freshdeskTime(clock());
  const {
    spam = ticket.spam,
    deleted = ticket.deleted,
    requester_id = ticket.requester_id,
    ...rest
  } = fields;
  const changed = { ...withFields(ticket, rest, now), spam, deleted, requester_id, updated_at: now };
  tx.put(tables.tickets, changed);
  return { ticket: changed, conversation: null, by };
}

/** The others are closed, with a note that points to the one that goes on. */
export function mergeTickets(
  context: FreshdeskContext,
  tx: Transaction,
  primary: Ticket,
  others: readonly Ticket[],
  by: Person,
): Written {
  for (const other of others) {
    const note = {
      body: `<div>This ticket is closed and merged into ticket ${primary.id}</div>`,
      body_text: '',
    };
    const noted = addConversation(context, tx, other, {
      ...{ by, message: note, incoming: false, private: true, source: 2 },
    });
    updateTicket(context, tx, noted.ticket, { status: status.closed }, by);
  }
  const from = others.map(({ id }) => id).join(', ');
  const note = { body: `<div>Merged from ticket ${from}</div>`, body_text: `Merged from ticket ${from}` };
  return addConversation(context, tx, primary, {
    ...{ by, message: note, incoming: false, private: true, source: 2 },
  });
}

function withFields(ticket: Ticket, fields: Partial<TicketFields>, now: string): Ticket {
  const { custom_fields: custom = {}, tags = ticket.tags, ...rest } = fields;
  const changed = {
    ...ticket,
    ...rest,
    tags: [...new Set(tags)],
    custom_fields: { ...ticket.custom_fields, ...custom },
  };
  return changed.status === ticket.status
    ? changed
    : { ...changed, stats: statsAfter(ticket, changed.status, now) };
}

function statsAfter({ status: before, stats }: Ticket, after: number, now: string): Ticket['stats'] {
  const wasDone = before === status.resolved || before === status.closed;
  const isDone = after === status.resolved || after === status.closed;
  return {
    ...stats,
    status_updated_at: now,
    resolved_at: isDone ? (stats.resolved_at ?? now) : null,
    closed_at: after === status.closed ? now : null,
    pending_since: after === status.pending ? now : null,
    reopened_at: wasDone && !isDone ? now : stats.reopened_at,
  };
}
