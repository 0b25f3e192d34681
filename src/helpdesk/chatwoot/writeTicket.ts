/**
 * How Chatwoot is written to: a message and each of the conversation's fields are requests of their own, and nothing
 * depends on what was read. In which order, src/helpdesk/stepwise says; what is left, docs/chatwoot.md.
 */
import type { OutgoingComment } from '../../core/ticket/update';
import { withoutPlaceholders } from '../comments/commentHtml';
import { rejected } from '../api/rejected';
import { lettersOf } from '../stepwise/findWritten';
import { givingBack, toGiveBack } from '../stepwise/giveBack';
import type { ThreadWriting } from '../stepwise/threadDesk';
import type { ChatwootAccount } from './http';
import { doneAnswer, writtenAnswer, type Conversation, type Message } from './schemas';
import { title } from './ticketId';
import { priorityParam, statusParams } from './words';

/** app/models/message.rb */
const longestContent = 150_000;
const cutMark = '\n\n[Cut here: the note was longer than the desk keeps.]';

export function writingOf({ ofTicket, pathOf }: ChatwootAccount): ThreadWriting<Conversation, Message> {
  return {
    /** The status first: what follows leaves a trace that passes for a person's. A request for each field. */
    setFields: async (thread, changes, call) => {
      const { status, priority, tags, groupId } = changes;
      const path = pathOf(thread.ticketId);
      const post = (what: string, body: unknown) =>
        ofTicket.send('POST', `${path}/${what}`, body, doneAnswer, call);
      // A time of waking stays where it was unless the conversation opens.
      const isWoken = status === 'pending' && thread.status === 'hold';
      // An agent who opens a conversation has it from then on; an administrator does not.
      const isTaken = (status === 'open' || isWoken) && thread.me.role === 'agent';
      const { assigneeId, before, after } = givingBack(thread, changes, isTaken);
      // They replace all there are.
      const keep = (all: object | null) => all && post('custom_attributes', { custom_attributes: all });
      await keep(before);
      if (isWoken) await post('toggle_status', { status: 'open' });
      if (status !== undefined) await post('toggle_status', statusParams(status, Date.now()));
      const important = priority && { priority: priorityParam(priority) };
      if (important) await ofTicket.send('PATCH', path, important, doneAnswer, call);
      if (tags !== undefined) await post('labels', { labels: tags });
      // Before the team, which then chooses one of its own; an agent who is named comes after it.
      if (assigneeId === null) await post('assignments', { assignee_id: null });
      if (groupId !== undefined) await post('assignments', { team_id: Number(groupId) });
      if (assigneeId) await post('assignments', { assignee_id: Number(assigneeId) });
      await keep(after);
      return assigneeId === undefined ? {} : { assigneeId };
    },
    toGiveBack,
    /**
     * The key travels in `content_attributes`, which Chatwoot keeps and shows again. `source_id` would be kept, too, but a
     * message that has one is never sent to the customer; `echo_id` is forgotten at once.
     */
    write: async ({ ticketId, ticket }, key, comment, call) => {
      if (comment.public && ticket.can_reply === false) {
        throw rejected(`${title} sends nothing: the time in which its channel takes an answer is over`);
      }
      const message = {
        ...{ content: contentOf(comment), message_type: 'outgoing', private: !comment.public },
        content_attributes: { deskhand_key: key },
      };
      const path = `${pathOf(ticketId)}/messages`;
      const { id, created_at: at } = await ofTicket.send('POST', path, message, writtenAnswer, call);
      return { id, at };
    },
    /** An older Chatwoot keeps no `content_attributes`, and so no key. */
    saysTheSame: (content, comment) => lettersOf(content) === lettersOf(contentOf(comment)),
  };
}

/**
 * Liquid is expanded in what is sent (app/models/concerns/liquidable.rb), and a note that mentions an agent calls them
 * (mention://user/1): a customer's words in a quotation must do neither.
 */
function contentOf({ text, public: isPublic }: OutgoingComment): string {
  const content = withoutPlaceholders(text).replaceAll('mention://', 'mention:\u2060//');
  if (isPublic || content.length <= longestContent) return content;
  // Not within a character.
  return content.slice(0, longestContent - cutMark.length).replace(/[\ud800-\udbff]$/, '') + cutMark;
}
