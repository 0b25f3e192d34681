/**
 * `/api/v2/suspended_tickets`, for admins (developer.zendesk.com/api-reference/ticketing/tickets/suspended_tickets), and the
 * mail that is suspended, sent from the page's side: this desk takes nothing for spam by itself.
 */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireAdmin, type Authenticate } from '../answers/auth';
import { origin, type DeskContext } from '../context';
import { invalidAttribute, newerError, recordNotFound } from '../answers/errors';
import { personByEmail } from './newTickets';
import { pageOf, queryValue } from '../lists/pagination';
import { zendeskTime, type SuspendedTicket } from '../store/records';
import { createTicket } from './ticketChanges';
import { ticketView } from '../lists/views';

/** Some of those in developer.zendesk.com/documentation/ticketing/reference-guides/suspensions-reference. */
const causes: Readonly<Record<number, string>> = {
  0: 'Detected as spam',
  4: 'Detected as mail loop',
  7: 'Automated response mail, delivery failed',
  8: 'Automated response mail, out of office',
  16: 'Email for "noreply" address',
  22: 'Received from Zendesk Support email address',
  26: 'Email authentication failed',
};
const mailSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  email: z.email(),
  subject: z.string().trim().max(150).default(''),
  body: z.string(),
  causeId: z.number().int().min(0),
});

export function suspendedRoutes(app: FastifyInstance, desk: DeskContext, authenticate: Authenticate): void {
  const { store, clock } = desk;

  app.get('/api/v2/suspended_tickets', (request) => {
    requireAdmin(authenticate(request));
    const view = (ticket: SuspendedTicket) => shown(ticket, origin(request));
    const isNewestFirst = queryValue(request, 'sort_order') === 'desc';
    const sortBy = queryValue(request, 'sort_by') ?? 'created_at';
    if (sortBy !== 'created_at') throw invalidAttribute('sort_by', 'must be created_at on this desk');
    const oldestFirst = [...store.suspendedTickets.values()];
    return pageOf(request, 'suspended_tickets', isNewestFirst ? oldestFirst.toReversed() : oldestFirst, view)
      .body;
  });

  app.put<{ Params: { id: string } }>('/api/v2/suspended_tickets/:id/recover', async (request) => {
    requireAdmin(authenticate(request));
    const suspended = byId(request.params.id);
    const { ticket } = await desk.change((tx) => {
      const requester = personByEmail(store, tx, suspended.author, clock());
      const comment = {
        ...{ text: suspended.content, html: null, public: true, author: requester, attachments: [] },
      };
      tx.remove('suspendedTickets', suspended.id);
      return createTicket(
        store,
        tx,
        { requester, submitter: requester, subject: suspended.subject, comment },
        { user: requester, via: suspended.via, custom: {}, flags: [], now: clock() },
      );
    });
    return { ticket: [ticketView(store, ticket, origin(request))] };
  });

  app.post('/_desk/customer/suspended', async (request, reply) => {
    const parsed = mailSchema.safeParse(request.body);
    if (!parsed.success) throw newerError(422, 'InvalidInput', z.prettifyError(parsed.error));
    const { name, email, subject, body, causeId } = parsed.data;
    const at = zendeskTime(clock());
    const id = await store.write((tx) => {
      const ticket: SuspendedTicket = {
        id: tx.next('record'),
        author: { id: store.userByEmail(email)?.id ?? null, name, email },
        ...{ subject, content: body, cause: causes[causeId] ?? 'Suspended', cause_id: causeId },
        ...{ recipient: 'support@demo-shop.example', ticket_id: null },
        via: { channel: 'email', source: { from: { address: email, name }, to: {}, rel: null } },
        ...{ created_at: at, updated_at: at },
      };
      tx.put('suspendedTickets', ticket);
      return ticket.id;
    });
    return reply.status(201).send({ id: String(id) });
  });

  function byId(id: string): SuspendedTicket {
    const ticket = store.suspendedTickets.get(Number(id));
    if (ticket === undefined) throw recordNotFound();
    return ticket;
  }
}

function shown(ticket: SuspendedTicket, at: string): Record<string, unknown> {
  return {
    ...ticket,
    ...{ attachments: [], brand_id: null, error_messages: null, message_id: `<${ticket.id}@mail.example>` },
    url: `${at}/api/v2/suspended_tickets/${ticket.id}.json`,
  };
}
