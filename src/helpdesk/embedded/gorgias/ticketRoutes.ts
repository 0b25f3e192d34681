/** `/api/tickets`: developers.gorgias.com/reference/{list-tickets,get-ticket,create-ticket,update-ticket,delete-ticket}. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { mistakeInValue } from './customFields';
import { newTicket, read, ticketUpdate, type TicketBody } from './bodies';
import { badRequest } from './apiErrors';
import type { GorgiasContext } from './context';
import { customerIn, ticketById } from './findRecords';
import { messageFrom } from './messageRoutes';
import type { Tables, Ticket } from './records';
import { addMessage, awake, createTicket, updateTicket, type TicketFields } from './ticketChanges';
import { listedTicketView, ticketView } from './views';
import { filters, noContent, pageOf, queryOf } from './wire';

type ById = { Params: { id: string } };

export function ticketRoutes(app: FastifyInstance, desk: GorgiasContext): void {
  const { tables, clock } = desk;

  app.get('/api/tickets', (request) => {
    const query = queryOf(request, filters.tickets);
    const { customer_id: customer, external_id: external, trashed = true } = query;
    const records = [...tables.tickets.records.values()].filter(
      (ticket) =>
        (customer === undefined || ticket.customer_id === customer) &&
        (external === undefined || ticket.external_id === external) &&
        (trashed || ticket.trashed_datetime === null),
    );
    return pageOf(request, query, records, {
      orders: {
        created_datetime: ({ created_datetime: at }) => at,
        updated_datetime: ({ updated_datetime: at }) => at,
      },
      defaultOrder: 'created_datetime:desc',
      view: (ticket) => listedTicketView(tables, ticket, clock()),
    });
  });

  app.get<ById>('/api/tickets/:id', (request) => {
    const { relationships } = queryOf(request, { relationships: z.literal('custom_fields') });
    const ticket = ticketById(tables, request.params.id);
    return ticketView(tables, ticket, clock(), relationships !== undefined);
  });

  app.post('/api/tickets', async (request, reply) => {
    const { messages, ...fields } = read(newTicket, request.body);
    const { ticket } = await desk.change((tx) => {
      const first = messages[0];
      const who = fields.customer ?? (first?.from_agent === true ? first.receiver : first?.sender);
      const customer = customerIn(desk, tx, who, 'customer');
      let made = createTicket(desk, tx, {
        ...{ customer_id: customer.id, channel: first?.channel ?? 'api', via: first?.via ?? 'api' },
        ...fieldsOf(tables, fields, null),
      });
      for (const message of messages) {
        made = addMessage(desk, tx, made, messageFrom(desk, tx, made, message)).ticket;
      }
      return { ticket: made, message: null, isNew: true };
    });
    return reply.status(201).send(ticketView(tables, ticket, clock()));
  });

  app.put<ById>('/api/tickets/:id', async (request, reply) => {
    ticketById(tables, request.params.id);
    const body = read(ticketUpdate, request.body);
    const { ticket } = await desk.change((tx) => {
      const present = awake(ticketById(tables, request.params.id), clock());
      return updateTicket(desk, tx, present, fieldsOf(tables, body, present));
    });
    // "Accepted": seen in public clients; the documents show the body alone.
    return reply.status(202).send(ticketView(tables, ticket, clock()));
  });

  app.delete<ById>('/api/tickets/:id', async (request, reply) => {
    const { id } = ticketById(tables, request.params.id);
    await desk.change((tx) => {
      const ticket = ticketById(tables, String(id));
      tx.remove(tables.tickets, id);
      for (const message of tables.messages.records.values()) {
        if (message.ticket_id === id) tx.remove(tables.messages, message.id);
      }
      return { ticket, message: null, isNew: false };
    });
    return noContent(reply);
  });
}

/**
 * `tags` and `custom_fields` replace what was there: documented of the one, and the worse case of the other.
 * @throws ApiError 400
 */
function fieldsOf(tables: Tables, body: TicketBody, present: Ticket | null): Partial<TicketFields> {
  const { tags, custom_fields: custom, customer, assignee_user: user, assignee_team: team, ...rest } = body;
  const mistakes: Record<string, readonly string[]> = {};
  const userId = user?.id ?? null;
  const teamId = team?.id ?? null;
  if (userId !== null && tables.users.records.get(userId)?.active !== true) {
    mistakes['assignee_user.id'] = [`There is no active user ${userId}.`];
  }
  if (teamId !== null && !tables.teams.records.has(teamId)) {
    mistakes['assignee_team.id'] = [`There is no team ${teamId}.`];
  }
  if (customer?.id && !tables.customers.records.has(customer.id)) {
    mistakes['customer.id'] = [`There is no customer ${customer.id}.`];
  }
  (custom ?? []).forEach(({ id, value }, at) => {
    const mistake = value === null ? null : mistakeInValue(tables, id, value);
    if (mistake !== null) mistakes[`custom_fields.${at}`] = [mistake];
  });
  if (Object.keys(mistakes).length > 0) throw badRequest(mistakes);
  const values = (custom ?? []).flatMap(({ id, value }) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? [[String(id), value] as const]
      : [],
  );
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
    ...(tags === undefined ? {} : { tags: (tags ?? []).map(({ name }) => name) }),
    ...(custom === undefined ? {} : { custom_fields: Object.fromEntries(values) }),
    ...(user === undefined ? {} : { assignee_user_id: userId }),
    ...(team === undefined ? {} : { assignee_team_id: teamId }),
    ...(customer?.id ? { customer_id: customer.id } : {}),
    ...(body.spam === undefined ? {} : { spam: body.spam ?? present?.spam ?? false }),
    ...(body.from_agent === undefined ? {} : { from_agent: body.from_agent ?? false }),
  };
}
