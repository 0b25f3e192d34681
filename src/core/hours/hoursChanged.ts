/** Other business hours move what is due by them: sooner, later, or not yet after all. */
import { changed, changedTurn } from '../changed';
import { nextOpening } from './businessTime';
import { dueAt } from './wait';
import type { PolicySettings } from '../policy/plan';
import { tell } from '../stateChanges';
import { deadlineSummary, isoMinute } from '../story';
import { decideBy } from '../approval/approvalPath';
import type { Deadline, TicketState, Turn, TurnCause } from '../state';
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
  const moved = waitedFor === null ? null : movedIn(state, waitedFor, settings, now);
  if (waitedFor === null || moved === null) return { state: known, turn: begun };
  const told = tell(known, now, 'waiting', movedText(waitedFor, moved));
  if (reached === undefined) return { state: told, turn: changedTurn(begun, { resume: moved }) };
  return moved.at <= now
    ? { state: known, turn: changedTurn(begun, { cause: causeOf(moved) ?? begun.cause }) }
    : { state: told, turn: changedTurn(begun, { cause: 'message', resume: moved }) };
}

function movedIn(
  state: TicketState,
  waitedFor: Deadline,
  settings: PolicySettings,
  now: number,
): Deadline | null {
  const ofDraft = draftsDeadline(state, waitedFor, settings);
  return ofDraft === null ? movedBy(waitedFor, settings, now) : placed(waitedFor, ofDraft, settings, now);
}

/** Of reminders and the hand-off, each by its own time, other hours may bring another one first. Null: no draft is waited for. */
function draftsDeadline(
  { approval }: TicketState,
  { reason }: Deadline,
  settings: PolicySettings,
): Deadline | null {
  const since = approval?.since;
  if (approval === null || since === undefined) return null;
  return causeOf({ reason }) === null ? null : decideBy(settings, { ...approval, since });
}

function causeOf({ reason }: Pick<Deadline, 'reason'>): TurnCause | null {
  if (reason === 'approval') return 'approval-check';
  return reason === 'approval-reminder' ? reason : null;
}

/** Null: it stays where it is. What is overdue by the hours as they are now is due when the team is at work next. */
function movedBy(deadline: Deadline, settings: PolicySettings, now: number): Deadline | null {
  const { counted } = deadline;
  if (counted === undefined) return null;
  return placed(deadline, { ...deadline, at: dueAt(settings.hours, counted.since, counted) }, settings, now);
}

function placed(before: Deadline, after: Deadline, { hours }: PolicySettings, now: number): Deadline | null {
  const since = (after.counted ?? before.counted)?.since;
  // What began before the hours' holidays do cannot be counted anew.
  if (since === undefined || since < (hours?.offsets[0][0] ?? 0)) return null;
  if (after.at === before.at && after.reason === before.reason) return null;
  const isByClock = hours === undefined || after.counted === undefined;
  const at = after.at > now ? after.at : isByClock ? now : (nextOpening(hours, now) ?? now);
  return at === before.at && after.reason === before.reason ? null : { ...after, at };
}

function movedText(before: Deadline, after: Deadline): string {
  const due = `${deadlineSummary(after)}, ${isoMinute(after.at)}`;
  const instead = after.reason === before.reason ? `, not ${isoMinute(before.at)}` : ', comes first now';
  return `The business hours have changed: ${due}${instead}`;
}

/** A ticket that was moved to another version waits by its hours: it takes a look, which brings them. */
export function hoursMayHaveChanged(before: TicketState, after: TicketState, now: number): TicketState {
  const isMoved = after.policyVersion !== before.policyVersion;
  return isMoved && after.deadline?.counted !== undefined ? beginTurn(after, 'message', now) : after;
}
