/** `/api/v2/tickets` (developer.zendesk.com/api-reference/ticketing/tickets/tickets) and `/tags`. */
import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { assigneeByEmail } from './assignment';
import { requireStaff, type Authenticate } from '../answers/auth';
import { origin, type DeskContext } from '../context';
import {
  invalidAttribute,
  newerError,
  recordInvalid,
  recordNotFound,
  updateConflict,
} from '../answers/errors';
import { followUpOf, requesterOf } from './newTickets';
import { idsOf, includes, pageOf } from '../lists/pagination';
import type { Audit, KeptAnswer, Ticket, User, Via } from '../store/records';
import type { DeskStore, Transaction } from '../store/store';
import {
  customMetadata,
  parseTags,
  parseTicketCreation,
  parseTicketUpdate,
  type TagsBody,
  type TicketCreationBody,
  type TicketUpdateBody,
} from './ticketBody';
import {
  changeTicket,
  createTicket,
  normalTags,
  type NewComment,
  type Writer,
  type Written,
} from './ticketChanges';
import { sideloadedUsers, ticketView } from '../lists/views';

const keptHours = 2;
const apiVia: Via = { channel: 'api', source: { from: {}, to: {}, rel: null } };

export function ticketRoutes(app: FastifyInstance, desk: DeskContext, authenticate: Authenticate): void {
  const { store } = desk;

  app.get('/api/v2/tickets/show_many', (request) => {
    requireStaff(authenticate(request));
    const ids = idsOf(request);
    const found = ids.flatMap((id) => store.tickets.get(id) ?? []);
    return pageOf(request, 'tickets', found, (ticket) => ticketView(store, ticket, origin(request))).body;
  });

  app.get<{ Params: { id: string } }>('/api/v2/tickets/:id', (request) => {
    requireStaff(authenticate(request));
    const ticket = ticketById(store, request.params.id);
    const people = [ticket.requester_id, ticket.submitter_id, ticket.assignee_id];
    return {
      ticket: ticketView(store, ticket, origin(request)),
      ...(includes(request, 'users') ? { users: sideloadedUsers(store, people, origin(request)) } : {}),
    };
  });

  app.post('/api/v2/tickets', async (request, reply) => {
    const user = requireStaff(authenticate(request));
    const { ticket: body, dropped } = parseTicketCreation(request.body);
    const key = request.headers['idempotency-key'];
    const idempotency = typeof key === 'string' ? { key, bodyHash: hashOf(request.body) } : null;
    const written = await desk.change((tx) => {
      const kept = idempotency === null ? null : keptAnswer(desk, idempotency);
      if (kept !== null) return unchanged(ticketById(store, String(kept.ticketId)), user, desk.clock());
      const made = create(store, tx, body, user, desk.clock());
      if (idempotency !== null) {
        forgetOldAnswers(desk, tx);
        const { key: id, bodyHash } = idempotency;
        tx.put('keptAnswers', { id, bodyHash, ticketId: made.ticket.id, at: desk.clock() });
      }
      return made;
    });
    if (idempotency !== null) reply.header('x-idempotency-lookup', written.audit === null ? 'hit' : 'miss');
    warn(reply, dropped);
    return reply
      .status(201)
      .header('location', `${origin(request)}/api/v2/tickets/${written.ticket.id}.json`)
      .send(answer(store, written, store.audits.get(written.ticket.id)?.at(0), request));
  });

  app.put<{ Params: { id: string } }>('/api/v2/tickets/:id', async (request, reply) => {
    const user = requireStaff(authenticate(request));
    ticketById(store, request.params.id);
    const { ticket: body, dropped } = parseTicketUpdate(request.body);
    const written = await desk.change((tx) => {
      const ticket = ticketById(store, request.params.id);
      checkStamp(ticket, body);
      return changeTicket(
        store,
        tx,
        ticket,
        changeOf(store, body, user),
        apiWriter(user, desk.clock(), body.metadata),
      );
    });
    warn(reply, dropped);
    // Nothing changed: Zendesk shows the newest audit there is, which is an older one.
    return answer(store, written, store.audits.get(written.ticket.id)?.at(-1), request);
  });

  tagRoutes(app, desk, authenticate);
}

function tagRoutes(app: FastifyInstance, desk: DeskContext, authenticate: Authenticate): void {
  const { store } = desk;
  const setTags = async (
    request: FastifyRequest<{ Params: { id: string } }>,
    merge: (present: readonly string[], given: readonly string[]) => readonly string[],
  ): Promise<{ tags: readonly string[] }> => {
    const user = requireStaff(authenticate(request));
    ticketById(store, request.params.id);
    const body = parseTags(request.body);
    const written = await desk.change((tx) => {
      const ticket = ticketById(store, request.params.id);
      checkStamp(ticket, body);
      const tags = merge(ticket.tags, normalTags(body.tags));
      return changeTicket(store, tx, ticket, { tags }, apiWriter(user, desk.clock()));
    });
    return { tags: written.ticket.tags };
  };

  app.get<{ Params: { id: string } }>('/api/v2/tickets/:id/tags', (request) => {
    requireStaff(authenticate(request));
    return { tags: ticketById(store, request.params.id).tags };
  });
  // The verbs are Zendesk's, and often mistaken: PUT adds, POST replaces, DELETE removes.
  app.put<{ Params: { id: string } }>('/api/v2/tickets/:id/tags', (request) =>
    setTags(request, (present, given) => [...present, ...given]),
  );
  app.post<{ Params: { id: string } }>('/api/v2/tickets/:id/tags', async (request, reply) =>
    reply.status(201).send(await setTags(request, (_present, given) => given)),
  );
  app.delete<{ Params: { id: string } }>('/api/v2/tickets/:id/tags', async (request, reply) => {
    await setTags(request, (present, given) => present.filter((tag) => !given.includes(tag)));
    return reply.status(204).send();
  });
}

/** @throws ApiError 400 for what is no number, 404 for what is no ticket. */
export function ticketById(store: DeskStore, id: string): Ticket {
  if (!/^\d+$/.test(id)) throw invalidAttribute('id', 'must be an integer');
  const ticket = store.tickets.get(Number(id));
  if (ticket === undefined) throw recordNotFound();
  return ticket;
}

/** `safe_update` counts by being there: even `false` asks for it. @throws ApiError 409, 422 without a stamp. */
function checkStamp(ticket: Ticket, body: TicketUpdateBody | TagsBody): void {
  if (body.safe_update === undefined) return;
  if (body.updated_stamp === undefined)
    throw recordInvalid('base', 'updated_stamp: is required for a safe update');
  if (Date.parse(body.updated_stamp) !== Date.parse(ticket.updated_at)) throw updateConflict();
}

function changeOf(store: DeskStore, body: TicketUpdateBody, user: User) {
  const assignee =
    body.assignee_email === undefined ? body.assignee_id : assigneeByEmail(store, body.assignee_email);
  return { ...body, assignee_id: assignee, comment: commentOf(store, body, user) };
}

function commentOf(store: DeskStore, body: TicketUpdateBody, user: User): NewComment | undefined {
  const { comment } = body;
  if (comment === undefined) return undefined;
  const author = comment.author_id === undefined ? user : store.users.get(comment.author_id);
  if (author === undefined)
    throw recordInvalid('comment', `Author: ${String(comment.author_id)} is not a user`);
  return {
    text: comment.body ?? null,
    html: comment.html_body ?? null,
    public: comment.public ?? null,
    author,
    attachments: [],
  };
}

function create(
  store: DeskStore,
  tx: Transaction,
  body: TicketCreationBody,
  user: User,
  now: number,
): Written {
  const source = body.via_followup_source_id;
  const creation = {
    ...changeOf(store, body, user),
    requester: requesterOf(store, tx, body, user, now),
    submitter: user,
    subject: body.subject ?? '',
  };
  const writer = apiWriter(user, now, body.metadata);
  return source === undefined
    ? createTicket(store, tx, creation, writer)
    : followUpOf(store, tx, source, creation, writer);
}

function apiWriter(user: User, now: number, metadata?: Record<string, unknown>): Writer {
  return { user, via: apiVia, custom: customMetadata(metadata), flags: [], now };
}

function unchanged(ticket: Ticket, user: User, now: number): Written {
  return { before: ticket, ticket, audit: null, comment: null, writer: apiWriter(user, now) };
}

function keptAnswer(desk: DeskContext, given: { key: string; bodyHash: string }): KeptAnswer | null {
  const kept = desk.store.keptAnswers.get(given.key);
  if (kept === undefined || isOld(desk, kept)) return null;
  if (kept.bodyHash === given.bodyHash) return kept;
  throw newerError(
    400,
    'IdempotentRequestError',
    'The request parameters do not match those of the earlier request with this Idempotency-Key',
  );
}

function forgetOldAnswers(desk: DeskContext, tx: Transaction): void {
  for (const kept of desk.store.keptAnswers.values())
    if (isOld(desk, kept)) tx.remove('keptAnswers', kept.id);
}

function isOld(desk: DeskContext, kept: KeptAnswer): boolean {
  return desk.clock() - kept.at > keptHours * 3_600_000;
}

function hashOf(body: unknown): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('hex');
}

/** @param earlier - the audit to show when nothing was changed. */
function answer(store: DeskStore, written: Written, earlier: Audit | undefined, request: FastifyRequest) {
  return { ticket: ticketView(store, written.ticket, origin(request)), audit: written.audit ?? earlier };
}

function warn(reply: FastifyReply, dropped: readonly string[]): void {
  if (dropped.length > 0) {
    reply.header('x-zendesk-api-warn', `Removed restricted keys ${JSON.stringify(dropped)} from parameters`);
  }
}
