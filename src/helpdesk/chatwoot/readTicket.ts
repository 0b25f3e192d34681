/** Chatwoot's conversation and its messages, in the words every desk shares. */
import { compareIds, type Attachment, type Author, type Rating } from '../../core/ticket/ticket';
import { malformedAnswer } from '../../remote/failures';
import { textOfHtml } from '../commentHtml';
import type { CallContext } from '../port';
import type { Said, TicketFacts } from '../stepwise/threadDesk';
import { deskName, type ChatwootAccount } from './http';
import {
  messagesAnswer,
  type ChatwootAttachment,
  type ChatwootConversation,
  type ChatwootMessage,
} from './schemas';
import { priorityOf, statusOf, ticketChannel } from './words';

const messageTypes = { incoming: 0, outgoing: 1, activity: 2 } as const;
const perPage = 100;
const mostPages = 100;
/** Ids are handed out before what has them can be seen: one of the last may come up below others. */
const overlap = 5;

export function factsOf(conversation: ChatwootConversation): TicketFacts {
  const { sender, channel: inbox, team, hmac_verified: verified } = conversation.meta;
  const channel = ticketChannel(inbox);
  return {
    ...{ status: statusOf(conversation), priority: priorityOf(conversation.priority) },
    ...{
      tags: conversation.labels,
      groupId: team?.id ?? null,
      assigneeId: assigneeOf(conversation),
      channel,
    },
    subject: conversation.additional_attributes?.mail_subject ?? '',
    stamp: isoTime(conversation.updated_at ?? conversation.last_activity_at),
    custom: conversation.custom_attributes ?? {},
    requester: {
      ...{ id: sender.id, name: sender.name ?? null, email: sender.email ?? null, locale: null },
      // On a website anybody may type any address; the shop can vouch for it (identity validation).
      trusted: channel === 'email' || verified === true,
    },
  };
}

/**
 * Oldest first, in pages of a hundred: the newest are found by walking to the end. app/finders/message_finder.rb
 * @param known - those that were read before: only what is newer than most of them.
 */
export async function readMessages(
  { ofTicket, pathOf }: ChatwootAccount,
  ticketId: string,
  known: readonly ChatwootMessage[],
  call: CallContext,
): Promise<readonly ChatwootMessage[]> {
  const path = `${pathOf(ticketId)}/messages`;
  const found = new Map<string, ChatwootMessage>();
  let after = known.at(-overlap)?.id ?? '0';
  for (let page = 0; page < mostPages; page += 1) {
    const { payload } = await ofTicket.get(path, messagesAnswer, call, { after });
    for (const message of payload) found.set(message.id, message);
    if (payload.length < perPage) return [...found.values()].sort((a, b) => compareIds(a.id, b.id));
    after = payload.at(-overlap)?.id ?? after;
  }
  throw malformedAnswer(deskName, 200, 'the messages have no end');
}

/** Null: an activity, which tells what was done. */
export function saidIn(
  message: ChatwootMessage,
  conversation: ChatwootConversation,
  ownUserId: string,
): Said | null {
  const { id, content, content_attributes: more, message_type: type, sender } = message;
  if (type === messageTypes.activity) return null;
  const author = authorOf(message, conversation, ownUserId);
  const html = type === messageTypes.incoming ? (more?.email?.html_content?.full ?? '') : '';
  return {
    ...{ id, at: isoTime(message.created_at), public: !message.private, author, authorId: sender?.id ?? '' },
    machineMade: more?.email?.auto_reply === true,
    key: author === 'bot' ? (more?.deskhand_key ?? null) : null,
    // Taken back: no words are left.
    html: more?.deleted === true ? '' : (content ?? ''),
    // The content of a mail lacks what Chatwoot takes for a quotation.
    words: () => (html === '' ? (more?.email?.text_content?.full ?? content ?? '') : textOfHtml(html)),
    attachments: (message.attachments ?? []).flatMap((one) => (one === null ? [] : [attachmentOf(one)])),
    from: more?.email?.from?.[0],
  };
}

/** When the desk last told of something that was done: what, it says in its own language. Epoch milliseconds. */
export function lastActivityAt(messages: readonly ChatwootMessage[]): number | null {
  const activity = messages.findLast(({ message_type: type }) => type === messageTypes.activity);
  return activity === undefined ? null : activity.created_at * 1_000;
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

/** Of the survey that Chatwoot sends with a resolved conversation: one to five. */
export function ratingIn(messages: readonly ChatwootMessage[]): Rating | null {
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
