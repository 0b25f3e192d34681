/** A ticket's conversations, replies, notes and ratings: developers.freshdesk.com/api/#conversations. */
import type { FastifyInstance } from 'fastify';
import { validationFailed } from './apiErrors';
import type { FreshdeskContext, Written } from './context';
import { bodyOfHtml } from './messageBody';
import type { Person } from './records';
import { readMessage } from './ticketBody';
import { addConversation } from './ticketChanges';
import { ticketById, writable } from './ticketRoutes';
import { conversationsOf, conversationView, writtenView } from './views';
import { pageOf } from './wire';

type ById = { Params: { id: string } };

export function conversationRoutes(app: FastifyInstance, desk: FreshdeskContext, me: () => Person): void {
  const { tables } = desk;

  app.get<ById>('/api/v2/tickets/:id/conversations', (request, reply) => {
    const ticket = ticketById(tables, request.params.id);
    return pageOf(request, reply, conversationsOf(tables, ticket.id)).map(conversationView);
  });

  app.post<ById>('/api/v2/tickets/:id/reply', async (request, reply) => {
    const { id } = writable(tables, request.params.id);
    const more = ['from_email', 'cc_emails', 'bcc_emails'];
    const { html, userId } = readMessage(request.body, tables, more);
    const by = userId === undefined ? me() : tables.people.records.get(userId);
    if (!by?.agent) {
      const message = 'There is no agent matching the given user_id';
      throw validationFailed({ field: 'user_id', message, code: 'invalid_value' });
    }
    const written = await desk.change((tx) => {
      const ticket = writable(tables, String(id));
      const requester = tables.people.records.get(ticket.requester_id);
      return addConversation(desk, tx, ticket, {
        ...{ by, message: bodyOfHtml(html, desk.sanitizer), incoming: false, private: false, source: 0 },
        to: requester?.email ? [requester.email] : [],
      });
    });
    return reply.status(201).send(shown(written));
  });

  app.post<ById>('/api/v2/tickets/:id/notes', async (request, reply) => {
    const { id } = writable(tables, request.params.id);
    const { html, userId, body } = readMessage(request.body, tables, [
      'private',
      'incoming',
      'notify_emails',
    ]);
    const by = (userId === undefined ? undefined : tables.people.records.get(userId)) ?? me();
    const written = await desk.change((tx) =>
      addConversation(desk, tx, writable(tables, String(id)), {
        by,
        message: bodyOfHtml(html, desk.sanitizer),
        incoming: body['incoming'] === true,
        private: body['private'] !== false,
        source: 2,
      }),
    );
    return reply.status(201).send(shown(written));
  });

  app.get<ById>('/api/v2/tickets/:id/satisfaction_ratings', (request, reply) => {
    const ticket = ticketById(tables, request.params.id);
    const ratings = [...tables.ratings.records.values()].filter(({ ticket_id: of }) => of === ticket.id);
    return pageOf(request, reply, ratings);
  });
}

function shown({ conversation }: Written): Record<string, unknown> {
  if (conversation === null) throw new Error('nothing was written');
  return writtenView(conversation);
}
