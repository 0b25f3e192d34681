/** When a clock needs somebody's eyes, and what is done then: a warning, and the ladder. */
import { slaKey } from '../businessKeys';
import { changed } from '../changed';
import { isWaitingForPerson } from '../turn/guard';
import { climb } from '../people/handOff';
import { waitText } from '../hours/wait';
import { rungAt } from '../people/ladder';
import { isHandsOff } from '../modes/mode';
import { modeOf } from '../modes/modeOf';
import { tellSla } from '../notices/tellPeople';
import { enqueue, enqueueNote, tell } from '../stateChanges';
import { isoMinute } from '../story';
import type { Deadline, TicketState } from '../state';
import { slaBreachedTag, slaWarningTag } from '../ticket/tags';
import type { TicketSnapshot } from '../ticket/ticket';
import { internalNote, plainUpdate } from '../ticket/update';
import { breachAt, warningAt, type Clock } from './clock';
import type { Clocks } from './clocks';
import { clockNames, clockWords, slaName, type ClockName, type SlaTarget } from './targets';

interface Alarm {
  readonly name: ClockName;
  readonly kind: 'warning' | 'breach';
  readonly at: number;
  readonly breachAt: number;
  readonly clock: Clock;
  readonly target: SlaTarget;
}

/** A look that did not come to anything is not repeated sooner. */
const lookAgainMs = 15 * 60_000;

/** When the ticket must be looked at for its clocks' sake; undefined: they all stand, or everything was said. */
export function nextAlarm(state: TicketState): Deadline | undefined {
  const [first] = alarmsOf(state).toSorted((one, other) => one.at - other.at);
  if (first === undefined) return undefined;
  const soonest = (state.sla?.lookedAt ?? Number.NEGATIVE_INFINITY) + lookAgainMs;
  const what = first.kind === 'warning' ? 'warn of' : 'breach of';
  return {
    at: Math.max(first.at, soonest),
    reason: 'sla',
    detail: `${what} ${clockWords[first.name]} within ${waitText(first.target)}`,
  };
}

/** What is still to be told of each clock that runs: its warning, or else its breach. */
function alarmsOf({ sla, settings }: TicketState): readonly Alarm[] {
  const alarms: Alarm[] = [];
  for (const name of clockNames) {
    const clock = sla?.clocks[name];
    const target = settings.sla?.targets[name];
    if (clock === undefined || target === undefined || clock.breachedAt !== undefined) continue;
    const breach = breachAt(clock, target, settings.hours);
    if (breach === null) continue;
    const warning = clock.warned ? null : warningAt(clock, target, settings.hours);
    if (warning !== null && warning < breach) {
      alarms.push({ kind: 'warning', at: warning, name, clock, target, breachAt: breach });
    }
    alarms.push({ kind: 'breach', at: breach, name, clock, target, breachAt: breach });
  }
  return alarms;
}

/** @param before - as it was before the look: a rung that was climbed in the same look is not climbed twice. */
export function raiseAlarms(before: TicketState, state: TicketState, now: number): TicketState {
  const due = alarmsOf(state).filter(({ at }) => at <= now);
  const breaches = due.filter(({ kind }) => kind === 'breach');
  // What is breached needs no warning any more.
  const warnings = due.filter(
    ({ kind, name }) => kind === 'warning' && !breaches.some((breach) => breach.name === name),
  );
  const warned = warnings.reduce((told, alarm) => warn(told, alarm, now), withoutLook(state));
  return breaches.reduce((told, alarm) => breach(before, told, alarm, now), warned);
}

function withoutLook(state: TicketState): TicketState {
  if (state.sla?.lookedAt === undefined) return state;
  return changed(state, { sla: { ...state.sla, lookedAt: undefined } });
}

function warn(state: TicketState, alarm: Alarm, now: number): TicketState {
  const { name, clock, breachAt: until } = alarm;
  const text = `${promiseText(state, alarm)} is due ${isoMinute(until)}`;
  const told = tell(marked(state, name, { ...clock, warned: true }), now, 'sla', text);
  if (isHandsOff(modeOf(state))) return told;
  const key = slaKey(state.ref, name, clock.since, 'warning');
  const tagged = enqueueNote(told, plainUpdate(key, { addTags: [slaWarningTag] }));
  return tellSla(tagged, { kind: 'warning', key, since: clock.since, text });
}

function breach(before: TicketState, state: TicketState, alarm: Alarm, now: number): TicketState {
  const { name, clock } = alarm;
  const text = `${promiseText(state, alarm)} is breached; it runs since ${isoMinute(clock.since)}`;
  const told = tell(
    marked(state, name, { ...clock, warned: true, breachedAt: alarm.breachAt }),
    now,
    'sla',
    text,
  );
  if (isHandsOff(modeOf(state))) return told;
  const key = slaKey(state.ref, name, clock.since, 'breach');
  const hasClimbed = (state.handOff?.level ?? 0) > (before.handOff?.level ?? 0);
  if (isWaitingForPerson(told) && !hasClimbed) {
    return climb(told, now, null, null, { why: `${text}.`, tag: slaBreachedTag });
  }
  const { rung } = rungAt(state.settings, 0);
  const noted = enqueue(told, {
    type: 'update-ticket',
    purpose: 'escalate',
    ref: state.ref,
    guard: { kind: 'any' },
    updates: [
      plainUpdate(key, {
        comment: internalNote(`${text}. Please see to it.`),
        addTags: hasClimbed ? [slaBreachedTag] : [slaBreachedTag, rung.tag],
        ...(hasClimbed ? {} : { priority: rung.priority, onlyRaises: true as const }),
      }),
    ],
  });
  return tellSla(noted, { kind: 'breach', key, since: clock.since, text });
}

function marked(state: TicketState, name: ClockName, clock: Clock): TicketState {
  return state.sla === undefined
    ? state
    : changed(state, { sla: { ...state.sla, clocks: { ...state.sla.clocks, [name]: clock } } });
}

function promiseText({ settings }: TicketState, { name, target }: Alarm): string {
  return `${slaName(settings.sla)}: ${clockWords[name]} within ${waitText(target)}`;
}

/** A run without memory reads off the tags what people were told of in an earlier one. */
export function withoutWhatWasTold(
  { settings }: TicketState,
  clocks: Clocks,
  { tags }: Pick<TicketSnapshot, 'tags'>,
  now: number,
): Clocks {
  const wasWarned = tags.includes(slaWarningTag);
  const wasBreached = tags.includes(slaBreachedTag);
  if (!wasWarned && !wasBreached) return clocks;
  return Object.fromEntries(
    clockNames.flatMap((name): [ClockName, Clock][] => {
      const clock = clocks[name];
      if (clock === undefined) return [];
      const target = settings.sla?.targets[name];
      const breached = target === undefined ? null : breachAt(clock, target, settings.hours);
      return wasBreached && breached !== null && breached <= now
        ? [[name, { ...clock, warned: true, breachedAt: breached }]]
        : [[name, wasWarned ? { ...clock, warned: true } : clock]];
    }),
  );
}
