/** Giving a ticket to people, and making sure that somebody takes it. */
import { handOffKey, rungKey } from './businessKeys';
import { dropQuestions } from './dialogue';
import { rungAt } from './ladder';
import type { HandOffReason } from './plan';
import { waitsAtLeastMs } from './spans';
import { enqueue, tell, waitUntil } from './stateChanges';
import type { TicketState, Turn } from './state';
import { plainUpdate } from './update';
import { handOffUpdate } from './planUpdates';

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
      silence: null,
      released: null,
      takenOver: false,
      handedOver: owedWith(state, commentIds),
      handOff: { ...handOff, since: now, knownAgentCommentId: state.lastKnown.agentCommentId, level: 0 },
    },
    now + rungAt(state.settings, 0).afterMs,
    'pick-up',
  );
}

const owedAtMost = 100;

/** What had been given to people before is not settled by giving them more. */
export function owedWith({ handedOver }: TicketState, commentIds: readonly string[]): readonly string[] {
  return [...new Set([...handedOver, ...commentIds])].slice(-owedAtMost);
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
      handOffUpdate(handOffKey(state.ref, handOff.commentIds.at(-1) ?? null, handOff.reason, now), note, {
        group,
      }),
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
  const asked = (handOff.asked ?? 0) + (askedBy === null ? 0 : 1);
  const next = now + rungAt(state.settings, level, asked).afterMs;
  // Whoever asks again wants people sooner: what is due at the top of the ladder stands.
  const isAtTop = askedBy !== null && level > state.settings.ladder.length;
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
      // At least; the write tells, which knows what the ticket has.
      priority: rung.priority,
      handOff: { ...handOff, level, asked, group: rung.group ?? handOff.group },
    },
    isAtTop ? Math.min(next, state.deadline?.at ?? next) : next,
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
      plainUpdate(rungKey(state.ref, handOff.since, level), {
        comment: {
          public: false,
          text: `${why} (${handOff.reason}). Please take it.`,
          html: null,
        },
        addTags: [rung.tag],
        priority: rung.priority,
        onlyRaises: true,
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
 * @param more.noLaterThan - when it was due before, if the customer waits since then; epoch milliseconds.
 */
export function personHasIt(
  state: TicketState,
  now: number,
  why: string,
  {
    turn = null,
    isWaitedFor,
    noLaterThan = null,
  }: {
    readonly turn?: Turn | null;
    readonly isWaitedFor: boolean;
    readonly noLaterThan?: number | null;
  },
): TicketState {
  const known = state.stage === 'with-person';
  const told = known ? state : tell(state, now, 'person', `A person has the ticket: ${why}`);
  const personCheckMs = Math.max(state.settings.personCheckMs, waitsAtLeastMs);
  const soon = now + Math.min(rungAt(state.settings, 0).afterMs, personCheckMs);
  return waitUntil(
    {
      ...told,
      stage: 'with-person',
      turn,
      dialogue: dropQuestions(told.dialogue),
      approval: null,
      heldTurn: null,
      handOff: null,
      silence: null,
    },
    isWaitedFor ? Math.min(soon, noLaterThan ?? soon) : now + personCheckMs,
    'person-check',
  );
}
