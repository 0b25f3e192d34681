/** Giving a ticket to people, and making sure that somebody takes it. */
import { changed } from '../changed';
import { handOffId, handOffKey, rungKey } from '../businessKeys';
import { dropQuestions } from '../conversation/dialogue';
import { earlierNoted, withAgreed, withEarlier } from '../conversation/earlier';
import { handOffNote } from './handOffNote';
import { businessTimeBetween } from '../hours/businessTime';
import { rungAt } from './ladder';
import { tellEscalated, tellHandedOff } from '../notices/tellPeople';
import type { HandOffReason } from '../policy/plan';
import { waitsAtLeastMs } from '../spans';
import { deadlineAfter, enqueue, tell } from '../stateChanges';
import type { Deadline, HandOff, TicketState, Turn } from '../state';
import { internalNote, plainUpdate, type TicketChange } from '../ticket/update';
import { countedHandOff, handOffUpdate, withHandOff } from '../turn/planUpdates';

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
  // None where older code has written it.
  const counted = countedHandOff(state, commentIds.at(-1) ?? null);
  return changed(told, {
    stage: 'handed-off',
    dialogue: dropQuestions(told.dialogue),
    approval: null,
    heldTurn: null,
    silence: null,
    released: null,
    takenOver: false,
    handedOver: owedWith(state, commentIds),
    handOff: {
      ...handOff,
      ...(counted.count === 0 ? {} : { id: handOffId(counted) }),
      since: now,
      knownAgentCommentId: state.lastKnown.agentCommentId,
      level: 0,
    },
    deadline: deadlineAfter(state, now, rungAt(state.settings, 0), 'pick-up'),
  });
}

const owedAtMost = 100;

/** What had been given to people before is not settled by giving them more. */
export function owedWith({ handedOver }: TicketState, commentIds: readonly string[]): readonly string[] {
  return [...new Set([...handedOver, ...commentIds])].slice(-owedAtMost);
}

interface SilentlyMore {
  readonly note: string;
  /** What the messages are about, where that is known: the mode of each may forbid it. */
  readonly intents?: readonly string[];
  /** Absent: of the reason, and of what it is about. */
  readonly key?: string;
  readonly change?: Partial<Pick<TicketChange, 'addTags' | 'group' | 'priority' | 'onlyRaises'>>;
}

/** Hands over without a word to the customer: for tickets that must not or cannot be answered. */
export function handOffSilently(
  state: TicketState,
  now: number,
  { note, intents = [], key, change = {}, ...handOff }: HandingOver & SilentlyMore,
): TicketState {
  const group = change.group ?? state.settings.handOffGroup;
  const about = handOff.commentIds.at(-1) ?? null;
  const counted = withHandOff(changed(state, { turn: null }), about);
  const waiting = awaitPickUp(counted, now, { ...handOff, group });
  const handed = enqueue(earlierNoted(waiting), {
    type: 'update-ticket',
    purpose: 'hand-off',
    ref: state.ref,
    guard: { kind: 'any' },
    updates: [
      withAgreed(
        handOffUpdate(
          key ?? handOffKey(state.ref, handOff.reason, countedHandOff(counted, about)),
          handOffNote(withEarlier(note, state), handOff.reason, state),
          { ...change, group },
        ),
        changed(state, { orderActions: [] }),
      ),
    ],
    within: { strictest: 'draft', intents },
  });
  return tellHandedOff(handed);
}

interface BrokenPromise {
  /** A sentence for agents. */
  readonly why: string;
  readonly tag: string;
}

/**
 * Nobody picked the ticket up in time: one rung further. `turn` is the abandoned turn whose last step is still
 * under way, if there is one. `promise`: what was promised to the customer wants people, before the rung is due.
 */
export function climb(
  state: TicketState,
  now: number,
  askedBy: string | null = null,
  turn: Turn | null = null,
  promise: BrokenPromise | null = null,
): TicketState {
  const { handOff } = state;
  if (handOff === null) return state;
  const { rung } = rungAt(state.settings, handOff.level);
  const level = handOff.level + 1;
  const isEarly = askedBy !== null || promise !== null;
  const asked = (handOff.asked ?? 0) + (isEarly ? 1 : 0);
  const next = deadlineAfter(state, now, rungAt(state.settings, level, asked), 'pick-up');
  // Whoever asks again wants people sooner: what is due at the top of the ladder stands.
  const isAtTop = isEarly && level > state.settings.ladder.length;
  const climbed = tell(
    state,
    now,
    'escalated',
    `Escalated to rung ${level} (${rung.priority})${askedBy === null ? '' : ` by ${askedBy}`}`,
  );
  const waiting = changed(climbed, {
    stage: 'escalated',
    turn,
    // At least; the write tells, which knows what the ticket has.
    priority: rung.priority,
    handOff: { ...handOff, level, asked, group: rung.group ?? handOff.group },
    deadline: isAtTop ? earliest(next, state.deadline) : next,
  });
  const waited = waitedText(state, handOff, now);
  const why = askedBy === null ? `Nobody has picked this ticket up for ${waited}` : `Escalated by ${askedBy}`;
  const wanted = promise === null ? why : `${promise.why} ${why}`;
  // People first: the desk may be what is down.
  const told = tellEscalated(waiting, handOff, level, askedBy === null ? waited : null, promise?.why);
  return enqueue(told, {
    type: 'update-ticket',
    purpose: 'escalate',
    ref: state.ref,
    guard: { kind: 'any' },
    updates: [
      plainUpdate(rungKey(state.ref, handOff.id ?? String(handOff.since), level), {
        comment: internalNote(`${wanted} (${handOff.reason}). Please take it.`),
        addTags: promise === null ? [rung.tag] : [rung.tag, promise.tag],
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
 * @param more.news - who has written since the last look (src/core/people/whoWrote.ts); null: nobody.
 * @param more.noLaterThan - when it was due before, if the customer waits since then.
 */
export function personHasIt(
  state: TicketState,
  now: number,
  why: string,
  {
    turn = null,
    isWaitedFor,
    noLaterThan = null,
    news = null,
  }: {
    readonly turn?: Turn | null;
    readonly isWaitedFor: boolean;
    readonly news?: string | null;
    readonly noLaterThan?: Deadline | null;
  },
): TicketState {
  const told =
    state.stage !== 'with-person'
      ? tell(state, now, 'person', `A person has the ticket: ${why}`)
      : news === null
        ? state
        : tell(state, now, 'message', `${news}; a person has the ticket`);
  const personCheckMs = Math.max(state.settings.personCheckMs, waitsAtLeastMs);
  const check: Deadline = { at: now + personCheckMs, reason: 'person-check' };
  const rung = deadlineAfter(state, now, rungAt(state.settings, 0), 'person-check');
  // By the clock it would come on a day on which nobody works.
  const soon = rung.counted === undefined ? earliest(rung, check) : rung;
  return changed(told, {
    stage: 'with-person',
    turn,
    dialogue: dropQuestions(told.dialogue),
    approval: null,
    heldTurn: null,
    handOff: null,
    silence: null,
    deadline: isWaitedFor ? earliest(soon, noLaterThan) : check,
  });
}

function earliest(one: Deadline, other: Deadline | null): Deadline {
  return other !== null && other.at < one.at ? other : one;
}

/** In the time in which the rung was counted. */
function waitedText({ settings }: TicketState, { since, level }: HandOff, now: number): string {
  const { rung } = rungAt(settings, level);
  const minutes = (ms: number) => `${Math.round(ms / 60_000)} minutes`;
  const byClock = minutes(now - since);
  if (rung.countedIn === undefined || settings.hours === undefined) return byClock;
  const openMs = businessTimeBetween(settings.hours, since, now);
  // Called out of hours, for what was promised by the clock.
  return openMs < 60_000 ? `${byClock}, out of business hours` : `${minutes(openMs)} of business hours`;
}
