/**
 * How Chatwoot is written to: a message and each of the conversation's fields are requests of their own, and nothing
 * depends on what was read. In which order, src/helpdesk/stepwise says; what is left, docs/chatwoot.md.
 */
import { z } from 'zod';
import { parseKey } from '../../core/businessKeys';
import { compareIds } from '../../core/ticket/ticket';
import type { OutgoingComment } from '../../core/ticket/update';
import { RemoteFailure } from '../../remote/failures';
import { withoutPlaceholders } from '../commentHtml';
import type { CallContext } from '../port';
import type { FieldChanges, StepwiseDesk, WrittenComment } from '../stepwise/stepwiseDesk';
import { deskName } from './http';
import { lookAgain, readView, type ChatwootView, type Reading } from './readTicket';
import { writtenAnswer } from './schemas';
import { priorityParam, statusParams } from './words';

/** app/models/message.rb */
const longestContent = 150_000;
const cutMark = '\n\n[Cut here: the note was longer than the desk keeps.]';

export function stepwiseChatwoot(reading: Reading, settleMs: number): StepwiseDesk<ChatwootView> {
  const { directory } = reading;
  return {
    ...{ ...directory, name: deskName, settleMs },
    readView: (ticketId, call) => readView(reading, ticketId, call),
    lookAgain: (view, call) => lookAgain(reading, view, call),
    setFields: (view, changes, call) => setFields(reading, view, changes, call),
    writeComment: (view, key, comment, call) => writeComment(reading, view, key, comment, call),
    findWritten,
    // It tells that something was done, not what: then it may have been the status.
    statusSetAt: ({ lastActivityAt }) => Promise.resolve(lastActivityAt),
    shownField: ({ conversation }, { id }) => conversation.custom_attributes?.[id] ?? null,
  };
}

/** The status first: what follows leaves a trace that passes for a person's. A request for each field. */
async function setFields(
  { request, pathOf }: Reading,
  view: ChatwootView,
  changes: FieldChanges,
  call: CallContext,
): Promise<ChatwootView> {
  const { status, priority, tags, custom, groupId } = changes;
  const send = (method: 'POST' | 'PATCH', path: string, body: unknown) =>
    request({ method, path, body, answer: z.unknown(), about: 'ticket' }, call);
  const path = pathOf(view.ticketId);
  const post = (what: string, body: unknown) => send('POST', `${path}/${what}`, body);
  // A time of waking stays where it was unless the conversation opens.
  const isWoken = status === 'pending' && view.status === 'hold';
  // An agent who opens a conversation has it from then on; an administrator does not.
  const isTaken = (status === 'open' || isWoken) && view.ownRole === 'agent';
  const assigneeId = changes.assigneeId === undefined && isTaken ? view.assigneeId : changes.assigneeId;
  if (status !== undefined) {
    if (isWoken) await post('toggle_status', { status: 'open' });
    await post('toggle_status', statusParams(status, Date.now()));
  }
  if (priority !== undefined) await send('PATCH', path, { priority: priorityParam(priority) });
  if (tags !== undefined) await post('labels', { labels: tags });
  const attributes = {
    ...view.conversation.custom_attributes,
    ...Object.fromEntries((custom ?? []).map(({ field, value }) => [field.id, value])),
  };
  // They replace all there are.
  if (custom !== undefined) await post('custom_attributes', { custom_attributes: attributes });
  // Before the team, which then chooses one of its own; an agent who is named comes after it.
  if (assigneeId === null) await post('assignments', { assignee_id: null });
  if (groupId !== undefined) await post('assignments', { team_id: Number(groupId) });
  if (assigneeId) await post('assignments', { assignee_id: Number(assigneeId) });
  return {
    ...view,
    ...(status === undefined ? {} : { status }),
    ...(priority === undefined ? {} : { priority }),
    ...(tags === undefined ? {} : { tags }),
    ...(groupId === undefined ? {} : { groupId }),
    ...(assigneeId === undefined ? {} : { assigneeId }),
    conversation: { ...view.conversation, custom_attributes: attributes },
  };
}

/**
 * The key travels in `content_attributes`, which Chatwoot keeps and shows again. `source_id` would be kept, too, but a
 * message that has one is never sent to the customer; `echo_id` is forgotten at once.
 */
async function writeComment(
  { request, pathOf }: Reading,
  view: ChatwootView,
  key: string,
  comment: OutgoingComment,
  call: CallContext,
): Promise<WrittenComment> {
  if (comment.public && view.conversation.can_reply === false) {
    throw new RemoteFailure(
      'rejected',
      `${deskName} can send nothing in this conversation: the time in which its channel takes an answer is over`,
      { retryable: false },
    );
  }
  const content = contentOf(comment);
  const { body: written } = await request(
    {
      method: 'POST',
      path: `${pathOf(view.ticketId)}/messages`,
      body: {
        ...{ content, message_type: 'outgoing', private: !comment.public },
        content_attributes: { deskhand_key: key },
      },
      answer: writtenAnswer,
      about: 'ticket',
    },
    call,
  );
  const at = new Date(written.created_at * 1_000).toISOString();
  return {
    id: written.id,
    at,
    author: 'bot',
    public: comment.public,
    machineMade: false,
    key,
    html: content,
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

/**
 * Where the key is gone it is told by its words (an older Chatwoot keeps no `content_attributes`), or by having none left:
 * a reply that an agent took back is not sent again.
 */
function findWritten(
  comments: readonly WrittenComment[],
  key: string,
  comment: OutgoingComment | null,
): WrittenComment | undefined {
  const ours = comments.filter(({ author }) => author === 'bot');
  const marked = ours.find((one) => one.key === key);
  if (marked !== undefined) return marked;
  const parsed = parseKey(key);
  const about =
    parsed !== null && 'about' in parsed && /^\d+$/.test(parsed.about ?? '') ? parsed.about : null;
  const letters = comment === null ? null : lettersOf(contentOf(comment));
  return ours.find((one) => {
    if (one.key !== null || one.public !== (comment?.public ?? true)) return false;
    if (about !== null && compareIds(one.id, about) <= 0) return false;
    const isTakenBack = about !== null && one.public && one.html === '';
    return isTakenBack || (letters === null ? about !== null : lettersOf(one.html) === letters);
  });
}

function lettersOf(text: string): string {
  return text.normalize('NFC').replaceAll(/[\s\p{Cf}]+/gu, '');
}
