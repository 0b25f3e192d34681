/** Records as the API shows them: bare objects and lists, nothing around them. */
import type { Conversation, Group, Person, Product, Tables, Ticket } from './records';
import { customFieldsIn } from './ticketFields';

/** `include=conversations` shows no more than these. */
const mostIncluded = 10;

/** @param includes - of requester, conversations, company, stats. */
export function ticketView(
  tables: Tables,
  ticket: Ticket,
  includes: readonly string[],
): Record<string, unknown> {
  const { stats, attachments, deleted, custom_fields: custom, ...shown } = ticket;
  const requester = tables.people.records.get(ticket.requester_id);
  return {
    ...shown,
    custom_fields: Object.fromEntries(customFieldsIn(tables).map(({ name }) => [name, custom[name] ?? null])),
    attachments,
    company_id: null,
    email_config_id: null,
    ...{ to_emails: null, cc_emails: [], fwd_emails: [], reply_cc_emails: [] },
    ...{ is_escalated: false, fr_escalated: false, association_type: null },
    due_by: ticket.created_at,
    fr_due_by: ticket.created_at,
    ...(deleted ? { deleted } : {}),
    ...(includes.includes('requester') && requester !== undefined
      ? { requester: requesterView(requester) }
      : {}),
    ...(includes.includes('stats') ? { stats } : {}),
    ...(includes.includes('company') ? { company: {} } : {}),
    ...(includes.includes('conversations')
      ? { conversations: conversationsOf(tables, ticket.id).slice(0, mostIncluded).map(conversationView) }
      : {}),
  };
}

/** Lists leave the message out. */
export function listView(
  tables: Tables,
  ticket: Ticket,
  includes: readonly string[],
): Record<string, unknown> {
  const leftOut = ['description', 'description_text', 'attachments'];
  const shown = Object.entries(ticketView(tables, ticket, includes));
  return Object.fromEntries(shown.filter(([name]) => !leftOut.includes(name)));
}

export function conversationsOf(tables: Tables, ticketId: number): readonly Conversation[] {
  return [...tables.conversations.records.values()].filter(({ ticket_id: id }) => id === ticketId);
}

export function conversationView(conversation: Conversation): Record<string, unknown> {
  return { ...conversation };
}

/** Of one just made: whose it is needs not be told. */
export function writtenView({ incoming, ...conversation }: Conversation): Record<string, unknown> {
  return incoming ? { ...conversation, incoming } : { ...conversation };
}

function requesterView({ id, name, email, phone }: Person): Record<string, unknown> {
  return { id, name, email, mobile: null, phone };
}

export function contactView(person: Person): Record<string, unknown> {
  const { id, name, email, phone, created_at, updated_at } = person;
  return {
    ...{ id, name, email, phone, mobile: null, active: true, deleted: false, language: 'en' },
    ...{ job_title: null, time_zone: 'Eastern Time (US & Canada)', tags: [], created_at, updated_at },
  };
}

export function agentView({
  id,
  name,
  email,
  agent,
  created_at,
  updated_at,
}: Person): Record<string, unknown> {
  return {
    id,
    ...{ available: true, occasional: false, ticket_scope: 1, signature: null, role_ids: [] },
    type: agent?.type,
    group_ids: agent?.group_ids,
    deactivated: agent?.deactivated,
    contact: {
      ...{ name, email, active: agent?.deactivated === false, phone: null, mobile: null, language: 'en' },
      ...{ job_title: null, time_zone: 'Eastern Time (US & Canada)', created_at, updated_at },
    },
    ...{ created_at, updated_at },
  };
}

export function groupView(group: Group): Record<string, unknown> {
  return { ...group, escalate_to: null, unassigned_for: null, auto_ticket_assign: 0 };
}

export function productView(product: Product): Record<string, unknown> {
  return { ...product, default: false, primary_email: null };
}
