/** What workers look after while they run. */

/** A look under way, and those to come. */
export interface Looking {
  /** Resolves when the look under way has ended. */
  stop(): Promise<void>;
}

/**
 * A look that takes longer than that puts off the next ones: whoever stops waits for all of them.
 * @param look - never rejects.
 */
export function lookRepeatedly(look: () => Promise<void>, everyMs: number): Looking {
  let underWay: Promise<void> | null = null;
  const timer = setInterval(() => {
    underWay ??= look().finally(() => (underWay = null));
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await underWay;
    },
  };
}
