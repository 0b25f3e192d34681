/** Giving a ticket to people, and making sure that somebody takes it. */
import { dropQuestions } from './dialogue';
import type { HandOffReason } from './plan';
import { enqueue, tell, waitUntil } from './stateChanges';
import type { TicketState, Turn } from './state';
import { plainUpdate } from './update';
import { businessKey, handOffUpdate, rungAt } from './planUpdates';

interface HandingOver {
  readonly reason: HandOffReason;
  /** One sentence for people, without customer text. */
  readonly detail: string;
  /** The customer comments that people get to answer. */
  readonly commentIds: readonly string[];
}

/** The ticket waits for people from now on; the ladder's first rung is due when nobody has come by then. */
export function awaitPickUp(
  state: TicketState,
  now: number,
  { commentIds, ...handOff }: HandingOver & { readonly group: string | null },
): TicketState {
  const told = tell(state, now, 'handed-off', `Handed off (${handOff.reason}): ${handOff.detail}`);
  return waitUntil(
    {
      ...told,
      stage: 'handed-off',
      dialogue: dropQuestions(told.dialogue),
      approval: null,
      heldTurn: null,
      released: null,
      takenOver: false,
      handedOver: commentIds,
      handOff: { ...handOff, since: now, knownAgentCommentId: state.lastKnown.agentCommentId, level: 0 },
    },
    now + rungAt(state.settings, 0).afterMs,
    'pick-up',
  );
}

/** Hands over without a word to the customer: for tickets that must not or cannot be answered. */
export function handOffSilently(
  state: TicketState,
  now: number,
  { note, ...handOff }: HandingOver & { readonly note: string },
): TicketState {
  const group = state.settings.handOffGroup;
  const waiting = awaitPickUp({ ...state, turn: null }, now, { ...handOff, group });
  return enqueue(waiting, {
    type: 'update-ticket',
    purpose: 'hand-off',
    ref: state.ref,
    guard: { kind: 'any' },
    updates: [
      handOffUpdate(
        // The time tells one hand-off from the next on the same message, in this run or a later one.
        businessKey(state.ref, handOff.commentIds.at(-1) ?? 'ticket', 'hand-off', `-${now}`),
        note,
        { group },
      ),
    ],
  });
}

/**
 * Nobody picked the ticket up in time: one rung further. `turn` is the abandoned turn whose last step is still
 * under way, if there is one.
 */
export function climb(
  state: TicketState,
  now: number,
  askedBy: string | null = null,
  turn: Turn | null = null,
): TicketState {
  const { handOff } = state;
  if (handOff === null) return state;
  const { rung } = rungAt(state.settings, handOff.level);
  const level = handOff.level + 1;
  const climbed = tell(
    state,
    now,
    'escalated',
    `Escalated to rung ${level} (${rung.priority})${askedBy === null ? '' : ` by ${askedBy}`}`,
  );
  const waiting = waitUntil(
    {
      ...climbed,
      stage: 'escalated',
      turn,
      priority: rung.priority,
      handOff: { ...handOff, level, group: rung.group ?? handOff.group },
    },
    now + rungAt(state.settings, level).afterMs,
    'pick-up',
  );
  const minutes = Math.round((now - handOff.since) / 60_000);
  const why =
    askedBy === null ? `Nobody has picked this ticket up for ${minutes} minutes` : `Escalated by ${askedBy}`;
  // People first: the desk may be what is down.
  const told = enqueue(waiting, {
    type: 'notify-people',
    ref: state.ref,
    reason: handOff.reason,
    message: `Ticket ${state.ref.ticketId}: ${why}; escalated to rung ${level}.`,
  });
  return enqueue(told, {
    type: 'update-ticket',
    purpose: 'escalate',
    ref: state.ref,
    guard: { kind: 'any' },
    updates: [
      plainUpdate(businessKey(state.ref, String(handOff.since), `escalate-${level}`), {
        comment: {
          public: false,
          text: `${why} (${handOff.reason}). Please take it.`,
          html: null,
        },
        addTags: [rung.tag],
        priority: rung.priority,
        group: rung.group,
      }),
    ],
  });
}

/**
 * Somebody has the ticket: the clocks of the hand-off stop.
 * @param more.turn - as in `climb`.
 * @param more.isWaitedFor - the customer waits and nobody is assigned: the next look comes as soon as for a hand-off
 *   that is not picked up, so that a note in passing is not mistaken for an answer for long.
 */
export function personHasIt(
  state: TicketState,
  now: number,
  why: string,
  { turn = null, isWaitedFor }: { readonly turn?: Turn | null; readonly isWaitedFor: boolean },
): TicketState {
  const known = state.stage === 'with-person';
  const told = known ? state : tell(state, now, 'person', `A person has the ticket: ${why}`);
  const soon = Math.min(rungAt(state.settings, 0).afterMs, state.settings.personCheckMs);
  return waitUntil(
    {
      ...told,
      stage: 'with-person',
      turn,
      dialogue: dropQuestions(told.dialogue),
      approval: null,
      heldTurn: null,
      handOff: null,
    },
    now + (isWaitedFor ? soon : state.settings.personCheckMs),
    'person-check',
  );
}
