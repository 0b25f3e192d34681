/** Gorgias' ticket and its messages, in the words every desk shares. */
import { compareIds, type Rating } from '../../core/ticket/ticket';
import { wordsIn } from '../comments/commentHtml';
import type { DeskRequests } from '../api/deskCalls';
import { missingTicket, numberedTicketPath } from '../api/missingTicket';
import { attachmentsOf, ratingOfFive } from '../stepwise/reading';
import type { Said, ThreadReading, TicketFacts } from '../stepwise/threadDesk';
import { messagesAnswer, ticketAnswer, type GorgiasMessage, type GorgiasTicket } from './schemas';
import { gorgiasTicketId, title } from './ticketId';
import { authorOf, noteChannel, priorityOf, statusOf, ticketChannel } from './words';

export function readingOf({ ofTicket }: DeskRequests): ThreadReading<GorgiasTicket, GorgiasMessage> {
  return {
    readTicket: async (ticketId, call) => {
      const query = { relationships: 'custom_fields' };
      const ticket = await ofTicket.get(ticketPath(ticketId), ticketAnswer, call, query);
      if (ticket.trashed_datetime) throw missingTicket(title, 'it was put into the trash');
      if (ticket.spam === true) throw missingTicket(title, 'it is put away as spam');
      return ticket;
    },
    /** The newest hundred, whatever is known. */
    readMessages: async (ticketId, _known, call) => {
      const query = { ticket_id: ticketId, order_by: 'created_datetime:desc', limit: 100 };
      const { data } = await ofTicket.get('/messages', messagesAnswer, call, query);
      return [...data].sort((a, b) => compareIds(a.id, b.id));
    },
    ...{ factsOf, saidIn, ratingOf },
    statusSetAt: ({ ticket: { closed_datetime: at } }) => (at ? Date.parse(at) : null),
  };
}

export function factsOf(ticket: GorgiasTicket): TicketFacts {
  const { id = '', name, email, language: locale = null } = ticket.customer ?? {};
  const fields = ticket.custom_fields ?? null;
  return {
    requester: { id, name, email, locale },
    assigneeId: ticket.assignee_user?.id ?? null,
    groupId: ticket.assignee_team?.id ?? null,
    status: statusOf(ticket),
    priority: priorityOf(ticket),
    tags: ticket.tags.map((tag) => tag.name),
    subject: ticket.subject ?? '',
    channel: ticketChannel(ticket),
    stamp: ticket.updated_datetime ?? ticket.created_datetime,
    custom: fields === null ? undefined : valuesOf(fields),
  };
}

function valuesOf(fields: NonNullable<GorgiasTicket['custom_fields']>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).map(([id, { value }]) => [id, value]));
}

function saidIn(message: GorgiasMessage, { customer }: GorgiasTicket, ownUserId: string): Said {
  const author = authorOf(message, ownUserId, customer?.id ?? '');
  const { id, created_datetime: at, channel, failed_datetime: failed, body_html: html } = message;
  return {
    ...{ id, at, author, authorId: message.sender?.id ?? '' },
    // What could not be sent, nobody has seen.
    public: message.public && channel !== noteChannel && !failed,
    // Gorgias has no mark for it.
    machineMade: false,
    key: author === 'bot' ? (message.external_id ?? null) : null,
    html: html ?? '',
    words: () => wordsIn(html, message.body_text),
    attachments: attachmentsOf(message.attachments),
    ...{ from: message.source?.from?.address, headers: message.headers },
  };
}

/** One survey a ticket, whose answer may change. */
function ratingOf({ satisfaction_survey: survey }: GorgiasTicket): Rating | null {
  return survey ? ratingOfFive(`${survey.id}.${survey.score}`, survey.score, survey.body_text) : null;
}

/** @throws RemoteFailure `ticket-not-found` */
export function ticketPath(ticketId: string): string {
  return numberedTicketPath(title, gorgiasTicketId, ticketId);
}
