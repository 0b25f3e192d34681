/** From the desk's ticket to what a turn needs of it: comments read, everything that is not needed left behind. */
import type { DeskComment, DeskTicket } from '../src/helpdesk/port';
import { readComment } from '../src/classify/reading/readComment';
import type { TicketComment, TicketSnapshot } from '../src/core/ticket';

export function snapshotOf(ticket: DeskTicket): TicketSnapshot {
  const answered = ticket.comments.findLastIndex((comment) => comment.public && comment.author === 'agent');
  return {
    ...ticket,
    comments: ticket.comments.map((comment, index) => readDeskComment(ticket, comment, index > answered)),
  };
}

/** Words that an agent has answered already stay out of the workflow's history. */
function readDeskComment(ticket: DeskTicket, comment: DeskComment, isOpen: boolean): TicketComment {
  const { body, machineMade, ...rest } = comment;
  if (comment.author !== 'requester' && comment.author !== 'third-party') {
    return { ...rest, text: null, cut: false, reading: null };
  }
  const read = readComment({
    body,
    machineMade,
    attachments: comment.attachments,
    subject: ticket.subject,
    fromAgentRequester: ticket.requester.role === 'agent',
  });
  return { ...rest, text: isOpen ? read.text : null, cut: read.cut, reading: read.reading };
}
