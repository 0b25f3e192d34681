/** From the desk's ticket to what a turn needs of it: comments read, everything that is not needed left behind. */
import { earlierWords } from '../src/classify/reading/earlierWords';
import { isForPerson, isRobotAddress, machineByHeader } from '../src/classify/reading/machineMail';
import { readComment, type CommentToRead } from '../src/classify/reading/readComment';
import { isPublicAnswer, type TicketComment, type TicketSnapshot } from '../src/core/ticket/ticket';
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
    .map((comment, index) => ({ comment, index }))
    .toReversed()
    .map(({ comment, index }) => {
      const read = readDeskComment(ticket, comment, { isOpen: index > answered, before: index });
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
function readDeskComment(
  ticket: DeskTicket,
  comment: DeskComment,
  { isOpen, before }: { readonly isOpen: boolean; readonly before: number },
): TicketComment {
  const { body, machineMade, sentFrom = null, mail, ...rest } = comment;
  if (comment.author !== 'requester' && comment.author !== 'third-party') {
    return { ...rest, text: null, cut: false, reading: null };
  }
  const header = machineByHeader(mail);
  const sender = comment.author === 'requester' ? ticket.requester.email : sentFrom;
  const byRobot = header === 'sends' || isRobotAddress(sender);
  const read = readComment({
    body,
    machineMade: machineMade || byRobot || header !== null,
    deliveryReport: mail?.deliveryReport === true,
    attachments: comment.attachments,
    subject: ticket.subject,
    fromAgentRequester: ticket.requester.role === 'agent',
    requester: ticket.requester,
    earlier: wordsBefore(ticket.comments.slice(0, before)),
  });
  const { cut, reading } = read;
  const forPerson = reading === 'auto-reply' && isOpen && isForPerson(read.text, byRobot);
  return { ...rest, text: isOpen ? read.text : null, cut, reading, ...(forPerson ? { forPerson } : {}) };
}

/** What the customer has seen. */
function wordsBefore(comments: readonly DeskComment[]): NonNullable<CommentToRead['earlier']> {
  const shown = comments.filter((comment) => comment.public);
  const bodies = (of: readonly DeskComment[]): readonly string[] => of.map(({ body }) => body);
  return {
    shop: earlierWords(bodies(shown.filter(isPublicAnswer))),
    all: earlierWords(bodies(shown)),
  };
}
