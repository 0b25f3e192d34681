/**
 * Clocks the slow way: each minute is asked by itself whether it counts, from all that has happened before it. It
 * shares nothing with what it checks but the names.
 */
import type { ClockEvent } from '../../../src/core/sla/clocks';
import type { ClockName } from '../../../src/core/sla/targets';

/** `at`: minutes. */
export interface Told {
  readonly type: ClockEvent['type'];
  readonly at: number;
}

const ends: Readonly<Record<ClockName, readonly Told['type'][]>> = {
  'first-reply': ['answered', 'solved'],
  'next-reply': ['answered', 'solved'],
  'pick-up': ['picked-up', 'solved'],
  resolution: [],
};

/** Of the newest clock of that name at the end of the story: from which event on it is, and until which. */
interface Round {
  readonly from: number;
  /** Index of the event that ends it; null: none. */
  readonly to: number | null;
}

function roundOf(story: readonly Told[], name: ClockName): Round | null {
  const next = (types: readonly Told['type'][], after: number) =>
    story.findIndex(({ type }, index) => index > after && types.includes(type));
  const begins: Told['type'] = name === 'pick-up' ? 'handed-off' : 'customer-wrote';
  let from = next([begins], -1);
  if (from === -1) return null;
  if (name === 'resolution') return { from, to: null };
  for (let isFirst = true; ; isFirst = false) {
    const to = next(ends[name], from);
    if (name === 'first-reply') return { from, to: to === -1 ? null : to };
    // The first answer is the other clock's matter.
    const isOwn = name === 'pick-up' || !isFirst;
    const again = to === -1 ? -1 : next([begins], to);
    if (to === -1 || again === -1) return isOwn ? { from, to: to === -1 ? null : to } : null;
    from = again;
  }
}

/** Does the minute that begins at `minute` count? */
function counts(story: readonly Told[], name: ClockName, round: Round, minute: number): boolean {
  const { from, to } = round;
  const begun = story[from];
  if (begun === undefined || minute < begun.at) return false;
  const ended = to === null ? undefined : story[to];
  if (ended !== undefined && minute >= ended.at) return false;
  if (name === 'pick-up') return true;
  const before = story.slice(from).filter(({ at }) => at <= minute);
  const lastSolved = before.findLastIndex(({ type }) => type === 'solved');
  const since = before.slice(lastSolved + 1);
  if (lastSolved !== -1 && !since.some(({ type }) => type === 'customer-wrote')) return false;
  const opened =
    lastSolved === -1 ? since : since.slice(since.findIndex(({ type }) => type === 'customer-wrote'));
  const last = opened.findLast(({ type }) =>
    ['customer-wrote', 'waits-for-customer', 'goes-on'].includes(type),
  );
  return last?.type !== 'waits-for-customer';
}

export interface SlowClock {
  /** Minutes. */
  readonly since: number;
  readonly used: number;
  readonly runs: boolean;
  /** In which minute so much of it is used, if nothing more happens; null: it stands, or not within the walk. */
  readonly reaches: (target: number) => number | null;
}

/**
 * @param isCounted - whether a minute is one of the team's.
 * @param now - the minute up to which is counted; `end`: nothing is known of minutes from there on.
 */
export function slowClock(
  story: readonly Told[],
  name: ClockName,
  isCounted: (minute: number) => boolean,
  { now, end }: { readonly now: number; readonly end: number },
): SlowClock | null {
  const round = roundOf(story, name);
  const since = round === null ? undefined : story[round.from]?.at;
  if (round === null || since === undefined) return null;
  const usedBefore = (until: number, stopAt = Number.POSITIVE_INFINITY) => {
    let used = 0;
    for (let minute = since; minute < until; minute += 1) {
      if (used >= stopAt) return { used, minute };
      if (counts(story, name, round, minute) && isCounted(minute)) used += 1;
    }
    return { used, minute: used >= stopAt ? until : null };
  };
  const runs = counts(story, name, round, now);
  return {
    since,
    used: usedBefore(now).used,
    runs,
    reaches: (target) => (runs ? usedBefore(end, target).minute : null),
  };
}
