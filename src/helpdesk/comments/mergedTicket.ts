import { isCustomerComment } from '../../core/ticket/ticket';
import type { DeskTicket } from '../port';

/**
 * A ticket that is done with, of which the desk says, in a comment of the team's side, which one it was merged into. That comment is the
 * desk's word: whoever merged has answered nobody by it.
 *
 * @param notice - finds the other ticket's id, as its first group, in the notice's text.
 */
export function withMerge(ticket: DeskTicket, notice: RegExp): DeskTicket {
  if (ticket.status !== 'closed' && ticket.status !== 'solved') return ticket;
  const words = ticket.comments.findLast(
    (comment) => !isCustomerComment(comment) && notice.test(comment.body.slice(0, longestNotice)),
  );
  const mergedInto = notice.exec(words?.body.slice(0, longestNotice) ?? '')?.[1];
  if (words === undefined || mergedInto === undefined) return ticket;
  const comments = ticket.comments.map((comment) =>
    comment.id === words.id ? { ...comment, author: 'system' as const } : comment,
  );
  return { ...ticket, comments, mergedInto };
}

/** It is one sentence, with a subject in it. */
const longestNotice = 1_000;
