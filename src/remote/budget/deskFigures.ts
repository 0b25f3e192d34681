/** What the desk said last is left of its limit, and how far that can be trusted by now. */
import type { RateReading } from './rateHeaders';

/**
 * A desk that does not say when its window ends may have begun a new one: then one request goes to see. Those that nobody
 * waits for go more seldom, since each takes of what is kept.
 */
const looksAgainMs = { vital: 5_000, other: 20_000 };

export class DeskFigures {
  /** True once the desk told its limit. */
  limitTold = false;
  private remaining: number | null = null;
  private underWay = 0;
  private toldAt = 0;
  /** Null: nobody said when the window is over. */
  private resetAt: number | null = null;

  /** A request goes out. */
  taken(now: number): void {
    if (this.isNewWindow(now)) this.remaining = null;
    // The others wait for its answer.
    else if (now >= this.toldAt + looksAgainMs.vital) this.toldAt = now;
    if (this.remaining !== null) this.remaining -= 1;
    this.underWay += 1;
  }

  /** One has ended, answered or not. */
  landed(): void {
    this.underWay = Math.max(0, this.underWay - 1);
  }

  /** After `landed`. What is still under way, the desk may not have counted yet. */
  told({ limit, remaining, resetMs }: RateReading, now: number): void {
    if (limit !== null) this.limitTold = true;
    if (remaining === null) return;
    this.remaining = remaining - this.underWay;
    this.toldAt = now;
    this.resetAt = resetMs === null ? null : now + resetMs;
  }

  /** By the desk's last word; null: it has said nothing, or a new window has begun since. */
  left(now: number): number | null {
    return this.remaining === null || this.isNewWindow(now) ? null : Math.max(0, this.remaining);
  }

  /** Milliseconds until more than `kept` are left, as far as one knows; 0: there are. */
  emptyForMs(kept: number, now: number): number {
    if (this.remaining === null || this.remaining - 1 >= kept || this.isNewWindow(now)) return 0;
    const until = this.resetAt ?? this.toldAt + (kept > 0 ? looksAgainMs.other : looksAgainMs.vital);
    return Math.max(0, until - now);
  }

  private isNewWindow(now: number): boolean {
    return this.resetAt !== null && now >= this.resetAt;
  }
}
