/** From what the engine sees of a ticket to what its clocks are told. Nothing at all where nothing is promised. */
import { parseKey } from '../businessKeys';
import { changed } from '../changed';
import type { TicketEvent } from '../events';
import { isAfterId, isCustomerComment, machineReadings, type TicketSnapshot } from '../ticket/ticket';
import type { QueuedStep, TicketState } from '../state';
import { nextAlarm, raiseAlarms, withoutWhatWasTold } from './alarms';
import { clocksAfter, type ClockEvent, type Clocks } from './clocks';
import { tellMoved } from './movedTargets';

/** @param before - as it was when `event` happened; `after`: what the core has made of it. */
export function keepClocks(
  before: TicketState,
  after: TicketState,
  event: TicketEvent,
  now: number,
): TicketState {
  const { sla: promised, hours } = after.settings;
  if (promised === undefined) return after.sla === undefined ? after : changed(after, { sla: undefined });
  const step = stepOf(before, event);
  const snapshot = fetchedBy(step, event);
  const known = after.sla;
  if (known === undefined && snapshot === null) return after;
  const clocks = eventsOf(before, after, step, event, snapshot, now).reduce<Clocks>(
    (kept, happened) => clocksAfter(kept, happened, hours),
    known?.clocks ?? {},
  );
  const isFirstLook = known === undefined && snapshot !== null;
  const counted = withClocks(
    after,
    isFirstLook ? withoutWhatWasTold(after, clocks, snapshot, now) : clocks,
    snapshot?.comments.at(-1)?.id ?? known?.seenCommentId ?? null,
  );
  const kept = known === undefined ? counted : tellMoved(before, counted, now);
  // Only a ticket that was just read, and that nobody is at work on, tells that somebody must be called.
  const told = snapshot !== null && kept.turn === null ? raiseAlarms(before, kept, now) : kept;
  return withAlarm(before, told);
}

/** The state itself where the clocks go on as they went: most of what happens tells them nothing. */
function withClocks(state: TicketState, clocks: Clocks, seenCommentId: string | null): TicketState {
  const { sla } = state;
  if (sla?.clocks === clocks && sla.seenCommentId === seenCommentId) return state;
  return changed(state, { sla: { ...sla, clocks, seenCommentId } });
}

/** Armed between turns alone: a turn reads the ticket, and what is overdue at its end is due at once. */
function withAlarm(before: TicketState, state: TicketState): TicketState {
  if (state.sla === undefined) return state;
  const next = state.turn === null && state.stage !== 'closed' ? nextAlarm(state) : undefined;
  const last = before.sla?.deadline;
  const isSame = next !== undefined && last?.at === next.at && last.detail === next.detail;
  const deadline = isSame ? last : next;
  return state.sla.deadline === deadline ? state : changed(state, { sla: { ...state.sla, deadline } });
}

/** The step that the event ends; null: none of those that count. */
function stepOf({ running, steps: [head], turn }: TicketState, event: TicketEvent): QueuedStep | null {
  if (event.type !== 'step-done' || !running || head?.id !== event.stepId) return null;
  return head.turn === null || head.turn === turn?.number ? head : null;
}

function fetchedBy(step: QueuedStep | null, event: TicketEvent): TicketSnapshot | null {
  return step?.step.type === 'fetch-ticket' &&
    event.type === 'step-done' &&
    event.outcome.type === 'ticket-fetched'
    ? event.outcome.snapshot
    : null;
}

function eventsOf(
  before: TicketState,
  after: TicketState,
  step: QueuedStep | null,
  event: TicketEvent,
  snapshot: TicketSnapshot | null,
  now: number,
): readonly ClockEvent[] {
  const events: ClockEvent[] = snapshot === null ? [] : [...commentEvents(after, snapshot)];
  const isNow = (type: ClockEvent['type']) => events.push({ type, at: now });
  const isSettled = after.stage === 'solved' || after.stage === 'closed';
  if (hasReplied(step, event) || (after.stage === 'waiting-for-customer' && before.stage !== after.stage)) {
    isNow('answered');
  }
  if (before.handOff !== null && after.handOff === null) isNow('picked-up');
  // One that stood before anything was promised is told of, too.
  const isTold = after.sla !== undefined && after.handOff?.since === before.handOff?.since;
  if (after.handOff !== null && !isTold) {
    isNow('picked-up');
    events.push({ type: 'handed-off', at: after.handOff.since });
  }
  if (isSettled) {
    // A message on a ticket that is set to rest in the same look has opened nothing.
    isNow('solved');
  } else {
    isNow(isCustomersTurn(after) ? 'waits-for-customer' : 'goes-on');
  }
  return events;
}

/** Also a reply that could not be stopped any more when somebody took over. */
function hasReplied(step: QueuedStep | null, event: TicketEvent): boolean {
  return (
    step?.step.type === 'update-ticket' &&
    step.step.purpose === 'reply' &&
    event.type === 'step-done' &&
    event.outcome.type === 'updates-applied' &&
    step.step.updates.some(({ comment }) => comment?.public === true)
  );
}

/** The status as the last look has shown it: nobody tells when an agent changed it since. */
function isCustomersTurn({ stage, lastKnown }: TicketState): boolean {
  if (stage === 'waiting-for-customer') return true;
  const isPeoples = stage === 'with-person' || stage === 'watching' || stage === 'waiting-for-approval';
  return isPeoples && lastKnown.status === 'pending';
}

/** Machines have asked for nothing. The bot's own words are known of otherwise, but not to a run without memory. */
function* commentEvents(state: TicketState, snapshot: TicketSnapshot): Generator<ClockEvent> {
  const { sla, handedOver } = state;
  const isFirstLook = sla === undefined;
  const fresh = snapshot.comments.filter(
    (comment) => isFirstLook || isAfterId(snapshot, comment, sla.seenCommentId),
  );
  const held = holdingRepliesIn(snapshot);
  let isOwed = false;
  for (const comment of fresh) {
    const at = Date.parse(comment.at);
    isOwed ||= handedOver.includes(comment.id);
    if (isCustomerComment(comment)) {
      if (!machineReadings.includes(comment.reading)) yield { type: 'customer-wrote', at };
      continue;
    }
    if (!comment.public || held.includes(comment.id)) continue;
    // What people were given and have not answered is not answered by the promise that they come.
    if (comment.author === 'agent' || (comment.author === 'bot' && isFirstLook && !isOwed)) {
      yield { type: 'answered', at };
      if (isFirstLook) yield { type: 'waits-for-customer', at };
    }
  }
}

/** What a run without memory would take for answers. */
function holdingRepliesIn({ past = [] }: TicketSnapshot): readonly string[] {
  return past
    .filter((event) => event.type === 'written' && parseKey(event.key)?.type === 'holding')
    .map(({ after }) => after);
}
