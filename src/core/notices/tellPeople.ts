/** When the core calls people outside the desk. The words are in words.ts. */
import { rungKey } from '../businessKeys';
import type { Step } from '../effects';
import type { StepFailure } from '../failure';
import { enqueue } from '../stateChanges';
import type { HandOff, TicketState } from '../state';
import type { NoticeAbout, OptionalNoticeKind } from './notice';
import { intentsOfTurn } from '../modes/modeOf';
import { partsBehind } from './partsBehind';
import {
  approvalWords,
  escalationWords,
  failureWords,
  handOffWords,
  missedWords,
  silenceWords,
  slaWords,
  type FailureOf,
  type Words,
} from './words';

type NoticeStep = Extract<Step, { type: 'notify-people' }>;

/**
 * @param level - the rung that was climbed to.
 * @param waited - how long nobody came, in words; null: an agent wished it.
 * @param promise - as in `escalationWords`.
 */
export function tellEscalated(
  state: TicketState,
  { id, reason, since }: HandOff,
  level: number,
  waited: string | null,
  promise?: string,
): TicketState {
  const { ref } = state;
  const words = escalationWords(ref.ticketId, level, waited, promise);
  const key = rungKey(ref, id ?? String(since), level);
  return call(state, reason, words, { kind: 'escalation', key, since });
}

/** @param about - tells this failure from another of its kind on the ticket: what is tried again is told once. */
export function tellFailed(
  state: TicketState,
  of: FailureOf,
  {
    now,
    about,
    detail = '',
    failed,
  }: {
    readonly now: number;
    readonly about: string;
    /** As in `failureWords`. */
    readonly detail?: string;
    /** The step that failed, and how; absent: it did not. */
    readonly failed?: { readonly step: Step; readonly failure: StepFailure };
  },
): TicketState {
  const { ref } = state;
  const words = failureWords(ref.ticketId, of, detail);
  const key = `${ref.ticketId}/${about}/failure-${of}`;
  const parts = failed === undefined ? [] : partsBehind(failed.step, failed.failure);
  return call(state, of === 'code' ? 'identity' : 'failure', words, {
    kind: 'failure',
    key,
    since: now,
    ...(parts.length === 0 ? {} : { perhapsOutageOf: parts }),
  });
}

export function tellApprovalWanted(
  state: TicketState,
  draftId: string,
  now: number,
  until: number,
): TicketState {
  if (!isWanted(state, 'approval')) return state;
  const words = approvalWords(state.ref.ticketId, until);
  return call(state, 'approval', words, { kind: 'approval', key: draftId, since: now });
}

/** Of the hand-off that stands. One for a failure was told as that. */
export function tellHandedOff(state: TicketState): TicketState {
  const { ref, handOff } = state;
  if (handOff === null || handOff.reason === 'failure') return state;
  const { id, reason, group, since } = handOff;
  const isMissed = reason === 'approval-timeout' || reason === 'left-by-person';
  const kind: OptionalNoticeKind = isMissed ? 'deadline' : 'hand-off';
  if (!isWanted(state, kind)) return state;
  const words = isMissed ? missedWords(ref.ticketId, reason) : handOffWords(ref.ticketId, reason, group);
  const key = `${ref.ticketId}/${id ?? since}/hand-off-${reason}`;
  return call(state, reason, words, { kind, key, since });
}

/** Somebody has the ticket, and the customer waits for them. @param waited - for how long, in words. */
export function tellSilence(state: TicketState, key: string, since: number, waited: string): TicketState {
  if (!isWanted(state, 'deadline')) return state;
  const words = silenceWords(state.ref.ticketId, waited);
  return call(state, 'left-by-person', words, { kind: 'deadline', key, since });
}

/** A warning is told where deadlines are wanted; that a promise was not kept is an escalation. */
export function tellSla(
  state: TicketState,
  {
    kind,
    key,
    since,
    text,
  }: {
    readonly kind: 'warning' | 'breach';
    readonly key: string;
    readonly since: number;
    readonly text: string;
  },
): TicketState {
  if (kind === 'warning' && !isWanted(state, 'deadline')) return state;
  const words = slaWords(state.ref.ticketId, text);
  return call(state, 'sla', words, { kind: kind === 'warning' ? 'deadline' : 'escalation', key, since });
}

function call(
  state: TicketState,
  reason: NoticeStep['reason'],
  { what, next }: Words,
  about: Omit<NoticeAbout, 'next'>,
): TicketState {
  const { ref, lastKnown } = state;
  const intents = intentsOfTicket(state);
  return enqueue(state, {
    type: 'notify-people',
    ref,
    reason,
    message: what,
    about: { ...about, next },
    ...(intents.length === 0 ? {} : { intents }),
    ...(lastKnown.brand === undefined ? {} : { brand: lastKnown.brand }),
  });
}

/** As they were understood last. */
function intentsOfTicket({ turn, heldTurn, last }: TicketState): readonly string[] {
  const planned = intentsOfTurn(turn ?? heldTurn);
  if (planned.length > 0) return planned;
  return last === null || last.intent === null ? [] : [last.intent];
}

function isWanted({ settings }: TicketState, kind: OptionalNoticeKind): boolean {
  return settings.alsoTell?.includes(kind) === true;
}
