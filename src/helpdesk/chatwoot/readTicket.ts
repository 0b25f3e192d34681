/** Chatwoot's conversation and its messages, in the words every desk shares. */
import type { Author, Rating } from '../../core/ticket/ticket';
import { textOfHtml } from '../comments/commentHtml';
import { readToEnd } from '../api/pages';
import { attachmentAt, ratingOfFive } from '../stepwise/reading';
import type { Said, ThreadReading, TicketFacts } from '../stepwise/threadDesk';
import type { ChatwootAccount } from './http';
import { conversationAnswer, messagesAnswer, type Conversation, type Message } from './schemas';
import { title } from './ticketId';
import { priorityOf, statusOf, ticketChannel } from './words';

const messageTypes = { incoming: 0, outgoing: 1, activity: 2 } as const;
const perPage = 100;
/** Ids are handed out before what has them can be seen: one of the last may come up below others. */
const overlap = 5;

export function readingOf({ ofTicket, pathOf }: ChatwootAccount): ThreadReading<Conversation, Message> {
  return {
    readTicket: (ticketId, call) => ofTicket.get(pathOf(ticketId), conversationAnswer, call),
    /** In pages of a hundred, those behind an id: app/finders/message_finder.rb */
    readMessages: (ticketId, known, call) =>
      readToEnd(title, known, async (from) => {
        const after = from ?? known.at(-overlap)?.id ?? '0';
        const { payload: items } = await ofTicket.get(`${pathOf(ticketId)}/messages`, messagesAnswer, call, {
          after,
        });
        return { items, next: items.length < perPage ? null : (items.at(-overlap)?.id ?? null) };
      }),
    ...{ factsOf, saidIn, ratingOf },
    /** The desk tells that something was done, and what in its own language: it may have been the status. */
    statusSetAt: ({ messages }) => {
      const done = messages.findLast(({ message_type: type }) => type === messageTypes.activity);
      return done === undefined ? null : Date.parse(done.created_at);
    },
  };
}

function factsOf(conversation: Conversation): TicketFacts {
  const { sender, channel: inbox, team, hmac_verified: verified, ...meta } = conversation.meta;
  const channel = ticketChannel(inbox);
  // Chatwoot's own bots take nobody's place.
  const isPersons = (meta.assignee_type ?? 'User') === 'User';
  return {
    // On a website anybody may type any address; the shop can vouch for it (identity validation).
    requester: { ...sender, trusted: channel === 'email' || verified === true },
    assigneeId: isPersons ? (meta.assignee?.id ?? null) : null,
    groupId: team?.id ?? null,
    status: statusOf(conversation),
    priority: priorityOf(conversation.priority),
    tags: conversation.labels,
    subject: conversation.additional_attributes?.mail_subject ?? '',
    channel,
    stamp: conversation.updated_at ?? conversation.last_activity_at,
    custom: conversation.custom_attributes ?? {},
  };
}

/** Null: an activity, which tells what was done. */
function saidIn(message: Message, conversation: Conversation, ownUserId: string): Said | null {
  const { id, content, created_at: at, content_attributes: more, message_type: type, sender } = message;
  if (type === messageTypes.activity) return null;
  const author = authorOf(message, conversation, ownUserId);
  const html = type === messageTypes.incoming ? (more?.email?.html_content?.full ?? '') : '';
  return {
    ...{ id, at, public: !message.private, author, authorId: sender?.id ?? '' },
    machineMade: more?.email?.auto_reply === true,
    key: author === 'bot' ? (more?.deskhand_key ?? null) : null,
    // Taken back: no words are left.
    html: more?.deleted === true ? '' : (content ?? ''),
    // The content of a mail lacks what Chatwoot takes for a quotation.
    words: () => (html === '' ? (more?.email?.text_content?.full ?? content ?? '') : textOfHtml(html)),
    attachments: (message.attachments ?? []).flatMap((one) =>
      one === null ? [] : [attachmentAt(one.data_url, one.file_type, one.file_size)],
    ),
    from: more?.email?.from?.[0],
  };
}

function authorOf(
  { message_type: type, sender, content_attributes: more }: Message,
  { meta }: Conversation,
  ownUserId: string,
): Author {
  if (type === messageTypes.incoming) {
    const from = more?.email?.from ?? [];
    const own = meta.sender.email?.toLowerCase() ?? '';
    const isRequester = from.length === 0 ? sender?.id === meta.sender.id : from.includes(own);
    return isRequester ? 'requester' : 'third-party';
  }
  if (type !== messageTypes.outgoing) return 'system';
  // Whoever else speaks for the shop, another bot included, is not to be spoken over. Automations have no sender.
  if (!sender) return more?.external_echo === true ? 'agent' : 'system';
  return sender.type === 'user' && sender.id === ownUserId ? 'bot' : 'agent';
}

/** Of the survey that Chatwoot sends with a resolved conversation. */
function ratingOf(_conversation: Conversation, messages: readonly Message[]): Rating | null {
  const rated = messages.findLast(({ content_type: type }) => type === 'input_csat');
  const survey = rated?.content_attributes?.submitted_values?.csat_survey_response;
  if (rated === undefined || !survey) return null;
  return ratingOfFive(`${rated.id}-${survey.rating}`, survey.rating, survey.feedback_message);
}
