/** The ticket as it is read to be written to. */
import type { OutgoingComment } from '../../core/ticket/update';
import { compareIds } from '../../core/ticket/ticket';
import type { CallContext } from '../port';
import { findByKeyOrWords } from '../stepwise/findWritten';
import type { ViewedTicket, WrittenComment } from '../stepwise/stepwiseDesk';
import { authorOf, isPublic, type AuthorContext } from './authorship';
import { keyIn, saysTheSame } from './businessKeyMark';
import { readConversations } from './conversations';
import { priorityOf, statusOf, type StatusNames } from './numbers';
import { firstAuthor, firstMessageId, getTicket, statusNames, type Reading } from './readTicket';
import type { FreshdeskConversation, FreshdeskTicket } from './schemas';

export interface FreshdeskView extends ViewedTicket {
  readonly ticket: FreshdeskTicket;
  readonly statusNames: StatusNames;
  /** Where the next look at the conversations may begin. */
  readonly lastPage: number;
}

/** Two requests. The conversations come second, so that they lack nothing that the ticket already shows. */
export async function readView(
  { request, directory }: Reading,
  ticketId: string,
  call: CallContext,
): Promise<FreshdeskView> {
  const [{ userId: ownUserId }, agentIds] = await Promise.all([
    directory.identity(call),
    directory.staffIds(call),
  ]);
  const ticket = await getTicket(request, ticketId, null, call);
  const { newest, lastPage } = await readConversations(request, ticketId, call);
  const context: AuthorContext = { ownUserId, requesterId: ticket.requester_id, agentIds };
  return {
    ...fieldsOf(ticket, await statusNames(directory, ticket, call)),
    ownUserId,
    // The first message is among them.
    comments: [firstComment(ticket), ...newest.map((conversation) => commentOf(conversation, context))],
    lastPage,
  };
}

/** What of the view the ticket itself tells. */
export function fieldsOf(
  ticket: FreshdeskTicket,
  names: StatusNames,
): Omit<FreshdeskView, 'ownUserId' | 'comments' | 'lastPage'> {
  return {
    ticket,
    statusNames: names,
    ticketId: ticket.id,
    requesterId: ticket.requester_id,
    assigneeId: ticket.responder_id ?? null,
    groupId: ticket.group_id ?? null,
    status: statusOf(ticket.status, names),
    priority: priorityOf(ticket.priority),
    tags: ticket.tags,
  };
}

/** One request. */
export async function readFields(
  { request, directory }: Reading,
  view: FreshdeskView,
  call: CallContext,
): Promise<FreshdeskView> {
  const ticket = await getTicket(request, view.ticketId, null, call);
  return { ...view, ...fieldsOf(ticket, await statusNames(directory, ticket, call)) };
}

/** One request: what was said since. */
export async function lookAgain(
  { request, directory }: Reading,
  view: FreshdeskView,
  call: CallContext,
): Promise<FreshdeskView> {
  const { ticketId, ownUserId, requesterId } = view;
  const { newest, lastPage } = await readConversations(request, ticketId, call, view.lastPage);
  const context = { ownUserId, requesterId, agentIds: await directory.staffIds(call) };
  const shown = new Set(newest.map(({ id }) => id));
  const before = view.comments.filter(
    ({ id }) => !shown.has(id) && (newest[0] === undefined || compareIds(id, newest[0].id) < 0),
  );
  return { ...view, comments: [...before, ...newest.map((one) => commentOf(one, context))], lastPage };
}

/** Where the desk's sanitizer takes the mark out of a reply, it is told by its words; a note has it in its words, too. */
export function findWritten(
  comments: readonly WrittenComment[],
  key: string,
  comment: OutgoingComment | null,
): WrittenComment | undefined {
  return findByKeyOrWords(comments, key, comment, (html, one) => one.public && saysTheSame(html, one));
}

function firstComment(ticket: FreshdeskTicket): WrittenComment {
  return {
    id: firstMessageId,
    at: ticket.created_at,
    author: firstAuthor(ticket),
    public: true,
    machineMade: false,
    key: null,
    html: '',
  };
}

function commentOf(conversation: FreshdeskConversation, context: AuthorContext): WrittenComment {
  const author = authorOf(conversation, context);
  const html = conversation.body ?? '';
  return {
    id: conversation.id,
    at: conversation.created_at,
    author,
    public: isPublic(conversation),
    machineMade: false,
    key: author === 'bot' ? keyIn(html, isPublic(conversation)) : null,
    html,
  };
}
