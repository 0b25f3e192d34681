/** What workers look after while they run. */

/** A look under way, and those to come. */
export interface Looking {
  /** Resolves when the look under way has ended. */
  stop(): Promise<void>;
}

/** @param look - never rejects. */
export function lookRepeatedly(look: () => Promise<void>, everyMs: number): Looking {
  let looking: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    looking = look();
  }, everyMs);
  return {
    stop() {
      clearInterval(timer);
      return looking;
    },
  };
}
