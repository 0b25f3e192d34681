/**
 * When what waits for a part that is out asks again. Retries come in waves, one a minute, and in a wave who has waited
 * longest comes first: so all are served in the order of their waiting, without a queue that somebody must keep. A part
 * that comes back in the middle of a wave serves the rest of that one first.
 */
const waveMs = 60_000;
/** A wave is over by then: most of the time none is under way. */
const spreadMs = 30_000;
/** Tells apart who came minutes after another, and never runs out: each of these halves the place. */
const halvedEveryMs = 30 * 60_000;
/** Shorter troubles are the usual back-off's, which is quicker. */
const joinsAfterMs = 2 * 60_000;
/** Whoever has just asked does not ask again in the same wave. */
const leastMs = 5_000;

/**
 * @param waitedMs - for how long by now.
 * @param now - epoch milliseconds, by a clock that all share.
 * @param askedMs - how long the part has asked to be left alone; null: it has not.
 * @returns how long until it asks again, in milliseconds; null: it is not in line yet.
 */
export function untilNextPlace(waitedMs: number, now: number, askedMs: number | null): number | null {
  if (waitedMs < joinsAfterMs) return null;
  const place = spreadMs * 2 ** (-waitedMs / halvedEveryMs);
  const earliest = now + Math.max(askedMs ?? 0, leastMs);
  const wave = Math.ceil((earliest - place) / waveMs);
  return Math.round(wave * waveMs + place - now);
}
