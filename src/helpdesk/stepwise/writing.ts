/** The requests that write, and what becomes of one whose answer is lost. */
import type { OutgoingComment, TicketUpdate, UpdateGuard } from '../../core/ticket/update';
import { RemoteFailure } from '../../remote/failures';
import { unprovenLoss } from '../api/missingTicket';
import type { CallContext } from '../port';
import type { FieldChanges, StepwiseDesk, ViewedTicket, WrittenComment } from './stepwiseDesk';

export interface Writing<V extends ViewedTicket> {
  readonly desk: StepwiseDesk<V>;
  readonly ticketId: string;
  readonly updates: readonly TicketUpdate[];
  readonly guard: UpdateGuard;
  readonly call: CallContext;
}

/** @throws RemoteFailure also where the ticket is gone, `unavailable`. */
export async function readFields<V extends ViewedTicket>({ desk, call }: Writing<V>, view: V): Promise<V> {
  try {
    return await desk.readFields(view, call);
  } catch (error) {
    throw unprovenLoss(error);
  }
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

/** What was sent and not refused may be applied yet. */
async function withTimeToSettle<T>(
  { settleMs }: { readonly settleMs: number },
  asked: Promise<T>,
): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof RemoteFailure) || error.kind === 'ticket-not-found') throw unprovenLoss(error);
    const { kind, message, status, retryAfterMs } = error;
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
