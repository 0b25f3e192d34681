/** From the desk's ticket to what a turn needs of it: comments read, everything that is not needed left behind. */
import { readComment } from '../src/classify/reading/readComment';
import type { TicketComment, TicketSnapshot } from '../src/core/ticket/ticket';
import type { DeskComment, DeskTicket } from '../src/helpdesk/port';

/**
 * Temporal takes payloads of at most 2 MB, and a turn keeps its snapshot together with a plan that quotes it. Counted
 * as JSON; one message of the longest kind fits whatever it is written in.
 */
const wordsAtMostBytes = 160_000;
const attachmentsAtMostBytes = 60_000;
const longestSubject = 1_000;
const longestFileName = 300;

/** A ticket that holds more than the engine takes along is read from its newest comment back. */
export function snapshotOf(ticket: DeskTicket): TicketSnapshot {
  const answered = ticket.comments.findLastIndex((comment) => comment.public && comment.author === 'agent');
  const words = budget(wordsAtMostBytes);
  const files = budget(attachmentsAtMostBytes);
  const comments = ticket.comments
    .map((comment, index) => ({ comment, isOpen: index > answered }))
    .toReversed()
    .map(({ comment, isOpen }) => {
      const read = readDeskComment(ticket, comment, isOpen);
      return {
        ...read,
        ...(read.text === null || words.holds(read.text) ? {} : { text: '', cut: true }),
        attachments: read.attachments
          .map((file) => ({ ...file, name: file.name.slice(0, longestFileName) }))
          .filter((file) => files.holds(file)),
      };
    })
    .toReversed();
  return { ...ticket, subject: ticket.subject.slice(0, longestSubject), comments };
}

/** What comes after the first that does not fit is left out too: nothing is read with holes in it. */
function budget(bytes: number): { readonly holds: (value: unknown) => boolean } {
  let left = bytes;
  return {
    holds: (value) => {
      left -= Buffer.byteLength(JSON.stringify(value));
      return left >= 0;
    },
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
