/** Who waits for a part that is out, and when it asks again: in the order of waiting. */
import fc from 'fast-check';
import { untilNextPlace } from '../../activities/placeInLine';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const midnight = Date.UTC(2026, 10, 26);
const days = fc.integer({ min: midnight, max: midnight + 366 * 24 * hour });
const waits = fc.integer({ min: 2 * minute, max: 12 * hour });

function placeOf(waitedMs: number, now: number, askedMs: number | null = null): number {
  const wait = untilNextPlace(waitedMs, now, askedMs);
  if (wait === null) throw new Error('it is not in line');
  return wait;
}

it('a short trouble is the usual back-off’s, which is quicker', () => {
  for (const waited of [0, 1, 2 * minute - 1, -hour])
    expect(untilNextPlace(waited, midnight, null)).toBeNull();
  expect(untilNextPlace(2 * minute, midnight, null)).not.toBeNull();
});

it('it asks about once a minute, for as long as it waits', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 25 * second }), (since, asksFor) => {
      let now = since + 2 * minute;
      let before = now;
      for (let again = 0; again < 300; again += 1) {
        now += placeOf(now - since, now);
        if (again > 0) {
          expect(now - before).toBeGreaterThan(minute - 2 * second);
          expect(now - before).toBeLessThan(minute + 2 * second);
        }
        before = now;
        // The part takes its time to fail.
        now += asksFor;
      }
    }),
    { numRuns: 20 },
  );
});

it('who has waited longer comes first in a wave, whenever they asked last', () => {
  fc.assert(
    fc.property(days, waits, waits, (now, one, other) => {
      const wave = Math.ceil(now / minute) * minute;
      const placeInWave = (waited: number) => placeOf(waited, wave - 5 * second) - 5 * second;
      const [place, otherPlace] = [placeInWave(one), placeInWave(other)];
      expect(Math.min(place, otherPlace)).toBeGreaterThanOrEqual(0);
      if (one - other > 5 * minute && one < 4 * hour) expect(place).toBeLessThan(otherPlace);
      else if (one > other) expect(place).toBeLessThanOrEqual(otherPlace);
    }),
  );
});

it('a part that asks to be left alone is, also for longer than a wave', () => {
  fc.assert(
    fc.property(days, waits, fc.integer({ min: 0, max: 15 * minute }), (now, waited, asked) => {
      const wait = placeOf(waited, now, asked);
      expect(wait).toBeGreaterThanOrEqual(asked);
      expect(wait).toBeLessThanOrEqual(Math.max(asked, 5 * second) + minute);
    }),
  );
});

it('it is over half a minute before the next wave: a part that comes back then serves all in their order', () => {
  fc.assert(
    fc.property(days, waits, (now, waited) => {
      const place = (now + placeOf(waited, now)) % minute;
      expect(place).toBeLessThanOrEqual(30 * second);
    }),
  );
});

describe('200 tickets, one every nine seconds, and a shop that is back at some moment', () => {
  const since = Array.from({ length: 200 }, (_, index) => midnight + index * 9 * second);

  function servedWhenBack(backAt: number): { readonly since: number; readonly at: number }[] {
    return since
      .map((from) => {
        // The usual back-off before: anywhere within a minute.
        let now = from + 2 * minute + (((from / second) * 7919) % minute);
        while (now < backAt) now += placeOf(now - from, now);
        return { since: from, at: now };
      })
      .toSorted((a, b) => a.at - b.at);
  }

  it('are served in the order in which they began to wait, but for what was left of a wave', () => {
    for (let after = 0; after < 20; after += 1) {
      const backAt = since[199] === undefined ? 0 : since[199] + 4 * minute + after * 3 * second;
      const served = servedWhenBack(backAt);
      expect(served.at(-1)?.at).toBeLessThan(backAt + 90 * second);
      const wave = Math.ceil(backAt / minute) * minute;
      const inOrder = served.filter(({ at }) => at >= wave).map((one) => one.since);
      expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
      const rest = served.filter(({ at }) => at < wave).map((one) => one.since);
      expect(rest).toEqual(rest.toSorted((a, b) => a - b));
      // Whoever is served in the rest of a wave came after all who wait for the next.
      if (inOrder.length > 0 && rest.length > 0)
        expect(Math.min(...rest)).toBeGreaterThan(Math.max(...inOrder));
      if (backAt % minute >= 30 * second) expect(inOrder).toHaveLength(200);
    }
  });
});
