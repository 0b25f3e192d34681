/**
 * A new run knows nothing of an earlier one: that was terminated or reset, or the database was lost. What had been
 * promised then stands on the ticket, and is taken up again from there.
 */
import { parseKey } from '../businessKeys';
import { changed, changedTurn } from '../changed';
import { assertNever } from '../failure';
import { dealtWithBefore } from './guard';
import type { HandOffReason } from '../policy/plan';
import { rungAt } from '../people/ladder';
import { deadlineAfter, tell } from '../stateChanges';
import { approvalTag } from '../ticket/tags';
import type { KnownRating, TicketState, Turn } from '../state';
import { compareIds, isCustomerComment, type PastEvent, type TicketSnapshot } from '../ticket/ticket';

export interface Recalled {
  readonly state: TicketState;
  readonly turn: Turn;
}

/** A person's matter that nobody is known to have settled. */
interface Standing {
  readonly kind: 'hand-off' | 'draft';
  /** The newest customer comment it is about. */
  readonly upTo: string;
  readonly reason: HandOffReason;
  /** Epoch milliseconds, by the desk's clock. */
  readonly since: number;
  readonly lastAt: number;
  readonly level: number;
  readonly after: string;
}

interface Past {
  /** The newest customer comment that was dealt with; null: none. */
  readonly dealtWith: string | null;
  readonly standing: Standing | null;
  /** Of which people were told. */
  readonly rating: KnownRating | undefined;
}

/** @param past - oldest first; absent where the desk does not tell. */
export function recall(
  state: TicketState,
  turn: Turn,
  snapshot: TicketSnapshot,
  past: readonly PastEvent[] | undefined,
  now: number,
): Recalled {
  const told = new Set((past ?? []).filter(isBusinessKey).map(({ after }) => after));
  const answered = dealtWithBefore(snapshot, told);
  const { dealtWith, standing, rating } = readPast(past ?? [], snapshot, answered);
  const known = changed(state, { handledCommentId: dealtWith, rating });
  if (standing === null || isSettled(standing, snapshot)) return { state: known, turn };
  const handedOver = snapshot.comments
    .filter((comment) => isCustomerComment(comment) && isBetween(comment.id, dealtWith, standing.upTo))
    .map(({ id }) => id);
  const owing = changed(known, {
    handledCommentId: handedOver.at(-1) ?? dealtWith,
    handedOver: [...state.handedOver, ...handedOver],
  });
  // People were called anew, or have given it back, before this first look.
  if (turn.cause === 'hand-back' || state.stage !== 'answering') return { state: owing, turn };
  return standing.kind === 'draft'
    ? { state: changed(owing, { stage: 'with-person' }), turn }
    : handedOffBefore(owing, turn, standing, snapshot, now);
}

function handedOffBefore(
  state: TicketState,
  turn: Turn,
  { reason, since, lastAt, level, after }: Standing,
  snapshot: TicketSnapshot,
  now: number,
): Recalled {
  const agentBefore = snapshot.comments
    .filter(({ author, id }) => author === 'agent' && compareIds(id, after) <= 0)
    .at(-1);
  const told = tell(state, now, 'handed-off', `Handed off before (${reason}), as the ticket shows`);
  const resume = deadlineAfter(state, lastAt, rungAt(state.settings, level), 'pick-up');
  return {
    state: changed(told, {
      stage: level === 0 ? 'handed-off' : 'escalated',
      handOff: {
        reason,
        group: null,
        since,
        knownAgentCommentId: agentBefore?.id ?? null,
        level,
        detail: 'in an earlier run; the note on the ticket says more',
      },
    }),
    turn: changedTurn(turn, { resume }),
  };
}

/** An agent has answered since. A draft that waited for approval is made anew, unless somebody has come since. */
function isSettled({ kind, after }: Standing, snapshot: TicketSnapshot): boolean {
  const since = snapshot.comments.filter(
    (comment) => comment.author === 'agent' && compareIds(comment.id, after) > 0,
  );
  if (since.some((comment) => comment.public)) return true;
  return kind === 'draft' && since.length === 0 && snapshot.tags.includes(approvalTag);
}

function isBusinessKey(event: PastEvent): boolean {
  return event.type === 'written' && parseKey(event.key) !== null;
}

function isBetween(id: string, after: string | null, upTo: string): boolean {
  return compareIds(id, upTo) <= 0 && (after === null || compareIds(id, after) > 0);
}

function readPast(events: readonly PastEvent[], snapshot: TicketSnapshot, answered: string | null): Past {
  return events.reduce<Past>((past, event) => readEvent(past, event, snapshot), {
    dealtWith: answered,
    standing: null,
    rating: undefined,
  });
}

function readEvent(past: Past, event: PastEvent, snapshot: TicketSnapshot): Past {
  if (event.type === 'solved') return dealt(past, newestCustomer(snapshot, event.after));
  const key = parseKey(event.key);
  if (key === null) return past;
  const at = Date.parse(event.at);
  const begins = (kind: Standing['kind'], about: string | null, reason: HandOffReason | null): Past => ({
    ...past,
    standing: {
      kind,
      upTo: isId(about) ? about : (newestCustomer(snapshot, event.after) ?? event.after),
      reason: reason ?? 'policy',
      since: at,
      lastAt: at,
      level: 0,
      after: event.after,
    },
  });
  switch (key.type) {
    case 'close':
      return dealt(past, newestCustomer(snapshot, event.after));
    case 'reply':
    case 'note':
    case 'follow-up':
      return dealt(past, key.about);
    case 'rung':
      return past.standing === null
        ? past
        : { ...past, standing: { ...past.standing, level: key.level, lastAt: at } };
    case 'hand-off':
      return begins('hand-off', key.about, key.reason);
    case 'rating': {
      const told: Past = key.isHandedOff ? begins('hand-off', null, 'bad-rating') : past;
      return { ...told, rating: { id: key.rating, score: 'bad', isHeeded: true } };
    }
    case 'follow-up-ticket':
      return begins('hand-off', null, 'failure');
    case 'draft':
      return past.standing?.kind === 'hand-off' ? past : begins('draft', key.about, null);
    // What they announce follows.
    case 'promise':
    case 'holding':
    case 'beside':
      return past;
    default:
      return assertNever(key);
  }
}

function isId(about: string | null): about is string {
  return about !== null && /^\d+$/.test(about);
}

function dealt({ dealtWith, rating }: Past, upTo: string | null): Past {
  const isFurther = upTo !== null && (dealtWith === null || compareIds(upTo, dealtWith) > 0);
  return { dealtWith: isFurther ? upTo : dealtWith, standing: null, rating };
}

function newestCustomer({ comments }: TicketSnapshot, upTo: string): string | null {
  return (
    comments.filter((comment) => isCustomerComment(comment) && compareIds(comment.id, upTo) <= 0).at(-1)
      ?.id ?? null
  );
}
