/** A ticket whose mode leaves it to people: nothing is written, and it is looked at again all the same. */
import { changed } from '../changed';
import { dropQuestions } from '../conversation/dialogue';
import { assertNever } from '../failure';
import { isWaitingForPerson, type Verdict } from '../turn/guard';
import { rungAt } from '../people/ladder';
import { isHandsOff, modeWords, type Mode } from './mode';
import { dayMs, waitsAtLeastMs } from '../spans';
import { tell } from '../stateChanges';
import type { Deadline, TicketState, Turn } from '../state';
import type { TicketComment } from '../ticket/ticket';
import { endTurn } from '../turn/turnEnd';

/** What is older was left to people for so long that an answer out of nowhere would surprise everybody. */
const answeredWithinMs = dayMs;

/** What only a mode makes of a ticket. */
export type WatchVerdict =
  /** `would`: what Deskhand would have done; null where that is still to be found out, or nobody wants to know. */
  | {
      readonly kind: 'left-to-people';
      readonly comments: readonly TicketComment[];
      readonly would: string | null;
    }
  /** Somebody was to be called (again): that waits for another mode. */
  | { readonly kind: 'call-waits' }
  /** Whoever stays silent is not written to. */
  | { readonly kind: 'no-follow-up' };

interface Looked {
  readonly state: TicketState;
  readonly turn: Turn;
  readonly mode: Mode;
  /** As for `judge`. */
  readonly hasNews: boolean;
  readonly now: number;
}

/** What a look means under the mode that holds; where nothing would be written anyway, the same in every mode. */
export function verdictUnder(verdict: Verdict, looked: Looked): Verdict | WatchVerdict {
  if (isHandsOff(looked.mode)) return handsOff(verdict, looked);
  return looked.state.stage === 'watching' ? takenUpAgain(verdict, looked) : verdict;
}

function handsOff(verdict: Verdict, { state, turn, mode }: Looked): Verdict | WatchVerdict {
  switch (verdict.kind) {
    case 'answer': {
      const newest = verdict.comments.at(-1)?.id;
      const isKnown = state.proposal?.commentId === newest || state.heldTurn?.commentIds.at(-1) === newest;
      return mode === 'shadow' && !isKnown
        ? verdict
        : { kind: 'left-to-people', comments: verdict.comments, would: null };
    }
    case 'hand-off': {
      // Silent after a take-over, whatever the mode was meanwhile.
      if (state.stage === 'with-person' && turn.cause !== 'hand-back') return { kind: 'call-waits' };
      const would = mode === 'shadow' ? `hand off (${verdict.reason})` : null;
      return { kind: 'left-to-people', comments: verdict.comments, would };
    }
    case 'closed-on-desk':
      return { ...verdict, comments: [] };
    case 'awaits-person':
    case 'nothing-new':
      if (state.heldTurn !== null) return { kind: 'left-to-people', comments: [], would: null };
      if (turn.cause === 'pick-up-check' && isWaitingForPerson(state)) return { kind: 'call-waits' };
      return turn.cause === 'follow-up' ? { kind: 'no-follow-up' } : verdict;
    case 'person-has-it':
    case 'machine-spoke':
    case 'others-wrote':
    case 'put-to-rest':
    case 'solved-on-desk':
      return verdict;
    default:
      return assertNever(verdict);
  }
}

/**
 * The mode lets Deskhand answer again: what has just come, what came shortly before, and what it is asked to. Older
 * messages are a person's, who is called at the next regular look.
 */
function takenUpAgain(verdict: Verdict, { turn, hasNews, now }: Looked): Verdict {
  if (verdict.kind !== 'answer' || hasNews) return verdict;
  if (turn.cause === 'hand-back' || turn.cause === 'reply-again') return verdict;
  const { comments } = verdict;
  const isFresh = comments.some(({ at }) => now - Date.parse(at) < answeredWithinMs);
  if (isFresh) return verdict;
  if (turn.cause !== 'person-check') return { kind: 'nothing-new' };
  const detail = 'The ticket was left to people; nobody has answered, and the customer still waits.';
  return { kind: 'hand-off', reason: 'left-by-person', detail, comments };
}

/**
 * People have it, or will: what was drafted is void, and what was asked is asked by them.
 * @param waiting - what the customer waits for an answer to.
 */
export function watch(
  state: TicketState,
  waiting: readonly TicketComment[],
  mode: Mode,
  now: number,
): TicketState {
  const [oldest] = waiting;
  const since = oldest === undefined ? null : Date.parse(oldest.at);
  return endTurn(
    changed(tellOnce(state, now, `Left to people. ${modeWords[mode]}`), {
      stage: 'watching',
      dialogue: dropQuestions(state.dialogue),
      approval: null,
      heldTurn: null,
      handOff: null,
      silence: null,
      deadline: nextLook(state, since, mode, now),
    }),
    now,
  );
}

/** The ticket stays whose it is; whoever was to be called is called when another mode holds. */
export function callLater(state: TicketState, mode: Mode, now: number): TicketState {
  const reason = isWaitingForPerson(state) ? 'pick-up' : 'person-check';
  const told = tellOnce(state, now, `Nobody is called. ${modeWords[mode]}`);
  return endTurn(
    changed(told, { deadline: { ...nextLook(state, state.handOff?.since ?? null, mode, now), reason } }),
    now,
  );
}

/** Looks are many, and say the same each time. */
function tellOnce(state: TicketState, now: number, text: string): TicketState {
  return state.timeline.at(-1)?.text === text ? state : tell(state, now, 'person', text);
}

/**
 * As long again as it has been waited, so that a mode that is soon switched back costs nobody a day.
 * @param since - null: nobody waits.
 */
function nextLook({ settings }: TicketState, since: number | null, mode: Mode, now: number): Deadline {
  const longest = Math.max(settings.personCheckMs, waitsAtLeastMs);
  const shortest = Math.min(rungAt(settings, 0).afterMs, longest);
  const afterMs = since === null ? longest : Math.min(Math.max(now - since, shortest), longest);
  return { at: now + afterMs, reason: 'person-check', detail: `the mode is ${mode}` };
}
