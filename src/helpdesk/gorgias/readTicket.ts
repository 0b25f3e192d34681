/** Gorgias' ticket and its messages, in the words every desk shares. */
import { compareIds, type Rating } from '../../core/ticket/ticket';
import { wordsIn } from '../commentHtml';
import type { DeskHttp } from '../deskHttp';
import { mailFactsOf } from '../mailHeaders';
import { missingTicket, numberedTicketPath } from '../missingTicket';
import type { CallContext, DeskComment, DeskTicket } from '../port';
import { attachmentsOf, fieldsOfView, pastOfView, requesterByEmail } from '../stepwise/reading';
import type { TicketView, WrittenComment } from '../stepwise/stepwiseDesk';
import { withSender } from '../withSender';
import type { Directory } from './directory';
import { deskName } from './http';
import { messagesAnswer, ticketAnswer, type GorgiasMessage, type GorgiasTicket } from './schemas';
import { gorgiasTicketId } from './ticketId';
import { authorOf, noteChannel, priorityOf, statusOf, ticketChannel } from './words';

export interface Reading {
  readonly request: DeskHttp;
  readonly directory: Directory;
}

export interface GorgiasView extends TicketView {
  readonly ticket: GorgiasTicket;
  /** Oldest first. */
  readonly messages: readonly GorgiasMessage[];
}

/** Two requests, and the first time one for who we are. The messages come second: they lack nothing the ticket shows. */
export async function readView(
  { request, directory }: Reading,
  ticketId: string,
  call: CallContext,
): Promise<GorgiasView> {
  const ownUserId = await directory.ownUserId(call);
  const query = { relationships: 'custom_fields' };
  const { body: ticket } = await request(
    { method: 'GET', path: ticketPath(ticketId), query, answer: ticketAnswer, about: 'ticket' },
    call,
  );
  if ((ticket.trashed_datetime ?? null) !== null) throw missingTicket(deskName, 'it was put into the trash');
  if (ticket.spam === true) throw missingTicket(deskName, 'it is put away as spam');
  const view = { ...fieldsOf(ticket), ticketId, ownUserId, comments: [], messages: [] };
  return withMessages(view, await readMessages(request, ticketId, call));
}

/** What of the view the ticket itself tells. */
export function fieldsOf(ticket: GorgiasTicket) {
  return {
    ticket,
    requesterId: ticket.customer?.id ?? '',
    assigneeId: ticket.assignee_user?.id ?? null,
    groupId: ticket.assignee_team?.id ?? null,
    status: statusOf(ticket),
    priority: priorityOf(ticket),
    tags: ticket.tags.map(({ name }) => name),
  };
}

/** One request: the newest hundred. */
export async function readMessages(
  request: DeskHttp,
  ticketId: string,
  call: CallContext,
): Promise<readonly GorgiasMessage[]> {
  const query = { ticket_id: ticketId, order_by: 'created_datetime:desc', limit: 100 };
  const { body } = await request(
    { method: 'GET', path: '/messages', query, answer: messagesAnswer, about: 'ticket' },
    call,
  );
  return [...body.data].sort((a, b) => compareIds(a.id, b.id));
}

export function withMessages(view: GorgiasView, messages: readonly GorgiasMessage[]): GorgiasView {
  const { ownUserId, requesterId } = view;
  const comments = messages.map((message): WrittenComment => {
    const author = authorOf(message, ownUserId, requesterId);
    return {
      ...{ id: message.id, at: message.created_datetime, author, public: isShown(message) },
      ...{ machineMade: false, html: message.body_html ?? '' },
      key: author === 'bot' ? (message.external_id ?? null) : null,
    };
  });
  return { ...view, messages, comments };
}

/** @param companyAddresses - lower case. */
export async function readTicket(
  reading: Reading,
  ticketId: string,
  companyAddresses: ReadonlySet<string>,
  call: CallContext,
  want = { past: false },
): Promise<DeskTicket> {
  const view = await readView(reading, ticketId, call);
  const staff = await reading.directory.staffEmails(call);
  const { ticket, comments, messages, requesterId } = view;
  const { name = null, email = null, language: locale = null } = ticket.customer ?? {};
  const rating = ratingOf(ticket);
  return {
    ...fieldsOfView(view),
    ...{ subject: ticket.subject ?? '', channel: ticketChannel(ticket) },
    stamp: ticket.updated_datetime ?? ticket.created_datetime,
    requester: requesterByEmail({ id: requesterId, name, email, locale }, staff, companyAddresses),
    comments: messages.map((message, at) => readComment(message, comments[at], companyAddresses)),
    ...(rating === null ? {} : { rating }),
    // Gorgias keeps no record of what agents did besides, but as events of each change.
    ...(want.past ? { past: pastOfView(view) } : {}),
  };
}

function readComment(
  message: GorgiasMessage,
  written: WrittenComment | undefined,
  companyAddresses: ReadonlySet<string>,
): DeskComment {
  const comment: DeskComment = {
    ...{ id: message.id, at: message.created_datetime, public: isShown(message) },
    ...{ author: written?.author ?? 'system', authorId: message.sender?.id ?? '' },
    body: wordsIn(message.body_html, message.body_text),
    // Gorgias has no mark for it.
    machineMade: false,
    ...(message.headers ? { mail: mailFactsOf(message.headers, companyAddresses) } : {}),
    attachments: attachmentsOf(message.attachments),
  };
  return withSender(comment, message.source?.from?.address, companyAddresses);
}

/** What could not be sent, nobody has seen. */
function isShown({ public: isPublic, channel, failed_datetime: failed }: GorgiasMessage): boolean {
  return isPublic && channel !== noteChannel && (failed ?? null) === null;
}

/** 1 to 5 stars, the middle says nothing. One survey a ticket, whose answer may change. */
function ratingOf({ satisfaction_survey: survey }: GorgiasTicket): Rating | null {
  const score = survey?.score ?? 3;
  if (!survey || score === 3) return null;
  const hasComment = (survey.body_text ?? '').trim() !== '';
  return { id: `${survey.id}.${score}`, score: score > 3 ? 'good' : 'bad', hasComment };
}

/** @throws RemoteFailure `ticket-not-found` */
export function ticketPath(ticketId: string): string {
  return numberedTicketPath(deskName, gorgiasTicketId, ticketId);
}
