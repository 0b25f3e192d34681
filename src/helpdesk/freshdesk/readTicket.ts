/** Freshdesk's ticket, its first message and its conversations, in the words every desk shares. */
import type { PastEvent, Requester } from '../../core/ticket/ticket';
import { wordsIn } from '../comments/commentHtml';
import { missingTicket } from '../api/missingTicket';
import { withMerge } from '../comments/mergedTicket';
import { withSender } from '../comments/withSender';
import type { BrandNames } from '../directory/brandNames';
import type { CallContext, DeskComment, DeskTicket } from '../port';
import { attachmentsOf } from '../stepwise/reading';
import { authorOf, isPublic, type AuthorContext } from './authorship';
import { keyIn, lettersIn } from './businessKeyMark';
import { readConversations } from './conversations';
import type { Directory } from './people';
import { deskName, type FreshdeskHttp } from './http';
import { readRating } from './rating';
import {
  conversationSources,
  isOwnStatus,
  outboundMail,
  priorityOf,
  statusOf,
  ticketChannel,
  type StatusNames,
} from './numbers';
import { ticketAnswer, type FreshdeskConversation, type FreshdeskTicket } from './schemas';
import { ticketPath } from './ticketPath';

export interface Reading {
  readonly request: FreshdeskHttp;
  readonly directory: Directory;
}

/** The first message is the ticket's own description, and has no id: this one lies before all others. */
export const firstMessageId = '0';
const mostComments = 100;

/**
 * Two requests for up to a hundred conversations, and one more for each further hundred; the first time one for who we
 * are, and now and then the list of agents, and of products where the ticket has one. One for the rating of a ticket that has one.
 *
 * @param companyAddresses - lower case.
 */
export async function readTicket(
  { request, directory, brands }: Reading & { readonly brands: BrandNames },
  ticketId: string,
  companyAddresses: ReadonlySet<string>,
  call: CallContext,
  want = { past: false },
): Promise<DeskTicket> {
  const [ticket, { newest }, { userId: ownUserId }, agentIds] = await Promise.all([
    getTicket(request, ticketId, 'requester', call),
    readConversations(request, ticketId, call),
    directory.identity(call),
    directory.staffIds(call),
  ]);
  const context: AuthorContext = { ownUserId, requesterId: ticket.requester_id, agentIds };
  const first = repeatsFirst(ticket, newest[0]) ? [] : [firstMessage(ticket)];
  const said = newest.map((conversation) =>
    withSender(readConversation(conversation, context), conversation.from_email, companyAddresses),
  );
  const comments = [...first, ...said];
  const assigneeId = ticket.responder_id ?? null;
  const isRated = newest.some(({ source }) => source === conversationSources.surveyFeedback);
  const rating = isRated ? await readRating(request, ticketId, call) : null;
  const read: DeskTicket = {
    status: statusOf(ticket.status, await statusNames(directory, ticket, call)),
    subject: ticket.subject ?? '',
    priority: priorityOf(ticket.priority),
    tags: ticket.tags,
    groupId: ticket.group_id ?? null,
    assignee:
      assigneeId === null ? null : { id: assigneeId, kind: assigneeId === ownUserId ? 'bot' : 'agent' },
    channel: ticketChannel(ticket.source),
    ...(await brands.brandOf(ticket.product_id, call)),
    stamp: ticket.updated_at,
    requester: readRequester(ticket, context, companyAddresses),
    comments: comments.slice(-mostComments),
    ...(rating === null ? {} : { rating }),
    ...(want.past ? { past: pastOf(newest, context) } : {}),
  };
  return withMerge(read, mergeNotice);
}

/**
 * The note that merging leaves on a closed ticket: "This ticket is closed and merged into ticket 12", in the words of the
 * account's language. No field tells of it.
 */
const mergeNotice =
  /(?<!\p{L})(?:merged|zusammengeführt|fusionn|fusionad|combinad|unit[oaie]|samengevoegd|scalon)\p{L}*[^\d.]{1,40}(?:ticket|tiquet|tíquete|zgłoszeni)\p{L}*\s*#?(\d{1,20})(?!\d)/iu;

/**
 * One request.
 * @param include - costs the account a credit more.
 * @throws RemoteFailure `ticket-not-found` for one that was deleted or put away as spam, too.
 */
export async function getTicket(
  request: FreshdeskHttp,
  ticketId: string,
  include: 'requester' | 'stats' | null,
  call: CallContext,
): Promise<FreshdeskTicket> {
  const { body: ticket } = await request(
    {
      method: 'GET',
      path: ticketPath(ticketId),
      ...(include === null ? {} : { query: { include } }),
      answer: ticketAnswer,
      about: 'ticket',
    },
    call,
  );
  if (ticket.deleted === true) throw missingTicket(deskName, 'it was deleted');
  if (ticket.spam === true) throw missingTicket(deskName, 'it is put away as spam');
  return ticket;
}

/** No request for a ticket in one of Freshdesk's own four. */
export async function statusNames(
  directory: Directory,
  { status }: Pick<FreshdeskTicket, 'status'>,
  call: CallContext,
): Promise<StatusNames> {
  return isOwnStatus(status) ? directory.statusNames(status, call) : new Map();
}

/** In a chat the first message stands in both places. */
function repeatsFirst(ticket: FreshdeskTicket, first: FreshdeskConversation | undefined): boolean {
  return (
    first?.incoming === true &&
    first.user_id === ticket.requester_id &&
    lettersIn(first.body ?? '') === lettersIn(ticket.description ?? '')
  );
}

/** A ticket can begin with an agent's own mail. */
export function firstAuthor({ source }: FreshdeskTicket): 'agent' | 'requester' {
  return source === outboundMail ? 'agent' : 'requester';
}

function firstMessage(ticket: FreshdeskTicket): DeskComment {
  const author = firstAuthor(ticket);
  return {
    id: firstMessageId,
    at: ticket.created_at,
    public: true,
    author,
    authorId: author === 'agent' ? (ticket.responder_id ?? '') : ticket.requester_id,
    body: wordsIn(ticket.description, ticket.description_text),
    machineMade: false,
    attachments: attachmentsOf(ticket.attachments),
  };
}

function readConversation(conversation: FreshdeskConversation, context: AuthorContext): DeskComment {
  return {
    id: conversation.id,
    at: conversation.created_at,
    public: isPublic(conversation),
    author: authorOf(conversation, context),
    authorId: conversation.user_id ?? '',
    body: wordsIn(conversation.body, conversation.body_text),
    // Freshdesk has no mark for it.
    machineMade: false,
    attachments: attachmentsOf(conversation.attachments),
  };
}

function readRequester(
  { requester_id: id, requester }: FreshdeskTicket,
  { agentIds }: AuthorContext,
  companyAddresses: ReadonlySet<string>,
): Requester {
  const email = requester?.email ?? null;
  return {
    id,
    name: requester?.name ?? null,
    email,
    locale: null,
    role: agentIds.has(id) ? 'agent' : 'end-user',
    isCompany: email !== null && companyAddresses.has(email.toLowerCase()),
    // Freshdesk says nothing of senders that it could not authenticate.
    trusted: true,
  };
}

/** What was written with a key. Freshdesk keeps no record of what agents did besides. */
function pastOf(
  conversations: readonly FreshdeskConversation[],
  { ownUserId }: AuthorContext,
): readonly PastEvent[] {
  return conversations.flatMap((conversation): readonly PastEvent[] => {
    const { id, user_id: userId, incoming, body, created_at: at } = conversation;
    const key = userId === ownUserId && !incoming ? keyIn(body ?? '', isPublic(conversation)) : null;
    return key === null ? [] : [{ type: 'written', key, at, after: id }];
  });
}
