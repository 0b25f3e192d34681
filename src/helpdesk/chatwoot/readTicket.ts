/** Chatwoot's conversation and its messages, in the words every desk shares. */
import { compareIds, type Attachment, type Author, type Rating } from '../../core/ticket/ticket';
import { malformedAnswer } from '../../remote/failures';
import { textOfHtml } from '../commentHtml';
import type { DeskHttp } from '../deskHttp';
import type { CallContext, DeskComment, DeskTicket } from '../port';
import type { TicketView, WrittenComment } from '../stepwise/stepwiseDesk';
import { withSender } from '../withSender';
import type { Directory } from './directory';
import { deskName } from './http';
import {
  conversationAnswer,
  messagesAnswer,
  type ChatwootAttachment,
  type ChatwootConversation,
  type ChatwootMessage,
} from './schemas';
import { priorityOf, statusOf, ticketChannel } from './words';

export interface Reading {
  readonly request: DeskHttp;
  readonly directory: Directory;
  /** @throws RemoteFailure `ticket-not-found` */
  readonly pathOf: (ticketId: string) => string;
}

export interface ChatwootView extends TicketView {
  readonly conversation: ChatwootConversation;
  readonly ownRole: string;
  /** Everything up to here was read. */
  readonly readUpTo: string;
  /** When the desk last told of something that was done, epoch milliseconds; null: never. */
  readonly lastActivityAt: number | null;
}

const messageTypes = { incoming: 0, outgoing: 1, activity: 2 } as const;
const perPage = 100;
const mostPages = 100;
const mostComments = 100;
/** Ids are handed out before what has them can be seen: one of the last may come up below others. */
const overlap = 5;

/** Two requests for up to ninety-nine messages; the first time one for who we are, now and then the list of agents. */
export async function readTicket(
  reading: Reading,
  ticketId: string,
  companyAddresses: ReadonlySet<string>,
  call: CallContext,
  want = { past: false },
): Promise<DeskTicket> {
  const [{ conversation, messages, me }, agents] = await Promise.all([
    readAll(reading, ticketId, call),
    reading.directory.allAgents(call),
  ]);
  const { sender, channel, hmac_verified: verified } = conversation.meta;
  const email = sender.email?.toLowerCase() ?? null;
  const assigneeId = assigneeOf(conversation);
  const spoken = messages.filter(({ message_type: type }) => type !== messageTypes.activity);
  const rating = ratingIn(messages);
  return {
    status: statusOf(conversation),
    subject: conversation.additional_attributes?.mail_subject ?? '',
    priority: priorityOf(conversation.priority),
    tags: conversation.labels,
    groupId: conversation.meta.team?.id ?? null,
    assignee:
      assigneeId === null ? null : { id: assigneeId, kind: assigneeId === me.userId ? 'bot' : 'agent' },
    channel: ticketChannel(channel),
    stamp: isoTime(conversation.updated_at ?? conversation.last_activity_at),
    requester: {
      id: sender.id,
      name: sender.name ?? null,
      email: sender.email ?? null,
      locale: null,
      role: agents.some((agent) => agent.email?.toLowerCase() === email) ? 'agent' : 'end-user',
      isCompany: email !== null && companyAddresses.has(email),
      // On a website anybody may type any address; the shop can vouch for it (identity validation).
      trusted: ticketChannel(channel) === 'email' || verified === true,
    },
    comments: spoken
      .slice(-mostComments)
      .map((message) =>
        withSender(
          commentOf(message, conversation, me.userId),
          message.content_attributes?.email?.from?.[0],
          companyAddresses,
        ),
      ),
    ...(rating === null ? {} : { rating }),
    ...(want.past
      ? {
          past: spoken.flatMap((message) => {
            const { id, key, at } = writtenOf(message, conversation, me.userId);
            return key === null ? [] : [{ type: 'written' as const, key, at, after: id }];
          }),
        }
      : {}),
  };
}

/** Two requests. */
export async function readView(reading: Reading, ticketId: string, call: CallContext): Promise<ChatwootView> {
  const { conversation, messages, me } = await readAll(reading, ticketId, call);
  return withMessages(
    {
      ...{
        ticketId,
        conversation,
        ownUserId: me.userId,
        ownRole: me.role,
        requesterId: conversation.meta.sender.id,
      },
      ...{ assigneeId: assigneeOf(conversation), groupId: conversation.meta.team?.id ?? null },
      ...{ status: statusOf(conversation), priority: priorityOf(conversation.priority) },
      ...{ tags: conversation.labels, comments: [], readUpTo: '0', lastActivityAt: null },
    },
    messages,
  );
}

/** One request: what was said since. */
export async function lookAgain(
  { request, pathOf }: Reading,
  view: ChatwootView,
  call: CallContext,
): Promise<ChatwootView> {
  return withMessages(view, await readMessages(request, pathOf(view.ticketId), view.readUpTo, call));
}

function withMessages(view: ChatwootView, messages: readonly ChatwootMessage[]): ChatwootView {
  const activity = messages.filter(({ message_type: type }) => type === messageTypes.activity).at(-1);
  const added = messages
    .filter(({ message_type: type }) => type !== messageTypes.activity)
    .map((message) => writtenOf(message, view.conversation, view.ownUserId));
  const known = new Set(added.map(({ id }) => id));
  return {
    ...view,
    comments: [...view.comments.filter(({ id }) => !known.has(id)), ...added],
    readUpTo: messages.at(-overlap)?.id ?? view.readUpTo,
    lastActivityAt: activity === undefined ? view.lastActivityAt : activity.created_at * 1_000,
  };
}

/** The messages come second, so that they lack nothing that the conversation already shows. */
async function readAll({ request, directory, pathOf }: Reading, ticketId: string, call: CallContext) {
  const path = pathOf(ticketId);
  const me = await directory.identity(call);
  const asked = { method: 'GET', path, answer: conversationAnswer, about: 'ticket' } as const;
  const { body: conversation } = await request(asked, call);
  return { me, conversation, messages: await readMessages(request, path, '0', call) };
}

/**
 * Oldest first, in pages of a hundred: the newest are found by walking to the end. app/finders/message_finder.rb
 * @param after - an id; "0": all of them.
 */
async function readMessages(
  request: DeskHttp,
  path: string,
  after: string,
  call: CallContext,
): Promise<readonly ChatwootMessage[]> {
  const found = new Map<string, ChatwootMessage>();
  let from = after;
  for (let page = 0; page < mostPages; page += 1) {
    const asked = {
      method: 'GET',
      path: `${path}/messages`,
      query: { after: from },
      about: 'ticket',
    } as const;
    const { body } = await request({ ...asked, answer: messagesAnswer }, call);
    for (const message of body.payload) found.set(message.id, message);
    if (body.payload.length < perPage) return [...found.values()].sort((a, b) => compareIds(a.id, b.id));
    from = body.payload.at(-overlap)?.id ?? from;
  }
  throw malformedAnswer(deskName, 200, 'the messages have no end');
}

/** Chatwoot's own bots take nobody's place. */
function assigneeOf({ meta }: ChatwootConversation): string | null {
  return (meta.assignee_type ?? 'User') === 'User' ? (meta.assignee?.id ?? null) : null;
}

function authorOf(
  { message_type: type, sender, content_attributes: more }: ChatwootMessage,
  { meta }: ChatwootConversation,
  ownUserId: string,
): Author {
  if (type === messageTypes.incoming) {
    const from = more?.email?.from?.map((address) => address.toLowerCase()) ?? [];
    const isRequester =
      from.length === 0
        ? sender?.id === meta.sender.id
        : from.includes(meta.sender.email?.toLowerCase() ?? '');
    return isRequester ? 'requester' : 'third-party';
  }
  if (type !== messageTypes.outgoing) return 'system';
  // Whoever else speaks for the shop, another bot included, is not to be spoken over. Automations have no sender.
  if (!sender) return more?.external_echo === true ? 'agent' : 'system';
  return sender.type === 'user' && sender.id === ownUserId ? 'bot' : 'agent';
}

function commentOf(
  message: ChatwootMessage,
  conversation: ChatwootConversation,
  ownUserId: string,
): DeskComment {
  const mail = message.content_attributes?.email;
  const html = mail?.html_content?.full ?? '';
  return {
    id: message.id,
    at: isoTime(message.created_at),
    public: !message.private,
    author: authorOf(message, conversation, ownUserId),
    authorId: message.sender?.id ?? '',
    // The content of a mail lacks what Chatwoot takes for a quotation.
    body:
      message.message_type === messageTypes.incoming && html !== ''
        ? textOfHtml(html)
        : (mail?.text_content?.full ?? message.content ?? ''),
    machineMade: mail?.auto_reply === true,
    attachments: (message.attachments ?? []).flatMap((one) => (one === null ? [] : [attachmentOf(one)])),
  };
}

/** Chatwoot tells a file's name by its address alone, and of its type the first half. */
function attachmentOf({ file_type: type, data_url: url, file_size: bytes }: ChatwootAttachment): Attachment {
  const [, encoded = ''] = /([^/?#]*)(?:[?#].*)?$/.exec(url ?? '') ?? [];
  const [, extension = ''] = /\.(\w{1,8})$/.exec(encoded) ?? [];
  const isMedia = ['image', 'audio', 'video'].includes(type ?? '') && extension !== '';
  return {
    name: decoded(encoded) || (type ?? ''),
    contentType: isMedia ? `${type}/${extension.toLowerCase()}` : 'application/octet-stream',
    bytes: bytes ?? 0,
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function writtenOf(
  message: ChatwootMessage,
  conversation: ChatwootConversation,
  ownUserId: string,
): WrittenComment {
  const { id, at, author, public: shown, machineMade } = commentOf(message, conversation, ownUserId);
  const key = author === 'bot' ? (message.content_attributes?.deskhand_key ?? null) : null;
  const isTakenBack = message.content_attributes?.deleted === true;
  return {
    id,
    at,
    author,
    public: shown,
    machineMade,
    key,
    html: isTakenBack ? '' : (message.content ?? ''),
  };
}

/** Of the survey that Chatwoot sends with a resolved conversation: one to five. */
function ratingIn(messages: readonly ChatwootMessage[]): Rating | null {
  const rated = messages.filter(({ content_type: type }) => type === 'input_csat').at(-1);
  const survey = rated?.content_attributes?.submitted_values?.csat_survey_response;
  if (rated === undefined || !survey || survey.rating === 3) return null;
  return {
    id: `${rated.id}-${survey.rating}`,
    score: survey.rating > 3 ? 'good' : 'bad',
    hasComment: (survey.feedback_message ?? '').trim() !== '',
  };
}

function isoTime(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().replace('.000Z', 'Z');
}
