/** Other hours or another tier: what is promised is due at another time, and the ticket's timeline says so. */
import { waitText } from '../hours/wait';
import { tell } from '../stateChanges';
import { isoMinute } from '../story';
import type { TicketState } from '../state';
import { breachAt } from './clock';
import { clockNames, clockWords, slaName, type ClockName } from './targets';

/**
 * @param before - with the settings of the look before; what it had not understood yet makes nothing another.
 * @param after - with its clocks as they are now: only what is promised counts here, not what the clocks have run.
 */
export function tellMoved(before: TicketState, after: TicketState, now: number): TicketState {
  if (before.settings === after.settings || before.last === null) return after;
  return clockNames.reduce((state, name) => {
    const text = movedText(before, state, name);
    return text === null ? state : tell(state, now, 'sla', text);
  }, after);
}

/** Null: it is where it was, stands, or was told of as breached. */
function movedText(
  { settings: old }: TicketState,
  { settings, sla }: TicketState,
  name: ClockName,
): string | null {
  const clock = sla?.clocks[name];
  const [target, oldTarget] = [settings.sla?.targets[name], old.sla?.targets[name]];
  if (clock === undefined || clock.breachedAt !== undefined) return null;
  if (target === undefined || oldTarget === undefined) return null;
  // What began before the hours' holidays do is counted without them, and is another from month to month.
  if (clock.since < (settings.hours?.offsets[0][0] ?? 0)) return null;
  const was = breachAt(clock, oldTarget, old.hours);
  const is = breachAt(clock, target, settings.hours);
  if (was === null || is === null || isoMinute(was) === isoMinute(is)) return null;
  const [promise, oldPromise] = [waitText(target), waitText(oldTarget)];
  const within = promise === oldPromise ? promise : `${promise} (it was ${oldPromise})`;
  const due = `is due ${isoMinute(is)}, not ${isoMinute(was)}`;
  return `${slaName(settings.sla)}: ${clockWords[name]} within ${within} ${due}: ${whyMoved(old, settings)}`;
}

function whyMoved(old: TicketState['settings'], { sla }: TicketState['settings']): string {
  const [tier, oldTier] = [sla?.tier ?? null, old.sla?.tier ?? null];
  if (tier !== oldTier) return `its tier was ${oldTier ?? 'none'}`;
  return JSON.stringify(sla?.targets) === JSON.stringify(old.sla?.targets)
    ? 'the business hours have changed'
    : 'the policy promises something else';
}
