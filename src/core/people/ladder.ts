/** The ladder a hand-off climbs while nobody picks it up. */
import type { PolicySettings } from '../policy/plan';
import type { BusinessUnit, Wait } from '../hours/wait';
import { dayMs, hourMs, waitsAtLeastMs } from '../spans';

/** From here on business hours are as good as a business day. */
const workingDayMs = 8 * hourMs;

/**
 * When nobody picks up: how long until which rung. The last rung repeats, ever slower, at most daily.
 * @param asked - how many of the rungs below were climbed because agents wished so: those make nothing slower.
 */
export function rungAt(
  settings: PolicySettings,
  level: number,
  asked = 0,
): { rung: PolicySettings['ladder'][number] } & Wait {
  const last = settings.ladder.length - 1;
  const rung = settings.ladder[Math.min(level, last)] ?? settings.ladder[0];
  const repeats = Math.max(0, level - asked - last);
  const firstMs = Math.max(rung.afterMs, waitsAtLeastMs);
  const afterMs = firstMs * 2 ** Math.min(repeats, 20);
  if (rung.countedIn === undefined) return { rung, afterMs: Math.min(afterMs, dayMs) };
  return { rung, ...repeatedInBusinessTime(firstMs, afterMs, rung.countedIn) };
}

/** At most once every business day, and never sooner than the rung itself. */
function repeatedInBusinessTime(firstMs: number, afterMs: number, countedIn: BusinessUnit): Wait {
  if (countedIn === 'business-days' || firstMs >= workingDayMs) return { afterMs: firstMs, countedIn };
  return afterMs <= workingDayMs ? { afterMs, countedIn } : { afterMs: dayMs, countedIn: 'business-days' };
}
