/** Records as the API shows them. */
import type { Customer, Message, Tables, Tag, Team, Ticket, User } from './records';
import { awake } from './ticketChanges';

const shortOf = (one: { id: number; name: string | null; email: string | null } | undefined) =>
  one === undefined ? null : { id: one.id, name: one.name, email: one.email, meta: {} };

/** @param withFields - `relationships=custom_fields` was asked for. */
export function ticketView(
  tables: Tables,
  stored: Ticket,
  now: number,
  withFields = false,
): Record<string, unknown> {
  const { customer_id, survey, custom_fields: custom, tags, ...shown } = awake(stored, now);
  const customer = tables.customers.records.get(customer_id);
  const team = shown.assignee_team_id === null ? undefined : tables.teams.records.get(shown.assignee_team_id);
  const user = shown.assignee_user_id === null ? undefined : tables.users.records.get(shown.assignee_user_id);
  return {
    ...shown,
    uri: `/api/tickets/${shown.id}/`,
    customer: customer === undefined ? null : customerView(customer),
    assignee_user: shortOf(user),
    assignee_team: team === undefined ? null : { id: team.id, name: team.name, decoration: {} },
    tags: tags.map((name) => ({ id: tagIdOf(tables, name), name, decoration: null })),
    ...(withFields ? { custom_fields: fieldsView(custom) } : {}),
    satisfaction_survey:
      survey === null
        ? null
        : { ...survey, ticket_id: shown.id, customer_id, uri: `/api/satisfaction-surveys/${survey.id}/` },
    reply_options: replyOptions(shown.channel, customer),
  };
}

/** Lists leave out what is looked up for one ticket. */
export function listedTicketView(tables: Tables, ticket: Ticket, now: number): Record<string, unknown> {
  const shown = Object.entries(ticketView(tables, ticket, now));
  return Object.fromEntries(shown.filter(([name]) => name !== 'reply_options'));
}

export function messageView(tables: Tables, message: Message): Record<string, unknown> {
  const { sender_id: senderId, receiver_id: receiverId, ...shown } = message;
  const { users, customers } = tables;
  const sender = message.from_agent ? users.records.get(senderId) : customers.records.get(senderId);
  return {
    ...shown,
    uri: `/api/tickets/${message.ticket_id}/messages/${message.id}/`,
    sender: shortOf(sender),
    receiver: shortOf(receiverId === null ? undefined : customers.records.get(receiverId)),
    ...{ stripped_html: null, stripped_text: null, stripped_signature: null, opened_datetime: null },
    ...{ intents: [], macros: [], actions: null, mention_ids: [] },
    last_sending_error: message.failed_datetime === null ? null : { error: 'Delivery failed' },
  };
}

export function userView({ role, ...user }: User): Record<string, unknown> {
  const [firstname, ...rest] = user.name.split(' ');
  return {
    ...{ ...user, firstname, lastname: rest.join(' '), role: { id: 4, name: role } },
    ...{ bio: null, country: null, language: null, timezone: 'UTC', meta: null, external_id: null },
    uri: `/api/users/${user.id}/`,
  };
}

export function teamView({ users }: Tables, { member_ids: ids, ...team }: Team): Record<string, unknown> {
  const members = ids.map((id) => shortOf(users.records.get(id)));
  return { ...team, description: null, decoration: {}, members, uri: `/api/teams/${team.id}/` };
}

export function tagView(tag: Tag): Record<string, unknown> {
  return { ...tag, description: null, decoration: null, usage: 1, uri: `/api/tags/${tag.id}/` };
}

function customerView(customer: Customer): Record<string, unknown> {
  const { id, name, email, phone } = customer;
  const channels = [
    ...(email === null ? [] : [{ type: 'email', address: email }]),
    ...(phone === null ? [] : [{ type: 'phone', address: phone }]),
  ];
  return {
    ...customer,
    firstname: name,
    lastname: '',
    channels,
    meta: {},
    data: null,
    integrations: {},
    uri: `/api/customers/${id}/`,
  };
}

function fieldsView(custom: Ticket['custom_fields']): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(custom).map(([id, value]) => [id, { id: Number(id), value, prediction: null }]),
  );
}

/** Calls and reviews are answered by mail alone (inferred; the attribute itself is documented). */
function replyOptions(channel: string, customer: Customer | undefined): Record<string, unknown> {
  const own = ['phone', 'aircall', 'contact_form', 'help-center', 'api', 'yotpo-review'].includes(channel)
    ? []
    : [channel];
  const mail = customer?.email ? ['email'] : [];
  return Object.fromEntries(
    [...new Set([...own, ...mail, 'internal-note'])].map((name) => [name, { answerable: true }]),
  );
}

function tagIdOf({ tags }: Tables, name: string): number {
  return [...tags.records.values()].find((tag) => tag.name === name)?.id ?? 0;
}
