/** Zendesk as the desk's page sees it, and what customers and agents do there, as people would in a browser. */
import { z } from 'zod';
import {
  agentBody,
  attachmentBody,
  customerMessageBody,
  newTicketBody,
  readBody,
} from '../common/pageBodies';
import { nameIn, type DeskPage } from '../common/pageRoutes';
import { recordInvalid } from './answers/errors';
import type { DeskContext } from './context';
import { isStaff, type Ticket, type User, type Via } from './store/records';
import type { DeskStore, Transaction } from './store/store';
import { followUpOf, newEndUser, personByEmail } from './tickets/newTickets';
import { ratingBody, rateTicket, wasSolved } from './tickets/ratings';
import {
  changeTicket,
  createTicket,
  type NewComment,
  type Writer,
  type Written,
} from './tickets/ticketChanges';
import { ticketById } from './tickets/ticketRoutes';

const ownFields = {
  channel: z.enum(['web', 'email', 'chat']).default('web'),
  /** Zendesk's comment flags: 4 is a machine's mail, 0 a sender who is not authenticated. */
  flags: z.array(z.int()).default([]),
  attachments: z.array(attachmentBody.extend({ inline: z.boolean().default(false) })).default([]),
};
const newTicketSchema = newTicketBody.extend({
  ...ownFields,
  subject: z.string().trim().max(150).default(''),
});
const customerCommentSchema = customerMessageBody.extend(ownFields);
const agentSchema = agentBody
  .omit({ spam: true, requester: true })
  .extend({ priority: z.string().nullable().optional() });
type CustomerMessage = z.infer<typeof customerCommentSchema>;

export function zendeskPage({ store, clock }: DeskContext): DeskPage<Transaction, Ticket, Written> {
  return {
    team: () => ({
      agents: [...store.users.values()]
        .filter(isStaff)
        .map(({ id, name }) => ({ id, name, groupIds: groupsOf(store, id) })),
      groups: [...store.groups.values()].map(({ id, name }) => ({ id, name })),
    }),
    tickets: () => [...store.tickets.values()],
    ticketById: (id) => ticketById(store, id),
    shown: (ticket) => summary(store, ticket),
    thread: (ticket) => threadOf(store, ticket),

    customerOpens: (tx, body) => {
      const { email, name, subject, ...message } = readBody(newTicketSchema, body);
      const requester =
        email === null
          ? newEndUser(tx, { name, email }, clock())
          : personByEmail(store, tx, { name, email }, clock());
      const comment = commentBy(requester, message);
      const creation = { requester, submitter: requester, subject, comment };
      return createTicket(store, tx, creation, customerWriter(requester, message, clock()));
    },

    customerWrites: (tx, ticket, body) => {
      const message = readBody(customerCommentSchema, body);
      const author = authorOf(store, tx, ticket, message, clock());
      const comment = commentBy(author, message);
      const writer = customerWriter(author, message, clock());
      if (comment.text?.trim() === '' && comment.html === null && comment.attachments.length === 0) {
        throw recordInvalid('comment', 'Comment: cannot be blank');
      }
      if (ticket.status !== 'closed') return changeTicket(store, tx, ticket, { comment }, writer);
      // As on Zendesk: whoever answers a closed ticket opens a new one that follows it.
      const creation = { requester: author, submitter: author, subject: '', comment };
      return followUpOf(store, tx, ticket.id, creation, writer);
    },

    customerRates: (tx, ticket, body) => {
      const rating = readBody(ratingBody, body);
      return rateTicket(store, tx, ticket, rating, webWriter(requesterOf(store, ticket), clock()));
    },

    agentActs: (tx, ticket, body) => {
      const { agentId, comment, assigneeId, groupId, ...change } = readBody(agentSchema, body);
      const agent = store.users.get(agentId);
      if (agent === undefined || !isStaff(agent))
        throw recordInvalid('agentId', `Agent: ${agentId} is not an agent`);
      const fields = {
        ...{ ...change, assignee_id: assigneeId, group_id: groupId },
        comment:
          comment === undefined
            ? undefined
            : { text: comment.body, html: null, public: comment.public, author: agent, attachments: [] },
      };
      return changeTicket(store, tx, ticket, fields, webWriter(agent, clock()));
    },

    idsIn: ({ ticket, comment }) => ({ ticketId: ticket.id, commentId: comment?.id ?? null }),
  };
}

function authorOf(
  store: DeskStore,
  tx: Transaction,
  ticket: Ticket,
  message: CustomerMessage,
  now: number,
): User {
  if (message.email !== undefined) {
    return personByEmail(store, tx, { email: message.email, name: message.name }, now);
  }
  return requesterOf(store, ticket);
}

function requesterOf(store: DeskStore, ticket: Ticket): User {
  const requester = store.users.get(ticket.requester_id);
  if (requester === undefined) throw recordInvalid('requester', 'Requester: is gone');
  return requester;
}

function commentBy(author: User, message: CustomerMessage): NewComment {
  return {
    text: message.body,
    html: message.html ?? null,
    public: true,
    author,
    attachments: message.attachments,
  };
}

function customerWriter(user: User, message: CustomerMessage, now: number): Writer {
  return { user, via: viaOf(message.channel), custom: {}, flags: message.flags, now };
}

function webWriter(user: User, now: number): Writer {
  return { user, via: viaOf('web'), custom: {}, flags: [], now };
}

function viaOf(channel: string): Via {
  return { channel, source: { from: {}, to: {}, rel: null } };
}

function summary(store: DeskStore, ticket: Ticket) {
  const { id, subject, status, priority, tags, updated_at, assignee_id, group_id, satisfaction_rating } =
    ticket;
  return {
    id,
    subject,
    status,
    priority,
    tags,
    updatedAt: updated_at,
    requester: nameIn(store.users, ticket.requester_id) ?? '',
    assigneeId: assignee_id,
    assignee: nameIn(store.users, assignee_id),
    groupId: group_id,
    group: nameIn(store.groups, group_id),
    rating:
      satisfaction_rating === null
        ? null
        : { score: satisfaction_rating.score, comment: satisfaction_rating.comment },
    ratable: status !== 'closed' && wasSolved(store, ticket),
  };
}

function threadOf(store: DeskStore, ticket: Ticket) {
  return (store.comments.get(ticket.id) ?? []).map((comment) => {
    const author = store.users.get(comment.author_id);
    return {
      id: comment.id,
      text: comment.plain_body,
      public: comment.public,
      author: author?.name ?? '',
      staff: author !== undefined && isStaff(author),
      at: comment.created_at,
      attachments: comment.attachments.map((attachment) => attachment.file_name),
    };
  });
}

function groupsOf(store: DeskStore, userId: number): number[] {
  return [...store.memberships.values()].flatMap(({ user_id, group_id }) =>
    user_id === userId ? [group_id] : [],
  );
}
