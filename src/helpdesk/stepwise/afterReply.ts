/**
 * What a reply may have met on its way, since the desk writes it whatever was written a moment before: an agent's
 * words, a customer's, itself. It is found by reading once more, and is the same for every attempt that looks.
 */
import { assertNever } from '../../core/failure';
import {
  restingStatuses,
  type OutgoingComment,
  type TicketUpdate,
  type UpdateGuard,
} from '../../core/ticket/update';
import { compareIds, isCustomerComment } from '../../core/ticket/ticket';
import { newerThan } from '../updateGuard';
import type { FieldChanges, ViewedTicket, WrittenComment } from './stepwiseDesk';
import { setFields, withComment, writeComment, type Writing } from './writing';

/** No request, but where somebody else wrote at the same moment. @param view - read after the reply was written. */
export async function afterReply<V extends ViewedTicket>(
  writing: Writing<V>,
  update: TicketUpdate,
  view: V,
  reply: WrittenComment,
): Promise<V> {
  const mustOpen = isSetAside(view, update) && hasCustomerSince(view, reply);
  // Their words had opened the ticket, and our status has put it aside again: nobody would answer them.
  const opened = mustOpen ? await setFields(writing, { status: 'open' }, view) : view;
  const met = describeMeeting(writing.desk.name, writing.guard, opened, reply);
  const key = `${update.key}/met`;
  if (met === null || writing.desk.findWritten(opened.comments, key, met) !== undefined) return opened;
  return withComment(opened, await writeComment(writing, key, met, opened));
}

/**
 * The fields that still belong to a reply of an earlier attempt. What may be somebody's later decision stays: a status
 * that was set after it, or within its second to another than the turn knew; the group and assignee of a ticket that
 * somebody has taken.
 */
export async function fieldsAfterReply<V extends ViewedTicket>(
  { desk, call, guard }: Writing<V>,
  view: V,
  reply: WrittenComment,
  { status, groupId, assigneeId, ...rest }: FieldChanges,
): Promise<FieldChanges> {
  const isTaken = ![null, view.ownUserId].includes(view.assigneeId);
  const takes = isTaken
    ? {}
    : {
        ...(groupId === undefined ? {} : { groupId }),
        ...(assigneeId === undefined ? {} : { assigneeId }),
      };
  if (status === undefined || hasCustomerSince(view, reply)) return { ...takes, ...rest };
  const setAt = await desk.statusSetAt(view, call);
  const isLater = setAt !== null && isAfter(setAt, reply, view.status, guard);
  return { ...takes, ...rest, ...(isLater ? {} : { status }) };
}

/** Some desks tell whole seconds: within one, a status that the turn did not know was set by somebody else. */
function isAfter(
  setAt: number,
  { at }: WrittenComment,
  status: ViewedTicket['status'],
  guard: UpdateGuard,
): boolean {
  const repliedAt = Date.parse(at);
  if (setAt > repliedAt) return true;
  const isSameSecond = setAt >= Math.floor(repliedAt / 1_000) * 1_000;
  return (
    isSameSecond &&
    guard.kind === 'unchanged-conversation' &&
    ![undefined, status].includes(guard.knownStatus)
  );
}

function isSetAside(view: ViewedTicket, { status }: TicketUpdate): boolean {
  return status !== null && restingStatuses.includes(status) && view.status === status;
}

function hasCustomerSince({ comments }: ViewedTicket, reply: WrittenComment): boolean {
  return comments.some((one) => isCustomerComment(one) && compareIds(one.id, reply.id) > 0);
}

/** Null: it met nobody. */
function describeMeeting(
  deskName: string,
  guard: UpdateGuard,
  { comments }: ViewedTicket,
  reply: WrittenComment,
): OutgoingComment | null {
  const crossed = agentWords(guard, comments).some(({ id }) => compareIds(id, reply.id) < 0);
  const twice = comments.some(({ id, key }) => key !== null && key === reply.key && id !== reply.id);
  const lines = [
    ...(crossed
      ? [
          'An agent wrote while this reply was on its way; it was made without their words. Please see whether both fit.',
        ]
      : []),
    ...(twice
      ? [`This reply is on the ticket twice: ${deskName} carried out a request late that had broken off.`]
      : []),
  ];
  return lines.length === 0 ? null : { public: false, text: lines.join('\n'), html: null };
}

/** What agents wrote that the reply cannot have known, and that the guard would have stopped it for. */
function agentWords(guard: UpdateGuard, comments: readonly WrittenComment[]): readonly WrittenComment[] {
  switch (guard.kind) {
    case 'any':
      return [];
    case 'no-newer-message':
      return guard.knownAgentReplyId === undefined
        ? []
        : newerThan(comments, guard.knownAgentReplyId).filter((one) => one.author === 'agent' && one.public);
    case 'unchanged-conversation':
      return newerThan(comments, guard.knownAgentCommentId).filter(({ author }) => author === 'agent');
    default:
      return assertNever(guard);
  }
}
