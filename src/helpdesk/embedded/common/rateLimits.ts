/**
 * Zendesk's rate limits (developer.zendesk.com/api-reference/introduction/rate-limits): counted in fixed windows
 * by the desk's clock.
 */
export interface Allowance {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Whole seconds until the window ends, at least 1. */
  readonly resetSeconds: number;
}

const sweepMs = 60_000;

interface Window {
  endsAt: number;
  taken: number;
}

export class RateLimits {
  private readonly windows = new Map<string, Window>();
  private readonly clock: () => number;
  private nextSweep = 0;

  constructor(clock: () => number) {
    this.clock = clock;
  }

  /** Takes one from the window of that name, if one is left. */
  take(name: string, limit: number, windowSeconds: number): Allowance {
    const now = this.clock();
    let window = this.windows.get(name);
    if (window === undefined || window.endsAt <= now) {
      this.forgetEnded(now);
      window = { endsAt: now + windowSeconds * 1000, taken: 0 };
      this.windows.set(name, window);
    }
    const allowed = window.taken < limit;
    if (allowed) window.taken += 1;
    return {
      allowed,
      limit,
      remaining: limit - window.taken,
      resetSeconds: Math.max(1, Math.ceil((window.endsAt - now) / 1000)),
    };
  }

  /** Not at every new window: there is one for each ticket. */
  private forgetEnded(now: number): void {
    if (now < this.nextSweep) return;
    this.nextSweep = now + sweepMs;
    for (const [name, window] of this.windows) if (window.endsAt <= now) this.windows.delete(name);
  }
}
