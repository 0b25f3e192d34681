/** The requests that write, and what becomes of one whose answer is lost. */
import type { OutgoingComment, TicketUpdate, UpdateGuard } from '../../core/ticket/update';
import { RemoteFailure } from '../../remote/failures';
import type { CallContext } from '../port';
import type { FieldChanges, StepwiseDesk, ViewedTicket, WrittenComment } from './stepwiseDesk';

export interface Writing<V extends ViewedTicket> {
  readonly desk: StepwiseDesk<V>;
  readonly ticketId: string;
  readonly updates: readonly TicketUpdate[];
  readonly guard: UpdateGuard;
  readonly call: CallContext;
}

export async function setFields<V extends ViewedTicket>(
  { desk, call }: Writing<V>,
  changes: FieldChanges,
  view: V,
): Promise<V> {
  await call.stillCurrent?.();
  return withTimeToSettle(desk, desk.setFields(view, changes, call));
}

export async function writeComment<V extends ViewedTicket>(
  { desk, call }: Writing<V>,
  key: string,
  comment: OutgoingComment,
  view: V,
): Promise<WrittenComment> {
  await call.stillCurrent?.();
  return withTimeToSettle(desk, desk.writeComment(view, key, comment, call));
}

export function withComment<V extends ViewedTicket>(view: V, comment: WrittenComment): V {
  return { ...view, comments: [...view.comments, comment] };
}

/**
 * What was sent and not refused may be applied yet. And the ticket was there a moment ago: the next attempt reads it
 * first, and so finds out whether it is gone.
 */
async function withTimeToSettle<T>(
  { settleMs }: { readonly settleMs: number },
  asked: Promise<T>,
): Promise<T> {
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
