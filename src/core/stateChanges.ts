/** Small changes of the state that every part of the core makes the same way. */
import { changed } from './changed';
import { dueAt, type Wait } from './hours/wait';
import { hourMs } from './spans';
import type { Step } from './effects';
import type { ModeLimit } from './modes/mode';
import type { Deadline, QueuedStep, TicketState, TimelineEntry, Turn } from './state';
import type { TicketUpdate } from './ticket/update';

const timelineLength = 60;
const seenLength = 200;
const actedLength = 200;

export function tell(
  state: TicketState,
  now: number,
  kind: TimelineEntry['kind'],
  text: string,
): TicketState {
  return changed(state, { timeline: [...state.timeline, { at: now, kind, text }].slice(-timelineLength) });
}

export function rememberHint(state: TicketState, id: string): TicketState {
  return changed(state, { seen: [...state.seen, id].slice(-seenLength) });
}

/** Apart from hints: a forgotten hint costs a look, a forgotten action would be done twice. */
export function rememberAction(state: TicketState, memory: string): TicketState {
  return changed(state, { acted: [...(state.acted ?? []), memory].slice(-actedLength) });
}

/** Puts a step at the end of the line. Its id is unique over the ticket's whole life. */
export function enqueue(state: TicketState, step: Step, turn: Turn | null = null): TicketState {
  const number = state.stepsStarted + 1;
  const queued: QueuedStep = { id: `step-${number}`, turn: turn?.number ?? null, step };
  return changed(state, { stepsStarted: number, steps: [...state.steps, queued] });
}

/** For people, beside whatever turn is under way: written once, whoever has the ticket. @param within - as in the step. */
export function enqueueNote(state: TicketState, update: TicketUpdate, within?: ModeLimit): TicketState {
  return enqueue(state, {
    type: 'update-ticket',
    purpose: 'note',
    ref: state.ref,
    guard: { kind: 'any' },
    updates: [update],
    ...(within === undefined ? {} : { within }),
  });
}

export function waitUntil(state: TicketState, at: number, reason: Deadline['reason']): TicketState {
  return changed(state, { deadline: { at, reason } });
}

/** @param since - from when on it is waited. Epoch milliseconds. */
export function deadlineAfter(
  { settings }: Pick<TicketState, 'settings'>,
  since: number,
  { afterMs, countedIn }: Wait,
  reason: Deadline['reason'],
): Deadline {
  if (countedIn === undefined) return { at: since + afterMs, reason };
  const counted = { since, afterMs, countedIn };
  return { at: dueAt(settings.hours, since, counted), reason, counted };
}

export function countReply(state: TicketState, now: number): TicketState {
  return changed(state, { replyTimes: [...recentReplies(state, now), now] });
}

export function recentReplies(state: TicketState, now: number): readonly number[] {
  return state.replyTimes.filter((time) => time > now - hourMs);
}
