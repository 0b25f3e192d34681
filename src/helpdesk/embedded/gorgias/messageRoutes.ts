/** A ticket's messages: developers.gorgias.com/reference/{list-messages,create-ticket-message}. */
import type { FastifyInstance } from 'fastify';
import type { Transaction } from '../common/recordStore';
import { badRequest, notFound } from './apiErrors';
import { messageBody, read, type MessageBody } from './bodies';
import type { GorgiasContext } from './context';
import { customerIn, ticketById, userIn } from './findRecords';
import type { Ticket } from './records';
import { addMessage, awake, integrationIdOf, supportAddress, type NewMessage } from './ticketChanges';
import { messageView } from './views';
import { filters, pageOf, queryOf } from './wire';

type ById = { Params: { id: string } };
const orders = { created_datetime: ({ created_datetime: at }: { created_datetime: string }) => at };

export function messageRoutes(app: FastifyInstance, desk: GorgiasContext): void {
  const { tables, clock } = desk;

  app.get('/api/messages', (request) => {
    const query = queryOf(request, filters.messages);
    const { ticket_id: of } = query;
    const records = [...tables.messages.records.values()].filter(
      ({ ticket_id: id }) => of === undefined || id === of,
    );
    return pageOf(request, query, records, {
      ...{ orders, defaultOrder: 'created_datetime:desc', view: (message) => messageView(tables, message) },
    });
  });

  app.get<ById & { Params: { messageId: string } }>('/api/tickets/:id/messages/:messageId', (request) => {
    const { id } = ticketById(tables, request.params.id);
    const message = tables.messages.records.get(Number(request.params.messageId));
    if (message?.ticket_id !== id) throw notFound('Message');
    return messageView(tables, message);
  });

  app.post<ById>('/api/tickets/:id/messages', async (request, reply) => {
    ticketById(tables, request.params.id);
    const body = read(messageBody, request.body);
    const { message } = await desk.change((tx) => {
      const ticket = awake(ticketById(tables, request.params.id), clock());
      return addMessage(desk, tx, ticket, messageFrom(desk, tx, ticket, body));
    });
    if (message === null) throw new Error('nothing was written');
    return reply.status(201).send(messageView(tables, message));
  });
}

/**
 * Documented: an incoming message has a customer as its sender and no receiver; an outgoing one needs a receiver; an
 * internal note is nobody's. Inferred: an e-mail goes out from an address of the account's own, and to somebody.
 *
 * @throws ApiError 400
 */
export function messageFrom(
  desk: GorgiasContext,
  tx: Transaction,
  ticket: Ticket,
  body: MessageBody,
): NewMessage {
  const isNote = body.channel === 'internal-note';
  const isPublic = !isNote && body.public !== false;
  const { from_agent: isOurs, source = null, body_html: html = null, body_text: text = null } = body;
  const mistakes: Record<string, readonly string[]> = {};
  if (isNote && !isOurs) mistakes['from_agent'] = ['Internal notes are written by agents.'];
  if (!isOurs && body.receiver) mistakes['receiver'] = ['An incoming message has no receiver.'];
  if (isOurs && isPublic) {
    if (!body.receiver) mistakes['receiver'] = ['Missing data for required field.'];
    if (!source?.to?.some(({ address }) => (address ?? '') !== '')) {
      mistakes['source.to'] = ['The message goes to nobody.'];
    }
    const from = source?.from?.address ?? supportAddress.address;
    if (body.channel === 'email' && from.toLowerCase() !== supportAddress.address) {
      mistakes['source.from'] = ['There is no e-mail integration of this address.'];
    }
  }
  if (body.integration_id && body.integration_id !== integrationIdOf(body.channel)) {
    mistakes['integration_id'] = ['There is no such integration.'];
  }
  if (Object.keys(mistakes).length > 0) throw badRequest(mistakes);
  const sender = isOurs
    ? userIn(desk, body.sender)
    : customerIn(desk, tx, body.sender ?? { id: ticket.customer_id }, 'sender');
  const receiver = body.receiver ? customerIn(desk, tx, body.receiver, 'receiver').id : null;
  return {
    ...{ channel: body.channel, via: body.via, public: isPublic, from_agent: isOurs },
    ...{ sender_id: sender.id, receiver_id: receiver, source, html, text },
    more: {
      ...{ integration_id: body.integration_id ?? null, external_id: body.external_id ?? null },
      ...{ message_id: body.message_id ?? null, headers: body.headers ?? null, meta: body.meta ?? null },
      attachments: [...(body.attachments ?? [])],
      ...(body.subject ? { subject: body.subject } : {}),
      ...(body.sent_datetime ? { sent_datetime: body.sent_datetime } : {}),
      ...(body.created_datetime ? { created_datetime: body.created_datetime } : {}),
    },
  };
}
