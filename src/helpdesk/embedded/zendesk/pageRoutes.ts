/**
 * The desk's page and what it talks to: `/_desk/...`, which Zendesk does not have. Here a customer writes and an
 * agent works as people would in a browser; tests and demos use the same endpoints.
 */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { servePage, type DemoCustomer } from '../common/pageFiles';
import type { DeskContext } from './context';
import { newerError, recordInvalid } from './answers/errors';
import type { LiveUpdates } from '../common/liveUpdates';
import { followUpOf, newEndUser, personByEmail } from './tickets/newTickets';
import { ratingBody, rateTicket, wasSolved } from './tickets/ratings';
import { isStaff, type Ticket, type User, type Via } from './store/records';
import type { DeskStore, Transaction } from './store/store';
import { ticketById } from './tickets/ticketRoutes';
import {
  changeTicket,
  createTicket,
  type NewComment,
  type Writer,
  type Written,
} from './tickets/ticketChanges';

const messageFields = {
  body: z.string().default(''),
  /** Wins over `body`, as in a mail with both. */
  html: z.string().optional(),
  channel: z.enum(['web', 'email', 'chat']).default('web'),
  /** Zendesk's comment flags: 4 is a machine's mail, 0 a sender who is not authenticated. */
  flags: z.array(z.number().int()).default([]),
  attachments: z
    .array(
      z.strictObject({
        file_name: z.string().min(1),
        content_type: z.string().default('application/octet-stream'),
        size: z.number().int().min(0).default(0),
        inline: z.boolean().default(false),
      }),
    )
    .default([]),
};
const newTicketSchema = z.strictObject({
  ...messageFields,
  name: z.string().trim().min(1).max(200),
  email: z.email().nullable(),
  subject: z.string().trim().max(150).default(''),
});
/** `email` and `name` name somebody else than the requester (a copied person). */
const customerCommentSchema = z.strictObject({
  ...messageFields,
  email: z.email().optional(),
  name: z.string().trim().min(1).max(200).optional(),
});
const agentSchema = z.strictObject({
  agentId: z.number().int(),
  comment: z.strictObject({ body: z.string(), public: z.boolean() }).optional(),
  status: z.string().optional(),
  priority: z.string().nullable().optional(),
  assigneeId: z.number().int().nullable().optional(),
  groupId: z.number().int().nullable().optional(),
  tags: z.array(z.string()).optional(),
});
type CustomerMessage = z.infer<typeof customerCommentSchema>;

export function pageRoutes(
  app: FastifyInstance,
  desk: DeskContext,
  live: LiveUpdates,
  customers: readonly DemoCustomer[],
): void {
  const { store } = desk;

  servePage(app);

  app.get('/_desk/events', (_request, reply) => live.add(reply));

  app.get('/_desk/team', () => ({
    agents: [...store.users.values()]
      .filter(isStaff)
      .map(({ id, name }) => ({ id, name, groupIds: groupsOf(store, id) })),
    groups: [...store.groups.values()].map(({ id, name }) => ({ id, name })),
  }));

  app.get('/_desk/customers', () => ({ customers }));

  app.get('/_desk/tickets', () => ({
    tickets: [...store.tickets.values()]
      .slice(-200)
      .reverse()
      .map((ticket) => summary(store, ticket)),
  }));

  app.get<{ Params: { id: string } }>('/_desk/tickets/:id', (request) => {
    const ticket = ticketById(store, request.params.id);
    return { ticket: summary(store, ticket), comments: threadOf(store, ticket) };
  });

  app.post('/_desk/customer/tickets', async (request, reply) => {
    const { email, name, ...message } = read(newTicketSchema, request.body);
    const written = await desk.change((tx) => {
      const requester =
        email === null
          ? newEndUser(tx, { name, email }, desk.clock())
          : personByEmail(store, tx, { name, email }, desk.clock());
      const creation = {
        requester,
        submitter: requester,
        subject: message.subject,
        comment: commentBy(requester, message),
      };
      return createTicket(store, tx, creation, customerWriter(requester, message, desk.clock()));
    });
    return reply.status(201).send(idsIn(written));
  });

  app.post<{ Params: { id: string } }>('/_desk/customer/tickets/:id/comments', async (request, reply) => {
    ticketById(store, request.params.id);
    const message = read(customerCommentSchema, request.body);
    const written = await desk.change((tx) => {
      const ticket = ticketById(store, request.params.id);
      const author = authorOf(store, tx, ticket, message, desk.clock());
      const comment = commentBy(author, message);
      const writer = customerWriter(author, message, desk.clock());
      if (comment.text?.trim() === '' && comment.html === null && comment.attachments.length === 0) {
        throw recordInvalid('comment', 'Comment: cannot be blank');
      }
      if (ticket.status !== 'closed') return changeTicket(store, tx, ticket, { comment }, writer);
      // As on Zendesk: whoever answers a closed ticket opens a new one that follows it.
      return followUpOf(
        store,
        tx,
        ticket.id,
        { requester: author, submitter: author, subject: '', comment },
        writer,
      );
    });
    return reply.status(201).send(idsIn(written));
  });

  app.post<{ Params: { id: string } }>('/_desk/customer/tickets/:id/rating', async (request, reply) => {
    ticketById(store, request.params.id);
    const rating = read(ratingBody, request.body);
    const written = await desk.change((tx) => {
      const ticket = ticketById(store, request.params.id);
      const writer = {
        user: requesterOf(store, ticket),
        via: viaOf('web'),
        custom: {},
        flags: [],
        now: desk.clock(),
      };
      return rateTicket(store, tx, ticket, rating, writer);
    });
    return reply.status(201).send(idsIn(written));
  });

  app.post<{ Params: { id: string } }>('/_desk/agent/tickets/:id', async (request) => {
    ticketById(store, request.params.id);
    const body = read(agentSchema, request.body);
    const agent = store.users.get(body.agentId);
    if (agent === undefined || !isStaff(agent))
      throw recordInvalid('agentId', `Agent: ${body.agentId} is not an agent`);
    const written = await desk.change((tx) =>
      changeTicket(
        store,
        tx,
        ticketById(store, request.params.id),
        {
          status: body.status,
          priority: body.priority,
          assignee_id: body.assigneeId,
          group_id: body.groupId,
          tags: body.tags,
          comment:
            body.comment === undefined
              ? undefined
              : {
                  text: body.comment.body,
                  html: null,
                  public: body.comment.public,
                  author: agent,
                  attachments: [],
                },
        },
        { user: agent, via: viaOf('web'), custom: {}, flags: [], now: desk.clock() },
      ),
    );
    return idsIn(written);
  });
}

function idsIn({ ticket, comment }: Written): { ticketId: string; commentId: string | null } {
  return { ticketId: String(ticket.id), commentId: comment === null ? null : String(comment.id) };
}

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw newerError(422, 'InvalidInput', z.prettifyError(parsed.error));
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
    requester: store.users.get(ticket.requester_id)?.name ?? '',
    assigneeId: assignee_id,
    assignee: assignee_id === null ? null : (store.users.get(assignee_id)?.name ?? null),
    groupId: group_id,
    group: group_id === null ? null : (store.groups.get(group_id)?.name ?? null),
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
