/** Time that only goes on when it is told to. */
import type { Timers } from '../../src/remote/budget/requestBudget';

export class VirtualTimers implements Timers {
  private time: number;
  private readonly pending = new Set<{ readonly at: number; readonly run: () => void }>();

  constructor(start = 0) {
    this.time = start;
  }

  readonly now = (): number => this.time;

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.time + ms, run };
    this.pending.add(timer);
    return () => this.pending.delete(timer);
  }

  /** Runs what falls due meanwhile, each at its time, and lets what waits for it go on. */
  async goOn(ms: number): Promise<void> {
    const until = this.time + ms;
    await settled();
    for (;;) {
      const [next] = [...this.pending].sort((a, b) => a.at - b.at);
      if (next === undefined || next.at > until) break;
      this.pending.delete(next);
      this.time = Math.max(this.time, next.at);
      next.run();
      await settled();
    }
    this.time = until;
  }
}

/** Everything that follows without waiting has happened. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
