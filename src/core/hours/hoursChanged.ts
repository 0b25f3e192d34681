/** Other business hours move what is due by them: sooner, later, or not yet after all. */
import { changed, changedTurn } from '../changed';
import { nextOpening } from './businessTime';
import { dueAt } from './wait';
import type { PolicySettings } from '../policy/plan';
import { tell } from '../stateChanges';
import { deadlineSummary, isoMinute } from '../story';
import type { Deadline, TicketState, Turn } from '../state';
import { beginTurn } from '../turn/turnStart';

/** A look at the ticket brings the settings anew; what it waited for goes by them. */
export function underSettings(
  state: TicketState,
  turn: Turn,
  settings: PolicySettings,
  now: number,
): { readonly state: TicketState; readonly turn: Turn } {
  const known = changed(state, { settings });
  const { reached } = turn;
  const begun = reached === undefined ? turn : changedTurn(turn, { reached: undefined });
  // Turns that carry it were begun by a deadline alone.
  const waitedFor = reached ?? turn.resume;
  const moved = waitedFor === null ? null : movedBy(waitedFor, settings, now);
  if (waitedFor === null || moved === null) return { state: known, turn: begun };
  const told = tell(known, now, 'waiting', movedText(waitedFor, moved));
  if (reached === undefined) return { state: told, turn: changedTurn(begun, { resume: moved }) };
  return moved.at <= now
    ? { state: known, turn: begun }
    : { state: told, turn: changedTurn(begun, { cause: 'message', resume: moved }) };
}

/** Null: it stays where it is. What is overdue by the hours as they are now is due when the team is at work next. */
function movedBy(deadline: Deadline, { hours }: PolicySettings, now: number): Deadline | null {
  const { counted } = deadline;
  // What began before the hours' holidays do cannot be counted anew.
  if (counted === undefined || counted.since < (hours?.offsets[0][0] ?? 0)) return null;
  const due = dueAt(hours, counted.since, counted);
  const next = hours === undefined ? now : (nextOpening(hours, now) ?? now);
  const at = due === deadline.at || due > now ? due : next;
  return at === deadline.at ? null : { ...deadline, at };
}

function movedText(before: Deadline, after: Deadline): string {
  return `The business hours have changed: ${deadlineSummary(after)}, ${isoMinute(after.at)}, not ${isoMinute(before.at)}`;
}

/** A ticket that was moved to another version waits by its hours: it takes a look, which brings them. */
export function hoursMayHaveChanged(before: TicketState, after: TicketState, now: number): TicketState {
  const isMoved = after.policyVersion !== before.policyVersion;
  return isMoved && after.deadline?.counted !== undefined ? beginTurn(after, 'message', now) : after;
}
