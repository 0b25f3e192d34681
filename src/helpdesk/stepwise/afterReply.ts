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
 * The fields that still belong to a reply of an earlier attempt. What may be somebody's decision stays: a status that the
 * turn did not know, or that was set after the reply; the group and assignee of a ticket that somebody has taken, or
 * given to a group that the turn did not know.
 */
export async function fieldsAfterReply<V extends ViewedTicket>(
  { desk, call, guard }: Writing<V>,
  view: V,
  reply: WrittenComment,
  { status, groupId, assigneeId, ...rest }: FieldChanges,
): Promise<FieldChanges> {
  const known = guard.kind === 'unchanged-conversation' ? guard : null;
  const isTaken = ![null, view.ownUserId].includes(view.assigneeId);
  // A ticket without a group gets its first one from a rule; and ours may have been set already.
  const isGiven = groupId !== undefined && ![undefined, null, view.groupId].includes(known?.knownGroupId);
  const whose =
    isTaken || isGiven
      ? {}
      : {
          ...(groupId === undefined ? {} : { groupId }),
          ...(assigneeId === undefined ? {} : { assigneeId }),
        };
  if (status === undefined || hasCustomerSince(view, reply)) return { ...whose, ...rest };
  if (![undefined, view.status].includes(known?.knownStatus)) return { ...whose, ...rest };
  const setAt = await desk.statusSetAt(view, call);
  const isLater = setAt !== null && setAt > Date.parse(reply.at);
  return { ...whose, ...rest, ...(isLater ? {} : { status }) };
}

/**
 * The fields of what is under way, on a ticket that somebody may have been at since: their status stays, and so do the
 * group and the assignee that they have given it to. A desk that gives it to whoever answers, gives it to us.
 */
export function fieldsBeside(
  before: ViewedTicket,
  now: ViewedTicket,
  { status, groupId, assigneeId, ...rest }: FieldChanges,
): FieldChanges {
  const isTaken = ![before.assigneeId, now.ownUserId].includes(now.assigneeId);
  const isMoved = isTaken || before.groupId !== now.groupId;
  return {
    ...rest,
    ...(status === undefined || before.status !== now.status ? {} : { status }),
    ...(groupId === undefined || isMoved ? {} : { groupId }),
    ...(assigneeId === undefined || isMoved ? {} : { assigneeId }),
  };
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
