/** The ladder a hand-off climbs while nobody picks it up. */
import type { PolicySettings } from './plan';
import { dayMs, waitsAtLeastMs } from './spans';

/**
 * When nobody picks up: how long until which rung. The last rung repeats, ever slower, at most daily.
 * @param asked - how many of the rungs below were climbed because agents wished so: those make nothing slower.
 */
export function rungAt(
  settings: PolicySettings,
  level: number,
  asked = 0,
): { rung: PolicySettings['ladder'][number]; afterMs: number } {
  const last = settings.ladder.length - 1;
  const rung = settings.ladder[Math.min(level, last)] ?? settings.ladder[0];
  const repeats = Math.max(0, level - asked - last);
  const afterMs = Math.max(rung.afterMs, waitsAtLeastMs) * 2 ** Math.min(repeats, 20);
  return { rung, afterMs: Math.min(afterMs, dayMs) };
}
