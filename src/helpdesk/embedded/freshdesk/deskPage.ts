/** Freshdesk as the desk's page sees it, and what customers and agents do there, as people would in a browser. */
import { textOfHtml } from '../../comments/commentHtml';
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
import { byChange, nameIn, type DeskPage } from '../common/pageRoutes';
import type { Transaction } from '../common/recordStore';
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

export function freshdeskPage(desk: FreshdeskContext): DeskPage<Transaction, Ticket, Written> {
  const { tables, clock } = desk;
  const requesterOf = (tx: Transaction, { requester_id: id }: Ticket): Person => {
    const requester = tx.get(tables.people, id);
    if (requester === undefined) throw invalidBody('the requester is gone');
    return requester;
  };
  return {
    team: () => ({
      agents: [...tables.people.records.values()].flatMap(({ id, name, agent }) =>
        agent === null ? [] : [{ id, name, groupIds: agent.group_ids }],
      ),
      groups: [...tables.groups.records.values()].map(({ id, name }) => ({ id, name })),
    }),
    tickets: () =>
      byChange(tables.tickets.records.values(), ({ updated_at: at }) => at).filter(({ deleted }) => !deleted),
    ticketById: (id) => ticketById(tables, id),
    shown: (ticket) => summary(tables, ticket),
    thread: (ticket) => threadOf(tables, ticket),

    customerOpens: (tx, body) => {
      const { email, name, subject, ...message } = readBody(newTicketBody, body);
      const requester =
        email === null
          ? addPerson(tx, tables, { name, email, phone: '+1 555 0100' }, clock())
          : personByEmail(desk, tx, { name, email });
      const source = wordIn(sources, message.channel, 'channel');
      const made = createTicket(desk, tx, requester, {
        ...{ subject, description: bodyOf(message), source },
        attachments: attachmentsOf(message, clock()),
      });
      // Freshdesk keeps the first words of a web chat twice.
      return message.channel === 'web-chat' ? said(desk, tx, made.ticket, requester, message) : made;
    },

    customerWrites: (tx, ticket, body) => {
      const message = readBody(customerMessageBody, body);
      const { email, name } = message;
      const author = email === undefined ? requesterOf(tx, ticket) : personByEmail(desk, tx, { email, name });
      return said(desk, tx, ticket, author, message);
    },

    customerRates: (tx, ticket, body) => {
      const { score, comment: feedback = null } = readBody(ratingBody, body);
      const at = freshdeskTime(clock());
      tx.put(tables.ratings, {
        ...{ id: tx.next('rating', 50_000_000_001), survey_id: 1, user_id: ticket.requester_id },
        ...{ agent_id: ticket.responder_id, ticket_id: ticket.id, feedback },
        ...{ ratings: { default_question: ratingNumbers[score] }, created_at: at, updated_at: at },
      });
      const by = requesterOf(tx, ticket);
      const words = bodyOfText(`Rated: ${score}. ${feedback ?? ''}`);
      const noted = addConversation(desk, tx, ticket, {
        ...{ by, message: words, incoming: true, private: false, source: 6 },
      });
      // A rating opens nothing.
      const { ticket: rated } = updateTicket(desk, tx, noted.ticket, { status: ticket.status }, by);
      return { ...noted, ticket: rated };
    },

    agentActs: (tx, { id }, body) => {
      const { comment, requester: email, spam, ...change } = readBody(agentBody, body);
      const agent = tables.people.records.get(change.agentId);
      if (!agent?.agent) throw invalidBody(`${change.agentId} is not an agent`);
      const fields = {
        ...fieldsOf(change),
        ...(spam === undefined ? {} : { spam }),
        ...(email === undefined ? {} : { requester_id: personByEmail(desk, tx, { email }).id }),
      };
      const changed = updateTicket(desk, tx, writable(tables, String(id)), fields, agent);
      if (comment === undefined) return changed;
      return addConversation(desk, tx, changed.ticket, {
        by: agent,
        message: bodyOfText(comment.body),
        ...{ incoming: false, private: !comment.public, source: comment.public ? 0 : 2 },
      });
    },

    idsIn: ({ ticket, conversation }) => ({ ticketId: ticket.id, commentId: conversation?.id ?? 0 }),
  };
}

function said(
  desk: FreshdeskContext,
  tx: Transaction,
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
      score: wordFor(ratingNumbers, given.default_question),
      comment: feedback,
    }))
    .at(-1);
  const { id, subject, tags, updated_at, responder_id: assigneeId, group_id: groupId } = ticket;
  return {
    ...{ id, subject, tags, updatedAt: updated_at, assigneeId, groupId },
    status: wordOf(ticket.status),
    priority: priorityWords[ticket.priority - 1] ?? null,
    requester: nameIn(people.records, ticket.requester_id) ?? '',
    assignee: nameIn(people.records, assigneeId),
    group: nameIn(groups.records, groupId),
    rating: rating ?? null,
    ratable: ticket.stats.resolved_at !== null,
  };
}

/** A closed ticket can be written on here: to the page it is solved. */
function wordOf(status: number): string {
  const word = wordFor(statusWords, status) || 'open';
  return word === 'closed' ? 'solved' : word;
}

function threadOf(tables: Tables, ticket: Ticket) {
  const nameOf = (id: number | null): string => nameIn(tables.people.records, id) ?? '';
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
