/** The two requests that write to a ticket, and what becomes of one whose answer is lost. */
import type { OutgoingComment, TicketUpdate, UpdateGuard } from '../../core/ticket/update';
import { RemoteFailure } from '../../remote/failures';
import type { CallContext } from '../port';
import { markedHtml } from './businessKeyMark';
import type { TicketFields } from './changedFields';
import type { Reading } from './readTicket';
import { ticketAnswer, writtenAnswer } from './schemas';
import { ticketPath } from './ticketPath';
import type { TicketView, WrittenComment } from './ticketView';

export interface Writing extends Reading {
  readonly ticketId: string;
  readonly updates: readonly TicketUpdate[];
  readonly guard: UpdateGuard;
  readonly call: CallContext;
  /** How long a request whose answer was lost may take to be applied, in milliseconds. */
  readonly settleMs: number;
}

export async function put(writing: Writing, fields: TicketFields, view: TicketView): Promise<TicketView> {
  const { body: ticket } = await withTimeToSettle(
    writing,
    writing.request(
      {
        method: 'PUT',
        path: ticketPath(writing.ticketId),
        body: fields,
        answer: ticketAnswer,
        about: 'ticket',
      },
      writing.call,
    ),
  );
  return { ...view, ticket };
}

export async function post(writing: Writing, key: string, comment: OutgoingComment): Promise<WrittenComment> {
  const html = markedHtml(comment, key);
  const { body: written } = await withTimeToSettle(
    writing,
    writing.request(
      {
        method: 'POST',
        path: `${ticketPath(writing.ticketId)}/${comment.public ? 'reply' : 'notes'}`,
        body: { body: html, ...(comment.public ? {} : { private: true }) },
        answer: writtenAnswer,
        about: 'ticket',
      },
      writing.call,
    ),
  );
  const { id, created_at: at } = written;
  return { id, at, author: 'bot', public: comment.public, machineMade: false, key, html };
}

export function withComment(view: TicketView, comment: WrittenComment): TicketView {
  return { ...view, comments: [...view.comments, comment] };
}

/**
 * What was sent and not refused may be applied yet. And the ticket was there a moment ago: the next attempt reads it
 * first, and so finds out whether it is gone.
 */
async function withTimeToSettle<T>({ settleMs }: Writing, asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof RemoteFailure)) throw error;
    const { kind, message, status, retryAfterMs } = error;
    if (kind === 'ticket-not-found')
      throw new RemoteFailure('unavailable', message, { retryable: true, status });
    const mayCome = kind === 'unavailable' && status !== 503;
    throw mayCome
      ? new RemoteFailure(kind, message, {
          retryable: true,
          status,
          retryAfterMs: Math.max(retryAfterMs ?? 0, settleMs),
        })
      : error;
  }
}
