/** So many a minute, evenly; after a rest a few at once. */
export class TokenBucket {
  private perMinute: number;
  private tokens: number;
  private at: number;

  /** @param now - milliseconds of any clock that only goes forward, here and below. */
  constructor(perMinute: number, now: number) {
    this.perMinute = perMinute;
    this.tokens = atOnce(perMinute);
    this.at = now;
  }

  setRate(perMinute: number, now: number): void {
    this.refill(now);
    this.perMinute = perMinute;
    this.tokens = Math.min(this.tokens, atOnce(perMinute));
  }

  /** Milliseconds until one can be taken; 0: now. */
  waitMs(now: number): number {
    this.refill(now);
    // A clock counts whole parts of a millisecond: what lacks less than one of them is there.
    const lacking = this.tokens > 1 - 1e-6 ? 0 : ((1 - this.tokens) / this.perMinute) * 60_000;
    return Math.max(0, this.at - now) + lacking;
  }

  take(now: number): void {
    this.refill(now);
    this.tokens -= 1;
  }

  /** Nothing is left of the rest, and nothing comes until then. */
  drain(until: number): void {
    this.refill(until);
    this.tokens = Math.min(this.tokens, 0);
  }

  private refill(now: number): void {
    const elapsed = Math.max(0, now - this.at);
    this.tokens = Math.min(atOnce(this.perMinute), this.tokens + (elapsed / 60_000) * this.perMinute);
    this.at += elapsed;
  }
}

/** Ten seconds' worth, and enough for a reply. */
function atOnce(perMinute: number): number {
  return Math.max(perMinute / 6, 5);
}
