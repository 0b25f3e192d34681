/**
 * What the desk's page talks to: `/_desk/...`, in the words that the page has for every desk. Here a customer writes and
 * an agent works as people would in a browser; tests and demos use the same endpoints.
 */
import type { FastifyInstance } from 'fastify';
import { textOfHtml } from '../../comments/commentHtml';
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
import type { LiveUpdates } from '../common/liveUpdates';
import type { FreshdeskContext, Written } from './context';
import { bodyOfHtml, bodyOfText, type MessageBody } from './messageBody';
import { freshdeskTime, type Attachment, type Person, type Tables, type Ticket } from './records';
import {
  addConversation,
  addPerson,
  createTicket,
  personByEmail,
  updateTicket,
  type TicketFields,
} from './ticketChanges';
import { ticketById, writable } from './ticketRoutes';
import { conversationsOf } from './views';

const sources = { email: 1, web: 2, phone: 3, chat: 7, 'web-chat': 15 } as const;
const statusWords = { open: 2, pending: 3, solved: 4, closed: 5, 'waiting-on-customer': 6, hold: 7 } as const;
const ratingNumbers = { good: 103, neutral: 100, bad: -103 } as const;

type ById = { Params: { id: string } };

export function pageRoutes(
  app: FastifyInstance,
  desk: FreshdeskContext,
  live: LiveUpdates,
  customers: readonly DemoCustomer[],
): void {
  const { tables } = desk;
  servePage(app);
  app.get('/_desk/events', (_request, reply) => live.add(reply));
  app.get('/_desk/customers', () => ({ customers }));
  app.get('/_desk/team', () => ({
    agents: [...tables.people.records.values()].flatMap(({ id, name, agent }) =>
      agent === null ? [] : [{ id, name, groupIds: agent.group_ids }],
    ),
    groups: [...tables.groups.records.values()].map(({ id, name }) => ({ id, name })),
  }));
  app.get('/_desk/tickets', () => ({
    tickets: [...tables.tickets.records.values()]
      .filter(({ deleted }) => !deleted)
      .sort((a, b) => (a.updated_at === b.updated_at ? a.id - b.id : a.updated_at < b.updated_at ? -1 : 1))
      .slice(-200)
      .reverse()
      .map((ticket) => summary(tables, ticket)),
  }));
  app.get<ById>('/_desk/tickets/:id', (request) => {
    const ticket = ticketById(tables, request.params.id);
    return { ticket: summary(tables, ticket), comments: threadOf(tables, ticket) };
  });

  app.post('/_desk/customer/tickets', async (request, reply) => {
    const { email, name, subject, ...message } = readBody(newTicketBody, request.body);
    const written = await desk.change((tx) => {
      const requester =
        email === null
          ? addPerson(tx, tables, { name, email, phone: '+1 555 0100' }, desk.clock())
          : personByEmail(desk, tx, { name, email });
      const files = attachmentsOf(message, desk.clock());
      const source = wordIn(sources, message.channel, 'channel');
      const made = createTicket(desk, tx, requester, {
        ...{ subject, description: bodyOf(message), source, attachments: files },
      });
      // Freshdesk keeps the first words of a web chat twice.
      return message.channel === 'web-chat' ? said(desk, tx, made.ticket, requester, message) : made;
    });
    return reply.status(201).send(idsIn(written));
  });

  app.post<ById>('/_desk/customer/tickets/:id/comments', async (request, reply) => {
    ticketById(tables, request.params.id);
    const message = readBody(customerMessageBody, request.body);
    const written = await desk.change((tx) => {
      const ticket = ticketById(tables, request.params.id);
      const requester = tx.get(tables.people, ticket.requester_id);
      const { email, name } = message;
      const author = email === undefined ? requester : personByEmail(desk, tx, { email, name });
      if (author === undefined) throw invalidBody('the requester is gone');
      return said(desk, tx, ticket, author, message);
    });
    return reply.status(201).send(idsIn(written));
  });

  app.post<ById>('/_desk/agent/tickets/:id', async (request) => {
    ticketById(tables, request.params.id);
    const body = readBody(agentBody, request.body);
    const agent = tables.people.records.get(body.agentId);
    if (!agent?.agent) throw invalidBody(`${body.agentId} is not an agent`);
    const written = await desk.change((tx) => {
      const ticket = writable(tables, request.params.id);
      const requester =
        body.requester === undefined ? undefined : personByEmail(desk, tx, { email: body.requester });
      const { spam } = body;
      const changed = updateTicket(
        desk,
        tx,
        ticket,
        {
          ...fieldsOf(body),
          ...(spam === undefined ? {} : { spam }),
          ...(requester === undefined ? {} : { requester_id: requester.id }),
        },
        agent,
      );
      if (body.comment === undefined) return changed;
      return addConversation(desk, tx, changed.ticket, {
        by: agent,
        message: bodyOfText(body.comment.body),
        ...{ incoming: false, private: !body.comment.public, source: body.comment.public ? 0 : 2 },
      });
    });
    return idsIn(written);
  });

  app.post<ById>('/_desk/customer/tickets/:id/rating', async (request, reply) => {
    ticketById(tables, request.params.id);
    const { score, comment: feedback = null } = readBody(ratingBody, request.body);
    const written = await desk.change((tx) => {
      const ticket = ticketById(tables, request.params.id);
      const at = freshdeskTime(desk.clock());
      tx.put(tables.ratings, {
        ...{ id: tx.next('rating', 50_000_000_001), survey_id: 1, user_id: ticket.requester_id },
        ...{ agent_id: ticket.responder_id, ticket_id: ticket.id, feedback },
        ...{ ratings: { default_question: ratingNumbers[score] }, created_at: at, updated_at: at },
      });
      const by = tx.get(tables.people, ticket.requester_id);
      if (by === undefined) throw invalidBody('the requester is gone');
      const words = bodyOfText(`Rated: ${score}. ${feedback ?? ''}`);
      const noted = addConversation(desk, tx, ticket, {
        ...{ by, message: words, incoming: true, private: false, source: 6 },
      });
      // A rating opens nothing.
      return {
        ...updateTicket(desk, tx, noted.ticket, { status: ticket.status }, by),
        conversation: noted.conversation,
      };
    });
    return reply.status(201).send(idsIn(written));
  });
}

function said(
  desk: FreshdeskContext,
  tx: Parameters<typeof addConversation>[1],
  ticket: Ticket,
  by: Person,
  message: CustomerMessage,
): Written {
  return addConversation(desk, tx, ticket, {
    ...{ by, message: bodyOf(message), incoming: true, private: false, source: 0 },
    attachments: attachmentsOf(message, desk.clock()),
  });
}

function bodyOf({ body, html }: Pick<CustomerMessage, 'body' | 'html'>): MessageBody {
  return html === undefined ? bodyOfText(body) : bodyOfHtml(html, 'keeps-classes');
}

function attachmentsOf({ attachments }: Pick<CustomerMessage, 'attachments'>, now: number): Attachment[] {
  const at = freshdeskTime(now);
  return attachments.map(({ file_name: name, ...attachment }, index) => ({
    ...{ name, ...attachment },
    ...{
      id: 90_000_000_001 + index,
      attachment_url: 'https://files.example/none',
      created_at: at,
      updated_at: at,
    },
  }));
}

function fieldsOf(body: AgentChange): Partial<TicketFields> {
  const { status, priority, assigneeId, groupId, tags } = body;
  return {
    ...(status === undefined ? {} : { status: wordIn(statusWords, status, 'status') }),
    ...(priority === undefined ? {} : { priority: priorityWords.indexOf(priority) + 1 }),
    ...(assigneeId === undefined ? {} : { responder_id: assigneeId }),
    ...(groupId === undefined ? {} : { group_id: groupId }),
    ...(tags === undefined ? {} : { tags }),
  };
}

function summary({ people, groups, ratings }: Tables, ticket: Ticket) {
  const rating = [...ratings.records.values()]
    .filter(({ ticket_id: of }) => of === ticket.id)
    .map(({ ratings: given, feedback }) => ({
      score: Object.entries(ratingNumbers).find(([, number]) => number === given.default_question)?.[0] ?? '',
      comment: feedback,
    }))
    .at(-1);
  const { id, subject, tags, updated_at, responder_id: assigneeId, group_id: groupId } = ticket;
  return {
    ...{ id, subject, tags, updatedAt: updated_at, assigneeId, groupId },
    status: wordOf(ticket.status),
    priority: priorityWords[ticket.priority - 1] ?? null,
    requester: people.records.get(ticket.requester_id)?.name ?? '',
    assignee: assigneeId === null ? null : (people.records.get(assigneeId)?.name ?? null),
    group: groupId === null ? null : (groups.records.get(groupId)?.name ?? null),
    rating: rating === undefined ? null : { score: rating.score, comment: rating.comment },
    ratable: ticket.stats.resolved_at !== null,
  };
}

/** A closed ticket can be written on here: to the page it is solved. */
function wordOf(status: number): string {
  const word = Object.entries(statusWords).find(([, number]) => number === status)?.[0] ?? 'open';
  return word === 'closed' ? 'solved' : word;
}

function threadOf(tables: Tables, ticket: Ticket) {
  const nameOf = (id: number | null): string =>
    id === null ? '' : (tables.people.records.get(id)?.name ?? '');
  const conversations = conversationsOf(tables, ticket.id);
  const first = {
    ...{ id: 0, text: textOfHtml(ticket.description), public: true, author: nameOf(ticket.requester_id) },
    ...{ staff: false, at: ticket.created_at, attachments: ticket.attachments.map(({ name }) => name) },
  };
  return [
    ...(ticket.source === sources['web-chat'] ? [] : [first]),
    ...conversations.map((one) => ({
      ...{ id: one.id, text: textOfHtml(one.body), public: !one.private, author: nameOf(one.user_id) },
      staff: !one.incoming,
      at: one.created_at,
      attachments: one.attachments.map(({ name }) => name),
    })),
  ];
}

function idsIn({ ticket, conversation }: Written): { ticketId: string; commentId: string } {
  return { ticketId: String(ticket.id), commentId: String(conversation?.id ?? 0) };
}
