/** Zendesk's ticket, comments and users, in the words every desk shares. */
import {
  isCustomerComment,
  isNewer,
  ratingScores,
  type Attachment,
  type PastEvent,
} from '../../core/ticket/ticket';
import { RemoteFailure } from '../../remote/failures';
import type { BrandNames } from '../directory/brandNames';
import type { CallContext, DeskComment, DeskTicket } from '../port';
import { withMerge } from '../comments/mergedTicket';
import { withSender } from '../comments/withSender';
import { pastOf, readAudits } from './audits';
import { authorOf, isMachineMade, isStaff, isTrusted, type AuthorContext } from './authorship';
import { incomingText, isCall } from './commentText';
import type { Directory } from './directory';
import type { ZendeskHttp } from './http';
import {
  commentsAnswer,
  ticketAnswer,
  type ZendeskComment,
  type ZendeskTicket,
  type ZendeskUser,
} from './schemas';
import { ticketChannel } from './ticketChannel';
import { ticketPath } from './ticketPath';

/**
 * Two requests, and one more for each of these: who we are and which brands there are, the first time; the requester, when
 * neither answer has them; the past of a ticket that has a comment of ours.
 *
 * @param companyAddresses - lower case.
 */
export async function readTicket(
  { request, directory, brands }: { request: ZendeskHttp; directory: Directory; brands: BrandNames },
  ticketId: string,
  companyAddresses: ReadonlySet<string>,
  call: CallContext,
  want = { past: false },
): Promise<DeskTicket> {
  const path = ticketPath(ticketId);
  const [ownUserId, shown, listed] = await Promise.all([
    directory.ownUserId(call),
    request(
      { method: 'GET', path, query: { include: 'users' }, answer: ticketAnswer, about: 'ticket' },
      call,
    ),
    request(
      {
        method: 'GET',
        path: `${path}/comments`,
        query: { include: 'users', sort: '-created_at', 'page[size]': 100 },
        answer: commentsAnswer,
        about: 'ticket',
      },
      call,
    ),
  ]);
  const users = new Map([...(shown.users ?? []), ...(listed.users ?? [])].map((user) => [user.id, user]));
  const wanted = [shown.ticket.requester_id, ...listed.comments.map((comment) => comment.author_id)];
  const missing = [...new Set(wanted)].filter((id) => Number(id) > 0 && !users.has(id) && id !== ownUserId);
  for (const user of await directory.users(missing, call)) users.set(user.id, user);

  const context: AuthorContext = {
    ownUserId,
    requesterId: shown.ticket.requester_id,
    roles: new Map([...users].map(([id, user]) => [id, user.role])),
  };
  const listing = listed.comments
    .map((comment) => ({
      raw: comment,
      read: withSender(readComment(comment, context), users.get(comment.author_id)?.email, companyAddresses),
    }))
    .sort((a, b) => (isNewer(a.read, b.read) ? 1 : -1));
  const read: DeskTicket = {
    ...readFields(shown.ticket, ownUserId),
    channel: ticketChannel(
      shown.ticket.via,
      listing.findLast(({ read }) => isCustomerComment(read))?.raw.via,
    ),
    ...(await brands.brandOf(shown.ticket.brand_id, call)),
    requester: {
      ...readRequester(shown.ticket.requester_id, users.get(shown.ticket.requester_id), companyAddresses),
      trusted: unansweredOf(listing).every(({ raw }) => isTrusted(raw.metadata)),
    },
    comments: listing.map(({ read }) => read),
    ...(want.past && listing.some(({ read }) => read.author === 'bot')
      ? { past: await readPast(request, ticketId, context, call) }
      : {}),
    ...(want.past ? await readFollowed(request, shown.ticket, context, call) : {}),
  };
  return shown.ticket.tags.includes(mergedTag) ? withMerge(read, mergeNotice) : read;
}

/**
 * Zendesk sets the tag on what was merged away, and leaves a comment there, in the language of whoever merged: "This request
 * was closed and merged into request #7 ..." (support.zendesk.com/hc/en-us/articles/4408882445594).
 */
const mergedTag = 'closed_by_merge';
const mergeNotice = /#(\d{1,20})(?!\d)/;

async function readPast(
  request: ZendeskHttp,
  ticketId: string,
  context: AuthorContext,
  call: CallContext,
): Promise<readonly PastEvent[]> {
  const { audits, users } = await readAudits(request, ticketId, call);
  const roles = new Map([...context.roles, ...users.map(({ id, role }) => [id, role] as const)]);
  return pastOf(audits, { ...context, roles });
}

/** Of a ticket that goes on from a closed one. That may be gone by now, and is not missed. */
async function readFollowed(
  request: ZendeskHttp,
  { via }: ZendeskTicket,
  context: AuthorContext,
  call: CallContext,
): Promise<Pick<DeskTicket, 'follows'>> {
  const ticketId = via?.source?.rel === 'follow_up' ? via.source.from?.ticket_id : null;
  if (ticketId === null || ticketId === undefined) return {};
  try {
    return { follows: { ticketId, past: await readPast(request, ticketId, context, call) } };
  } catch (error) {
    if (error instanceof RemoteFailure && error.kind === 'ticket-not-found') return {};
    throw error;
  }
}

function readFields(
  ticket: ZendeskTicket,
  ownUserId: string,
): Omit<DeskTicket, 'requester' | 'comments' | 'channel'> {
  const assigneeId = ticket.assignee_id ?? null;
  return {
    status: ticket.status,
    subject: ticket.subject ?? '',
    priority: ticket.priority ?? null,
    tags: ticket.tags,
    groupId: ticket.group_id ?? null,
    assignee:
      assigneeId === null ? null : { id: assigneeId, kind: assigneeId === ownUserId ? 'bot' : 'agent' },
    stamp: ticket.updated_at,
    ...readRating(ticket),
  };
}

/** Offered is not rated. What was written with it is left on the desk. */
function readRating({ satisfaction_rating: rating }: ZendeskTicket): Pick<DeskTicket, 'rating'> {
  const score = ratingScores.find((known) => known === rating?.score);
  if (!rating || score === undefined) return {};
  return { rating: { id: rating.id ?? score, score, hasComment: (rating.comment ?? '').trim() !== '' } };
}

function readComment(comment: ZendeskComment, context: AuthorContext): DeskComment {
  return {
    id: comment.id,
    at: comment.created_at,
    public: comment.public,
    author: authorOf(comment.author_id, comment.via?.channel ?? null, context),
    authorId: comment.author_id,
    body: incomingText(comment),
    machineMade: isMachineMade(comment.metadata),
    attachments: [...(comment.attachments ?? []).map(readAttachment), ...recordingOf(comment)],
  };
}

function readAttachment({
  file_name: name,
  content_type: contentType,
  size,
}: NonNullable<ZendeskComment['attachments']>[number]): Attachment {
  return { name, contentType: contentType ?? 'application/octet-stream', bytes: size ?? 0 };
}

/** A person can listen to it. */
function recordingOf(comment: ZendeskComment): readonly Attachment[] {
  const isRecorded = isCall(comment) && Boolean(comment.data?.recording_url);
  return isRecorded ? [{ name: 'recording of the call', contentType: 'audio/mpeg', bytes: 0 }] : [];
}

function readRequester(
  id: string,
  user: ZendeskUser | undefined,
  companyAddresses: ReadonlySet<string>,
): Omit<DeskTicket['requester'], 'trusted'> {
  const email = user?.email ?? null;
  return {
    id,
    name: user?.name ?? null,
    email,
    locale: user?.locale ?? null,
    role: isStaff(user?.role) ? 'agent' : 'end-user',
    isCompany: email !== null && companyAddresses.has(email.toLowerCase()),
  };
}

/**
 * The requester's comments since the last answer: what the next reply goes out for. A forged mail that was
 * answered long ago says nothing of the sender of this one.
 */
function unansweredOf<T extends { readonly read: DeskComment }>(listing: readonly T[]): readonly T[] {
  const answered = listing.findLastIndex(
    ({ read }) => read.public && (read.author === 'agent' || read.author === 'bot'),
  );
  const theirs = (entries: readonly T[]): readonly T[] =>
    entries.filter(({ read }) => read.author === 'requester');
  const since = theirs(listing.slice(answered + 1));
  return since.length > 0 ? since : theirs(listing).slice(-1);
}
