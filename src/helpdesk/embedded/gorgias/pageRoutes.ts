/**
 * What the desk's page talks to: `/_desk/...`, in the words that the page has for every desk. Here a customer writes and
 * an agent works as people would in a browser; tests and demos use the same endpoints.
 */
import type { FastifyInstance } from 'fastify';
import type { LiveUpdates } from '../common/liveUpdates';
import {
  agentBody,
  customerMessageBody,
  invalidBody,
  newTicketBody,
  priorityWords,
  ratingBody,
  readBody,
  wordIn,
  type AgentChange,
  type CustomerMessage,
} from '../common/pageBodies';
import { servePage, type DemoCustomer } from '../common/pageFiles';
import type { Transaction } from '../common/recordStore';
import type { GorgiasContext, Written } from './context';
import { ticketById } from './findRecords';
import { gorgiasTime, type Customer, type Tables, type Ticket } from './records';
import {
  addMessage,
  awake,
  createTicket,
  customerByEmail,
  emailIntegrationId,
  supportAddress,
  updateTicket,
  type TicketFields,
} from './ticketChanges';

/** Gorgias' channel by the page's. */
const channels = { email: 'email', web: 'contact_form', chat: 'chat', phone: 'phone', sms: 'sms' } as const;
const priorities = { low: 'low', normal: 'normal', high: 'high', urgent: 'critical' } as const;
const stars = { good: 5, neutral: 3, bad: 1 } as const;
const snoozedMs = 24 * 3_600_000;

type ById = { Params: { id: string } };

export function pageRoutes(
  app: FastifyInstance,
  desk: GorgiasContext,
  live: LiveUpdates,
  customers: readonly DemoCustomer[],
): void {
  const { tables, clock } = desk;
  servePage(app);
  app.get('/_desk/events', (_request, reply) => live.add(reply));
  app.get('/_desk/customers', () => ({ customers }));
  app.get('/_desk/team', () => ({
    agents: [...tables.users.records.values()].map(({ id, name }) => ({
      ...{ id, name },
      groupIds: [...tables.teams.records.values()]
        .filter((team) => team.member_ids.includes(id))
        .map((team) => team.id),
    })),
    groups: [...tables.teams.records.values()].map(({ id, name }) => ({ id, name })),
  }));
  app.get('/_desk/tickets', () => ({
    tickets: [...tables.tickets.records.values()]
      .filter(({ trashed_datetime: trashed }) => trashed === null)
      .sort((a, b) =>
        a.updated_datetime === b.updated_datetime
          ? a.id - b.id
          : a.updated_datetime < b.updated_datetime
            ? -1
            : 1,
      )
      .slice(-200)
      .reverse()
      .map((ticket) => summary(tables, awake(ticket, clock()))),
  }));
  app.get<ById>('/_desk/tickets/:id', (request) => {
    const ticket = awake(ticketById(tables, request.params.id), clock());
    return { ticket: summary(tables, ticket), comments: threadOf(tables, ticket) };
  });

  app.post('/_desk/customer/tickets', async (request, reply) => {
    const { email, name, subject, ...message } = readBody(newTicketBody, request.body);
    const channel = wordIn(channels, message.channel, 'channel');
    const written = await desk.change((tx) => {
      const customer = customerByEmail(desk, tx, { name, email });
      const ticket = createTicket(desk, tx, { customer_id: customer.id, channel, via: channel, subject });
      return { ...said(desk, tx, ticket, customer, message), isNew: true };
    });
    return reply.status(201).send(idsIn(written));
  });

  app.post<ById>('/_desk/customer/tickets/:id/comments', async (request, reply) => {
    ticketById(tables, request.params.id);
    const message = readBody(customerMessageBody, request.body);
    const written = await desk.change((tx) => {
      const ticket = ticketById(tables, request.params.id);
      const { email, name } = message;
      const customer = tx.get(tables.customers, ticket.customer_id);
      const author = email === undefined ? customer : customerByEmail(desk, tx, { email, name });
      if (author === undefined) throw invalidBody('the customer is gone');
      return said(desk, tx, ticket, author, message);
    });
    return reply.status(201).send(idsIn(written));
  });

  app.post<ById>('/_desk/agent/tickets/:id', async (request) => {
    ticketById(tables, request.params.id);
    const body = readBody(agentBody, request.body);
    const agent = tables.users.records.get(body.agentId);
    if (agent === undefined) throw invalidBody(`${body.agentId} is not an agent`);
    const written = await desk.change((tx) => {
      const ticket = awake(ticketById(tables, request.params.id), clock());
      const given =
        body.requester === undefined
          ? {}
          : { customer_id: customerByEmail(desk, tx, { email: body.requester }).id };
      const changed = updateTicket(desk, tx, ticket, { ...fieldsOf(body, clock()), ...given });
      if (body.comment === undefined) return changed;
      const { public: isPublic, body: text } = body.comment;
      const channel = isPublic ? 'email' : 'internal-note';
      return addMessage(desk, tx, changed.ticket, {
        ...{ channel, via: 'helpdesk', public: isPublic, from_agent: true, sender_id: agent.id },
        ...{ receiver_id: isPublic ? ticket.customer_id : null, source: { type: channel }, html: null, text },
      });
    });
    return idsIn(written);
  });

  app.post<ById>('/_desk/customer/tickets/:id/rating', async (request, reply) => {
    ticketById(tables, request.params.id);
    const { score, comment = null } = readBody(ratingBody, request.body);
    const written = await desk.change((tx) => {
      const ticket = awake(ticketById(tables, request.params.id), clock());
      const scored = { score: stars[score], body_text: comment, scored_datetime: gorgiasTime(clock()) };
      const survey = { id: ticket.survey?.id ?? tx.next('survey', 9001), ...scored };
      return updateTicket(desk, tx, ticket, { survey });
    });
    return reply.status(201).send(idsIn(written));
  });
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
      integration_id: channel === 'email' ? emailIntegrationId : null,
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
  const score = Object.entries(stars).find(([, number]) => number === survey?.score)?.[0] ?? '';
  return {
    ...{ id, subject: subject ?? '', tags, updatedAt: ticket.updated_datetime, assigneeId, groupId },
    status: status === 'open' ? 'open' : isSnoozed ? 'pending' : 'solved',
    priority: priorityWords.find((word) => priorities[word] === ticket.priority) ?? null,
    requester: customers.records.get(ticket.customer_id)?.name ?? '',
    assignee: assigneeId === null ? null : (users.records.get(assigneeId)?.name ?? null),
    group: groupId === null ? null : (teams.records.get(groupId)?.name ?? null),
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

function idsIn({ ticket, message }: Written): { ticketId: string; commentId: string } {
  return { ticketId: String(ticket.id), commentId: String(message?.id ?? 0) };
}
