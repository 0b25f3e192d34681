/** What a zone's clocks are ahead of UTC, as numbers: what workflows count with. */
import type { BusinessHours, ZoneOffset } from '../../core/hours/businessHours';

/**
 * @param from - epoch milliseconds, as `to`.
 * @returns the offset at `from` and each change until `to`, oldest first.
 */
export type ZoneOffsets = (timeZone: string, from: number, to: number) => BusinessHours['offsets'];

/** Loaded where a policy has hours, and nowhere else. */
export async function openZoneOffsets(): Promise<ZoneOffsets> {
  const { Temporal } = await import('temporal-polyfill');
  return (timeZone, from, to) => {
    let at = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone);
    const offsets: [ZoneOffset, ...ZoneOffset[]] = [offsetOf(at)];
    for (;;) {
      const next = at.getTimeZoneTransition('next');
      if (next === null || next.epochMilliseconds > to) return offsets;
      offsets.push(offsetOf(next));
      at = next;
    }
  };
}

function offsetOf(at: {
  readonly epochMilliseconds: number;
  readonly offsetNanoseconds: number;
}): ZoneOffset {
  return [at.epochMilliseconds, Math.round(at.offsetNanoseconds / 60e9)];
}
