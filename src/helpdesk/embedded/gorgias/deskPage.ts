/** Gorgias as the desk's page sees it, and what customers and agents do there, as people would in a browser. */
import {
  agentBody,
  customerMessageBody,
  invalidBody,
  newTicketBody,
  priorityWords,
  ratingBody,
  readBody,
  wordFor,
  wordIn,
  type AgentChange,
  type CustomerMessage,
} from '../common/pageBodies';
import { byChange, nameIn, teamOf, type DeskPage } from '../common/pageRoutes';
import type { Transaction } from '../common/recordStore';
import type { GorgiasContext, Written } from './context';
import { ticketById } from './findRecords';
import { gorgiasTime, type Customer, type Tables, type Ticket } from './records';
import {
  addMessage,
  awake,
  createTicket,
  customerByEmail,
  integrationIdOf,
  supportAddress,
  updateTicket,
  type TicketFields,
} from './ticketChanges';

/** Gorgias' channel by the page's. */
const channels = { email: 'email', web: 'contact_form', chat: 'chat', phone: 'phone', sms: 'sms' } as const;
const priorities = { low: 'low', normal: 'normal', high: 'high', urgent: 'critical' } as const;
const stars = { good: 5, neutral: 3, bad: 1 } as const;
const snoozedMs = 24 * 3_600_000;

export function gorgiasPage(desk: GorgiasContext): DeskPage<Transaction, Ticket, Written> {
  const { tables, clock } = desk;
  return {
    team: () => teamOf(tables.users.records, tables.teams.records),
    tickets: () =>
      byChange(tables.tickets.records.values(), ({ updated_datetime: at }) => at).filter(
        ({ trashed_datetime: trashed }) => trashed === null,
      ),
    ticketById: (id) => ticketById(tables, id),
    shown: (ticket) => summary(tables, awake(ticket, clock())),
    thread: (ticket) => threadOf(tables, ticket),

    customerOpens: (tx, body) => {
      const { email, name, subject, ...message } = readBody(newTicketBody, body);
      const channel = wordIn(channels, message.channel, 'channel');
      const customer = customerByEmail(desk, tx, { name, email });
      const ticket = createTicket(desk, tx, { customer_id: customer.id, channel, via: channel, subject });
      return { ...said(desk, tx, ticket, customer, message), isNew: true };
    },

    customerWrites: (tx, ticket, body) => {
      const message = readBody(customerMessageBody, body);
      const { email, name } = message;
      const customer = tx.get(tables.customers, ticket.customer_id);
      const author = email === undefined ? customer : customerByEmail(desk, tx, { email, name });
      if (author === undefined) throw invalidBody('the customer is gone');
      return said(desk, tx, ticket, author, message);
    },

    customerRates: (tx, ticket, body) => {
      const { score, comment = null } = readBody(ratingBody, body);
      const scored = { score: stars[score], body_text: comment, scored_datetime: gorgiasTime(clock()) };
      const survey = { id: ticket.survey?.id ?? tx.next('survey', 9001), ...scored };
      return updateTicket(desk, tx, awake(ticket, clock()), { survey });
    },

    agentActs: (tx, before, body) => {
      const { comment, requester: email, ...change } = readBody(agentBody, body);
      const agent = tables.users.records.get(change.agentId);
      if (agent === undefined) throw invalidBody(`${change.agentId} is not an agent`);
      const given = email === undefined ? {} : { customer_id: customerByEmail(desk, tx, { email }).id };
      const fields = { ...fieldsOf(change, clock()), ...given };
      const changed = updateTicket(desk, tx, awake(before, clock()), fields);
      if (comment === undefined) return changed;
      const { public: isPublic, body: text } = comment;
      const channel = isPublic ? 'email' : 'internal-note';
      return addMessage(desk, tx, changed.ticket, {
        ...{ channel, via: 'helpdesk', public: isPublic, from_agent: true, sender_id: agent.id },
        ...{ receiver_id: isPublic ? before.customer_id : null, source: { type: channel }, html: null, text },
      });
    },

    idsIn: ({ ticket, message }) => ({ ticketId: ticket.id, commentId: message?.id ?? 0 }),
  };
}

function said(
  desk: GorgiasContext,
  tx: Transaction,
  ticket: Ticket,
  by: Customer,
  { channel: word, body, html, attachments }: CustomerMessage,
): Written {
  const channel = wordIn(channels, word, 'channel');
  const from = { address: by.email ?? by.phone, name: by.name };
  return addMessage(desk, tx, ticket, {
    ...{ channel, via: channel, public: true, from_agent: false, sender_id: by.id, receiver_id: null },
    ...{ source: { type: channel, from, to: [supportAddress] }, html: html ?? null },
    text: html === undefined ? body : null,
    more: {
      integration_id: integrationIdOf(channel),
      attachments: attachments.map(({ file_name: name, ...file }) => ({
        ...{ name, ...file },
        url: 'https://files.example/none',
      })),
    },
  });
}

/** Gorgias' people open, snooze and close. */
function fieldsOf(
  { status, priority, assigneeId, groupId, tags, spam }: AgentChange,
  now: number,
): Partial<TicketFields> {
  const snoozed = { status: 'closed', snooze_datetime: gorgiasTime(now + snoozedMs) } as const;
  const closed = { status: 'closed', snooze_datetime: null } as const;
  const statuses: Readonly<Record<string, Partial<TicketFields>>> = {
    ...{ open: { status: 'open', snooze_datetime: null }, pending: snoozed, hold: snoozed },
    ...{ solved: closed, closed },
  };
  return {
    ...(status === undefined ? {} : wordIn(statuses, status, 'status')),
    ...(priority === undefined ? {} : { priority: priorities[priority] }),
    ...(assigneeId === undefined ? {} : { assignee_user_id: assigneeId }),
    ...(groupId === undefined ? {} : { assignee_team_id: groupId }),
    ...(tags === undefined ? {} : { tags }),
    ...(spam === undefined ? {} : { spam }),
  };
}

function summary({ users, customers, teams }: Tables, ticket: Ticket) {
  const {
    id,
    subject,
    tags,
    survey,
    status,
    assignee_user_id: assigneeId,
    assignee_team_id: groupId,
  } = ticket;
  const isSnoozed = ticket.snooze_datetime !== null;
  const score = wordFor(stars, survey?.score);
  return {
    ...{ id, subject: subject ?? '', tags, updatedAt: ticket.updated_datetime, assigneeId, groupId },
    status: status === 'open' ? 'open' : isSnoozed ? 'pending' : 'solved',
    priority: priorityWords.find((word) => priorities[word] === ticket.priority) ?? null,
    requester: nameIn(customers.records, ticket.customer_id) ?? '',
    assignee: nameIn(users.records, assigneeId),
    group: nameIn(teams.records, groupId),
    rating: survey === null ? null : { score, comment: survey.body_text },
    ratable: status === 'closed',
  };
}

function threadOf({ messages, users, customers }: Tables, ticket: Ticket) {
  return [...messages.records.values()]
    .filter(({ ticket_id: id }) => id === ticket.id)
    .map((message) => {
      const author = (message.from_agent ? users : customers).records.get(message.sender_id);
      return {
        ...{ id: message.id, text: message.body_text, public: message.public, author: author?.name ?? '' },
        ...{ staff: message.from_agent, at: message.created_datetime },
        attachments: message.attachments.map(({ name }) => name),
      };
    });
}
