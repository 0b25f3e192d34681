/** How the clocks of a ticket are told: what runs, since when, why, until when, how much is used. */
import { waitText } from '../hours/wait';
import type { TicketState } from '../state';
import { breachAt, usedOf, warningAt } from './clock';
import { clockNames, type ClockName } from './targets';

/** Of a clock that something is promised of. Instants are epoch milliseconds, durations milliseconds, counted as the target is. */
export interface ClockView {
  readonly clock: ClockName;
  readonly tier: string | null;
  /** `4 business hours`. */
  readonly target: string;
  /** `paused`: the customer is waited for; `over`: what it waited for has come. */
  readonly status: 'running' | 'paused' | 'over';
  /** Why it runs, stands, or is over: one sentence. */
  readonly why: string;
  readonly since: number;
  /** When the target is reached if it goes on running; null: it stands. */
  readonly until: number | null;
  /** When people are warned if it goes on running, or were; null: it stands, or nobody is. */
  readonly warnAt: number | null;
  readonly usedMs: number;
  /** Of how much. */
  readonly targetMs: number;
  readonly warned: boolean;
  /** Null: it is not. */
  readonly breachedAt: number | null;
}

/** @param now - epoch milliseconds: what is used by then. */
export function clockViews(
  { sla, settings }: Pick<TicketState, 'sla' | 'settings'>,
  now: number,
): readonly ClockView[] {
  return clockNames.flatMap((name): readonly ClockView[] => {
    const clock = sla?.clocks[name];
    const target = settings.sla?.targets[name];
    if (clock === undefined || target === undefined) return [];
    const status = clock.over ? 'over' : clock.runsSince === null ? 'paused' : 'running';
    const { usedMs, ofMs } = usedOf(clock, target, settings.hours, now);
    return [
      {
        clock: name,
        tier: settings.sla?.tier ?? null,
        target: waitText(target),
        status,
        why: reasons[status][name],
        since: clock.since,
        until: breachAt(clock, target, settings.hours),
        warnAt: warningAt(clock, target, settings.hours),
        usedMs,
        targetMs: ofMs,
        warned: clock.warned === true,
        breachedAt: clock.breachedAt ?? null,
      },
    ];
  });
}

const customerIsWaitedFor = 'the customer is waited for';
const reasons: Readonly<Record<ClockView['status'], Readonly<Record<ClockName, string>>>> = {
  running: {
    'first-reply': 'the customer has had no answer yet',
    'next-reply': 'the customer has written again and waits',
    'pick-up': 'people were called, and nobody has come yet',
    resolution: 'the ticket is open',
  },
  paused: {
    'first-reply': customerIsWaitedFor,
    'next-reply': customerIsWaitedFor,
    'pick-up': customerIsWaitedFor,
    resolution: customerIsWaitedFor,
  },
  over: {
    'first-reply': 'the customer was answered',
    'next-reply': 'the customer was answered',
    'pick-up': 'a person has it, or none is needed any more',
    resolution: 'the ticket is solved',
  },
};

/** In one word, for scenarios: the first that is so. A clock that was late stays `breached`, also when it is over. */
export const clockStandings = ['none', 'breached', 'over', 'warned', 'paused', 'running'] as const;
type ClockStanding = (typeof clockStandings)[number];

export function standingOf(views: readonly ClockView[], name: ClockName): ClockStanding {
  const view = views.find(({ clock }) => clock === name);
  if (view === undefined) return 'none';
  if (view.breachedAt !== null) return 'breached';
  if (view.status === 'over') return 'over';
  return view.warned && view.status === 'running' ? 'warned' : view.status;
}
